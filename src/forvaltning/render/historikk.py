"""The trail as JSON, CSV, Markdown and text for people. Git's names and texts are untrusted everywhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from forvaltning.history.spor import Feltspor, Innslag, Postspor
from forvaltning.render.formater.csv_fil import BOM, celle
from forvaltning.render.formater.markdown_tegn import kode
from forvaltning.render.formater.markdown_tegn import tekst as md
from forvaltning.render.historikk_kontrakt import FeltsporJson, InnslagJson, LoggJson, PostsporJson
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, bredde, dag, kort, ren
from forvaltning.source.maske import maskert

TEGN = {
    "opprettet": ("+", "opprettet", "gronn"),
    "gjenopprettet": ("+", "gjenopprettet", "gronn"),
    "endret": ("~", "endret", "gul"),
    "omdopt": ("~", "ny id", "gul"),
    "lesbar": ("~", "kan leses igjen", "gul"),
    "avsluttet": ("■", "avsluttet", "bla"),
    "slettet": ("−", "slettet", "rod"),
    "uleselig": ("!", "kan ikke leses", "fet_rod"),
}
"""What happened → sign, words and colour."""
MANGE = 8
"""More fields than this of a record that is new are counted, not listed."""
KORT = 10
"""Digits of a commit that people are shown."""


def tidspunkt(tid: int) -> datetime:
    """Seconds since 1970 as a time in UTC; what no calendar can hold becomes its end."""
    try:
        return datetime.fromtimestamp(tid, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime(9999, 12, 31, tzinfo=UTC) if tid > 0 else datetime(1, 1, 1, tzinfo=UTC)


def iso(tid: int) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return tidspunkt(tid).isoformat().replace("+00:00", "Z")


def dato_av(tid: int) -> date:
    """The calendar day in UTC."""
    return tidspunkt(tid).date()


def vist(tekst: str) -> str:
    """Text from Git or a record on one line, personal numbers and secrets hidden."""
    return ren(maskert(tekst))


def _eller_tom(verdi: str | None) -> str | None:
    return None if verdi is None else maskert(verdi)


# --- JSON -----------------------------------------------------------------------------------------------


def felt_som_json(f: Feltspor) -> FeltsporJson:
    """One field in the form of the contract."""
    e = f.endring
    return {
        "felt": e.felt,
        "tittel": e.tittel,
        "gammel": _eller_tom(e.gammel),
        "ny": _eller_tom(e.ny),
        "gammelt_navn": _eller_tom(f.gammelt_navn),
        "nytt_navn": _eller_tom(f.nytt_navn),
    }


def post_som_json(p: Postspor) -> PostsporJson:
    """One record in the form of the contract."""
    return {
        "post": p.post,
        "navn": maskert(p.navn),
        "slag": p.slag,
        "fil": p.fil,
        "fra": p.fra,
        "merknad": p.merknad,
        "felter": [felt_som_json(f) for f in p.felter],
    }


def innslag_som_json(i: Innslag) -> InnslagJson:
    """One commit in the form of the contract."""
    c = i.innsjekking
    return {
        "commit": c.oid,
        "foreldre": list(c.foreldre),
        "tid": iso(c.tid),
        "forfattet": iso(c.forfattet),
        "forfatter": c.forfatter,
        "innsjekker": c.innsjekker,
        "emne": maskert(c.emne),
        "poster": [post_som_json(p) for p in i.poster],
    }


def som_json(hode: LoggJson, innslag: Iterable[Innslag]) -> Iterator[str]:
    """The log in pieces of text. `hode`: everything, with no changes in it."""
    head = json.dumps({**hode, "endringer": []}, ensure_ascii=False, indent=1)
    yield head[: head.rindex("[]\n}")] + "["
    first = True
    for i in innslag:
        yield ("\n  " if first else ",\n  ") + trygg_json(innslag_som_json(i))
        first = False
    yield "\n ]\n}\n"


def trygg_json(verdi: object) -> str:
    """One value as JSON that is UTF-8 whatever it holds: a byte that is no text becomes U+FFFD."""
    text = json.dumps(verdi, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def hode(registry: str, commit: str, historie: str, poster: Sequence[str]) -> LoggJson:
    """Everything before the changes."""
    return {
        "versjon": VERSJON,
        "registry": registry,
        "commit": commit,
        "historie": historie,
        "poster": list(poster),
        "endringer": [],
    }


# --- CSV ------------------------------------------------------------------------------------------------

KOLONNER = (
    "tid",
    "commit",
    "forfatter",
    "emne",
    "post",
    "navn",
    "hendelse",
    "felt",
    "tittel",
    "gammel verdi",
    "gammelt navn",
    "ny verdi",
    "nytt navn",
    "merknad",
)
"""Columns of the log."""


def csv_rader(kolonner: Sequence[str], rader: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """A table for a spreadsheet in a Norwegian set-up, where no cell can become a formula."""
    yield BOM + _csv_rad(list(kolonner))
    for row in rader:
        yield _csv_rad([celle(c) for c in row])


def _csv_rad(celler: Sequence[str | int]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(celler)
    return out.getvalue()


def som_csv(innslag: Iterable[Innslag]) -> Iterator[str]:
    """One row for each field that changed, and one for each record where none did."""
    return csv_rader(KOLONNER, (row for i in innslag for p in i.poster for row in _csv_post(i, p)))


def _csv_post(i: Innslag, p: Postspor) -> Iterator[list[str]]:
    c = i.innsjekking
    start = [iso(c.tid), f"git:{c.oid}", c.forfatter, maskert(c.emne), p.post, maskert(p.navn)]
    start.append(TEGN[p.slag][1])
    note = p.merknad or (f"Het {p.fra}." if p.fra else "")
    if not p.felter:
        yield [*start, *[""] * 6, note]
    for f in p.felter:
        j = felt_som_json(f)
        values = (j["felt"], j["tittel"], j["gammel"], j["gammelt_navn"], j["ny"], j["nytt_navn"])
        yield [*start, *(v or "" for v in values), note]


# --- Markdown -------------------------------------------------------------------------------------------


def som_markdown(tittel: str, innslag: Iterable[Innslag], slutt: Sequence[str] = ()) -> Iterator[str]:
    """A heading for each commit and a table for each record."""
    yield f"# {md(tittel)}\n"
    for i in innslag:
        c = i.innsjekking
        yield f"\n## {dag(dato_av(c.tid))} {md(maskert(c.emne)) or '(uten emne)'}\n\n"
        yield f"{md(c.forfatter)}, {kode(c.oid[:KORT])}\n"
        for p in i.poster:
            yield from markdown_post(p)
    for line in slutt:
        yield f"\n{md(line)}\n"


def markdown_post(p: Postspor) -> Iterator[str]:
    """One record and its fields in a table."""
    name = f" {md(maskert(p.navn))}" if p.navn != p.post.partition("/")[2] else ""
    yield f"\n**{TEGN[p.slag][1].capitalize()}** {kode(p.post)}{name}\n"
    if p.fra:
        yield f"\nHet {kode(p.fra)}.\n"
    if p.merknad:
        yield f"\n{md(maskert(p.merknad))}\n"
    if p.felter:
        yield "\n| Felt | Før | Etter |\n| --- | --- | --- |\n"
    for f in p.felter:
        e = f.endring
        before = md(verdi(e.gammel, f.gammelt_navn, "ikke satt"))
        after = md(verdi(e.ny, f.nytt_navn, "fjernet"))
        yield f"| {md(maskert(e.tittel))} | {before} | {after} |\n"


# --- text -----------------------------------------------------------------------------------------------


def verdi(v: str | None, navn: str | None, tom: str) -> str:
    """A value in words: with the name of what it refers to, or `tom` when it is not set."""
    if v is None:
        return tom
    if not v:
        return "satt"
    return f"«{vist(navn)}» ({vist(v)})" if navn and navn != v else f"«{vist(v)}»"


def liste(tittel: str) -> str:
    """The title of the list that an item stands in: without the item itself."""
    return tittel.rpartition(" «")[0] if tittel.endswith("»") and " «" in tittel else tittel


def felt_i_ord(f: Feltspor) -> str:
    """One field in a sentence: what it is called, its value before and after."""
    e = f.endring
    if e.path and isinstance(e.path[-1], int) and (e.gammel or e.ny):
        word = "lagt til" if e.gammel is None else "fjernet"
        value = verdi(e.ny, f.nytt_navn, "") if e.ny is not None else verdi(e.gammel, f.gammelt_navn, "")
        return f"{vist(liste(e.tittel))}: {word} {value}"
    title = vist(e.tittel)
    return f"{title}: {verdi(e.gammel, f.gammelt_navn, 'ikke satt')} → {verdi(e.ny, f.nytt_navn, 'fjernet')}"


def satt_i_ord(f: Feltspor) -> str:
    """One field of a record that is new: what it is called, and its value."""
    e = f.endring
    title = liste(e.tittel) if e.path and isinstance(e.path[-1], int) and e.ny else e.tittel
    return f"{vist(title)}: {verdi(e.ny, f.nytt_navn, 'fjernet')}"


def post_som_tekst(p: Postspor, stil: Stil, *, alt: bool = False) -> Iterator[str]:
    """One record of a change for people; with `alt` every field of a new one."""
    sign, word, colour = TEGN[p.slag]
    name = f"  {vist(p.navn)}" if p.navn and p.navn != p.post.partition("/")[2] else ""
    head = f"{sign} {word} {ren(p.post)}"
    room = stil.bredde - 2 - bredde(head)
    shown = kort(name, room) if room > 6 else ""
    yield f"  {stil(f'{sign} {word}', colour)} {stil(ren(p.post), 'fet')}{shown}\n"
    if p.fra:
        yield from avsnitt(f"Het {p.fra} før.", stil, 6)
    if p.merknad:
        yield from avsnitt(maskert(p.merknad), stil, 6, farge="svak")
    new = p.slag == "opprettet"
    fields = p.felter if alt or not new else p.felter[:MANGE]
    for f in fields:
        yield from avsnitt(satt_i_ord(f) if new else felt_i_ord(f), stil, 6)
    if len(p.felter) > len(fields):
        left = antall(len(p.felter) - len(fields), "felt", "felt")
        yield from avsnitt(f"og {left} til (vis dem med --verbose).", stil, 6, farge="svak")


def innsjekking_som_tekst(i: Innslag, stil: Stil) -> Iterator[str]:
    """The line of a commit: when, who, which; and why."""
    c = i.innsjekking
    short = c.oid[:KORT]
    start = f"{dag(dato_av(c.tid))}  "
    room = stil.bredde - bredde(start) - len(short) - 2
    who = kort(vist(c.forfatter) or "(uten navn)", room)
    gap = " " * max(2, stil.bredde - bredde(start) - bredde(who) - len(short))
    yield f"{stil(start + who, 'fet')}{gap}{stil(short, 'svak')}\n"
    yield from avsnitt(maskert(c.emne) or "(uten emne)", stil, 2)


def som_tekst(
    innslag: Iterable[Innslag], stil: Stil, *, alt: bool = False, slutt: Sequence[str] = ()
) -> Iterator[str]:
    """The log for people, newest first. `slutt`: what must be said of what is not shown."""
    commits = records = 0
    for i in innslag:
        if commits:
            yield "\n"
        commits += 1
        records += len(i.poster)
        yield from innsjekking_som_tekst(i, stil)
        for p in i.poster:
            yield from post_som_tekst(p, stil, alt=alt)
    if not commits:
        yield "Ingen endringer svarer til utvalget.\n"
    else:
        yield "\n"
        yield from avsnitt(
            f"{antall(records, 'endring', 'endringer')} i {antall(commits, 'innsjekking', 'innsjekkinger')}.",
            stil,
        )
    for line in slutt:
        yield from avsnitt(line, stil, farge="gul")

"""The trail as JSON, CSV and Markdown. Git's names and texts are untrusted everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from forvaltning.history.spor import Feltspor, Innslag, Postspor
from forvaltning.render.historikk_kontrakt import FeltsporJson, InnslagJson, LoggJson, PostsporJson
from forvaltning.render.historikk_ord import KORT, csv_rader, dato_av, iso, trygg_json, verdi
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.tekst_stil import dag
from forvaltning.source.markdown_tegn import kode
from forvaltning.source.markdown_tegn import tekst as md
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
    head = trygg_json({**hode, "endringer": []}, 1)
    yield head[: head.rindex("[]\n}")] + "["
    first = True
    for i in innslag:
        yield ("\n  " if first else ",\n  ") + trygg_json(innslag_som_json(i))
        first = False
    yield "\n ]\n}\n"


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


def som_csv(innslag: Iterable[Innslag]) -> Iterator[str]:
    """One row for each field that changed, and one for each record where none did."""
    return csv_rader(KOLONNER, (row for i in innslag for p in i.poster for row in _csv_post(i, p)))


def _csv_post(i: Innslag, p: Postspor) -> Iterator[list[str]]:
    c = i.innsjekking
    start = [iso(c.tid), f"git:{c.oid}", c.forfatter, maskert(c.emne), p.post, maskert(p.navn)]
    start.append(TEGN[p.slag][1])
    note = p.merknad or (f"Het {p.fra} før." if p.fra else "")
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
        yield f"\nHet {kode(p.fra)} før.\n"
    if p.merknad:
        yield f"\n{md(maskert(p.merknad))}\n"
    if p.felter:
        yield "\n| Felt | Før | Etter |\n| --- | --- | --- |\n"
    for f in p.felter:
        e = f.endring
        before = md(verdi(e.gammel, f.gammelt_navn, "ikke satt"))
        after = md(verdi(e.ny, f.nytt_navn, "fjernet"))
        yield f"| {md(maskert(e.tittel))} | {before} | {after} |\n"

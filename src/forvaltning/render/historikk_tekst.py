"""The trail as text for people: one block for each commit, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from forvaltning.history.spor import Feltspor, Innslag, Postspor
from forvaltning.render.historikk import TEGN
from forvaltning.render.historikk_ord import KORT, dato_av, liste, verdi, vist
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, bredde, dag, kort, ren
from forvaltning.source.maske import maskert

MANGE = 8
"""More fields than this of a record that is new are counted, not listed."""


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
        yield from avsnitt(satt_i_ord(f) if new else felt_i_ord(f), stil, 4, stil("· ", "svak"))
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
        yield "Ingen endringer som er sjekket inn, svarer til utvalget.\n"
    else:
        yield "\n"
        yield from avsnitt(
            f"{antall(records, 'endring', 'endringer')} i {antall(commits, 'innsjekking', 'innsjekkinger')}.",
            stil,
        )
    for line in slutt:
        yield from avsnitt(line, stil, farge="gul")

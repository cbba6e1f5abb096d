"""Markdown: a comment for the merge request, and GitHub's job summary.

Both begin with a hidden mark, so that a bot can find its own comment and write over it. What does not fit is
counted, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.markdown_virkning import seksjoner
from forvaltning.render.formater.punkter import Niva, Punkt, blokkerer, dag, punkter, rettede
from forvaltning.source.markdown_tegn import kode, tekst

MERKE = "<!-- forvaltning:rapport -->"
"""First line of every comment."""
KOMMENTAR = 65_000
"""Most characters of a comment (GitHub takes 65,536, counted as UTF-16)."""
SAMMENDRAG = 1_000_000
"""Most bytes of a job summary (GitHub takes 1 MiB)."""


@dataclass(frozen=True, slots=True)
class Plass:
    """How long the text may be, how it is measured, and what each lesser section may take of it."""

    grense: int
    mal: Callable[[str], int]
    seksjon: int


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def markdown(g: Grunnlag) -> Iterator[str]:
    """The comment."""
    yield _bygg(g, Plass(KOMMENTAR, _utf16, 4_500))


def jobbsammendrag(g: Grunnlag) -> str:
    """The job summary: the same, with room for far more."""
    return _bygg(g, Plass(SAMMENDRAG, _utf8, 80_000))


def _bygg(g: Grunnlag, plass: Plass) -> str:
    alle = punkter(g)
    top = _topp(g, alle)
    soon = [p for p in alle if p.slag == "frist"]
    remarks = [p for p in alle if p.niva is not Niva.FEIL and p.slag == "problem"]
    before = [p for p in alle if p.niva is Niva.NOTIS and p.slag == "funn" and not p.avvik]
    law = [p for p in alle if p.lovbrudd]
    tail = "".join(
        _seksjon(title, lead, items, plass)
        for title, lead, items in (
            *seksjoner(g),
            ("Rettet", "Bra! Dette er borte etter endringen.", [(_kort(p), "") for p in rettede(g)]),
            ("Lovbrudd som følges opp", "Et avvik gir ikke fritak fra loven.", [(_kort(p), "") for p in law]),
            ("Går snart ut", "Oppfylt i dag.", [(_kort(p), "") for p in soon]),
            ("Merknader", "Disse stopper ingenting.", [(_kort(p), "") for p in remarks]),
            (
                "Brudd fra før",
                "Disse var der før endringen, og stopper den ikke.",
                [(_kort(p), "") for p in before],
            ),
        )
    )
    foot = f"\n{_bunn(g)}\n"
    room = plass.grense - plass.mal(top) - plass.mal(tail) - plass.mal(foot)
    errors = [p for p in alle if p.niva is Niva.FEIL]
    title = "Nye brudd og problemer" if g.nye is not None else "Brudd og problemer"
    worst = _seksjon(title, "", _gruppert(errors), Plass(room, plass.mal, room)) if errors else ""
    return f"{top}{worst}{tail}{foot}"


def _topp(g: Grunnlag, alle: Sequence[Punkt]) -> str:
    errors = sum(p.niva is Niva.FEIL for p in alle)
    new = "nye " if g.nye is not None else ""
    if errors:
        title = f"✗ {errors} {new}brudd og problemer"
    elif blokkerer(g, alle):
        title = f"✗ Det finnes {new}brudd eller problemer som ikke er tatt med her"
    elif g.ingenting_avgjort:
        title = "? Ingen brudd er sett, men ingenting kunne avgjøres"
    else:
        title = f"✓ Ingen {new}brudd"
    about = [f"Vurdert {tekst(dag(str(g.hode['dato'])), 40)}"]
    if g.nye is not None:
        about.append(f"sammenlignet med {kode(g.base or 'basen', 100)}")
    if g.hode["endret"]:
        about.append("med endringer som ikke er lagret i Git")
    rows = "".join(f"| {name} | {n} |\n" for name, n in _tall(g, alle))
    return f"{MERKE}\n## {title}\n\n{', '.join(about)}.\n\n| | Antall |\n| --- | ---: |\n{rows}"


def _tall(g: Grunnlag, alle: Sequence[Punkt]) -> list[tuple[str, int]]:
    problems = g.hode["sammendrag"]["problemer"]
    rows: list[tuple[str, int]] = []
    if g.nye is not None:
        rows.append(("Nye brudd", sum(p.niva is Niva.FEIL and p.slag == "funn" for p in alle)))
        rows.append(("Nye problemer", sum(p.niva is Niva.FEIL and p.slag == "problem" for p in alle)))
        rows.append(("Rettet", len(rettede(g))))
    rows += [
        ("Krav som er brutt, i alt", g.antall("brudd")),
        ("Problemer i registeret, i alt", int(problems["feil"])),
        ("Ikke avgjort", g.antall("ikke_avgjort")),
        ("Avvik", g.antall("avvik")),
        ("Går snart ut", g.antall("snart")),
        ("Oppfylt", g.antall("oppfylt")),
    ]
    return rows


def _bunn(g: Grunnlag) -> str:
    parts = [tekst(str(g.hode["verktoy"]), 60)]
    if g.hode["commit"]:
        parts.append(f"commit {kode(str(g.hode['commit']), 64)}")
    return f"---\n\n{', '.join(parts)}"


def _gruppert(alle: Sequence[Punkt]) -> list[tuple[str, str]]:
    """Each point with the heading of its record; records in the order of their worst point."""
    groups: dict[str, list[Punkt]] = {}
    for p in alle:
        groups.setdefault(p.hvor, []).append(p)
    return [(_fullt(p), f"#### {kode(where or p.sti)}\n\n") for where, items in groups.items() for p in items]


def _seksjon(tittel: str, ingress: str, punkter_: Sequence[tuple[str, str]], plass: Plass) -> str:
    """A heading and as many points as there is room for, with the number left out. Each point has its heading."""
    if not punkter_:
        return ""
    head = f"\n### {tittel}\n\n" + (f"{ingress}\n\n" if ingress else "")
    out = [head]
    room = plass.seksjon - plass.mal(head) - 200
    shown, heading = 0, ""
    for text, above in punkter_:
        gap = "\n" if above and shown else ""
        piece = f"{gap}{above}{text}" if above != heading else text
        size = plass.mal(piece)
        if size > room:
            break
        out.append(piece)
        room -= size
        shown, heading = shown + 1, above
    left = len(punkter_) - shown
    if left:
        out.append(f"\nDet er ikke plass til {left} til. Hele listen får du med `forvaltning check`.\n")
    return "".join(out)


def _fullt(p: Punkt) -> str:
    lines = [f"- **{tekst(p.overskrift, 200)}**: {tekst(p.melding)}"]
    if p.tiltak:
        lines.append(f"  - Slik rettes det: {tekst(p.tiltak)}")
    lines.append(f"  - Sted: {_sted(p)}")
    if p.svarer:
        lines.append(f"  - Svarer: {tekst(p.svarer)}")
    return "\n".join(lines) + "\n"


def _kort(p: Punkt) -> str:
    until = f" (frist {tekst(dag(p.dato), 40)})" if p.slag == "frist" and p.dato else ""
    what = "" if p.slag == "frist" else f": {tekst(p.melding, 300)}"
    where = kode(p.hvor) if p.slag == "rettet" else _sted(p)
    return f"- **{tekst(p.overskrift, 200)}**{until}{what} {where}\n"


def _sted(p: Punkt) -> str:
    return kode(f"{p.sti}:{p.linje}:{p.kolonne}")

"""The report for people: a headline, what is wrong (worst first), what to know, the counts, what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Outcome
from forvaltning.render import tekst_funn, tekst_lister, tekst_sammendrag
from forvaltning.render.tekst_grunnlag import Grunnlag, Visning
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, dag, ramse, ren


def rapport(g: Grunnlag, visning: Visning, stil: Stil) -> Iterator[str]:
    """The report in pieces of text, streamed: what is written is let go."""
    if visning.kort:
        yield tekst_sammendrag.linje(g)
        return
    yield from hode(g, stil)
    sections = (
        (Outcome.BRUDD, tekst_funn.brudd),
        (None, tekst_funn.feil_i_filer),
        (Outcome.AVVIK, tekst_lister.avvik),
        (Outcome.SNART, tekst_lister.snart),
        (Outcome.IKKE_AVGJORT, tekst_lister.ikke_avgjort),
        (None, tekst_funn.merknader),
        (Outcome.OPPFYLT, tekst_lister.oppfylt),
        (Outcome.IKKE_AKTUELT, tekst_lister.ikke_aktuelt),
    )
    for utfall, section in sections:
        if visning.viser(utfall or Outcome.BRUDD):
            yield from section(g, stil)
    yield from tekst_sammendrag.sammendrag(g, stil, alt=visning.alt)
    yield from tekst_sammendrag.neste_steg(g, stil)


def hode(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """What was checked, on which date and why that date, and how much."""
    whose = f" · {ren(g.kommune)}" if g.kommune else ""
    where = "" if g.sti == "." else f" · {ren(g.sti)}"
    yield f"{stil(f'Forvaltning{where}', 'fet')}{whose}\n"
    yield from avsnitt(datolinje(g), stil, farge="gul" if g.datokilde == "eksempel" else "")
    judged = antall(g.antall, "vurdering", "vurderinger")
    against = "" if g.snevret else f" mot {len(g.titler)} krav"
    yield f"{antall(g.sammendrag.poster, 'post', 'poster')} vurdert{against}, {judged}.\n"
    if g.snevret:
        yield from avsnitt(f"Utvalg: {ramse(g.snevret)}.", stil)
    if g.historie_ukjent:
        yield from avsnitt(g.historie_ukjent, stil, 0, stil("? ", "gul"))


def datolinje(g: Grunnlag) -> str:
    """Which state of the registry it is, which date the check counts from, and why."""
    when = {
        "eksempel": f"Eksempeldata: regnet per {dag(g.dato)}.",
        "valgt": f"Regnet per {dag(g.dato)}, valgt med --as-of.",
        "innsjekking": f"Regnet per {dag(g.dato)}, dagen registeret ble sjekket inn slik.",
    }.get(g.datokilde, f"Regnet per {dag(g.dato)}, i dag.")
    return f"Registeret slik det var ved innsjekking {g.ved[:10]}. {when}" if g.ved else when

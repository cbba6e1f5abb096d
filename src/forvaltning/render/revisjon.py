"""The audit report: as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forvaltning.engine.revisjonsfunn import REGLER, Revisjonsfunn
from forvaltning.findings import Severity
from forvaltning.render.historikk_kontrakt import RevisjonJson, RevisjonsfunnJson
from forvaltning.render.historikk_ord import KORT, csv_rader, dato_av, iso, registernavn, trygg_json, vist
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, dag, overskrift, ramse, ren
from forvaltning.source.maske import maskert

MANGE = 10
"""More findings than this under one heading are counted, not listed."""
KOLONNER = ("regel", "alvor", "tid", "commit", "post", "felt", "fil", "linje", "melding", "tiltak")


def funn_som_json(f: Revisjonsfunn) -> RevisjonsfunnJson:
    """One finding in the form of the contract."""
    c, at = f.innsjekking, f.sted
    return {
        "regel": f.regel,
        "alvor": f.alvor.value,
        "commit": c.oid if c is not None else None,
        "tid": iso(c.tid) if c is not None else None,
        "post": f.post,
        "felt": f.felt,
        "fil": f.fil,
        "linje": at.line if at is not None else None,
        "kolonne": at.column if at is not None else None,
        "melding": maskert(f.melding),
        "tiltak": f.tiltak,
    }


def som_json(hode: RevisjonJson, funn: Sequence[Revisjonsfunn]) -> Iterator[str]:
    """The report in the form of the contract. `hode`: everything, with no findings in it."""
    yield trygg_json({**hode, "funn": [funn_som_json(f) for f in funn]}, 1) + "\n"


def som_csv(funn: Sequence[Revisjonsfunn]) -> Iterator[str]:
    """One row for each finding."""

    def row(f: Revisjonsfunn) -> list[str | int]:
        j = funn_som_json(f)
        commit = f"git:{j['commit']}" if j["commit"] else ""
        head = [j["regel"], j["alvor"], j["tid"] or "", commit, j["post"] or "", j["felt"], j["fil"] or ""]
        return [*head, j["linje"] or "", j["melding"], j["tiltak"]]

    return csv_rader(KOLONNER, (row(f) for f in funn))


def som_tekst(
    hode: RevisjonJson, funn: Sequence[Revisjonsfunn], prefiks: str, stil: Stil, *, alt: bool = False
) -> Iterator[str]:
    """The report for people. `prefiks`: what stands before a file's path."""
    commits = antall(hode["innsjekkinger"], "innsjekking", "innsjekkinger")
    yield from avsnitt(f"Revisjon av {commits} som endret {registernavn(hode['registry'])}.", stil)
    if hode["ankere"]:
        yield from avsnitt(f"Ankere: {ramse([ren(a) for a in hode['ankere']])}.", stil)
    if hode["utelatt"]:
        yield from avsnitt(f"Ikke kontrollert: {ramse(hode['utelatt'])}.", stil, farge="gul")
    for regel, title in REGLER.items():
        mine = [f for f in funn if f.regel == regel]
        if not mine:
            continue
        yield overskrift(f"{title} ({len(mine)})", stil)
        yield "\n"
        shown = mine if alt else mine[-MANGE:]
        for f in reversed(shown):
            yield from _funn(f, prefiks, stil)
        if len(mine) > len(shown):
            left = antall(len(mine) - len(shown), "eldre", "eldre")
            yield from avsnitt(f"og {left} (vis dem med --verbose).", stil, 4, farge="svak")
        for remedy in dict.fromkeys(f.tiltak for f in reversed(shown) if f.tiltak):
            yield from avsnitt(remedy, stil, 4, stil("→ ", "bla"))
    yield "\n"
    wrong = sum(f.alvor is Severity.FEIL for f in funn)
    remarks = len(funn) - wrong
    tail = f" {antall(remarks, 'merknad', 'merknader')}." if remarks else ""
    if wrong:
        yield from avsnitt(f"✗ {antall(wrong, 'feil', 'feil')} i historikken.{tail}", stil, farge="fet_rod")
    else:
        yield from avsnitt(f"✓ Ingen feil i historikken.{tail}", stil, farge="fet_gronn")


def _funn(f: Revisjonsfunn, prefiks: str, stil: Stil) -> Iterator[str]:
    sign, colour = ("✗ ", "rod") if f.alvor is Severity.FEIL else ("· ", "gul")
    c = f.innsjekking
    said = vist(f.melding)
    if c is None:
        yield from avsnitt(said, stil, 2, stil(sign, colour))
        return
    who = f" {vist(c.forfatter)}" if c.forfatter else ""
    yield from avsnitt(
        f"{dag(dato_av(c.tid))} {c.oid[:KORT]}{who}: {vist(c.emne)}", stil, 2, stil(sign, colour)
    )
    if f.regel == "revisjon.usignert":
        return  # the heading says it
    if f.post is None:
        yield from avsnitt(said, stil, 4, farge="svak")
        return
    at = f":{f.sted.line}:{f.sted.column}" if f.sted is not None else ""
    yield from avsnitt(f"{prefiks}{f.fil}{at}: {said}", stil, 4)

"""What is not broken but should be known: deviations, what runs out soon, what could not be decided, the green."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from forvaltning.findings import Outcome, Verdict
from forvaltning.render.tekst_funn import frist_tekst
from forvaltning.render.tekst_grunnlag import UTFALL, Grunnlag
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, bredde, dag, overskrift, ramse, ren

VIS_POSTER = 8
"""Records named for one reason before the rest are only counted."""


def _med(g: Grunnlag, utfall: Outcome) -> list[Verdict]:
    return [v for v in g.dommer if v.utfall is utfall]


def _nummer(krav: str) -> list[int]:
    return [int(n) for n in krav.split(".")]


def _tittel(v: Verdict, g: Grunnlag) -> str:
    return g.titler.get(v.krav, "")


def avvik(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """Deviations that cover something: what they hide stays in sight."""
    covered = _med(g, Outcome.AVVIK)
    if not covered:
        return
    yield overskrift(f"Dekket av avvik ({antall(len(covered), 'vurdering', 'vurderinger')})", stil)
    by_deviation: dict[str, list[Verdict]] = defaultdict(list)
    for v in covered:
        for ident in dict.fromkeys(f.avvik for f in v.funn if f.avvik) or (v.avvik or "",):
            by_deviation[ident or ""].append(v)
    sign = stil(UTFALL[Outcome.AVVIK][0], UTFALL[Outcome.AVVIK][2])
    for ident, verdicts in sorted(by_deviation.items()):
        name = ren(g.postnavn(f"avvik/{ident}"))
        ends = min((v.frist for v in verdicts if v.frist), default=None)
        until = f" (gjelder til {dag(ends)})" if ends else ""
        label = f"{name}{until}" if name and name != ident else until.strip()
        yield f"\n  {sign} {stil(f'avvik/{ren(ident)}', 'fet')}\n"
        if label:
            yield from avsnitt(label, stil, 4)
        for v in sorted(verdicts, key=lambda v: (_nummer(v.krav), v.post)):
            yield from avsnitt(f"{v.post}: {v.krav} {_tittel(v, g)}", stil, 4)
            for f in v.funn:
                if f.avvik == ident:
                    yield f"      {stil(g.sted(f'{f.place.post}.yaml', f.place.path), 'svak')}\n"
                    yield from avsnitt(f.melding, stil, 6)


def snart(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """What runs out within the warning window, soonest first."""
    ending = [v for v in _med(g, Outcome.AVVIK) if v.frist and 0 <= (v.frist - g.dato).days <= g.vindu]
    soon = sorted(
        [*_med(g, Outcome.SNART), *ending], key=lambda v: (v.frist or date.max, v.post, _nummer(v.krav))
    )
    if not soon:
        return
    yield overskrift(f"Løper snart ut ({antall(len(soon), 'frist', 'frister')})", stil)
    sign, _, colour = UTFALL[Outcome.SNART]
    for v in soon:
        when = frist_tekst(v, g)
        yield f"  {stil(f'{sign} {when}', colour)}{' ' * max(1, 28 - bredde(when))}{stil(ren(v.post), 'fet')}\n"
        what = f"{_tittel(v, g)} – avviket {v.avvik} går ut" if v.utfall is Outcome.AVVIK else _tittel(v, g)
        yield from avsnitt(what, stil, 4, f"{v.krav} ")


def ikke_avgjort(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """What could not be decided, one entry for each requirement and reason."""
    yield from _etter_grunn(Outcome.IKKE_AVGJORT, "Ikke avgjort", g, stil)


def ikke_aktuelt(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """What does not apply, and why."""
    yield from _etter_grunn(Outcome.IKKE_AKTUELT, "Ikke aktuelt", g, stil)


def _etter_grunn(utfall: Outcome, tittel: str, g: Grunnlag, stil: Stil) -> Iterator[str]:
    found = _med(g, utfall)
    if not found:
        return
    yield overskrift(f"{tittel} ({antall(len(found), 'vurdering', 'vurderinger')})", stil)
    groups: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for v in found:
        groups[v.krav, v.begrunnelse or "Ingen grunn er oppgitt."].append(v)
    sign, _, colour = UTFALL[utfall]
    for (_krav_nr, why), verdicts in sorted(
        groups.items(), key=lambda item: (_nummer(item[0][0]), item[0][1])
    ):
        yield from avsnitt(
            _tittel(verdicts[0], g), stil, 2, stil(f"{sign} ", colour) + f"{verdicts[0].krav} "
        )
        yield from avsnitt(why, stil, 4)
        names = [v.post for v in verdicts]
        more = len(names) - VIS_POSTER
        if more > 1:
            names = [*names[:VIS_POSTER], f"{more} til"]
        yield from avsnitt(ramse(names), stil, 4, farge="svak")


def oppfylt(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """The green ones, by record, each with what it rests on."""
    green = _med(g, Outcome.OPPFYLT)
    if not green:
        return
    yield overskrift(f"Oppfylt ({antall(len(green), 'vurdering', 'vurderinger')})", stil)
    sign, _, colour = UTFALL[Outcome.OPPFYLT]
    last = ""
    for v in green:
        if v.post != last:
            yield f"\n  {stil(ren(v.post), 'fet')}\n"
            last = v.post
        rests = v.styrke.value if v.styrke else ""
        rests += f", frist {dag(v.frist)}" if v.frist else ""
        yield from avsnitt(f"{_tittel(v, g)} – {rests}", stil, 4, stil(f"{sign} ", colour) + f"{v.krav} ")

"""A change held against its base, for people: what is new blocks; what was there before is listed apart."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.engine.sammenligning import Sammenligning
from forvaltning.engine.virkning import Kravendring, Postendring, Virkning
from forvaltning.findings import Outcome, Severity
from forvaltning.render import tekst_funn
from forvaltning.render.tekst import hode
from forvaltning.render.tekst_grunnlag import UTFALL, Grunnlag, Visning
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, overskrift, ramse, ren

SLAG = {
    "ny": ("+", "ny", "gronn"),
    "endret": ("~", "endret", "gul"),
    "omdopt": ("~", "ny id", "gul"),
    "avsluttet": ("■", "avsluttet", "bla"),
    "slettet": ("−", "slettet", "rod"),
    "uleselig": ("✗", "kan ikke leses lenger", "rod"),
    "lesbar": ("+", "kan leses igjen", "gronn"),
}
MANGE = 8
"""More fields or dependants than this are counted, not listed."""


def rapport(
    g: Grunnlag, s: Sammenligning, virkning: Virkning, base: str, visning: Visning, stil: Stil
) -> Iterator[str]:
    """The report of a change. `base`: what it was held against, in words."""
    if visning.kort:
        yield linje(s)
        return
    yield from hode(g, stil)
    yield from avsnitt(f"Sammenlignet med {base}.", stil)
    yield from _nytt(g, s, stil)
    yield from _endringen(g, virkning, stil)
    yield from _rettet(s, stil)
    yield from _gammelt(g, s, stil)
    yield "\n"
    yield from _slutt(s, stil)


def linje(s: Sammenligning) -> str:
    """The counts on one line."""
    wrong = sum(p.alvor is Severity.FEIL for p in s.nye_problemer)
    old = len(s.gamle) + sum(p.alvor is Severity.FEIL for p in s.gamle_problemer)
    mended = len(s.rettet) + len(s.rettede_problemer)
    return f"{len(s.nye)} nye funn, {wrong} nye feil i filer; {old} fra før, {mended} rettet\n"


def _nytt(g: Grunnlag, s: Sammenligning, stil: Stil) -> Iterator[str]:
    keys = {f.nokkel for _, f in s.nye}
    broken = list({(v.krav, v.post): v for v, _ in s.nye}.values())
    yield from tekst_funn.seksjon("Nytt i denne endringen", broken, lambda f: f.nokkel in keys, g, stil)
    wrong = [p for p in s.nye_problemer if p.alvor is Severity.FEIL]
    yield from tekst_funn.problemer("Nye feil", wrong, ("✗", "FEIL", "fet_rod"), g, stil)
    remarks = [p for p in s.nye_problemer if p.alvor is Severity.MERKNAD]
    yield from tekst_funn.problemer("Nye merknader", remarks, ("·", "MERKNAD", "gul"), g, stil)


def _gammelt(g: Grunnlag, s: Sammenligning, stil: Stil) -> Iterator[str]:
    wrong = [p for p in s.gamle_problemer if p.alvor is Severity.FEIL]
    if not s.gamle and not wrong:
        return
    count = antall(len(s.gamle) + len(wrong), "sak", "saker")
    yield overskrift(f"Fra før, blokkerer ikke ({count})", stil)
    yield "\n"
    for v, f in s.gamle:
        where = g.sted(f"{f.place.post}.yaml", f.place.path)
        yield from avsnitt(f"{v.krav} {f.melding}", stil, 4, stil(f"{where} ", "svak"))
    for p in wrong:
        yield from avsnitt(p.melding, stil, 4, stil(f"{g.problemsted(p)} ", "svak"))


def _rettet(s: Sammenligning, stil: Stil) -> Iterator[str]:
    mended = [f"{v.krav} {v.post}: {f.melding}" for v, f in s.rettet]
    mended += [f"{p.fil}: {p.melding}" for p in s.rettede_problemer if p.alvor is Severity.FEIL]
    if not mended:
        return
    yield overskrift(f"Rettet – bra! ({antall(len(mended), 'sak', 'saker')})", stil)
    yield "\n"
    for text in mended:
        yield from avsnitt(text, stil, 4, stil("✓ ", "gronn"))


def _endringen(g: Grunnlag, virkning: Virkning, stil: Stil) -> Iterator[str]:
    if not (virkning.poster or virkning.krav or virkning.foreldet):
        return
    records = sum("/" in p.post for p in virkning.poster)
    count = f" ({antall(records, 'post', 'poster')})" if records else ""
    yield overskrift(f"Dette gjør endringen{count}", stil)
    for p in virkning.poster:
        yield from _post(p, stil)
    if virkning.krav:
        yield f"\n  {stil('Krav som får et annet utfall', 'fet')}\n"
        for k in virkning.krav:
            yield from _krav(k, g, stil)
    if virkning.foreldet:
        yield f"\n  {stil('Godkjenninger som bør ses på nytt', 'fet')}\n"
        for f in virkning.foreldet:
            yield from avsnitt(f"{f.slag} {f.post} – {f.grunn}", stil, 4, stil("! ", "gul"))


def _post(p: Postendring, stil: Stil) -> Iterator[str]:
    sign, word, colour = SLAG[p.slag]
    name = f"  {ren(p.navn)}" if p.navn != p.post.partition("/")[2] else ""
    yield f"\n  {stil(f'{sign} {word}', colour)} {stil(ren(p.post), 'fet')}{name}\n"
    for e in p.felter[:MANGE]:
        before = "ikke satt" if e.gammel is None else f"«{e.gammel}»" if e.gammel else "satt"
        after = "fjernet" if e.ny is None else f"«{e.ny}»" if e.ny else "satt"
        yield from avsnitt(f"{e.tittel}: {before} → {after}", stil, 6)
    if len(p.felter) > MANGE:
        yield f"      og {antall(len(p.felter) - MANGE, 'felt', 'felt')} til\n"
    if p.avhengige:
        left = len(p.avhengige) - MANGE
        names = [*p.avhengige[:MANGE], f"{left} til"] if left > 0 else list(p.avhengige)
        yield from avsnitt(f"Vises til av {ramse(names)}.", stil, 6, farge="svak")


def _krav(k: Kravendring, g: Grunnlag, stil: Stil) -> Iterator[str]:
    unit = f" ({g.enhetsnavn(k.enhet)})" if k.enhet else ""
    text = f"{k.krav} {k.post}{unit}: {_utfall(k.fra)} → {_utfall(k.til)}"
    worse = k.til is Outcome.BRUDD
    yield from avsnitt(text, stil, 4, stil("✗ " if worse else "· ", "rod" if worse else "svak"))


def _utfall(utfall: Outcome | None) -> str:
    return "finnes ikke" if utfall is None else UTFALL[utfall][1]


def _slutt(s: Sammenligning, stil: Stil) -> Iterator[str]:
    if s.blokkerer:
        wrong = sum(p.alvor is Severity.FEIL for p in s.nye_problemer)
        parts = [antall(len(s.nye), "nytt funn", "nye funn")] if s.nye else []
        parts += [antall(wrong, "ny feil", "nye feil")] if wrong else []
        yield from avsnitt(f"✗ Endringen kan ikke flettes inn: {ramse(parts)}.", stil, farge="fet_rod")
        return
    old = f" {antall(len(s.gamle), 'funn', 'funn')} fra før står igjen." if s.gamle else ""
    yield from avsnitt(f"✓ Endringen bryter ingenting nytt.{old}", stil, farge="fet_gronn")

"""The difference between two states of a registry: as text, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.sammenligning import Sammenligning
from forvaltning.engine.virkning import Kravendring
from forvaltning.engine.virkning_innstillinger import INNSTILLINGER
from forvaltning.findings import Finding, Outcome, Problem, Severity, Verdict
from forvaltning.history.spor import Postspor
from forvaltning.render.historikk import markdown_post, post_som_json
from forvaltning.render.historikk_kontrakt import DiffJson, FunnsporJson
from forvaltning.render.historikk_ord import KORT, registernavn, trygg_json
from forvaltning.render.historikk_tekst import post_som_tekst
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.tekst_grunnlag import UTFALL
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, dag, overskrift, ren
from forvaltning.source.markdown_tegn import kode
from forvaltning.source.markdown_tegn import tekst as md
from forvaltning.source.maske import maskert


@dataclass(frozen=True, slots=True)
class Utskrift:
    """Everything the difference is told from. `fra` and `til`: what was typed and the commit; None the work tree."""

    registry: str
    dato: date
    datokilde: str
    fra: tuple[str, str]
    til: tuple[str, str] | None
    poster: tuple[Postspor, ...]
    sammenligning: Sammenligning
    krav: tuple[Kravendring, ...]
    innstillinger_endret: bool
    historie: str = "full"
    """``full`` or ``grunn``."""
    merknader: tuple[str, ...] = ()
    """What was not seen, in sentences."""


def _ord(u: Outcome | None) -> str:
    return "finnes ikke" if u is None else UTFALL[u][1]


def _tilstand(t: tuple[str, str] | None, form: Callable[[str], str]) -> str:
    """`form`: how a name that Git is to take again is written."""
    if t is None:
        return "filene slik de er nå"
    typed, commit = t
    short = form(commit[:KORT])
    return short if commit.startswith(typed) else f"{form(typed)} ({short})"


def _feil(problemer: list[Problem]) -> list[Problem]:
    return [p for p in problemer if p.alvor is Severity.FEIL]


def _funn(v: Verdict, f: Finding) -> FunnsporJson:
    return {
        "krav": v.krav,
        "regel": None,
        "post": v.post,
        "melding": maskert(f.melding),
        "fingeravtrykk": f.fingeravtrykk,
    }


def _problem(p: Problem) -> FunnsporJson:
    return {
        "krav": None,
        "regel": p.regel,
        "post": p.post or p.fil,
        "melding": maskert(p.melding),
        "fingeravtrykk": p.fingeravtrykk,
    }


def som_json(u: Utskrift) -> Iterator[str]:
    """The difference in the form of the contract."""
    s = u.sammenligning
    new = [_funn(v, f) for v, f in s.nye] + [_problem(p) for p in _feil(s.nye_problemer)]
    mended = [_funn(v, f) for v, f in s.rettet] + [_problem(p) for p in _feil(s.rettede_problemer)]
    out: DiffJson = {
        "versjon": VERSJON,
        "registry": u.registry,
        "dato": u.dato.isoformat(),
        "datokilde": u.datokilde,
        "fra": u.fra[1],
        "til": u.til[1] if u.til is not None else None,
        "historie": u.historie,
        "poster": [post_som_json(p) for p in u.poster],
        "krav": [
            {
                "krav": k.krav,
                "post": k.post,
                "enhet": k.enhet,
                "fra": k.fra.value if k.fra else None,
                "til": k.til.value if k.til else None,
            }
            for k in u.krav
        ],
        "nye": new,
        "rettet": mended,
        "antall": {
            "nye": len(new),
            "gamle": len(s.gamle) + len(_feil(s.gamle_problemer)),
            "rettet": len(mended),
        },
        "innstillinger_endret": u.innstillinger_endret,
    }
    yield trygg_json(out, 1) + "\n"


def _ingress(u: Utskrift, form: Callable[[str], str]) -> str:
    when = f"Vurdert per {dag(u.dato)}."
    return f"Fra {_tilstand(u.fra, form)} til {_tilstand(u.til, form)}. {when}"


INNSTILLINGENE = "Innstillingene i forvaltning.yaml er endret, og det kan endre alle vurderinger."


def _sum(u: Utskrift) -> str:
    s = u.sammenligning
    new = len(s.nye) + len(_feil(s.nye_problemer))
    mended = len(s.rettet) + len(_feil(s.rettede_problemer))
    old = len(s.gamle) + len(_feil(s.gamle_problemer))
    shown = f"{antall(new, 'nytt funn', 'nye funn')}, {mended} rettet, {old} fra før."
    return f"{_hva(u).capitalize()} endret; {shown}"


def _hva(u: Utskrift) -> str:
    """How many records differ; the settings are named, not counted."""
    settings = any(p.post == INNSTILLINGER for p in u.poster)
    records = len(u.poster) - settings
    counted = antall(records, "post", "poster")
    if not settings:
        return counted
    return f"innstillingene og {counted}" if records else "innstillingene"


def som_tekst(u: Utskrift, stil: Stil, *, alt: bool = False) -> Iterator[str]:
    """The difference for people."""
    yield from avsnitt(_ingress(u, ren), stil)
    if u.innstillinger_endret:
        yield from avsnitt(INNSTILLINGENE, stil, farge="gul")
    if u.poster:
        yield overskrift(f"Endret ({_hva(u)})", stil)
        for p in u.poster:
            yield "\n"
            yield from post_som_tekst(p, stil, alt=alt)
    if u.krav:
        yield overskrift(f"Krav som får et annet utfall ({len(u.krav)})", stil)
        yield "\n"
        for k in u.krav:
            yield from avsnitt(f"{k.krav} {k.post}: {_ord(k.fra)} → {_ord(k.til)}", stil, 2, _merke(k, stil))
    s = u.sammenligning
    yield from _liste("Nye funn", "✗", "rod", [*_linjer(s.nye), *_problemlinjer(s.nye_problemer)], stil)
    yield from _liste(
        "Rettet", "✓", "gronn", [*_linjer(s.rettet), *_problemlinjer(s.rettede_problemer)], stil
    )
    yield "\n"
    yield from avsnitt(_sum(u), stil)
    for line in u.merknader:
        yield from avsnitt(line, stil, farge="gul")


def _merke(k: Kravendring, stil: Stil) -> str:
    return stil("✗ ", "rod") if k.til is Outcome.BRUDD else stil("· ", "svak")


def _linjer(funn: list[tuple[Verdict, Finding]]) -> list[str]:
    return [f"{v.krav} {v.post}: {maskert(f.melding)}" for v, f in funn]


def _problemlinjer(problemer: list[Problem]) -> list[str]:
    return [f"{p.fil}: {maskert(p.melding)}" for p in _feil(problemer)]


def _liste(tittel: str, tegn: str, farge: str, linjer: list[str], stil: Stil) -> Iterator[str]:
    if not linjer:
        return
    yield overskrift(f"{tittel} ({len(linjer)})", stil)
    yield "\n"
    for line in linjer:
        yield from avsnitt(line, stil, 2, stil(f"{tegn} ", farge))


def som_markdown(u: Utskrift) -> Iterator[str]:
    """The difference as Markdown."""
    yield f"# Endringer i {md(registernavn(u.registry))}\n\n{_ingress(u, kode)}\n"
    if u.innstillinger_endret:
        yield f"\n{md(INNSTILLINGENE)}\n"
    if u.poster:
        yield f"\n## Endret ({_hva(u)})\n"
        for p in u.poster:
            yield from markdown_post(p)
    if u.krav:
        yield "\n## Krav som får et annet utfall\n\n| Krav | Post | Før | Etter |\n| --- | --- | --- | --- |\n"
        for k in u.krav:
            yield f"| {k.krav} | {kode(k.post)} | {_ord(k.fra)} | {_ord(k.til)} |\n"
    s = u.sammenligning
    for title, lines in (
        ("Nye funn", [*_linjer(s.nye), *_problemlinjer(s.nye_problemer)]),
        ("Rettet", [*_linjer(s.rettet), *_problemlinjer(s.rettede_problemer)]),
    ):
        if lines:
            yield f"\n## {title}\n\n"
            yield from (f"- {md(line)}\n" for line in lines)
    yield f"\n{md(_sum(u))}\n"
    yield from (f"\n{md(line)}\n" for line in u.merknader)

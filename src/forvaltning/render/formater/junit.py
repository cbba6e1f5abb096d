"""JUnit XML: a suite for each area with a test for each verdict, and a suite for the problems.

A breach that was there before the change is skipped with its reason: it fails nothing, and is not green.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Niva, Punkt, punkter, rettede
from forvaltning.render.kontrakt import ResultatJson
from forvaltning.source.trygg import ren

_KOMMANDO = re.compile(r"#(?=#)")


@dataclass(frozen=True, slots=True)
class Sjekk:
    """One test: what failed, or why it was skipped, and notes."""

    klasse: str
    navn: str
    feil: tuple[Punkt, ...] = ()
    hoppet: str | None = None
    merknader: tuple[str, ...] = ()


def junit(g: Grunnlag) -> Iterator[str]:
    """The report, one test at a time."""
    by_verdict: dict[tuple[str, str], list[Punkt]] = {}
    problems: list[Punkt] = []
    for p in punkter(g):
        if p.slag == "problem":
            problems.append(p)
        else:
            by_verdict.setdefault((p.regel, p.post), []).append(p)
    areas: dict[str, list[ResultatJson]] = {}
    for r in g.resultater:
        areas.setdefault(r["krav"].partition(".")[0], []).append(r)
    suites: list[tuple[str, list[Sjekk]]] = []
    for n in sorted(areas, key=lambda text: (len(text), text)):
        cases = [_vurdering(g, r, by_verdict.get((r["krav"], ren(r["post"])), ())) for r in areas[n]]
        suites.append((ren(f"{n} {g.omrader.get(n, '')}"), cases))
    suites.append(("Registeret", _problemer(g, problems)))
    tests = sum(len(s) for _, s in suites)
    failures = sum(bool(t.feil) for _, s in suites for t in s)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="forvaltning" tests="{tests}" failures="{failures}" errors="0" time="0">\n'
    for name, suite in suites:
        yield from _suite(g, name, suite)
    yield "</testsuites>\n"


def _suite(g: Grunnlag, navn: str, tester: Sequence[Sjekk]) -> Iterator[str]:
    failures = sum(bool(t.feil) for t in tester)
    skipped = sum(t.hoppet is not None for t in tester)
    yield (
        f'  <testsuite name={_attr(navn)} tests="{len(tester)}" failures="{failures}" errors="0" '
        f'skipped="{skipped}" time="0">\n    <properties>\n'
    )
    for name, value in (
        ("dato", g.hode["dato"]),
        ("commit", g.hode["commit"]),
        ("base", g.base),
        ("rettet", str(len(rettede(g))) if g.nye is not None else None),
    ):
        if value:
            yield f'      <property name="{name}" value={_attr(ren(value))}/>\n'
    yield "    </properties>\n"
    for t in tester:
        yield _test(t)
    yield "  </testsuite>\n"


def _test(t: Sjekk) -> str:
    inside = ""
    if t.feil:
        worst = t.feil[0]
        kind = " ".join(x for x in (worst.art, worst.vilkar or worst.regel) if x)
        body = "\n\n".join(_beskrivelse(p) for p in t.feil)
        inside += (
            f"      <failure message={_attr(worst.melding)} type={_attr(kind)}>{_tekst(body)}</failure>\n"
        )
    elif t.hoppet is not None:
        inside += f"      <skipped message={_attr(t.hoppet)}/>\n"
    if t.merknader:
        inside += f"      <system-out>{_tekst(chr(10).join(t.merknader))}</system-out>\n"
    head = f'    <testcase classname={_attr(t.klasse)} name={_attr(t.navn)} time="0"'
    return f"{head}>\n{inside}    </testcase>\n" if inside else f"{head}/>\n"


def _vurdering(g: Grunnlag, r: ResultatJson, funn: Sequence[Punkt]) -> Sjekk:
    failed = tuple(p for p in funn if p.niva is Niva.FEIL)
    notes = tuple(_merknad(p) for p in funn if p.niva is not Niva.FEIL)
    reason = None
    if r["utfall"] == "brudd" and not failed:
        reason = f"Bruddet var der fra før: {funn[0].melding}" if funn else "Bruddet er ikke tatt med her."
    elif r["utfall"] == "ikke_aktuelt":
        reason = f"Ikke aktuelt: {ren(r['begrunnelse'])}"
    elif r["utfall"] == "ikke_avgjort":
        reason = f"Ikke avgjort: {ren(r['begrunnelse'])}"
    return Sjekk(ren(r["post"]), f"{r['krav']} {g.tittel(r['krav'])}", failed, reason, notes)


def _problemer(g: Grunnlag, alle: Sequence[Punkt]) -> list[Sjekk]:
    """The problems, and one test that passes when none counts, so that the suite is never empty."""
    counting = tuple(p for p in alle if p.niva is Niva.FEIL)
    mended = len(rettede(g))
    notes = [f"Bra! {mended} brudd og problemer er rettet."] if mended else []
    if not counting and not alle:
        return [Sjekk("forvaltning", "Registeret kan leses", merknader=tuple(notes))]
    out = [Sjekk("forvaltning", "Rettet", merknader=tuple(notes))] if notes else []
    seen: dict[tuple[str, str], int] = {}
    for p in alle:
        name = f"{p.regel} {p.felt}".strip()
        n = seen[p.hvor, name] = seen.get((p.hvor, name), 0) + 1
        name = name if n == 1 else f"{name} ({n})"
        if p.niva is Niva.FEIL:
            out.append(Sjekk(p.hvor or "forvaltning", name, (p,)))
        else:
            before = "Problemet var der fra før" if p.niva is Niva.NOTIS else "Merknad"
            out.append(
                Sjekk(
                    p.hvor or "forvaltning", name, hoppet=f"{before}: {p.melding}", merknader=(_merknad(p),)
                )
            )
    return out


def _merknad(p: Punkt) -> str:
    if p.slag == "frist":
        head = "Snart"
    elif p.avvik:
        head = f"{'Lovbrudd som følges opp i' if p.lovbrudd else 'Dekket av'} avviket {p.avvik}"
    elif p.niva is Niva.NOTIS:
        head = "Fra før"
    else:
        head = "Merknad"
    return f"{head}: {_beskrivelse(p)}"


def _beskrivelse(p: Punkt) -> str:
    lines = [p.melding, f"Sted: {p.sti}:{p.linje}:{p.kolonne}"]
    if p.tiltak:
        lines.insert(1, f"Slik rettes det: {p.tiltak}")
    if p.felt:
        lines.append(f"Felt: {p.felt}")
    if p.svarer:
        lines.append(f"Svarer: {p.svarer}")
    return "\n".join(lines)


def _tekst(text: str) -> str:
    return _KOMMANDO.sub("&#35;", escape(text, quote=False))


def _attr(text: str) -> str:
    return f'"{_KOMMANDO.sub("&#35;", escape(text))}"'

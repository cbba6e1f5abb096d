"""Breaches, grouped by record and worst first: place, requirement, what is wrong, how to mend it, who answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from forvaltning.findings import Finding, FindingKind, Outcome, Problem, Verdict
from forvaltning.render.tekst_grunnlag import ARTER, Grunnlag, alvor, svarer
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, bredde, dag, overskrift, postlinje, ren

FUNN_FOR_SEG = 50
"""With more findings of kind mangler than this, the others come first, in a section of their own."""
Velger = Callable[[Finding], bool]


def brudd(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """The section of breaches; nothing when there is none."""
    broken = [v for v in g.dommer if v.utfall is Outcome.BRUDD]
    if not broken:
        return
    missing = sum(f.art is FindingKind.MANGLER for v in broken for f in v.funn)
    if missing > FUNN_FOR_SEG:
        yield from seksjon(
            "Brudd: feil og utløpt", broken, lambda f: f.art is not FindingKind.MANGLER, g, stil
        )
        yield from seksjon("Brudd: mangler", broken, lambda f: f.art is FindingKind.MANGLER, g, stil)
    else:
        yield from seksjon("Brudd", broken, lambda _: True, g, stil)


def seksjon(tittel: str, broken: list[Verdict], tar: Velger, g: Grunnlag, stil: Stil) -> Iterator[str]:
    """The findings that `tar` takes, by record and worst first, under a heading; nothing when there is none."""
    by_post: dict[str, list[Verdict]] = defaultdict(list)
    for v in broken:
        if any(tar(f) for f in v.funn):
            by_post[v.post].append(v)
    if not by_post:
        return
    yield overskrift(tittel, stil)
    ranked = sorted((_rang(dommer, tar), post) for post, dommer in by_post.items())
    for _, post in ranked:
        yield from _post(post, by_post[post], tar, g, stil)
        g.ferdig_med(f"{post}.yaml")


def _rang(dommer: list[Verdict], tar: Velger) -> tuple[int, ...]:
    """Worst first: the number of findings of each seriousness, more before fewer."""
    counts = [0, 0, 0]
    for v in dommer:
        for f in v.funn:
            if tar(f):
                counts[alvor(f, v)] += 1
    worst = next(i for i, n in enumerate(counts) if n)
    return worst, *(-n for n in counts)


def _post(post: str, dommer: list[Verdict], tar: Velger, g: Grunnlag, stil: Stil) -> Iterator[str]:
    name = g.postnavn(post)
    yield "\n"
    yield from postlinje(post, name if name != post.rsplit("/", maxsplit=1)[-1] else "", stil)

    def key(v: Verdict) -> tuple[int, bool, list[int]]:
        worst = min(alvor(f, v) for f in v.funn if tar(f))
        return worst, v.krav not in g.lover, [int(n) for n in v.krav.split(".")]

    for v in sorted(dommer, key=key):
        yield from _dom(v, tar, g, stil)


def _dom(v: Verdict, tar: Velger, g: Grunnlag, stil: Stil) -> Iterator[str]:
    mark = ""
    if v.lovbrudd:
        mark = f"lovbrudd under oppfølging ({ren(v.avvik or '')})"
    elif v.krav in g.lover:
        mark = "lovkrav"
    title = f"{g.titler.get(v.krav, '')}{f' · {mark}' if mark else ''}"
    yield from avsnitt(title, stil, 2, stil(f"{v.krav} ", "bla"), "bla")
    for f in sorted((f for f in v.funn if tar(f)), key=lambda f: (alvor(f, v), f.felt)):
        yield from funn(f, g, stil)
    yield from avsnitt(svarer(v, g), stil, 4, "Svarer: ", "svak")


def funn(f: Finding, g: Grunnlag, stil: Stil) -> Iterator[str]:
    """One finding: kind and place, what is wrong, what to do, related places."""
    sign, word, colour = ARTER[f.art]
    line = f"    {stil(f'{sign} {word.upper():7}', colour)} {g.sted(f'{f.place.post}.yaml', f.place.path)}"
    covered = f"dekket av avvik {ren(f.avvik)}" if f.avvik else ""
    fits = bredde(line) + 3 + bredde(covered) <= stil.bredde
    yield f"{line} – {covered}\n" if covered and fits else f"{line}\n"
    if covered and not fits:
        yield from avsnitt(covered, stil, 6)
    yield from avsnitt(f.melding, stil, 6)
    yield from avsnitt(f.tiltak, stil, 6, stil("→ ", "gronn"))
    for p in f.se:
        where = g.sted(f"{p.post}.yaml", p.path)
        told = f": {ren(p.melding)}" if p.melding else ""
        if bredde(where + told) + 10 <= stil.bredde:
            yield f"      {stil('Se', 'svak')} {where}{told}\n"
        else:
            yield f"      {stil('Se', 'svak')} {where}\n"
            if p.melding:
                yield from avsnitt(p.melding, stil, 9)


def feil_i_filer(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """Files, shapes and references that are wrong."""
    yield from problemer("Feil i filer og henvisninger", g.feil(), ("✗", "FEIL", "fet_rod"), g, stil)


def merknader(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """What does not count, but is worth knowing."""
    yield from problemer("Merknader", g.merknader(), ("·", "MERKNAD", "gul"), g, stil)


def problemer(
    tittel: str, saker: list[Problem], merke: tuple[str, str, str], g: Grunnlag, stil: Stil
) -> Iterator[str]:
    """Problems under a heading; `merke`: sign, word and colour."""
    if not saker:
        return
    yield overskrift(f"{tittel} ({antall(len(saker), 'sak', 'saker')})", stil)
    sign, word, colour = merke
    for p in saker:
        yield f"\n  {stil(f'{sign} {word}', colour)} {g.problemsted(p)}\n"
        yield from avsnitt(p.melding, stil, 4)
        if p.tiltak:
            yield from avsnitt(p.tiltak, stil, 4, stil("→ ", "gronn"))
        yield f"    {stil(f'Regel: {ren(p.regel)}', 'svak')}\n"


def frist_tekst(v: Verdict, g: Grunnlag) -> str:
    """«14.12.2026 (om 28 dager)»."""
    if v.frist is None:
        return ""
    left = (v.frist - g.dato).days
    when = "i dag" if left == 0 else f"om {antall(left, 'dag', 'dager')}" if left > 0 else "passert"
    return f"{dag(v.frist)} ({when})"

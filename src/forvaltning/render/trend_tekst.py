"""Breaches over time, for people in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest

from forvaltning.engine.forlop import Forlop
from forvaltning.render.historikk_ord import KORT, registernavn
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, bredde, dag, kort, overskrift, ren, tabell
from forvaltning.render.trend import ENHETER, Trend, nummer

MANGE_PUNKTER = 36
"""More points than this are not shown one by one to people."""
LENGST = 10
STAV = 20
"""Columns of the longest bar."""
BESTEMT = {"month": "måneden", "week": "uken"}
SLUTT = {
    "oppfylt": "oppfylt",
    "snart": "oppfylt, går snart ut",
    "avvik": "dekket av avvik",
    "ikke_aktuelt": "ikke lenger aktuelt",
    "slettet": "posten er slettet",
}


def som_tekst(t: Trend, stil: Stil, slutt: Sequence[str] = ()) -> Iterator[str]:
    """The trend for people."""
    if not t.numre:
        yield "Ingen punkter svarer til utvalget.\n"
        return
    one, many = ENHETER[t.per]
    yield from avsnitt(
        f"Brudd i {registernavn(t.registry)}, ett punkt for hver {one}. Reglene er dagens.", stil
    )
    if t.per != "commit":
        text = f"Datoene er den siste dagen i {BESTEMT[t.per]} det skjedde. Med --per commit er de innsjekkingens."
        yield from avsnitt(text, stil, farge="svak")
    yield "\n"
    yield from _punkter(t, stil, many)
    yield from _etter_krav(t, stil)
    open_ = [f for f in t.forlop if t.slutt(f) is None]
    mended = [f for f in t.forlop if t.slutt(f) is not None]
    yield from _apne(t, open_, stil)
    yield from _rettet(t, mended, stil)
    yield "\n"
    days = sorted(t.dager(f) for f in mended)
    text = f"{antall(len(open_), 'brudd', 'brudd')} nå, {len(mended)} rettet i tiden som vises."
    if days:
        text += f" Halvparten av dem var rettet innen {antall(days[(len(days) - 1) // 2], 'dag', 'dager')}."
    yield from avsnitt(text, stil)
    lost = t.punkter[t.numre[-1]].uleselige
    if lost:
        said = antall(lost, "fil", "filer")
        yield from avsnitt(
            f"{said} kan ikke leses ved siste punkt. Brudd der regnes som åpne.", stil, farge="gul"
        )
    for line in slutt:
        yield from avsnitt(line, stil, farge="gul")


def _apne(t: Trend, open_: list[Forlop], stil: Stil) -> Iterator[str]:
    """What has been broken longest."""
    if not open_:
        return
    yield overskrift("Har vært brutt lengst", stil)
    yield "\n"
    for f in nsmallest(LENGST, open_, key=lambda f: (-t.dager(f), nummer(f.krav), f.post)):
        yield from _forlop(t, f, stil)
    if len(open_) > LENGST:
        yield from avsnitt(f"og {len(open_) - LENGST} til (se dem med --format csv).", stil, 4, farge="svak")


def _rettet(t: Trend, mended: list[Forlop], stil: Stil) -> Iterator[str]:
    """What was mended last."""
    if not mended:
        return
    yield overskrift("Rettet sist", stil)
    yield "\n"
    for f in nsmallest(LENGST, mended, key=lambda f: (-(t.slutt(f) or 0), nummer(f.krav), f.post)):
        yield from _forlop(t, f, stil)


def _punkter(t: Trend, stil: Stil, mange: str) -> Iterator[str]:
    total = t.tall().get("", [0] * len(t.numre))
    arose, mended = t.hendelser()
    top = max([1, *total])
    rows = []
    for i, n in enumerate(t.numre):
        bar = "█" * round(STAV * total[i] / top)
        rows.append((dag(t.punkter[n].dato), str(total[i]), str(arose[i]), str(mended[i]), bar))
    shown = rows[-MANGE_PUNKTER:]
    if len(shown) < len(rows):
        text = f"De siste {len(shown)} av {len(rows)} {mange}. Alle er med i --format json."
        yield from avsnitt(text, stil, farge="svak")
    yield from tabell(("Dato", "Brudd", "Nye", "Rettet", ""), shown, stil, hoyre=frozenset({1, 2, 3}))


def _etter_krav(t: Trend, stil: Stil) -> Iterator[str]:
    by = t.tall(lambda f: f.krav)
    if not by:
        return
    yield overskrift("Etter krav", stil)
    yield "\n"
    rows = []
    oldest: dict[str, int] = {}
    for f in t.forlop:
        if t.slutt(f) is None:
            oldest[f.krav] = max(oldest.get(f.krav, 0), t.dager(f))
    for krav in sorted(by, key=nummer):
        row = by[krav]
        longest = str(oldest.get(krav, "–"))
        change = row[-1] - row[0]
        rows.append(
            (
                krav,
                kort(ren(t.titler.get(krav, "")), 34),
                str(row[-1]),
                f"{change:+d}".replace("-", "−") if change else "0",
                str(max(row)),
                longest,
            )
        )
    heads = ("Krav", "", "Nå", "Endring", "Flest", "Dager")
    yield from tabell(heads, rows, stil, hoyre=frozenset({2, 3, 4, 5}))


def _forlop(t: Trend, f: Forlop, stil: Stil) -> Iterator[str]:
    end = t.slutt(f)
    days = antall(t.dager(f), "dag", "dager")
    lead = f"{days:>10} "
    began = f"oppsto {dag(t.punkter[f.fra].dato)} {_i(f.fra_commit)}"
    text = f"{f.krav} {f.post}: {began}"
    if end is not None:
        why = SLUTT.get(f.slutt, f.slutt)
        text += f", {why} {dag(t.punkter[end].dato)} {_i(f.til_commit)}"
    yield from avsnitt(text, stil, max(0, 13 - bredde(lead)), stil(lead, "svak"))


def _i(commit: str | None) -> str:
    return f"({commit[:KORT]})" if commit else "(kalenderen)"

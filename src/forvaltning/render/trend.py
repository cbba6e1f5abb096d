"""Breaches over time: as text, JSON and CSV. Counts are made from the courses, so they can never disagree."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import TypedDict

from forvaltning.engine.tidslinje import Forlop, Punkt
from forvaltning.model.viser import normaliser
from forvaltning.render.historikk import KORT, csv_rader
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, bredde, dag, kort, overskrift, ren, tabell

MANGE_PUNKTER = 36
"""More points than this are not shown one by one to people."""
LENGST = 10
STAV = 20
"""Columns of the longest bar."""
ENHETER = {"month": ("måned", "måneder"), "week": ("uke", "uker"), "commit": ("innsjekking", "innsjekkinger")}
SLUTT = {
    "oppfylt": "oppfylt",
    "snart": "oppfylt, går snart ut",
    "avvik": "dekket av avvik",
    "ikke_aktuelt": "ikke lenger aktuelt",
    "slettet": "posten er slettet",
}


class PunktJson(TypedDict):
    """One moment. `commit`: the last one before it. `nye` and `rettet`: since the point before."""

    dato: str
    commit: str | None
    poster: int
    uleselige: int
    brudd: int
    nye: int
    rettet: int
    krav: dict[str, int]
    omrader: dict[str, int]
    enheter: dict[str, int]


class ForlopJson(TypedDict):
    """One requirement broken for one record: from when to when (null: still), in which commits (null: the calendar)."""

    krav: str
    post: str
    enhet: str | None
    oppsto: str
    oppsto_commit: str | None
    rettet: str | None
    rettet_commit: str | None
    slutt: str | None
    dager: int


class TrendJson(TypedDict):
    """What `forvaltning trend --format json` writes."""

    versjon: int
    registry: str
    commit: str
    historie: str
    per: str
    punkter: list[PunktJson]
    forlop: list[ForlopJson]


@dataclass(frozen=True, slots=True)
class Trend:
    """Points and courses of a registry. `titler`: what requirements are called."""

    registry: str
    commit: str
    historie: str
    per: str
    punkter: Sequence[Punkt]
    forlop: Sequence[Forlop]
    titler: Mapping[str, str]
    vist: tuple[int, int] = (0, 1 << 30)
    """First and last point to show, by number."""

    def snevret(
        self,
        krav: frozenset[str],
        omrader: frozenset[str],
        enheter: frozenset[str] | None,
        fra: date | None,
        til: date | None,
    ) -> Trend:
        """Only what was asked for. Courses are kept whole, so that when something arose is still known."""
        inside = [
            n
            for n, p in enumerate(self.punkter)
            if (fra is None or p.dato >= fra) and (til is None or p.dato <= til)
        ]
        first, last = (inside[0], inside[-1]) if inside else (1, 0)
        courses = [
            f
            for f in self.forlop
            if (not krav or f.krav in krav)
            and (not omrader or f.krav.partition(".")[0] in omrader)
            and (enheter is None or (f.enhet is not None and normaliser(f.enhet) in enheter))
            and f.fra <= last
            and (f.til is None or f.til >= first)
        ]
        return replace(self, forlop=courses, vist=(first, last))

    @property
    def numre(self) -> range:
        """The numbers of the points to show."""
        return range(self.vist[0], min(self.vist[1], len(self.punkter) - 1) + 1)

    def slutt(self, f: Forlop) -> int | None:
        """The point at which a course ended, None when it had not at the last one shown."""
        return f.til if f.til is not None and f.til <= self.vist[1] else None

    def dager(self, f: Forlop) -> int:
        """How many days a course has been open."""
        last = self.numre[-1] if self.numre else 0
        end = self.slutt(f)
        return max(0, (self.punkter[last if end is None else end].dato - self.punkter[f.fra].dato).days)

    def tall(self, nokkel: Callable[[Forlop], str] = lambda _: "") -> dict[str, list[int]]:
        """How many were broken at each point shown, by a key."""
        steps: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for f in self.forlop:
            mine = steps[nokkel(f)]
            mine[max(f.fra, self.vist[0])] += 1
            end = self.slutt(f)
            if end is not None:
                mine[max(end, self.vist[0])] -= 1
        out: dict[str, list[int]] = {}
        for key, mine in steps.items():
            now, row = 0, []
            for n in self.numre:
                now += mine.get(n, 0)
                row.append(now)
            out[key] = row
        return out

    def hendelser(self) -> tuple[list[int], list[int]]:
        """How many arose and were mended at each point shown."""
        arose, mended = defaultdict[int, int](int), defaultdict[int, int](int)
        for f in self.forlop:
            arose[f.fra] += 1
            if f.til is not None:
                mended[f.til] += 1
        return [arose[n] for n in self.numre], [mended[n] for n in self.numre]


def _nummer(krav: str) -> tuple[int, ...]:
    return tuple(int(n) for n in krav.split("."))


def _enhet(f: Forlop) -> str:
    return f.enhet or ""


def _omrade(f: Forlop) -> str:
    return f.krav.partition(".")[0]


def forlop_som_json(t: Trend, f: Forlop) -> ForlopJson:
    """One course in the form of the contract."""
    end = t.slutt(f)
    return {
        "krav": f.krav,
        "post": f.post,
        "enhet": f.enhet,
        "oppsto": t.punkter[f.fra].dato.isoformat(),
        "oppsto_commit": f.fra_commit,
        "rettet": t.punkter[end].dato.isoformat() if end is not None else None,
        "rettet_commit": f.til_commit if end is not None else None,
        "slutt": f.slutt if end is not None else None,
        "dager": t.dager(f),
    }


def som_json(t: Trend) -> Iterator[str]:
    """The trend in the form of the contract, in pieces of text."""
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    head = {
        "versjon": VERSJON,
        "registry": t.registry,
        "commit": t.commit,
        "historie": t.historie,
        "per": t.per,
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "punkter": ['
    yield from _liste(dump(p) for p in punkter_som_json(t))
    yield '\n ],\n "forlop": ['
    yield from _liste(dump(forlop_som_json(t, f)) for f in _ordnet(t))
    yield "\n ]\n}\n"


def _liste(pieces: Iterator[str]) -> Iterator[str]:
    first = True
    for piece in pieces:
        yield ("\n  " if first else ",\n  ") + piece
        first = False


def _ordnet(t: Trend) -> list[Forlop]:
    return sorted(t.forlop, key=lambda f: (f.fra, _nummer(f.krav), f.post))


def punkter_som_json(t: Trend) -> Iterator[PunktJson]:
    """The points in the form of the contract."""
    total = t.tall().get("", [])
    by = [t.tall(key) for key in (lambda f: f.krav, _omrade, _enhet)]
    arose, mended = t.hendelser()
    for i, n in enumerate(t.numre):
        p = t.punkter[n]
        krav, omrader, enheter = ({k: row[i] for k, row in sorted(b.items()) if row[i]} for b in by)
        yield {
            "dato": p.dato.isoformat(),
            "commit": p.commit,
            "poster": p.poster,
            "uleselige": p.uleselige,
            "brudd": total[i] if total else 0,
            "nye": arose[i],
            "rettet": mended[i],
            "krav": dict(sorted(krav.items(), key=lambda kv: _nummer(kv[0]))),
            "omrader": omrader,
            "enheter": enheter,
        }


KOLONNER = (
    "krav",
    "post",
    "enhet",
    "oppsto",
    "oppsto i",
    "rettet",
    "rettet i",
    "slutt",
    "dager åpent",
)


def som_csv(t: Trend) -> Iterator[str]:
    """One row for each course."""

    def row(f: Forlop) -> list[str | int]:
        j = forlop_som_json(t, f)
        krav = f"{f.krav} {t.titler.get(f.krav, '')}".strip()
        began = f"git:{j['oppsto_commit']}" if j["oppsto_commit"] else "kalenderen"
        ended = (
            "" if j["rettet"] is None else f"git:{j['rettet_commit']}" if j["rettet_commit"] else "kalenderen"
        )
        return [
            krav,
            f.post,
            f.enhet or "",
            j["oppsto"],
            began,
            j["rettet"] or "",
            ended,
            j["slutt"] or "",
            j["dager"],
        ]

    return csv_rader(KOLONNER, (row(f) for f in _ordnet(t)))


# --- text -----------------------------------------------------------------------------------------------


def som_tekst(t: Trend, stil: Stil, slutt: Sequence[str] = ()) -> Iterator[str]:
    """The trend for people."""
    if not t.numre:
        yield "Ingen punkter svarer til utvalget.\n"
        return
    one, many = ENHETER[t.per]
    yield from avsnitt(f"Brudd i {t.registry}, ett punkt for hver {one}. Reglene er dagens.", stil)
    yield "\n"
    yield from _punkter(t, stil, many)
    open_ = [f for f in t.forlop if t.slutt(f) is None]
    mended = [f for f in t.forlop if t.slutt(f) is not None]
    yield from _etter_krav(t, stil)
    if open_:
        yield overskrift("Har vært brutt lengst", stil)
        yield "\n"
        longest = sorted(open_, key=lambda f: (-t.dager(f), _nummer(f.krav), f.post))
        for f in longest[:LENGST]:
            yield from _forlop(t, f, stil)
        if len(longest) > LENGST:
            yield from avsnitt(
                f"og {len(longest) - LENGST} til (se dem med --format csv).", stil, 4, farge="svak"
            )
    if mended:
        yield overskrift("Rettet sist", stil)
        yield "\n"
        for f in sorted(mended, key=lambda f: (-(t.slutt(f) or 0), _nummer(f.krav), f.post))[:LENGST]:
            yield from _forlop(t, f, stil)
    yield "\n"
    days = sorted(t.dager(f) for f in mended)
    text = f"{antall(len(open_), 'brudd', 'brudd')} nå, {len(mended)} rettet i tiden som vises."
    if days:
        text += f" Halvparten av dem var rettet innen {antall(int(median(days)), 'dag', 'dager')}."
    yield from avsnitt(text, stil)
    lost = t.punkter[t.numre[-1]].uleselige
    if lost:
        said = antall(lost, "fil", "filer")
        yield from avsnitt(
            f"{said} kan ikke leses ved siste punkt; bruddene i dem regnes som åpne.", stil, farge="gul"
        )
    for line in slutt:
        yield from avsnitt(line, stil, farge="gul")


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
    for krav in sorted(by, key=_nummer):
        row = by[krav]
        open_ = [t.dager(f) for f in t.forlop if f.krav == krav and t.slutt(f) is None]
        longest = str(max(open_)) if open_ else "–"
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

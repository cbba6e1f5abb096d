"""Breaches over time: as JSON and CSV. Counts are made from the courses, so they can never disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate

from forvaltning.engine.forlop import Forlop, Punkt
from forvaltning.render.historikk_ord import csv_rader, trygg_json
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.trend_kontrakt import ForlopJson, PunktJson

ENHETER = {"month": ("måned", "måneder"), "week": ("uke", "uker"), "commit": ("innsjekking", "innsjekkinger")}


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
        enhet: Callable[[str], bool] | None,
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
            if inside
            and (not krav or f.krav in krav)
            and (not omrader or f.krav.partition(".")[0] in omrader)
            and (enhet is None or (f.enhet is not None and enhet(f.enhet)))
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
        last = max(0, min(self.vist[1], len(self.punkter) - 1))
        end = self.slutt(f)
        return max(0, (self.punkter[last if end is None else end].dato - self.punkter[f.fra].dato).days)

    def tall(self, nokkel: Callable[[Forlop], str] = lambda _: "") -> dict[str, list[int]]:
        """How many were broken at each point shown, by a key."""
        first, many = self.vist[0], len(self.numre)
        steps: dict[str, list[int]] = defaultdict(lambda: [0] * many)
        for f in self.forlop:
            mine = steps[nokkel(f)]
            for at, step in ((f.fra, 1), (f.til, -1)):
                if at is not None and max(at - first, 0) < many:
                    mine[max(at - first, 0)] += step
        return {key: list(accumulate(mine)) for key, mine in steps.items()}

    def hendelser(self) -> tuple[list[int], list[int]]:
        """How many arose and were mended at each point shown."""
        arose, mended = defaultdict[int, int](int), defaultdict[int, int](int)
        for f in self.forlop:
            arose[f.fra] += 1
            if f.til is not None:
                mended[f.til] += 1
        return [arose[n] for n in self.numre], [mended[n] for n in self.numre]


@cache
def nummer(krav: str) -> tuple[int, ...]:
    """The number of a requirement as it sorts."""
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
    head = {
        "versjon": VERSJON,
        "registry": t.registry,
        "commit": t.commit,
        "historie": t.historie,
        "per": t.per,
    }
    yield trygg_json(head, 1)[:-2] + ',\n "punkter": ['
    yield from _liste(trygg_json(p) for p in punkter_som_json(t))
    yield '\n ],\n "forlop": ['
    yield from _liste(trygg_json(forlop_som_json(t, f)) for f in _ordnet(t))
    yield "\n ]\n}\n"


def _liste(pieces: Iterator[str]) -> Iterator[str]:
    first = True
    for piece in pieces:
        yield ("\n  " if first else ",\n  ") + piece
        first = False


def _ordnet(t: Trend) -> list[Forlop]:
    return sorted(t.forlop, key=lambda f: (f.fra, nummer(f.krav), f.post))


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
            "krav": dict(sorted(krav.items(), key=lambda kv: nummer(kv[0]))),
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

"""`forvaltning trend`: breaches over time, when they arose and when they were mended."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forvaltning.cli import felles, fullfor, historikk_felles, utskrift
from forvaltning.cli.felles import AsOf, Enhet, NoColor, Output, Registry
from forvaltning.cli.historikk_felles import GRUNN, Historisk, dag_valg
from forvaltning.cli.stopp import Stopp

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.tidslinje import Maal, Tidslinje
    from forvaltning.git.historikk import Steg

HJELP = """Vis bruddene over tid: hvor mange det var, når de oppsto, når de ble rettet og i hvilken innsjekking.

Registeret vurderes på nytt for hver måned, uke eller innsjekking, med reglene slik de er i dag. Sjekkdatoen er
periodens siste dag, eller dagen for innsjekkingen. Et brudd som ikke kan avgjøres eller leses, regnes ikke som
rettet. Med måned og uke er innsjekkingen den siste i perioden som endret det vurderingen bygger på."""
EKSEMPEL = (
    "forvaltning trend",
    "forvaltning trend --per week --omrade 4 --since 2026-01-01",
    "forvaltning trend --enhet sdi --format svg --output trend.svg",
)


def kjor(
    per: Annotated[
        str,
        typer.Option(
            "--per",
            metavar="month|week|commit",
            show_default=False,
            help="Ett punkt for hver måned, uke eller innsjekking. Uten valget: month.",
        ),
    ] = "month",
    krav: Annotated[
        list[str] | None,
        typer.Option(
            "--krav", metavar="NUMMER", autocompletion=fullfor.krav, help="Bare disse kravene, som 4.2."
        ),
    ] = None,
    omrade: Annotated[
        list[str] | None,
        typer.Option(
            "--omrade", metavar="N", autocompletion=fullfor.omrader, help="Bare disse fagområdene, 1 til 9."
        ),
    ] = None,
    enhet: Enhet = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATO", help="Bare punkter fra og med denne dagen.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATO", help="Bare punkter til og med denne dagen.")
    ] = None,
    as_of: AsOf = None,
    registry: Registry = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|csv|svg",
            show_default=False,
            help="Tekst, JSON, CSV for regneark eller en figur (SVG). Uten valget: text.",
        ),
    ] = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """Tell; returns the exit code."""
    felles.ett_av("--format", format_, ("text", "json", "csv", "svg"))
    felles.ett_av("--per", per, ("month", "week", "commit"))
    first, last = dag_valg("--since", since), dag_valg("--until", until)
    from forvaltning.cli import velg
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.render import trend, trend_svg
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt, historikk_felles.apne(okt) as h:
        numbers = frozenset(velg.krav(felles.biter(krav)))
        areas = frozenset(str(n) for n in velg.omrader(felles.biter(omrade)))
        units = velg.enheter(okt, enhet) if enhet else None
        points, courses = punkter_og_forlop(okt, h, per)
        shown = trend.Trend(okt.visningssti, h.hode, h.historie, per, points, courses, _titler()).snevret(
            numbers, areas, units, first, last
        )
        if format_ == "json":
            pieces: Iterator[str] = trend.som_json(shown)
        elif format_ == "csv":
            pieces = trend.som_csv(shown)
        elif format_ == "svg":
            pieces = trend_svg.som_svg(shown)
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            pieces = trend.som_tekst(shown, stil, GRUNN if h.grunn else ())
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
    return 0


def _titler() -> dict[str, str]:
    from forvaltning.krav.katalog import ALLE

    return {k.nummer: k.tittel for k in ALLE}


def punkter_og_forlop(okt: Okt, h: Historisk, per: str) -> tuple[list[Any], list[Any]]:
    """Points and courses: from the cache while the commit and the date are the same, else worked out."""
    from forvaltning.engine.tidslinje import Forlop, Punkt

    lager = okt.lager
    name = (
        "trend:"
        + hashlib.sha256(f"{h.hode}|{h.mappe}|{per}|{okt.dato}|{h.historie}".encode()).hexdigest()[:24]
    )
    if lager is not None:
        try:
            stored = json.loads(lager.meta(name) or "null")
            if stored is not None:
                points = [Punkt(date.fromisoformat(d), *rest) for d, *rest in stored["punkter"]]
                return points, [Forlop(*f) for f in stored["forlop"]]
        except (sqlite3.Error, ValueError, TypeError, KeyError):
            pass
    line = beregn(okt, h, per)
    if lager is not None:
        value = {
            "punkter": [[p.dato.isoformat(), *p[1:]] for p in line.punkter],
            "forlop": [
                [f.krav, f.post, f.enhet, f.fra, f.fra_commit, f.til, f.til_commit, f.slutt]
                for f in line.forlop
            ],
        }
        try:
            with lager.endring():
                lager.sett_meta(name, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        except sqlite3.Error:
            pass  # worked out again next time
    return line.punkter, line.forlop


def beregn(okt: Okt, h: Historisk, per: str) -> Tidslinje:
    """Judge the registry through time."""
    from forvaltning.engine.tidslinje import Tidslinje
    from forvaltning.git.historikk import historikk
    from forvaltning.history.endringslogg import Logg
    from forvaltning.history.leser import GRUNN as GRUNN_HISTORIE
    from forvaltning.history.trinn import Leser, Lop, eksakte_omdop, navnekart
    from forvaltning.history.utdragslager import Utdragslager
    from forvaltning.history.versjoner import Versjoner
    from forvaltning.krav.katalog import ALLE
    from forvaltning.model.viser import normaliser

    steps = list(historikk(h.tre, h.mappe))[::-1]
    if not steps:
        raise Stopp("Registeret er ikke sjekket inn i Git.", "Sjekk inn registeret først.")

    def innhold(oid: str) -> bytes | None:
        found = h.leser.les(oid)
        return found.data if found is not None else None

    versions = Versjoner(h.leser, lambda: okt.innstillingsfil)
    with Utdragslager(h.tre, okt.lager) as extracts:
        logg, trinn = None, []
        if not h.grunn and okt.innstillinger.eksempel is None:
            entries = list(okt.register.oppforinger())
            former = {normaliser(t): normaliser(o.id) for o in entries for t in o.tidligere}
            ids = [normaliser(o.id) for o in entries]
            logg = Logg(extracts.hent, navnekart({**eksakte_omdop(steps), **former}, ids))
            trinn = Leser(extracts, Lop()).trinn(steps)
            extracts.fyll(
                (f.ny.partition("/")[0], f.versjon)
                for t in trinn
                for f in t.filer
                if f.ny is not None and f.versjon
            )
        out = Tidslinje(
            steps, versions, ALLE, logg, trinn, GRUNN_HISTORIE, innhold, okt.innstillinger.historie_fra
        )
        out.kjor(maal(steps, per, okt.dato))
    return out


def maal(steg: list[Steg], per: str, i_dag: date) -> list[Maal]:
    """The points to judge at. A period that is not over is judged on the check date."""
    from forvaltning.engine.tidslinje import Maal
    from forvaltning.render.historikk import dato_av

    days = [dato_av(s.innsjekking.tid) for s in steg]
    if per == "commit":
        return [Maal(d, n + 1) for n, d in enumerate(days)]
    # A clock that is far wrong must not make points without end.
    days = [min(d, i_dag + timedelta(days=366)) for d in days]
    last = max(i_dag, *days)
    out: list[Maal] = []
    end, at = _slutt(days[0], per), 0
    while True:
        # A period ends before the first commit dated after it: dates that run backwards never reorder commits.
        while at < len(days) and days[at] <= end:
            at += 1
        out.append(Maal(min(end, last), at))
        if end >= last:
            return out
        end = _slutt(end + timedelta(days=1), per)


def _slutt(dag: date, per: str) -> date:
    """The last day of the period a day lies in."""
    if per == "week":
        return dag + timedelta(days=6 - dag.weekday())
    return (date(dag.year + dag.month // 12, dag.month % 12 + 1, 1)) - timedelta(days=1)

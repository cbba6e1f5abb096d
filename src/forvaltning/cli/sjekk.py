"""What `forvaltning check` does once it knows what was asked for: compare, judge, write."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from forvaltning.cli import felles, utskrift

if TYPE_CHECKING:
    from forvaltning.cli.ferdig import Ferdig
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.mot import Mot
    from forvaltning.cli.okt import Okt, Rapport
    from forvaltning.cli.utvalg import Utvalg
    from forvaltning.findings import Problem
    from forvaltning.git.base import Base
    from forvaltning.render.tekst_grunnlag import Visning


class Valg(NamedTuple):
    """What the reader chose."""

    format: str
    rapporter: list[tuple[str, str]]
    output: str | None
    visning: Visning
    base: Base | None
    uten_farger: bool
    snevret: tuple[str, ...]

    @property
    def formater(self) -> set[str]:
        """Every format that is written."""
        return {self.format, *(name for name, _ in self.rapporter)}


def sjekk(okt: Okt, utvalg: Utvalg, valg: Valg, bar: Fremdrift) -> int:
    """Judge a registry and write what was asked for; returns the exit code. Raises `Stopp`."""
    code = _ferdig_fra_for(okt, utvalg, valg, bar)
    return _vurder(okt, utvalg, valg, bar) if code is None else code


def _ferdig_fra_for(okt: Okt, utvalg: Utvalg, valg: Valg, bar: Fremdrift) -> int | None:
    """Show the text of an earlier run and give its exit code; None when there is none that still holds."""
    kept = _ferdig(okt, utvalg, valg)
    hit = kept.hent() if kept is not None else None
    if hit is None:
        return None
    bar.ferdig()
    utskrift.skriv(utskrift.Maskert([hit.tekst]))
    return hit.kode


def _vurder(okt: Okt, utvalg: Utvalg, valg: Valg, bar: Fremdrift) -> int:
    """Judge and write; returns the exit code. Raises `Stopp`."""
    from forvaltning.cli.formater import VIL_HA_ALLE

    every = bool(valg.formater & VIL_HA_ALLE) or ("text" in valg.formater and valg.visning.trenger_alle)
    mot = _mot(okt, valg.base, utvalg) if valg.base is not None else None
    report = okt.rapport(utvalg, alle=every)
    if mot is not None:
        s = mot.sammenligning
        report.problemer = [*s.nye_problemer, *s.gamle_problemer]
    if utvalg.alt:
        report.problemer = [*report.problemer, *_kodeeiere(okt)]
    _skriv(okt, _Lager(okt, report, utvalg, mot, valg.visning, valg.snevret), valg, bar)
    stopp = felles.si_fra_om_svikt(report.svikt)
    if stopp is not None:
        raise stopp
    if mot is not None:
        return int(mot.sammenligning.blokkerer)
    if not report.sammendrag.utfall and not report.problemer:
        if utvalg.alt:
            utskrift.meld("Ingenting ble vurdert: registeret har ingen poster som kravene gjelder.")
            return 2
        utskrift.meld("Merk: ingen vurdering passer med utvalget, så ingenting ble vurdert.")
    return report.exit_code


def _skriv(okt: Okt, make: _Lager, valg: Valg, bar: Fremdrift) -> None:
    for name, target in valg.rapporter:
        felles.lever(make(name), target, okt.rot)
    colours = not valg.output and utskrift.i_farger(sys.stdout, av=valg.uten_farger)
    pieces = make(valg.format, farger=colours)
    bar.ferdig()
    kept = _ferdig(okt, make.utvalg, valg)
    code = make.kode()
    if kept is not None and code is not None:
        utskrift.skriv(utskrift.Maskert(kept.husk(utskrift.samlet(pieces), code)))
    else:
        form = valg.format if valg.format in {"text", "json"} else "kommandoer"
        felles.lever(pieces, valg.output, okt.rot, form.replace("text", "tekst"))
    if "github" in valg.formater:
        _jobbsammendrag(make)


def _ferdig(okt: Okt, utvalg: Utvalg, valg: Valg) -> Ferdig | None:
    """Where this very report may lie finished; None when something outside the registry has a say in it."""
    from forvaltning.cli.codeowners import har_merke
    from forvaltning.cli.ferdig import Ferdig

    plain = utvalg.alt and valg.formater == {"text"} and not valg.output and not valg.rapporter
    if not plain or okt.ved is not None or okt.lager is None or har_merke(okt):
        return None
    against = ""
    if valg.base is not None:
        from forvaltning.cli.mot_nokkel import nokkel

        key = nokkel(okt, valg.base)
        if key is None:
            return None
        against = f"{key} {valg.base.kilde}"
    looks = (valg.visning, utskrift.bredde(), utskrift.i_farger(sys.stdout, av=valg.uten_farger))
    return Ferdig(okt, repr(looks), against)


def finn_basis(okt: Okt, against: str) -> Base:
    """The base that was asked for. Raises `Stopp` (exit 2) when there is none to see."""
    import os

    from forvaltning.cli.stopp import Stopp
    from forvaltning.git.base import IngenBase, finn_base
    from forvaltning.git.objekter import GitFeil

    if not against.strip():
        raise typer.BadParameter("«--against» er tomt. Skriv en revisjon eller auto, eller utelat valget.")
    try:
        return finn_base(okt.arbeidstre, against, os.environ)
    except IngenBase as error:
        raise Stopp(error.melding, error.tiltak) from None
    except GitFeil as error:
        raise _taus(error) from None


def _mot(okt: Okt, base: Base, utvalg: Utvalg) -> Mot:
    """The change held against its base. Raises `Stopp` (exit 2) when the registry can not be seen there."""
    from forvaltning.cli.mot import sammenlign_med
    from forvaltning.cli.mot_utvalg import snevre
    from forvaltning.cli.stopp import Stopp
    from forvaltning.git.base import IngenBase
    from forvaltning.git.objekter import GitFeil

    try:
        mot = sammenlign_med(okt, base)
    except IngenBase as error:
        raise Stopp(error.melding, error.tiltak) from None
    except GitFeil as error:
        raise _taus(error) from None
    units = {} if utvalg.alt else {v.post: v.enhet for v in okt.rapport().dommer}
    snevre(mot, utvalg, units)
    return mot


def _taus(error: Exception) -> Exception:
    from forvaltning.cli.stopp import Stopp

    return Stopp(f"Git svarte ikke som ventet ({error}).", "Se etter at hele historikken er hentet.")


def _kodeeiere(okt: Okt) -> list[Problem]:
    """What is wrong with CODEOWNERS; only where there is one that the command has made."""
    from forvaltning.cli.codeowners import har_merke, problemer

    return problemer(okt) if har_merke(okt) else []


class _Lager:
    """Makes the report in any format."""

    def __init__(
        self,
        okt: Okt,
        report: Rapport,
        utvalg: Utvalg,
        mot: Mot | None,
        visning: Any,
        snevret: tuple[str, ...],
    ) -> None:
        self._okt = okt
        self._report = report
        self.utvalg = utvalg
        self._mot = mot
        self._visning = visning
        self._snevret = snevret
        self._grunnlag: Any = None

    def __call__(self, navn: str, *, farger: bool = False) -> Iterator[str]:
        from forvaltning.cli import formater

        if navn == "json":
            return formater.som_json(self._okt, self._report, self.utvalg, self._mot)
        if navn == "text":
            return som_tekst(
                self._okt, self._report, self._visning, self._snevret, farger=farger, mot=self._mot
            )
        return formater.som_format(navn, self.grunnlag())

    def kode(self) -> int | None:
        """The exit code; None when nothing was judged, or a rule failed."""
        report = self._report
        if report.svikt or not (report.sammendrag.utfall or report.problemer):
            return None
        return report.exit_code if self._mot is None else int(self._mot.sammenligning.blokkerer)

    def grunnlag(self) -> Any:
        """What the machine formats are made from, once for all of them."""
        from forvaltning.cli import formater

        if self._grunnlag is None:
            self._grunnlag = formater.grunnlag(self._okt, self._report, self._mot)
        return self._grunnlag


def _jobbsammendrag(make: _Lager) -> None:
    """Add the job summary where GitHub asks for it: what did not find room among the annotations."""
    import os

    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return
    from forvaltning.render.formater.markdown import jobbsammendrag

    try:
        with open(target, "a", encoding="utf-8") as out:  # noqa: PTH123 - GitHub's own file, appended to
            out.write(jobbsammendrag(make.grunnlag()))
    except OSError as error:
        utskrift.meld(f"Kan ikke skrive jobbsammendraget: {error.strerror}.")


def som_tekst(
    okt: Okt,
    report: Rapport,
    visning: Any,
    snevret: tuple[str, ...],
    *,
    farger: bool,
    mot: Mot | None = None,
) -> Iterator[str]:
    """The report for people."""
    from forvaltning.cli.hode import grunnlag
    from forvaltning.render import tekst
    from forvaltning.render.tekst_stil import Stil

    g, stil = grunnlag(okt, report, snevret), Stil(farger, utskrift.bredde())
    if mot is None:
        return tekst.rapport(g, visning, stil)
    from forvaltning.render import tekst_mot

    base = f"{mot.base.commit[:12]} ({mot.base.kilde})"
    return tekst_mot.rapport(g, mot.sammenligning, mot.virkning, base, visning, stil)

"""From a session to what a report is made from, and the earlier state that `--since` compares with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forvaltning import __version__
from forvaltning.cli import velg
from forvaltning.cli.andre import les_andre
from forvaltning.cli.okt import SETTINGS_FILE, Okt
from forvaltning.cli.stopp import Stopp
from forvaltning.cli.tilstander import Tilstander, dommer, okt_ved
from forvaltning.cli.utvalg import Utvalg
from forvaltning.cli.vurdering import i_rekkefolge, synlige
from forvaltning.documents.grunnlag import Forrige, Grunnlag, Hode
from forvaltning.findings import Outcome, Problem, Verdict
from forvaltning.source.text import quoted

if TYPE_CHECKING:
    from forvaltning.cli.okt import Rapport
    from forvaltning.cli.vurdering import Kontroll
    from forvaltning.git.arbeidstre import Arbeidstre


def lag(
    okt: Okt,
    *,
    enheter: list[str] | None = None,
    rolle: str | None = None,
    post: str | None = None,
    siden: str | None = None,
) -> Grunnlag:
    """What a report over this session is made from. Raises `Stopp` for a value that names nothing."""
    from forvaltning.model.viser import normaliser

    _ = okt.kontroll
    if okt.fra_lager:
        okt.bruk_lagrede_fakta()
    chosen = velg.utvalg(
        okt,
        krav_=[],
        omrader_=[],
        poster=[],
        enheter_=enheter or [],
        roller_=[rolle] if rolle else [],
        stier=(),
    )
    if len(chosen.roller) > 1:
        raise Stopp("--rolle tar én rolle i en rapport.", "Lag én rapport for hver rolle.")
    key = velg.post(okt, post) if post else None
    report = okt.rapport(chosen)
    _stopp_ved_svikt(report)
    words = [f"enheten {e}" for e in enheter or []] + ([f"rollen {rolle}"] if rolle else [])
    return Grunnlag(
        register=okt.register,
        dommer=report.dommer,
        problemer=report.problemer,
        hode=hode(okt, _gjelder(report.dommer, key), tuple(words)),
        enheter=frozenset(map(normaliser, chosen.enheter)) if chosen.enheter is not None else None,
        rolle=chosen.roller[0] if chosen.roller else None,
        post=key,
        forrige=forrige(okt, siden, chosen) if siden is not None else None,
    )


def _stopp_ved_svikt(report: Rapport) -> None:
    from forvaltning.cli import felles

    stopp = felles.si_fra_om_svikt(report.svikt)
    if stopp is not None:
        raise stopp


def _gjelder(dommer: list[Verdict], post: str | None) -> list[Verdict]:
    """The verdicts that a report about one record or one role is about."""
    if post is None:
        return dommer
    ident = post.partition("/")[2]
    return [v for v in dommer if v.post == post or any(a.post == ident for a in v.ansvarlig)]


def hode(okt: Okt, dommer: list[Verdict], utvalg: tuple[str, ...] = ()) -> Hode:
    """What every report states about itself. `dommer`: those the report is about."""
    from forvaltning.cli import historielager

    s = okt.innstillinger
    return Hode(
        registry=mappe(okt) or okt.rot.resolve().name,
        kommune=s.kommune.navn if s.kommune else "",
        commit=okt.git.commit,
        endret=okt.git.endret,
        historie=okt.git.historie,
        historie_ukjent=historielager.ukjent(okt),
        dato=okt.dato,
        datokilde=okt.datokilde,
        regelsett=okt.regelsett,
        verktoy=f"forvaltning {__version__}",
        modell=okt.innstillingsfil.modell,
        gjelder_fra=s.gjelder_fra,
        historie_fra=s.historie_fra,
        varslingsvindu_dager=s.varslingsvindu_dager,
        intervaller=tuple(s.intervaller.items()),
        dager=tuple(s.dager.items()),
        egne=tuple(sorted(okt.innstillingsfil.egne)),
        eksempel=s.eksempel is not None,
        uleste=tuple(sorted(u.fil for u in okt.register.uleselige())),
        ikke_avgjort=sum(v.utfall is Outcome.IKKE_AVGJORT for v in dommer),
        utvalg=utvalg,
    )


def mappe(okt: Okt) -> str:
    """The registry folder from the top of its Git tree, so that a report is the same from wherever it is made.

    Empty when the registry is the top; the folder's name without Git. Never a path of this machine.
    """
    from forvaltning.git.objekter import prefiks

    tre = okt.arbeidstre
    return okt.rot.resolve().name if tre is None else prefiks(tre, okt.rot)


# --- the earlier state ------------------------------------------------------------------------------------


def forrige(okt: Okt, siden: str, utvalg: Utvalg) -> Forrige:
    """The registry at a revision or on a day, judged on its own day, and what has changed since. Raises `Stopp`."""
    from forvaltning.cli import kontroll
    from forvaltning.engine.sammenligning import omdopte, sammenlign
    from forvaltning.git.objekter import GitFeil
    from forvaltning.source.kilde import Revisjon

    tre = okt.arbeidstre
    if tre is None:
        raise Stopp("--since trenger Git, men registeret ligger ikke i et Git-arkiv.", "Kjør «git init».")
    old: Okt | None = None
    try:
        commit, day = _finn(okt, tre, siden)
        old = okt_ved(okt, commit, day)
        if SETTINGS_FILE not in old.filer_sti():
            raise Stopp(
                f"Registeret fantes ikke ved {quoted(siden, 80)} ({commit[:12]}).",
                "Velg noe nyere etter --since.",
            )
        now = okt.kontroll
        is_ = kontroll.fullfor(okt, now)
        was, problems = _dommer_for(okt, old, now, is_)
        if isinstance(old.kilde, Revisjon):
            old.kilde.krev_alt()
        names = omdopte(old.register, okt.register)
        if not utvalg.alt:
            was, is_ = ([v for v in side if utvalg.tar_med(v)] for side in (was, is_))
        mine = now.problemer if utvalg.alt else []
        return Forrige(
            siden, commit, old.dato, was, sammenlign(was, is_, problems if utvalg.alt else [], mine, names)
        )
    except GitFeil as error:
        raise Stopp(
            f"Git svarte ikke som ventet ({quoted(str(error), 80)}).",
            "Se etter at hele historikken er hentet.",
        ) from None
    finally:
        if old is not None and isinstance(old.kilde, Revisjon):
            old.kilde.lukk()


def _dommer_for(
    okt: Okt, old: Okt, head: Kontroll, is_: list[Verdict]
) -> tuple[list[Verdict], list[Problem]]:
    """Every verdict and problem of the earlier state; only what can be another there is judged again."""
    from forvaltning.cli import kontroll

    les_andre(old)
    both = Tilstander(okt, old, lagret=okt.lager is not None and not head.svikt)
    both.del_felles()
    touched = both.berorte()
    if touched is None:
        return kontroll.fullfor(old, old.kontroll), old.kontroll.problemer
    was = i_rekkefolge([v for v in is_ if v.post not in touched] + dommer(old, touched))
    return was, both.gamle_problemer(head, synlige(was))


def _finn(okt: Okt, tre: Arbeidstre, siden: str) -> tuple[str, date]:
    """The commit, and the day it is judged on: the day asked for, else the day of the commit.

    Never later than the check date: an example has a date of its own, and --as-of may be before the commit.
    """
    import typer

    from forvaltning.cli import felles
    from forvaltning.git.base import DYP
    from forvaltning.git.historikk import historikk
    from forvaltning.git.hode import er_grunn
    from forvaltning.git.objekter import losne, prefiks
    from forvaltning.git.tid import dag

    try:
        wanted = felles.dato(siden)
    except typer.BadParameter:
        wanted = None
    steps = historikk(tre, prefiks(tre, okt.rot), okt.ved or "HEAD", omdop=False)
    if wanted is not None:
        if wanted > okt.dato:
            raise Stopp(
                f"Dagen etter --since, {wanted:%d.%m.%Y}, er senere enn sjekkdatoen {okt.dato:%d.%m.%Y}.",
                "Velg en tidligere dag, eller en senere sjekkdato med --as-of.",
            )
        for s in steps:
            if dag(s.innsjekking.tid) <= wanted:
                return s.innsjekking.oid, wanted
        hint = DYP if er_grunn(tre) else "Velg en senere dag etter --since."
        raise Stopp(f"Registeret var ikke sjekket inn {wanted:%d.%m.%Y}.", hint)
    commit = losne(tre, siden)
    if commit is None:
        hint = f"Historikken er grunn. {DYP}" if er_grunn(tre) else "Skriv en dato, eller noe Git forstår."
        raise Stopp(f"Fant ikke revisjonen {quoted(siden, 80)}.", hint)
    return commit, min(_dag(tre, commit), okt.dato)


def _dag(tre: Arbeidstre, commit: str) -> date:
    from forvaltning.git.objekter import tidspunkt
    from forvaltning.git.tid import dag

    return dag(tidspunkt(tre, commit))

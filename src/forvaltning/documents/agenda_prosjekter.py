"""Agenda items about projects: those that wait for Digitaliseringsrådet before BP2 and BP3, and those newly reported."""

from __future__ import annotations

from datetime import date

from forvaltning.documents.agenda_sak import Mote, Sak, etter_frist, med_dager
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.rapporter.portefolje import FASER, OVER, PROSJEKT, anbefaling
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.findings import Outcome
from forvaltning.krav.omrade6.felles import digitaliseringsprosjekt
from forvaltning.krav.omrade6.k6_2_anbefaling_punkt import PUNKTER, gitt, passert
from forvaltning.krav.typer import Kontekst
from forvaltning.model.prosjekt import Prosjekt

RETT_FOR = {"BP2": "konsept", "BP3": "planlegging"}
"""The phase that ends in each of the two decision points."""


def neste(g: Grunnlag, p: Prosjekt) -> str | None:
    """The next decision point that needs a recommendation the project does not have yet; None when there is none.

    Which projects the requirement is about, and which points are passed, is asked of 6.2 itself.
    """
    ctx = Kontekst(g.register)
    if p.tilstand in OVER or digitaliseringsprosjekt(p, ctx) is not None:
        return None
    for punkt in PUNKTER:
        if not passert(p, punkt, ctx):
            found = gitt(p, punkt)
            dato = found[1].dato if found is not None else None
            return punkt if dato is None or dato > g.dato else None
    return None


def planlagt(p: Prosjekt, punkt: str) -> date | None:
    """The day a decision point is planned for."""
    return next((b.dato for b in p.beslutningspunkter if b.punkt == punkt), None)


def _nar(g: Grunnlag, mote: Mote) -> tuple[list[tuple[Prosjekt, str]], list[tuple[Prosjekt, str]]]:
    """Projects for this meeting and for later ones, each with its decision point.

    For this one: planned within the window, or in the phase before the point without a day set.
    """
    now: list[tuple[Prosjekt, str]] = []
    later: list[tuple[Prosjekt, str]] = []
    for p in g.poster(Prosjekt):
        punkt = neste(g, p)
        if punkt is None:
            continue
        dag = planlagt(p, punkt)
        soon = dag <= mote.til if dag is not None else p.tilstand == RETT_FOR[punkt]
        (now if soon else later).append((p, punkt))
    return now, later


def beslutningspunkter(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Recommendations that Digitaliseringsrådet has to give, and those that should have been given."""
    saker = [
        _sak(
            g,
            p,
            punkt,
            f"{mote.forum.navn} skal ta stilling til om prosjektet anbefales ved {punkt}, {PUNKTER[punkt]}.",
            f"Blir {punkt} besluttet uten rådets anbefaling, er krav 6.2 brutt.",
        )
        for p, punkt in _nar(g, mote)[0]
    ]
    return [*_for_sent(g, mote), *etter_frist(saker)]


def til_radet(g: Grunnlag, mote: Mote) -> list[Sak]:
    """The same projects, for a forum that prepares what the council has to decide."""
    radet = g.rolletittel("digitaliseringsrad")
    return etter_frist(
        _sak(
            g,
            p,
            punkt,
            f"{mote.forum.navn} skal drøfte prosjektet før {radet} gir sin anbefaling ved {punkt}.",
            f"{radet} får saken uten forumets innspill.",
        )
        for p, punkt in _nar(g, mote)[0]
    )


def _for_sent(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Projects that passed a point without the recommendation: 6.2 is broken."""
    out = []
    for v in g.dommer:
        p = g.register.hent(v.post.partition("/")[2], Prosjekt) if v.krav == "6.2" else None
        if p is None or v.utfall is not Outcome.BRUDD:
            continue
        forslag = (
            "om et lukket avvik skal gjøre opp for anbefalingen, som ikke ble gitt i tide."
            if p.tilstand in OVER
            else "om prosjektet anbefales, selv om beslutningen er tatt."
        )
        fakta = (("Brutt nå", registerord.meldinger(v.funn)), *_fakta(g, p), ("Hvem som svarer", g.svarer(v)))
        out.append(
            Sak(
                f"{p.navn} mangler rådets anbefaling",
                f"{mote.forum.navn} skal ta stilling til {forslag}",
                (*fakta, ("Hvis det ikke blir avgjort", "Krav 6.2 blir stående som brutt.")),
                p.key,
                "6.2",
                None,
                g.svarer(v),
            )
        )
    return out


def _sak(g: Grunnlag, p: Prosjekt, punkt: str, forslag: str, folge: str) -> Sak:
    dag = planlagt(p, punkt)
    return Sak(
        f"{p.navn} før {punkt}",
        forslag,
        (
            ("Krav", g.kravtittel("6.2")),
            ("Beslutningspunkt", g.kode("beslutningspunkt", punkt)),
            ("Planlagt", med_dager(g, dag) or "Dagen er ikke satt"),
            *_fakta(g, p),
            ("Hvis det ikke blir avgjort", folge),
        ),
        p.key,
        "6.2",
        dag,
        felles.rolle(g, p.prosjekteier),
    )


def _fakta(g: Grunnlag, p: Prosjekt) -> tuple[tuple[str, Verdi], ...]:
    """What a recommendation needs: the justification's parts, earlier recommendations, assessments and who answers."""
    b = p.begrunnelse
    deler = [
        (navn, (getattr(b, felt) if b is not None else None) or felles.MANGLER)
        for navn, felt in (
            ("Mål", "mal"),
            ("Omfang", "omfang"),
            ("Kostnad", "kostnad"),
            ("Nytte", "nytte"),
            ("Gevinstpotensial", "potensial"),
            ("Strategisk forankring", "forankring"),
            ("Tidsramme", "tidsramme"),
        )
    ]
    oppdatert = (b.oppdatert or b.registrert) if b is not None else None
    return (
        ("Type", g.kode("prosjekttype", p.type) or felles.MANGLER),
        ("Fase", FASER[p.tilstand or ""]),
        ("Enhet", g.enhet(p)),
        ("Begrunnelsen i BkProsjekt", (b.referanse if b is not None else None) or felles.MANGLER),
        ("Begrunnelsen er fra", med_dager(g, oppdatert) or felles.MANGLER),
        *deler,
        ("Strategimål", tuple(f"{k} {g.kode('strategimal', k)}" for k in p.strategimal)),
        ("Tidligere anbefalinger", tuple(f"{x.punkt}: {anbefaling(g, p, x.punkt)}" for x in p.anbefalinger)),
        ("Prinsippene for konseptet", _vurdert(p)),
        ("Arkitektursjekklisten", _sjekkliste(p)),
        ("Prosjekteier", felles.rolle(g, p.prosjekteier)),
        ("Prosjektleder", felles.rolle(g, p.prosjektleder) if p.prosjektleder else "ikke oppnevnt"),
        (
            "Brudd på krav i prosjektet",
            tuple(
                f"{v.krav}: {m}"
                for v in g.dommer_for(p)
                if v.utfall is Outcome.BRUDD
                for m in registerord.meldinger(v.funn)
            )
            or ("ingen",),
        ),
        ("Prosjektet i registeret", p.id),
    )


def _vurdert(p: Prosjekt) -> str:
    v = p.konsept
    if v is None:
        return "ikke vurdert"
    svake = [x.prinsipp or "" for x in v.prinsipper if x.vurdering in {"delvis", "ikke_i_trad"}]
    dag = norsk_dato(v.dato) if v.dato else "uten dato"
    return f"vurdert {dag}" + (f", bare delvis eller ikke i tråd: {', '.join(svake)}" if svake else "")


def _sjekkliste(p: Prosjekt) -> str:
    s = p.arkitektursjekkliste
    if s is None:
        return "ikke gjennomgått"
    return f"gjennomgått {norsk_dato(s.dato)}" if s.dato else "gjennomgått, uten dato"


def senere(g: Grunnlag, mote: Mote) -> Tabell:
    """Projects that will come, for those who plan the meetings."""
    return Tabell(
        "senere",
        "Prosjekter som kommer senere",
        (PROSJEKT, Kolonne("fase", "Fase"), Kolonne("punkt", "Før"), Kolonne("planlagt", "Planlagt", "dato")),
        tuple((p.navn, FASER[p.tilstand or ""], punkt, planlagt(p, punkt)) for p, punkt in _nar(g, mote)[1]),
        tom="Ingen andre prosjekter venter på en anbefaling.",
    )


def meldte(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Projects that have been reported and not begun."""
    return [
        Sak(
            f"{p.navn} er meldt",
            f"{mote.forum.navn} skal drøfte om prosjektet berører flere byrådsavdelinger eller henger sammen med andre.",
            (
                ("Meldt", med_dager(g, p.registrert) or felles.MANGLER),
                *_fakta(g, p),
                ("Hvis det ikke blir drøftet", "Prosjektet går videre uten innspill fra byrådsavdelingene."),
            ),
            p.key,
            "",
            None,
            felles.rolle(g, p.prosjekteier),
        )
        for p in g.poster(Prosjekt)
        if p.tilstand == "meldt"
    ]

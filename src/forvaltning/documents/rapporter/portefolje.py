"""The report `portefolje`: projects by phase, decision points, reporting and benefits; what the strategy gets (area 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles, portefolje_prinsipper, portefolje_strategi, registerord
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.model.prosjekt import Prosjekt

FASER = {
    "meldt": "Meldt",
    "konsept": "Konsept",
    "planlegging": "Planlegging",
    "gjennomforing": "Gjennomføring",
    "avslutning": "Avslutning",
    "avsluttet": "Avsluttet",
    "stanset": "Stanset",
    "": "Fase er ikke oppgitt",
}
"""The states of a project in words and in order; fixed by the model."""
OVER = frozenset({"avsluttet", "stanset"})
RADETS_PUNKTER = ("BP2", "BP3")
"""The decision points that Digitaliseringsrådet gives its recommendation for (6.2)."""
PROSJEKT = Kolonne("prosjekt", "Prosjekt")


def visning(g: Grunnlag) -> Visning:
    """The running projects and what they need, then how strategy and principles are covered, then what is over."""
    alle = g.poster(Prosjekt)
    lopende = [p for p in alle if p.tilstand not in OVER]
    over = [p for p in alle if p.tilstand in OVER]
    lopende.sort(key=lambda p: list(FASER).index(p.tilstand or ""))
    brudd = registerord.saker(
        g,
        "brudd",
        "Brudd, frister og det som ikke kunne avgjøres i prosjektene",
        "Prosjekt",
        (d for p in lopende for d in g.dommer_for(p)),
        "Ingen brudd, frister eller uavklarte vurderinger i prosjektene i utvalget.",
    )
    strategi = portefolje_strategi.dekning(g, alle)
    return Visning(
        "portefolje",
        "Prosjektporteføljen",
        (
            "Prosjektene etter fase, hva de venter på, og hvordan porteføljen svarer på strategien.",
            *felles.uleste(g, "prosjekter", "tjenester", "systemer"),
        ),
        (
            Del("Faser og beslutningspunkter", tabeller=(_faser(lopende), _beslutninger(g, lopende))),
            Del("Ansvar og rapportering", tabeller=(_ansvar(g, lopende),)),
            Del("Gevinster", tabeller=(_gevinster(g, lopende),)),
            Del("Dette må rettes", tabeller=(brudd,)),
            portefolje_strategi.del_(g, strategi),
            portefolje_prinsipper.del_(g, lopende),
            Del("Avsluttet og stanset", tabeller=(_over(g, over),)),
        ),
        (
            ("Prosjekter som pågår", len(lopende)),
            *((f"I fasen {navn.lower()}", n) for fase, navn in FASER.items() if (n := _i(lopende, fase))),
            ("Avsluttet eller stanset", len(over)),
            ("Strategimål uten prosjekt som pågår og uten tjeneste", sum(1 for m in strategi if m.tom)),
        ),
    )


def _i(prosjekter: Iterable[Prosjekt], fase: str) -> int:
    return sum(1 for p in prosjekter if (p.tilstand or "") == fase)


def _faser(prosjekter: Sequence[Prosjekt]) -> Tabell:
    return Tabell(
        "faser",
        "Prosjekter i hver fase",
        (
            Kolonne("fase", "Fase"),
            Kolonne("antall", "Antall", "tall"),
        ),
        tuple(
            (navn, n)
            for fase, navn in FASER.items()
            if fase not in OVER and ((n := _i(prosjekter, fase)) or fase)
        ),
    )


def siste_punkt(g: Grunnlag, p: Prosjekt) -> str:
    """The last decision point that is dated and reached, with its day; empty text for none."""
    passert = [(b.dato, b.punkt) for b in p.beslutningspunkter if b.dato is not None and b.dato <= g.dato]
    return f"{max(passert)[1]} {norsk_dato(max(passert)[0])}" if passert else ""


def neste_punkt(g: Grunnlag, p: Prosjekt) -> str:
    """The next decision point: the first that is planned, else the one after the last passed, without a day."""
    planlagt = [(b.dato, b.punkt) for b in p.beslutningspunkter if b.dato is not None and b.dato > g.dato]
    if planlagt:
        return f"{min(planlagt)[1]} {norsk_dato(min(planlagt)[0])}"
    rekke = list(g.register.innstillinger.koder["beslutningspunkt"])
    passert = [rekke.index(b.punkt) for b in p.beslutningspunkter if b.punkt in rekke]
    neste = max(passert, default=-1) + 1
    return f"{rekke[neste]}, dato er ikke satt" if neste < len(rekke) else ""


def anbefaling(g: Grunnlag, p: Prosjekt, punkt: str) -> str:
    """What Digitaliseringsrådet recommended at a decision point, with day and case; empty text when it has not."""
    a = next((a for a in p.anbefalinger if a.punkt == punkt), None)
    if a is None:
        return ""
    dag = norsk_dato(a.dato) if a.dato else "uten dato"
    return ", ".join(x for x in (g.kode("anbefaling", a.utfall) or "Utfallet mangler", dag, a.referanse) if x)


def _beslutninger(g: Grunnlag, prosjekter: Sequence[Prosjekt]) -> Tabell:
    return Tabell(
        "beslutninger",
        "Beslutningspunkter og rådets anbefaling",
        (
            PROSJEKT,
            Kolonne("id", "Id"),
            Kolonne("type", "Type"),
            Kolonne("enhet", "Enhet"),
            Kolonne("fase", "Fase"),
            Kolonne("siste", "Siste beslutningspunkt"),
            Kolonne("neste", "Neste beslutningspunkt"),
            *(Kolonne(f"anbefaling_{b.lower()}", f"Rådets anbefaling før {b}") for b in RADETS_PUNKTER),
            Kolonne("krav_6_2", "Krav 6.2", "utfall"),
        ),
        tuple(
            (
                p.navn,
                p.id,
                g.kode("prosjekttype", p.type) or felles.MANGLER,
                g.enhet(p),
                FASER[p.tilstand or ""],
                siste_punkt(g, p),
                neste_punkt(g, p),
                *(anbefaling(g, p, b) for b in RADETS_PUNKTER),
                registerord.utfall(g.dom(p, "6.2")),
            )
            for p in prosjekter
        ),
        tom="Ingen prosjekter pågår i utvalget.",
        forklaring="Digitaliseringsrådet gir sin anbefaling før BP2 og før BP3. Et råd mot oppfyller kravet og vises her.",
    )


def _rolle(g: Grunnlag, p: Prosjekt, ident: str | None) -> str:
    """A role of a project; before planning has begun nobody needs to be named yet."""
    return "ikke oppnevnt" if ident is None and p.tilstand in {"meldt", "konsept"} else felles.rolle(g, ident)


def _ansvar(g: Grunnlag, prosjekter: Sequence[Prosjekt]) -> Tabell:
    def en(p: Prosjekt) -> tuple[Verdi, ...]:
        rapporter = [s.dato for s in (p.rapportering.rapporter if p.rapportering else ()) if s.dato <= g.dato]
        dom = g.dom(p, "6.4")
        return (
            p.navn,
            felles.rolle(g, p.prosjekteier),
            _rolle(g, p, p.prosjektleder),
            _rolle(g, p, p.kvalitetsansvarlig),
            max(rapporter) if rapporter else None,
            (g.dato - max(rapporter)).days if rapporter else None,
            dom.frist if dom is not None else None,
            registerord.utfall(dom),
        )

    return Tabell(
        "ansvar",
        "Hvem som svarer, og siste statusrapport",
        (
            PROSJEKT,
            Kolonne("prosjekteier", "Prosjekteier"),
            Kolonne("prosjektleder", "Prosjektleder"),
            Kolonne("kvalitetsansvarlig", "Kvalitetsansvarlig (QA)"),
            Kolonne("siste_rapport", "Siste statusrapport", "dato"),
            Kolonne("dager_siden", "Dager siden", "tall"),
            Kolonne("neste_frist", "Neste frist", "dato"),
            Kolonne("krav_6_4", "Krav 6.4", "utfall"),
        ),
        tuple(en(p) for p in prosjekter),
        tom="Ingen prosjekter pågår i utvalget.",
    )


def _gevinster(g: Grunnlag, prosjekter: Sequence[Prosjekt]) -> Tabell:
    def en(p: Prosjekt) -> tuple[Verdi, ...]:
        plan, b = p.gevinstplan, p.begrunnelse
        return (
            p.navn,
            FASER[p.tilstand or ""],
            (b.nytte if b else None) or felles.MANGLER,
            (b.potensial if b else None) or felles.MANGLER,
            _rolle(g, p, p.gevinstansvarlig),
            (plan.dato or "uten dato") if plan else "Ingen plan",
            (plan.referanse or felles.MANGLER) if plan else "",
        )

    return Tabell(
        "gevinster",
        "Nytte, gevinstplan og gevinstansvarlig",
        (
            PROSJEKT,
            Kolonne("fase", "Fase"),
            Kolonne("nytte", "Nytte"),
            Kolonne("potensial", "Gevinstpotensial"),
            Kolonne("gevinstansvarlig", "Gevinstansvarlig"),
            Kolonne("gevinstplan", "Gevinstplan fra", "dato"),
            Kolonne("referanse", "Hvor planen ligger"),
        ),
        tuple(en(p) for p in prosjekter),
        tom="Ingen prosjekter pågår i utvalget.",
        forklaring=(
            "IKT-strategien ber om en plan for gevinstene og én ansvarlig før prosjektet starter. "
            "Dette vises her og vurderes ikke som et krav for seg."
        ),
    )


def _over(g: Grunnlag, prosjekter: Sequence[Prosjekt]) -> Tabell:
    return Tabell(
        "over",
        "Prosjekter som er over",
        (
            PROSJEKT,
            Kolonne("type", "Type"),
            Kolonne("enhet", "Enhet"),
            Kolonne("fase", "Hvordan det endte"),
            Kolonne("avsluttet", "Avsluttet", "dato"),
            Kolonne("strategimal", "Strategimål", "liste"),
        ),
        tuple(
            (
                p.navn,
                g.kode("prosjekttype", p.type) or felles.MANGLER,
                g.enhet(p),
                FASER[p.tilstand or ""],
                p.avsluttet,
                tuple(p.strategimal),
            )
            for p in prosjekter
        ),
        tom="Ingen prosjekter er avsluttet eller stanset i utvalget.",
    )

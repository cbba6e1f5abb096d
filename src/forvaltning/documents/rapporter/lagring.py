"""The report `lagring`: where data lie and are reached from, inside and outside municipality, Norway and the EEA (3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.rapporter.lagring_utenfor import nas_utenfra, underdatabehandlere, utenfor_eos
from forvaltning.documents.visning import Del, Kolonne, Tabell, Visning
from forvaltning.findings import Finding
from forvaltning.model.system import Drift, System

STEDER = {
    "kommunen": "I kommunens egne datahaller",
    "norge": "I Norge, utenfor kommunens datahaller",
    "norge_uavklart": "I Norge, ikke oppgitt om det er kommunens datahaller",
    "eos": "I et annet land i EØS",
    "utenfor_eos": "Utenfor EØS",
    "ukjent": "Ikke oppgitt",
}
"""Where data lie, nearest first."""
NORGE = "NO"
SYSTEM = Kolonne("system", "System")


def hvor(g: Grunnlag, system: System) -> str:
    """The key in `STEDER` of where a system says its data lie."""
    plass = system.lagring
    if plass is None or plass.land is None:
        return "kommunen" if plass is not None and plass.utenfor_kommunen is False else "ukjent"
    if plass.land == NORGE:
        return {False: "kommunen", True: "norge", None: "norge_uavklart"}[plass.utenfor_kommunen]
    return "eos" if g.register.innstillinger.i_eos(plass.land) else "utenfor_eos"


def visning(g: Grunnlag) -> Visning:
    """The systems that have not ended: the count by place, what leaves the EEA, then every system."""
    systemer = [s for s in g.poster(System) if s.tilstand != "avviklet"]
    steder = {s.id: hvor(g, s) for s in systemer}
    utenfor = [s for s in systemer if s.lagring is not None and nas_utenfra(g, s.lagring)]
    egne = sum(1 for sted in steder.values() if sted == "kommunen")
    return Visning(
        "lagring",
        "Lagring av data",
        (
            "Hvor dataene i systemene ligger, hvem som drifter, og hvilke land de kan nås fra.",
            *felles.uleste(g, "systemer", "leverandorer"),
        ),
        (
            Del(
                "Oversikt",
                avsnitt=(_lokalt(egne, len(systemer)),),
                tabeller=(_antall(systemer, steder),),
            ),
            Del("Dette må rettes", tabeller=(_brudd(g, systemer),)),
            Del("Utenfor EØS", tabeller=(utenfor_eos(g, utenfor), underdatabehandlere(g, systemer))),
            Del("Systemene", tabeller=(_plass(g, systemer, steder), _tilgang(g, systemer))),
        ),
        (
            ("Systemer som ikke er avviklet", len(systemer)),
            *((STEDER[k], n) for k in STEDER if (n := sum(1 for v in steder.values() if v == k))),
            ("Ligger i eller kan nås fra land utenfor EØS", len(utenfor)),
            (
                "Av disse med personopplysninger, eller ikke oppgitt",
                sum(1 for s in utenfor if s.personopplysninger is not False),
            ),
        ),
    )


def _lokalt(egne: int, alle: int) -> str:
    """The note to the strategy that the council adopted, and what the systems say (domain.md, 7)."""
    return (
        "I merknaden til digitaliseringsstrategien foretrekker bystyret lokale datahaller. "
        f"{antall(egne, 'system', 'systemer')} av {alle} oppgir at dataene ligger i kommunens egne. "
        "Det vises her og vurderes ikke."
    )


def _antall(systemer: Sequence[System], steder: dict[str, str]) -> Tabell:
    def svar(kode: str) -> list[bool | None]:
        return [s.personopplysninger for s in systemer if steder[s.id] == kode]

    return Tabell(
        "steder",
        "Hvor dataene ligger",
        (
            Kolonne("sted", "Sted"),
            Kolonne("systemer", "Systemer", "tall"),
            Kolonne("med_personopplysninger", "Med personopplysninger", "tall"),
            Kolonne("ikke_oppgitt", "Personopplysninger er ikke oppgitt", "tall"),
        ),
        tuple(
            (navn, len(s := svar(kode)), s.count(True), s.count(None))
            for kode, navn in STEDER.items()
            if svar(kode)
        ),
        tom="Ingen systemer i utvalget.",
    )


def _funn(g: Grunnlag, system: System) -> Iterator[Finding]:
    yield from registerord.funn(g.dom(system, "3.1"), "lagring", "personopplysninger")


def _brudd(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    return Tabell(
        "brudd",
        "Det som mangler eller er galt om lagringen (3.1)",
        (
            SYSTEM,
            *registerord.FUNN,
        ),
        tuple(
            (s.navn, *rad) for s in systemer for rad in registerord.funnrader(g, g.dom(s, "3.1"), _funn(g, s))
        ),
        tom="Ingen funn om lagring i krav 3.1 i utvalget.",
        forklaring="Kravet gjelder systemer i bruk. Det som er planlagt eller under utvikling, er ikke vurdert.",
    )


def _drifter(g: Grunnlag, drift: Drift | None) -> str:
    ident = (drift.leverandor or drift.enhet) if drift else None
    return felles.post(g, ident) if ident else registerord.IKKE_OPPGITT


def _savnet(g: Grunnlag, s: System) -> str:
    """What a cell says when nothing is stated: the requirement asks only once the system is in use."""
    return felles.MANGLER if s.tilstand is None or g.register.i_bruk(s) else registerord.IKKE_OPPGITT


def _plass(g: Grunnlag, systemer: Sequence[System], steder: dict[str, str]) -> Tabell:
    return Tabell(
        "systemer",
        "Sted og drift",
        (
            SYSTEM,
            Kolonne("id", "Id"),
            Kolonne("tilstand", "Tilstand"),
            Kolonne("driftsform", "Driftsform"),
            Kolonne("drifter", "Drifter"),
            Kolonne("sted", "Lagringssted"),
            Kolonne("land", "Land"),
            Kolonne("omrade", "Område"),
        ),
        tuple(
            (
                s.navn,
                s.id,
                felles.tilstand(s.tilstand),
                g.kode("driftsform", s.drift.form if s.drift else None) or registerord.IKKE_OPPGITT,
                _drifter(g, s.drift),
                (s.lagring.sted if s.lagring else None) or _savnet(g, s),
                g.kode("land", s.lagring.land if s.lagring else None) or _savnet(g, s),
                STEDER[steder[s.id]],
            )
            for s in systemer
        ),
        tom="Ingen systemer i utvalget.",
    )


def _tilgang(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    return Tabell(
        "tilgang",
        "Personopplysninger og tilgang",
        (
            SYSTEM,
            Kolonne("personopplysninger", "Personopplysninger"),
            Kolonne("eksponering", "Kan nås fra"),
            Kolonne("tilgang_fra", "Land med tilgang", "liste"),
            Kolonne("krav_3_1", "Krav 3.1", "utfall"),
        ),
        tuple(
            (
                s.navn,
                registerord.ja_nei(s.personopplysninger)
                if s.personopplysninger is not None
                else _savnet(g, s),
                g.kode("eksponering", s.eksponering) or registerord.IKKE_OPPGITT,
                tuple(g.kode("land", c) for c in s.lagring.tilgang_fra) if s.lagring else (),
                registerord.utfall(g.dom(s, "3.1")),
            )
            for s in systemer
        ),
        tom="Ingen systemer i utvalget.",
        forklaring="Krav 3.1 gjelder også hjemmel og arkiv, så det kan være brutt av andre grunner enn lagringen.",
    )

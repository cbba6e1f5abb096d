"""The report `integrasjoner`: every data flow, from where to where, with what, by which right, and who owns it (3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.findings import Outcome
from forvaltning.model.integrasjon import Endepunkt, Integrasjon
from forvaltning.model.system import System

KOLONNER = (
    Kolonne("dataflyt", "Dataflyt"),
    Kolonne("id", "Id"),
    Kolonne("fra", "Fra"),
    Kolonne("til", "Til"),
    Kolonne("innhold", "Hva som overføres"),
    Kolonne("datasett", "Datasett", "liste"),
    Kolonne("retning", "Retning"),
    Kolonne("mekanisme", "Måte"),
    Kolonne("personopplysninger", "Personopplysninger"),
    Kolonne("rettsgrunnlag", "Rettsgrunnlag", "liste"),
    Kolonne("eier", "Eier"),
    Kolonne("tilstand", "Tilstand"),
    Kolonne("krav_3_5", "Krav 3.5", "utfall"),
)


def visning(g: Grunnlag) -> Visning:
    """The flows that run or are planned, by what stands at the other end; what is broken first, ended ones last."""
    alle = g.poster(Integrasjon)
    levende = [f for f in alle if f.tilstand != "avsluttet"]
    slutt = [f for f in alle if f.tilstand == "avsluttet"]
    interne = [f for f in levende if _slag(f) == "system"]
    felleskomponenter = [f for f in levende if _slag(f) == "felleskomponent"]
    eksterne = [f for f in levende if _slag(f) == "ekstern"]
    uklare = [f for f in levende if _slag(f) == ""]
    brudd = _brudd(g, levende)
    return Visning(
        "integrasjoner",
        "Integrasjoner",
        (
            "Dataflytene mellom systemene, de nasjonale felleskomponentene og parter utenfor kommunen.",
            *felles.uleste(g, "integrasjoner", "systemer", "datasett", "behandlinger"),
        ),
        (
            Del("Dette må rettes", tabeller=(brudd,)),
            Del("Mellom kommunens systemer", tabeller=(_flyter(g, "interne", "Mellom systemer", interne),)),
            Del(
                "Nasjonale felleskomponenter",
                tabeller=(
                    _flyter(g, "felleskomponenter", "Til og fra felleskomponenter", felleskomponenter),
                ),
            ),
            Del(
                "Parter utenfor kommunen",
                tabeller=(_flyter(g, "eksterne", "Til og fra eksterne parter", eksterne),),
            ),
            *(
                [Del("Uklare ender", tabeller=(_flyter(g, "uklare", "En ende mangler", uklare),))]
                if uklare
                else []
            ),
            Del("Avsluttet", tabeller=(_avsluttet(g, slutt),)),
        ),
        (
            ("Aktive og planlagte dataflyter", len(levende)),
            ("Med personopplysninger", sum(1 for f in levende if f.personopplysninger)),
            ("Til eller fra parter utenfor kommunen", len(eksterne)),
            ("Med personopplysninger til eller fra parter utenfor kommunen", _antall_persondata(eksterne)),
            ("Dataflyter og systemer med brudd på krav 3.5", _antall_brudd(g)),
        ),
    )


def _antall_persondata(flyter: Sequence[Integrasjon]) -> int:
    return sum(1 for f in flyter if f.personopplysninger)


def _antall_brudd(g: Grunnlag) -> int:
    return sum(1 for v in g.dommer if v.krav == "3.5" and v.utfall is Outcome.BRUDD)


def _endeslag(ende: Endepunkt | None) -> str:
    if ende is None:
        return ""
    if ende.ekstern or ende.leverandor:
        return "ekstern"
    return "felleskomponent" if ende.felleskomponent else "system" if ende.system else ""


def _slag(flyt: Integrasjon) -> str:
    """Where a flow is listed: with the external parties before the common components before the systems."""
    ender = {_endeslag(flyt.fra), _endeslag(flyt.til)}
    return next((s for s in ("ekstern", "felleskomponent", "", "system") if s in ender), "")


def ende(g: Grunnlag, punkt: Endepunkt | None) -> str:
    """One end of a flow in words; «mangler» when nothing is said."""
    if punkt is None:
        return felles.MANGLER
    navn = [
        felles.post(g, punkt.system) if punkt.system else "",
        g.kode("felleskomponent", punkt.felleskomponent),
        punkt.ekstern or (felles.post(g, punkt.leverandor) if punkt.leverandor else ""),
    ]
    return ", ".join(n for n in navn if n) or felles.MANGLER


def _flyter(g: Grunnlag, navn: str, tittel: str, flyter: Sequence[Integrasjon]) -> Tabell:
    return Tabell(
        navn, tittel, KOLONNER, tuple(_rad(g, f) for f in flyter), tom="Ingen dataflyter i utvalget."
    )


def _rad(g: Grunnlag, f: Integrasjon) -> tuple[Verdi, ...]:
    return (
        f.navn,
        f.id,
        ende(g, f.fra),
        ende(g, f.til),
        f.innhold or ("" if f.datasett else felles.MANGLER),
        felles.poster(g, f.datasett),
        g.kode("retning", f.retning) or felles.MANGLER,
        g.kode("mekanisme", f.mekanisme) or felles.MANGLER,
        felles.ja_nei(f.personopplysninger),
        f.rettsgrunnlag or ((registerord.IKKE_OPPGITT,) if f.personopplysninger else ()),
        _eier(g, f),
        felles.tilstand(f.tilstand),
        registerord.utfall(g.dom(f, "3.5")),
    )


def _eier(g: Grunnlag, f: Integrasjon) -> str:
    return (
        felles.rolle(g, f.eier)
        if f.eier
        else felles.post(g, f.enhet)
        if f.enhet
        else registerord.IKKE_OPPGITT
    )


def _brudd(g: Grunnlag, flyter: Sequence[Integrasjon]) -> Tabell:
    """What is wrong with the flows, and with systems that say they are integrated."""
    dommer = [d for f in flyter if (d := g.dom(f, "3.5")) is not None]
    dommer += [d for s in g.poster(System) if (d := g.dom(s, "3.5")) is not None]
    return registerord.saker(
        g,
        "brudd",
        "Brudd, frister og det som ikke kunne avgjøres (3.5)",
        "Dataflyt eller system",
        dommer,
        "Ingen brudd, frister eller uavklarte vurderinger av krav 3.5 i utvalget.",
    )


def _avsluttet(g: Grunnlag, flyter: Sequence[Integrasjon]) -> Tabell:
    return Tabell(
        "avsluttet",
        "Dataflyter som er stanset",
        (
            Kolonne("dataflyt", "Dataflyt"),
            Kolonne("fra", "Fra"),
            Kolonne("til", "Til"),
            Kolonne("aktiv_fra", "Aktiv fra", "dato"),
            Kolonne("avsluttet", "Avsluttet", "dato"),
        ),
        tuple((f.navn, ende(g, f.fra), ende(g, f.til), f.aktiv_fra, f.avsluttet) for f in flyter),
        tom="Ingen dataflyter er avsluttet.",
    )

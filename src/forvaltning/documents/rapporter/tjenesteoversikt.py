"""The report `tjenesteoversikt`: the services by the overview they stand in, their channels and indicators (2.1, 2.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.model.tjeneste import Indikator, Maling, Tjeneste

TJENESTE = Kolonne("tjeneste", "Tjeneste")
ALLE = (
    TJENESTE,
    Kolonne("id", "Id"),
    Kolonne("type", "Type"),
    Kolonne("tilstand", "Tilstand"),
    Kolonne("enhet", "Enhet"),
    Kolonne("eier", "Eier"),
    Kolonne("tjenesteansvarlig", "Tjenesteansvarlig"),
    Kolonne("tjenesteomrade", "Område"),
    Kolonne("malgruppe", "Målgruppe", "liste"),
    Kolonne("livshendelse", "Livshendelse"),
    Kolonne("digital", "Digital kanal"),
    Kolonne("analog", "Analog kanal"),
    Kolonne("selvbetjening", "Selvbetjening"),
    Kolonne("systemer", "Systemer", "liste"),
    Kolonne("felleskomponenter", "Felleskomponenter", "liste"),
    Kolonne("innforing", "Innføring"),
    Kolonne("innforing_oppdatert", "Oppdatert", "dato"),
    Kolonne("brukerundersokelse", "Siste brukerundersøkelse", "dato"),
    Kolonne("krav_2_1", "Krav 2.1", "utfall"),
    Kolonne("krav_2_3", "Krav 2.3", "utfall"),
)
"""One row for each service: what the spreadsheet and JSON hold. Pages show it in pieces (`maler/tjenesteoversikt`)."""
INDIKATOR = (
    TJENESTE,
    Kolonne("indikator", "Indikator"),
    Kolonne("type", "Type"),
    Kolonne("mal", "Mål"),
    Kolonne("malt", "Sist målt"),
    Kolonne("dato", "Dato", "dato"),
    Kolonne("avtalt", "Avtalt"),
    Kolonne("plan", "Plan"),
)


def visning(g: Grunnlag) -> Visning:
    """The services that were asked for, one part for each overview, those in none, and those that have ended."""
    alle = g.poster(Tjeneste)
    naa = [t for t in alle if t.tilstand != "avviklet"]
    borte = [t for t in alle if t.tilstand == "avviklet"]
    oversikter = g.register.innstillinger.kodelister.get("tjenesteoversikt", {})
    grupper = {k: [t for t in naa if _oversikt(t) == k] for k in oversikter}
    uten = [t for t in naa if _oversikt(t) not in oversikter]
    return Visning(
        "tjenesteoversikt",
        "Tjenesteoversikt",
        (
            "Tjenestene kommunen tilbyr: hvem de er for, hvor de møter brukerne, og hvor gode de er.",
            *felles.uleste(g, "tjenester"),
        ),
        (
            *(_gruppe(g, navn, k, grupper[k]) for k, navn in oversikter.items()),
            _gruppe(g, "Ikke ført opp i noen oversikt", "uten_oversikt", uten),
            Del("Måleindikatorer", tabeller=(_indikatorer(g, naa),)),
            Del("Nedlagte tjenester", tabeller=(_tabell(g, "nedlagt", "Nedlagte tjenester", borte),)),
        ),
        _nokkeltall(g, naa, uten),
    )


def _oversikt(t: Tjeneste) -> str | None:
    return t.innforing.oversikt if t.innforing else None


def _nokkeltall(
    g: Grunnlag, naa: Sequence[Tjeneste], uten: Sequence[Tjeneste]
) -> tuple[tuple[str, Verdi], ...]:
    grader = Counter(t.selvbetjening for t in naa)
    skala = g.register.innstillinger.kodelister.get("selvbetjening", {})
    i_bruk = [t for t in naa if g.register.i_bruk(t)]
    return (
        ("Tjenester", len(naa)),
        ("Av dem i bruk", len(i_bruk)),
        ("Ikke ført opp i noen oversikt", len(uten)),
        ("I bruk uten analog kanal i registeret", sum(not (t.kanaler and t.kanaler.analog) for t in i_bruk)),
        *((f"Selvbetjening, {ord_.lower()}", grader[k]) for k, ord_ in skala.items() if grader[k]),
        *((("Selvbetjening mangler", grader[None]),) if grader[None] else ()),
    )


def _gruppe(g: Grunnlag, tittel: str, navn: str, tjenester: Sequence[Tjeneste]) -> Del:
    return Del(tittel, tabeller=(_tabell(g, navn, tittel, tjenester),))


def _tabell(g: Grunnlag, navn: str, tittel: str, tjenester: Sequence[Tjeneste]) -> Tabell:
    return Tabell(navn, tittel, ALLE, tuple(_rad(g, t) for t in tjenester), tom="Ingen tjenester.")


def _rad(g: Grunnlag, t: Tjeneste) -> tuple[Verdi, ...]:
    k, inn = t.kanaler, t.innforing
    d21, d23 = g.dom(t, "2.1"), g.dom(t, "2.3")
    return (
        t.navn,
        t.id,
        g.kode("tjenestetype", t.type) or felles.MANGLER,
        felles.tilstand(t.tilstand),
        g.enhet(t),
        felles.rolle(g, t.eier),
        felles.rolle(g, t.tjenesteansvarlig),
        t.tjenesteomrade or felles.MANGLER,
        felles.koder(g, "brukergruppe", t.malgruppe) or felles.MANGLER,
        t.livshendelse,
        (k.digital if k else None) or felles.MANGLER,
        (k.analog if k else None) or felles.MANGLER,
        g.kode("selvbetjening", t.selvbetjening) or felles.MANGLER,
        felles.poster(g, t.systemer),
        felles.koder(g, "felleskomponent", t.felleskomponenter),
        inn.referanse if inn else None,
        inn.dato if inn else None,
        max((d.dato for d in t.brukerundersokelser if d.dato and d.dato <= g.dato), default=None),
        d21.utfall.value if d21 else None,
        d23.utfall.value if d23 else None,
    )


# --- indicators ------------------------------------------------------------------------------------


def _indikatorer(g: Grunnlag, tjenester: Sequence[Tjeneste]) -> Tabell:
    return Tabell(
        "indikatorer",
        "Måleindikatorer",
        INDIKATOR,
        tuple(_indikator(g, t, i) for t in tjenester for i in t.indikatorer),
        tom="Ingen tjenester har avtalte indikatorer.",
        forklaring="Tjenester i tjenestekatalogen skal ha indikatorer, minst for pris og kvalitet (krav 2.3).",
    )


def _indikator(g: Grunnlag, t: Tjeneste, i: Indikator) -> tuple[Verdi, ...]:
    siste = _siste(i, g.dato)
    plan = i.plan
    return (
        t.navn,
        i.navn or i.id,
        g.kode("indikatortype", i.type) or felles.MANGLER,
        _mal(g, i),
        felles.tall(float(siste.verdi)) if siste else "ikke målt",
        siste.dato if siste else None,
        _avtalt(i),
        ((plan.referanse or felles.MANGLER) if plan else None),
    )


def _siste(i: Indikator, dag: date) -> Maling | None:
    """The newest measurement that has been made."""
    return max((m for m in i.malinger if m.dato <= dag), key=lambda m: m.dato, default=None)


def _avtalt(i: Indikator) -> str:
    """When the target was agreed, and where it stands."""
    if i.avtalt is None or i.avtalt.dato is None:
        return felles.MANGLER
    return ", ".join(x for x in (norsk_dato(i.avtalt.dato), i.avtalt.referanse) if x)


def _mal(g: Grunnlag, i: Indikator) -> str:
    """«Minst 90»."""
    if i.mal is None:
        return felles.MANGLER
    return f"{g.kode('maltype', i.retning) or 'retning mangler:'} {felles.tall(float(i.mal))}".strip()

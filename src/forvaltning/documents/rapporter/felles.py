"""What several views say in the same words: roles, states, codes and dates.

Nothing is judged here. What is broken, soon or open stands in the verdicts; dates are only shown and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, nokkel
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter.felles_dommer import (
    Sak,
    Status,
    krav,
    rang,
    saker,
    status,
    uoppfylt,
    viktigst,
)
from forvaltning.documents.tabeller import vist
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.model.avtale import Avtale
from forvaltning.model.deler import Bekreftelse, Kit, Kritikalitet
from forvaltning.model.innstillinger import legg_til_maneder
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle

__all__ = [
    "Sak",
    "Status",
    "krav",
    "rang",
    "saker",
    "status",
    "uoppfylt",
    "viktigst",
]
"""The verdicts' part stands in `felles_dommer`; a view asks for all of it here."""

MANGLER = "mangler"
"""What a cell says when the registry does not say what it should."""
TILSTAND = {
    "ide": "Idé",
    "planlagt": "Planlagt",
    "under_utvikling": "Under utvikling",
    "akseptansetest": "Akseptansetest",
    "i_produksjon": "I produksjon",
    "under_avvikling": "Under avvikling",
    "avviklet": "Avviklet",
    "aktiv": "Aktiv",
    "avsluttet": "Avsluttet",
    "utkast": "Utkast",
    "signert": "Signert",
    "i_kraft": "I kraft",
    "utlopt": "Utløpt",
    "sagt_opp": "Sagt opp",
    "besluttet": "Besluttet",
    "erstattet": "Erstattet",
    "meldt": "Meldt",
    "avslatt": "Avslått",
    "lukket": "Lukket",
}
"""States in words. They are fixed by the model, so they stand in no code list."""
STYRKE = {"maskinell": "Maskinell", "dokumentert": "Dokumentert", "bekreftet": "Bekreftet"}
ART = {"mangler": "Mangler", "feil": "Feil", "utlopt": "Utløpt"}


# --- words -----------------------------------------------------------------------------------------


def tilstand(verdi: str | None) -> str:
    """A state in words; «mangler» when it is not set."""
    return TILSTAND.get(verdi, verdi) if verdi else MANGLER


def ja_nei(verdi: bool | None) -> str:
    """A yes or no among texts; «mangler» when it is not said."""
    return MANGLER if verdi is None else "ja" if verdi else "nei"


def rolle(g: Grunnlag, ident: str | None) -> str:
    """A role in words with its unit; says so when it is not set, not there, can not be read or is not filled."""
    if not ident:
        return MANGLER
    found = g.register.finn(ident)
    if isinstance(found, Uleselig):
        return f"{ident} (kan ikke leses)"
    if not isinstance(found, Rolle):
        return f"{ident} (finnes ikke)"
    name = g.rollenavn(ident)
    unit = g.navn(found.enhet) if found.stilling else ""
    unit = f", {unit}" if unit and unit not in name else ""
    return f"{name}{unit}" if g.register.er_virksom(found) else f"{name}{unit} (ikke besatt)"


def post(g: Grunnlag, ident: str | None) -> str:
    """A record by its name; says so when it is not set, not there or can not be read."""
    if not ident:
        return MANGLER
    found = g.register.finn(ident)
    if isinstance(found, Uleselig):
        return f"{ident} (kan ikke leses)"
    return g.navn(ident) if found is not None else f"{ident} (finnes ikke)"


def poster(g: Grunnlag, identer: Iterable[str]) -> tuple[str, ...]:
    """Several records by name, in Norwegian order."""
    return tuple(sorted((post(g, i) for i in identer), key=nokkel))


def koder(g: Grunnlag, liste: str, verdier: Iterable[str]) -> tuple[str, ...]:
    """Codes in words, in the order of the record."""
    return tuple(g.kode(liste, v) for v in verdier)


def kritikalitet(g: Grunnlag, verdi: Kritikalitet | None) -> str:
    """The criticality class in words; «mangler» when it is not assessed."""
    return g.kode("kritikalitet", verdi.klasse if verdi else None) or MANGLER


def kit(g: Grunnlag, verdi: Kit | None, side: str) -> str:
    """One side of KIT: the level with the scale's words beside it."""
    niva = getattr(verdi, side) if verdi else None
    return f"{niva} {g.kode(side, niva)}" if niva else MANGLER


def bekreftet(g: Grunnlag, verdi: Bekreftelse | None) -> str:
    """«20.05.2026, Systemeier …, Bk360 2026/1»: when, by whom and where it stands; «mangler» when not done."""
    if verdi is None or verdi.dato is None:
        return MANGLER
    av = rolle(g, verdi.av) if verdi.av else ""
    return ", ".join(x for x in (norsk_dato(verdi.dato), av, verdi.referanse) if x)


def tall(verdi: float) -> str:
    """A number as the record has it, with a decimal comma."""
    return f"{verdi:.10f}".rstrip("0").rstrip(".").replace(".", ",")


# --- dates -----------------------------------------------------------------------------------------


def dager(g: Grunnlag, dag: date) -> int:
    """Days from the check date, negative for what has passed."""
    return (dag - g.dato).days


def om(g: Grunnlag, dag: date) -> str:
    """«om 18 dager», «i dag», «for 3 dager siden»."""
    n = dager(g, dag)
    if n == 0:
        return "i dag"
    return f"om {antall(n, 'dag', 'dager')}" if n > 0 else f"for {antall(-n, 'dag', 'dager')} siden"


def om_maneder(g: Grunnlag, maneder: int) -> date:
    """The check date plus calendar months."""
    return legg_til_maneder(g.dato, maneder)


def siste_dag_for_oppsigelse(g: Grunnlag, avtale: Avtale) -> date | None:
    """The last day to give notice for the end of the agreed period; None when open, given, or without notice."""
    slutt = g.register.siste_gyldige_dag(avtale)
    if slutt is None or not avtale.oppsigelse_maneder or avtale.tilstand == "sagt_opp":
        return None
    return legg_til_maneder(slutt, -avtale.oppsigelse_maneder)


def avtaletilstand(g: Grunnlag, avtale: Avtale) -> str:
    """The state of an agreement, and what its dates say where they say something else."""
    ord_ = tilstand(avtale.tilstand)
    slutt = g.register.siste_gyldige_dag(avtale)
    if avtale.tilstand not in ("utkast", "utlopt", "sagt_opp") and slutt is not None and dager(g, slutt) < 0:
        return f"{ord_}, men siste dag er passert"
    if avtale.tilstand == "i_kraft" and avtale.gyldig_fra is not None and dager(g, avtale.gyldig_fra) > 0:
        return f"{ord_}, men gjelder først fra {norsk_dato(avtale.gyldig_fra)}"
    return ord_


def avtalepart(g: Grunnlag, avtale: Avtale) -> str:
    """The other party: a supplier, or a unit of the municipality's own."""
    if avtale.leverandor:
        return post(g, avtale.leverandor)
    return f"{post(g, avtale.intern_part)} (intern)" if avtale.intern_part else MANGLER


# --- tables ---------------------------------------------------------------------------------------


def faktatabell(navn: str, tittel: str, rader: Iterable[tuple[str, Verdi]]) -> Tabell:
    """A table of two columns: what is asked, and what the registry says. What holds nothing is left out."""
    return Tabell(
        navn,
        tittel,
        (Kolonne("opplysning", "Opplysning"), Kolonne("verdi", "Verdi")),
        tuple((k, v if isinstance(v, tuple) else vist(v)) for k, v in rader if v is not None and v != ()),
    )


def uleste(g: Grunnlag, *slag: str) -> tuple[str, ...]:
    """One sentence for the reader when files of these kinds could not be read, else nothing."""
    filer = sorted(u.fil for u in g.register.uleselige() if u.kind in slag)
    if not filer:
        return ()
    kan = "kan ikke leses, så det som står der, er ikke med her"
    return (f"{antall(len(filer), 'fil', 'filer')} {kan}: {', '.join(filer)}.",)

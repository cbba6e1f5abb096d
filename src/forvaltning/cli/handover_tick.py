"""`forvaltning handover tick`: an item done, or not relevant, by a role on a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forvaltning.cli import felles
from forvaltning.cli.overlevering_skriv import Av, Dato, Ident, dag, endre, finn, nekt, rolle, si
from forvaltning.cli.stopp import Stopp, ukjent
from forvaltning.cli.valg import AsOf, Registry

if TYPE_CHECKING:
    from forvaltning.edit.fil import Dokument
    from forvaltning.engine.sjekkliste.typer import Punkt, Sjekkliste
    from forvaltning.model.hendelser import Overlevering

HJELP = """Huk av et punkt som føres for hånd, med rollen som gjorde det, dagen, og hvor dokumentasjonen ligger.

Med --ikke-aktuelt GRUNN settes punktet til ikke aktuelt. Punkter som hentes fra registeret, hukes ikke av; da sier
kommandoen hvilken fil og hvilket felt svaret skrives i."""
EKSEMPEL = (
    "forvaltning handover tick digifrid opplaering --av systemeier-digifrid",
    'forvaltning handover tick digifrid gevinster --av R1 --dokumentasjon "S 1"',
    'forvaltning handover tick digifrid infrastruktur --av R1 --ikke-aktuelt "…"',
)
Punktid = Annotated[
    str,
    typer.Argument(metavar="PUNKT", help="Punktets id, slik den står i sjekklisten.", show_default=False),
]
Notat = Annotated[
    str | None, typer.Option("--notat", metavar="TEKST", help="Et notat til punktet. Tom tekst tar det bort.")
]


def kjor(
    ident: Ident,
    punkt: Punktid,
    av: Av = None,
    dokumentasjon: Annotated[
        str | None,
        typer.Option(
            "--dokumentasjon", metavar="REF", help="Hvor dokumentasjonen ligger: arkivsak eller adresse."
        ),
    ] = None,
    ikke_aktuelt: Annotated[
        str | None,
        typer.Option("--ikke-aktuelt", metavar="GRUNN", help="Punktet er ikke aktuelt, og hvorfor."),
    ] = None,
    notat: Notat = None,
    dato: Dato = None,
    as_of: AsOf = None,
    registry: Registry = None,
) -> int:
    """Tick; returns the exit code."""
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.overlevering_liste import sjekkliste
    from forvaltning.engine import overlevering_steg as steg
    from forvaltning.krav.ord import norsk_dato

    if ikke_aktuelt is not None and (not ikke_aktuelt.strip() or dokumentasjon is not None):
        raise Stopp(
            "Et punkt som ikke er aktuelt, tar en grunn og ingen dokumentasjon.",
            "Skriv --ikke-aktuelt GRUNN.",
        )
    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt:
        o = finn(okt, ident)
        day = dag(okt, dato)
        liste = sjekkliste(okt, o)
        item = punktet(liste, punkt)
        who, no = rolle(okt, av, day)
        bar.ferdig()
        values = verdier(who.id, day, dokumentasjon, ikke_aktuelt, notat)
        if _star(o, item.id, values):
            si([f"«{item.tittel}» ({item.id}) sto slik fra før. Ingenting er endret."])
            return 0
        no = list(steg.hindret(o)) or [
            *no,
            *steg.dato_nei(okt.register, None, day, f"Punktet {item.id}"),
            *steg.kan_fores(o, liste, item, fravelges=ikke_aktuelt is not None),
            *_gjort(liste, item, o.id),
        ]
        if kode := nekt(f"Punktet {item.id} kan ikke føres.", no):
            return kode
        path = endre(okt, o, lambda doc: skriv_punkt(doc, o, item.id, values))
        done = "er ikke aktuelt" if ikke_aktuelt is not None else "er utført"
        si(
            [
                f"«{item.tittel}» ({item.id}) {done}, {norsk_dato(day)}, {who.id}.",
                f"Skrev {path}.",
                *_status(liste, item),
            ]
        )
        return 0


def punktet(liste: Sjekkliste, ident: str) -> Punkt:
    """The item with an id. Raises `Stopp` with the nearest."""
    found = liste.punkt(ident) or next(
        (p for p in liste.punkter if p.id == ident.casefold().replace("_", "-")), None
    )
    if found is None:
        raise ukjent(
            "punktet",
            ident,
            [p.id for p in liste.punkter],
            "«forvaltning handover ID» viser punktene med id.",
        )
    return found


def verdier(
    av: str, dato: date, dokumentasjon: str | None, grunn: str | None, notat: str | None
) -> dict[str, Any]:
    """Field → value of the item in the record; None is to be taken away, and what is not named stays."""
    out: dict[str, Any] = dict.fromkeys(("tilstand", "dato", "av"))
    if grunn is not None:
        out |= {"tilstand": "ikke_aktuelt", "ikke_aktuelt": {"grunn": grunn.strip(), "av": av, "dato": dato}}
    else:
        out |= {"tilstand": "utfort", "dato": dato, "av": av, "ikke_aktuelt": None}
        if dokumentasjon is not None:  # else what was noted beforehand stays
            out["dokumentasjon"] = dokumentasjon.strip() or None
    if notat is not None:
        out["notat"] = notat.strip() or None
    return out


def _star(o: Overlevering, ident: str, felt: dict[str, Any]) -> bool:
    """True when the record says exactly this already."""
    own = next((p for p in o.punkter if p.id == ident), None)
    if own is None:
        return False
    has = own.model_dump()
    return all((has[name] or None) == value for name, value in felt.items())


def _gjort(liste: Sjekkliste, item: Punkt, ident: str) -> list[Any]:
    """An item that is done is opened first; behind a closed gate it can not be, and the gate has been told of."""
    from forvaltning.engine.overlevering_steg import Nei
    from forvaltning.engine.sjekkliste.typer import Art, Punkttilstand
    from forvaltning.krav.ord import norsk_dato

    if item.art is not Art.MANUELL or item.tilstand not in {Punkttilstand.UTFORT, Punkttilstand.IKKE_AKTUELT}:
        return []
    gate = liste.port(item.gruppe)
    if gate is not None and gate.lukket is not None:
        return []
    when = f" {norsk_dato(item.dato)}" if item.dato else ""
    who = f" av «{item.av}»" if item.av else ""
    done = "ført som utført" if item.tilstand is Punkttilstand.UTFORT else "satt til ikke aktuelt"
    return [
        Nei(
            f"«{item.tittel}» ({item.id}) er alt {done}{when}{who}.",
            f"Åpne det først: «forvaltning handover untick {ident} {item.id}».",
        )
    ]


def skriv_punkt(doc: Dokument, o: Overlevering, ident: str, felt: dict[str, Any]) -> None:
    """Write one item into the record: the fields that are named, in the model's order. None takes a field away."""
    at = next((n for n, p in enumerate(o.punkter) if p.id == ident), None)
    if at is None:
        order = ("tilstand", "dato", "av", "dokumentasjon", "notat", "ikke_aktuelt")
        new = {name: felt[name] for name in order if felt.get(name) is not None}
        if new:
            doc.legg_til(("punkter",), {"id": ident, **new})
        return
    for name, value in felt.items():
        if value is None:
            doc.fjern(("punkter", at, name))
        else:
            doc.sett(("punkter", at, name), value)


def _status(liste: Sjekkliste, item: Punkt) -> list[str]:
    """How far the gate is after this item."""
    gate = liste.port(item.gruppe)
    if gate is None or not gate.port or gate.lukket is not None:
        return []
    left = [p for p in gate.blokkerer if p != item.id]
    if not left:
        return [f"Porten «{gate.tittel}» har ingen åpne punkter og kan lukkes: «forvaltning handover close»."]
    shown = ", ".join(left[:5]) + (f" og {len(left) - 5} til" if len(left) > 5 else "")
    return [f"Porten «{gate.tittel}»: {len(left)} igjen: {shown}."]

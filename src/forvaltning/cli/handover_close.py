"""`forvaltning handover close`: a gate closed by a recorded decision, refused while an item of it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles
from forvaltning.cli.overlevering_skriv import Av, Dato, Ident, dag, endre, finn, nekt, rolle, si
from forvaltning.cli.stopp import ukjent
from forvaltning.cli.valg import AsOf, Registry

if TYPE_CHECKING:
    from forvaltning.edit.fil import Dokument
    from forvaltning.engine.sjekkliste.typer import Portstand, Sjekkliste
    from forvaltning.model.hendelser import Overlevering

HJELP = """Lukk en port i overleveringen, med rollen som besluttet det, og dagen.

Porten lukkes ikke mens et punkt i den er åpent eller ikke avgjort, eller mens en port før den er åpen. Den siste lukkes
når begge mottakerne har signert; da er overleveringen fullført og endres ikke mer."""
EKSEMPEL = (
    "forvaltning handover close digifrid for_produksjon --av systemeier-digifrid",
    "forvaltning handover close digifrid etter --av bestiller-1 --dato 15.1.2027",
)


def kjor(
    ident: Ident,
    port: Annotated[
        str,
        typer.Argument(
            metavar="PORT", help="Porten: for_produksjon, ved_overlevering eller etter.", show_default=False
        ),
    ],
    av: Av = None,
    dato: Dato = None,
    as_of: AsOf = None,
    registry: Registry = None,
) -> int:
    """Close; returns the exit code."""
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.overlevering_liste import sjekkliste
    from forvaltning.engine import overlevering_steg as steg
    from forvaltning.krav.ord import norsk_dato

    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt:
        o = finn(okt, ident)
        day = dag(okt, dato)
        liste = sjekkliste(okt, o)
        gate = porten(liste, port)
        who, no = rolle(okt, av, day)
        bar.ferdig()
        if (gate.lukket, gate.av) == (day, who.id):
            si([f"Porten «{gate.tittel}» sto lukket slik fra før. Ingenting er endret."])
            return 0
        no = list(steg.hindret(o)) or [
            *no,
            *steg.dato_nei(okt.register, o, day, "Porten"),
            *steg.kan_lukke(okt.register, o, liste, gate, who, day),
        ]
        if kode := nekt(f"Porten «{gate.tittel}» kan ikke lukkes.", no):
            return kode
        path = endre(okt, o, lambda doc: _skriv(doc, o, gate.id, {"lukket": day, "av": who.id}))
        si(
            [
                f"Porten «{gate.tittel}» er lukket, {norsk_dato(day)}, {who.id}.",
                *_videre(liste, gate),
                f"Skrev {path}.",
            ]
        )
        return 0


def porten(liste: Sjekkliste, ident: str) -> Portstand:
    """The gate by its id or title. Raises `Stopp` with the nearest."""
    gates = [p for p in liste.porter if p.port]
    wanted = " ".join(ident.casefold().replace("_", " ").replace("-", " ").replace("ø", "o").split())
    for p in gates:
        names = (p.id.replace("_", " "), p.tittel.casefold().replace("ø", "o"))
        if wanted in names:
            return p
    names_ = ", ".join(f"{p.id} ({p.tittel.lower()})" for p in gates)
    raise ukjent("porten", ident, [p.id for p in gates], f"Portene er {names_}.")


def _skriv(doc: Dokument, o: Overlevering, ident: str, verdier: dict[str, object]) -> None:
    at = next((n for n, p in enumerate(o.porter) if p.id == ident), None)
    if at is None:
        doc.legg_til(("porter",), {"id": ident, **verdier})  # type: ignore[dict-item]
        return
    for name, value in verdier.items():
        doc.sett(("porter", at, name), value)  # type: ignore[arg-type]


def _videre(liste: Sjekkliste, gate: Portstand) -> list[str]:
    later = [p for p in liste.porter if p.port and p.lukket is None and p.id != gate.id]
    if not later:
        return ["Overleveringen er fullført. Den står nå som den er."]
    when = (
        f" Fristen er {later[0].frist.day:02}.{later[0].frist.month:02}.{later[0].frist.year}."
        if later[0].frist
        else ""
    )
    return [f"Neste port er «{later[0].tittel}» ({later[0].id}).{when}"]

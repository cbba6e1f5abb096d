"""`forvaltning handover sign`: one of the two receivers takes over, by a role of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor
from forvaltning.cli.overlevering_skriv import Av, Dato, Ident, dag, endre, finn, nekt, rolle, si
from forvaltning.cli.stopp import Stopp, ukjent
from forvaltning.cli.valg import AsOf, Registry

if TYPE_CHECKING:
    from datetime import date

    from forvaltning.cli.okt import Okt
    from forvaltning.edit.fil import Dokument
    from forvaltning.model.enhet import Enhet

HJELP = """Signer overleveringen for en av de to mottakerne: avdelingen eller enheten, og Ansattservice.

Rollen må høre til enheten som mottar, eller en enhet under den. En signatur står: den flyttes ikke og tas ikke bort."""
EKSEMPEL = (
    "forvaltning handover sign digifrid --enhet finans --av direktor-finans",
    "forvaltning handover sign bk360 --enhet SDI --av direktor-sdi",
)


def kjor(
    ident: Ident,
    enhet: Annotated[
        str | None,
        typer.Option(
            "--enhet", metavar="ENHET", autocompletion=fullfor.enheter, help="Enheten som mottar. Må med."
        ),
    ] = None,
    av: Av = None,
    dato: Dato = None,
    as_of: AsOf = None,
    registry: Registry = None,
) -> int:
    """Sign; returns the exit code."""
    from forvaltning.engine import overlevering_steg as steg
    from forvaltning.krav.ord import norsk_dato

    with felles.apne(registry, as_of) as okt:
        o = finn(okt, ident)
        unit = enheten(okt, enhet, [m.enhet for m in o.mottakere])
        day = dag(okt, dato)
        who, no = rolle(okt, av, day)
        found = steg.mottaker(o, unit.id)
        if found is not None and (found[1].signert, found[1].av) == (day, who.id):
            si([f"«{unit.navn}» sto signert slik fra før. Ingenting er endret."])
            return 0
        no = list(steg.hindret(o)) or [
            *no,
            *steg.dato_nei(okt.register, o, day, "Signaturen"),
            *steg.kan_signere(okt.register, o, unit, who),
        ]
        if kode := nekt(f"«{unit.navn}» kan ikke signere slik.", no):
            return kode
        if found is None:
            path = endre(
                okt,
                o,
                lambda doc: doc.legg_til(("mottakere",), {"enhet": unit.id, "signert": day, "av": who.id}),
            )
        else:
            at = found[0]
            path = endre(okt, o, lambda doc: _signer(doc, at, day, who.id))
        left = [m.enhet for m in o.mottakere if m.signert is None and m.enhet != unit.id]
        rest = f"«{left[0]}» har ikke signert ennå." if left else "Begge mottakerne har signert."
        if len(o.mottakere) + (found is None) < 2:
            rest = "Den andre mottakeren er ikke ført opp ennå."
        si([f"«{unit.navn}» har signert, {norsk_dato(day)}, {who.id}.", rest, f"Skrev {path}."])
        return 0


def _signer(doc: Dokument, at: int, dag_: date, av: str) -> None:
    doc.sett(("mottakere", at, "signert"), dag_)
    doc.sett(("mottakere", at, "av"), av)


def enheten(okt: Okt, verdi: str | None, mottakere: list[str], valg: str = "--enhet") -> Enhet:
    """The unit after an option: by id, name or alias. Raises `Stopp` with the nearest."""
    from forvaltning.model.enhet import Enhet
    from forvaltning.model.viser import normaliser

    if not verdi:
        shown = f" Mottakerne er {' og '.join(f'«{m}»' for m in mottakere)}." if mottakere else ""
        raise Stopp(
            f"Enheten mangler. Skriv {valg} ENHET.{shown}", "«forvaltning list enheter» viser enhetene."
        )
    units = okt.register.alle(Enhet)
    wanted = normaliser(" ".join(verdi.removeprefix("enheter/").split()))
    for name_of in (_id, _navn):
        found = [u for u in units if wanted in map(normaliser, name_of(u))]
        if len(found) > 1:
            ids = " og ".join(f"«{u.id}»" for u in found)
            raise Stopp(f"«{verdi}» er navnet på flere enheter: {ids}.", f"Skriv id-en etter {valg}.")
        if found:
            return found[0]
    known = [n for u in units for n in (u.id, u.navn)]
    raise ukjent("enheten", verdi, known, "«forvaltning list enheter» viser enhetene.")


def _id(u: Enhet) -> list[str]:
    return [u.id]


def _navn(u: Enhet) -> list[str]:
    return [u.navn, *u.tidligere_id, *(a.navn for a in u.alias)]

"""`forvaltning handover untick`: an item that was ticked is open again; its note stays."""

from __future__ import annotations

from forvaltning.cli import felles
from forvaltning.cli.handover_tick import Notat, Punktid, punktet, skriv_punkt
from forvaltning.cli.overlevering_skriv import Ident, endre, finn, nekt, si
from forvaltning.cli.valg import AsOf, Registry

HJELP = """Åpne et punkt som er huket av, eller satt til ikke aktuelt. Det går så lenge porten ikke er lukket.

Rollen, dagen og dokumentasjonen tas bort; Git husker dem. Notatet blir stående."""
EKSEMPEL = ('forvaltning handover untick digifrid enhetstest --notat "Feil versjon."',)


def kjor(
    ident: Ident,
    punkt: Punktid,
    notat: Notat = None,
    as_of: AsOf = None,
    registry: Registry = None,
) -> int:
    """Open an item again; returns the exit code."""
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.overlevering_liste import sjekkliste
    from forvaltning.engine import overlevering_steg as steg

    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt:
        o = finn(okt, ident)
        liste = sjekkliste(okt, o)
        item = punktet(liste, punkt)
        bar.ferdig()
        own = next((p for p in o.punkter if p.id == item.id), None)
        if own is None or own.tilstand in {None, "apent"}:
            si([f"«{item.tittel}» ({item.id}) er ikke huket av i overleveringen. Ingenting er endret."])
            return 0
        if kode := nekt(
            f"Punktet {item.id} kan ikke åpnes.", list(steg.hindret(o)) or steg.kan_apnes(liste, item)
        ):
            return kode
        values = dict.fromkeys(("dato", "av", "dokumentasjon", "ikke_aktuelt"))
        note = {"notat": notat.strip() or None} if notat is not None else {}
        path = endre(
            okt, o, lambda doc: skriv_punkt(doc, o, item.id, {"tilstand": "apent", **values, **note})
        )
        si([f"«{item.tittel}» ({item.id}) er åpent igjen.", f"Skrev {path}."])
        return 0

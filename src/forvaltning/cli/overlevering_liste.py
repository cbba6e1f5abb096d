"""The filled-in checklist of a handover record, for the verbs that write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forvaltning.cli import felles
from forvaltning.cli.stopp import Stopp

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.sjekkliste.typer import Sjekkliste
    from forvaltning.model.hendelser import Overlevering


def sjekkliste(okt: Okt, o: Overlevering) -> Sjekkliste:
    """The checklist as the registry answers it on the check date. Raises `Stopp` when it can not be made."""
    from forvaltning.engine.sjekkliste.bygg import lag_overlevering
    from forvaltning.source.sjekklister import les_lister

    found = okt.register.oppforing(o.gjelder)
    if found is None:
        raise Stopp(
            f"«{o.gjelder}», som «{o.id}» gjelder, finnes ikke eller kan ikke leses.",
            "Rett «gjelder», eller filen det vises til.",
            kode=1,
        )
    try:
        liste = lag_overlevering(
            okt.register, okt.dato, les_lister(okt.innstillinger), found.post, overlevering=o
        )
    except LookupError as error:
        raise Stopp(
            f"Ingen sjekkliste er for overleveringer av slaget «{error.args[0]}».", "Rett «type».", kode=1
        ) from None
    stopp = felles.si_fra_om_svikt(list(liste.svikt))
    if stopp is not None:
        raise stopp
    return liste

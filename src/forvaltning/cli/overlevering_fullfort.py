"""At which commit a handover was completed: its checklist is made from the registry as it was then, not as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forvaltning.cli import historikk_felles, utskrift
from forvaltning.cli.stopp import Stopp

if TYPE_CHECKING:
    from forvaltning.cli.historikk_felles import Historisk
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.sjekkliste.typer import Sjekkliste
    from forvaltning.model.hendelser import Overlevering


def fullfort_ved(okt: Okt, liste: Sjekkliste) -> tuple[tuple[str, str] | None, str]:
    """The commit that completed the handover of a checklist, and its id there; None when it is not completed, or that can not be seen.

    The text says why a completed one is made from the registry as it is now: on stderr here, and the document says it too.
    """
    from forvaltning.engine.endring_beslutning import fullfort
    from forvaltning.model.hendelser import Overlevering

    o = okt.register.hent(liste.overlevering, Overlevering)
    if o is None or not fullfort(o) or okt.ved is not None:
        return None, ""
    if okt.hode["eksempel"] is not None:  # the history of an example registry is not that of its records
        return None, ""
    found, why = _finn(okt, o)
    if found is None:
        told = f"Overleveringen er fullført, men listen er laget av registeret slik det er nå: {why}"
        utskrift.meld(told)
        return None, told
    utskrift.meld(
        f"Overleveringen ble fullført ved innsjekking {found[0][:12]}. Listen er laget av registeret slik det var da."
    )
    return found, ""


def _finn(okt: Okt, o: Overlevering) -> tuple[tuple[str, str] | None, str]:
    """The commit and the id, or why there is none."""
    from forvaltning.git.objekter import GitFeil

    if okt.arbeidstre is None:
        return None, "registeret ligger ikke i Git."
    found = okt.register.oppforing(o.id)
    path = found.fil if found is not None else f"{o.key}.yaml"
    try:
        with historikk_felles.apne(okt) as h:
            return _i_historikken(okt, h, path)
    except Stopp as stopp:
        return None, stopp.melding
    except GitFeil:
        return None, "historikken kan ikke leses."


def _i_historikken(okt: Okt, h: Historisk, sti: str) -> tuple[tuple[str, str] | None, str]:
    """The oldest of the newest versions that are all completed."""
    from forvaltning.engine.endring_beslutning import fullfort
    from forvaltning.history import spor
    from forvaltning.history.versjoner import Versjoner
    from forvaltning.model.hendelser import Overlevering

    versions = Versjoner(h.leser, lambda: okt.innstillingsfil)
    found: tuple[str, str] | None = None
    path = sti
    for steg in spor.for_fil(h.tre, h.mappe, sti):
        mine = next((f for f in steg.filer if f.ny_sti == path), None)
        if mine is None or mine.ny_oid is None:
            continue
        version = versions.les(path, mine.ny_oid, mode=mine.ny_mode)
        post = version.post if version is not None else None
        if not isinstance(post, Overlevering) or not fullfort(post):
            return found, "den er ikke sjekket inn slik ennå."
        found = steg.innsjekking.oid, path.partition("/")[2].removesuffix(".yaml")
        path = mine.gammel_sti or path
        if h.grunn and not steg.innsjekking.foreldre:
            return None, "historikken er grunn, og da den ble fullført, er ikke hentet."
    return found, "den er ikke sjekket inn ennå."

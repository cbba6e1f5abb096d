"""What `graph` and `impact` share: an id is a record, or a national common component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forvaltning.cli import velg
from forvaltning.cli.stopp import Stopp

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt


def finn(okt: Okt, ident: str) -> str:
    """The key of a record, or ``felleskomponenter/…`` for a common component by code or name. Raises `Stopp`."""
    from forvaltning.engine.landskap import FELLES
    from forvaltning.model.viser import normaliser

    wanted = normaliser(ident.removeprefix(f"{FELLES}/"))
    known = okt.innstillinger.koder.get("felleskomponent", {})
    for code, name in known.items():
        if wanted in {normaliser(code), normaliser(name)} and okt.register.oppforing(ident) is None:
            return f"{FELLES}/{code}"
    return velg.post(okt, ident)


def finn_lesbar(okt: Okt, ident: str) -> str:
    """As `finn`, for a record that can be read. Raises `Stopp`."""
    key = finn(okt, ident)
    kind, _, ident = key.partition("/")
    if any(u.kind == kind and u.id == ident for u in okt.register.uleselige()):
        raise Stopp(
            f"Filen {key}.yaml kan ikke leses, så ingen vet hva den henger sammen med.",
            "Kjør «forvaltning check» for å se hva som er galt med den.",
            kode=1,
        )
    return key

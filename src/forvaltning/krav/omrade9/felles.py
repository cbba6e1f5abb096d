"""What 9.1 and 9.2 share: from when a project is judged, and an assessment that is dated and answered for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from forvaltning.krav.byggesteiner import krev_bekreftelse
from forvaltning.krav.observasjon import Observasjon, Utloper
from forvaltning.model.base import Post
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.prosjekt import Prosjekt

if TYPE_CHECKING:
    from forvaltning.findings import FieldPath
    from forvaltning.krav.typer import Kontekst
    from forvaltning.model.typer import Dato, RolleRef, Tekst


class Vurdering(Protocol):
    """An assessment: when, by whom, and where it lies."""

    @property
    def dato(self) -> Dato | None:
        """When it was made."""

    @property
    def av(self) -> RolleRef | None:
        """The role that made it."""

    @property
    def referanse(self) -> Tekst | None:
        """Where it lies."""


def krev_vurdering(
    ctx: Kontekst, post: Post, felt: FieldPath, v: Vurdering, *, hva: str, vilkar: str
) -> Iterator[Observasjon]:
    """An assessment is dated, in the past, and by a role or in a document.

    One that only a role answers for runs out like any confirmation, but not once its project has ended.
    """
    b = Bekreftelse.model_construct(dato=v.dato, av=v.av, referanse=v.referanse)
    slutt = post.avsluttet if isinstance(post, Prosjekt) and post.tilstand == "avsluttet" else None
    for obs in krev_bekreftelse(
        ctx,
        post,
        felt,
        b,
        hva=hva,
        vilkar=vilkar,
        tiltak=f"Skriv hvor vurderingen ligger, i «{felt[0]}.referanse», eller vurder på nytt.",
    ):
        if isinstance(obs, Utloper) and slutt is not None and slutt <= obs.siste:
            continue
        yield obs

"""The base of every record and of the parts that records are made of.

A model requires only what identifies a record. What a requirement asks for is optional here and
reported by the requirement, so that drafts, imports and deviations work (domain.md, section 2).

Modules with models do without ``from __future__ import annotations``: pydantic compiles every annotation that is
text, which was a tenth of the time it takes to import them.
"""

from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from forvaltning.model.typer import Tekst

T = TypeVar("T")


def _none_is_empty(value: Any) -> Any:
    return () if value is None else value


Liste = Annotated[tuple[T, ...], BeforeValidator(_none_is_empty)]
"""A YAML list; an empty value is an empty list."""

Livslop = Literal[
    "ide", "planlagt", "under_utvikling", "akseptansetest", "i_produksjon", "under_avvikling", "avviklet"
]
LIVSLOP: tuple[str, ...] = (
    "ide",
    "planlagt",
    "under_utvikling",
    "akseptansetest",
    "i_produksjon",
    "under_avvikling",
    "avviklet",
)
I_BRUK = frozenset({"i_produksjon", "under_avvikling"})
Aktivitet = Literal["planlagt", "aktiv", "avsluttet"]
Beslutning = Literal["utkast", "besluttet", "erstattet"]


def feltdef(tittel: str, beskrivelse: str, default: Any = None) -> Any:
    """A field with its Norwegian title and description; `default` is what an absent value means.

    The requirement numbers a field is evidence for come from the requirements, which declare the fields
    they rest on; schemas and pages join the two.
    """
    return Field(default, title=tittel, description=beskrivelse)


class Del(BaseModel):
    """A part of a record. `identitet` names the fields that tell one list item from another."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, protected_namespaces=())

    identitet: ClassVar[tuple[str, ...]] = ("id",)


class Post(Del):
    """One record: one YAML file, named by its file stem, which is its id across all kinds."""

    kind: ClassVar[str]
    """The folder the record lives in."""
    tittel_entall: ClassVar[str]
    """What one record is called in messages."""

    id: Tekst = Field(title="Id", description="Postens id. Den er filnavnet og kan utelates i filen.")
    tidligere_id: Liste[Tekst] = feltdef(
        "Tidligere id", "Id-er posten har hatt før, så historikken følger med.", ()
    )
    merknad: Tekst | None = feltdef("Merknad", "Fritekst til den som leser posten.")

    @property
    def key(self) -> str:
        """``kind/id``, e.g. ``systemer/bk360``."""
        return f"{self.kind}/{self.id}"

    @property
    def stikkord(self) -> str:
        """What sort of its kind the record is, where others ask for one sort only."""
        return ""

    @property
    def omtale(self) -> str:
        """The words others may find the record by (9.2); empty where nobody is to look for it."""
        return ""


class NavngittPost(Post):
    """A record that is shown by name."""

    navn: Tekst = Field(title="Navn", description="Navnet mennesker bruker.")
    beskrivelse: Tekst | None = feltdef("Beskrivelse", "Hva dette er, i én eller to setninger.")


__all__ = [
    "I_BRUK",
    "LIVSLOP",
    "Aktivitet",
    "Beslutning",
    "Del",
    "Liste",
    "Livslop",
    "NavngittPost",
    "Post",
    "feltdef",
]

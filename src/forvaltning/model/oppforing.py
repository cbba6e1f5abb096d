"""Entries of a register: records that could be read, files that could not, and what a question finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from forvaltning.model.base import Post
from forvaltning.model.viser import Henvisning, normaliser

P = TypeVar("P", bound=Post)


class Oppforing:
    """One readable record: its references at once, the record itself when it is needed."""

    __slots__ = (
        "_bygg",
        "_navn",
        "_omtale",
        "_post",
        "_stikkord",
        "_tidligere",
        "fil",
        "henvisninger",
        "id",
        "kind",
    )

    def __init__(
        self,
        kind: str,
        ident: str,
        fil: str,
        henvisninger: tuple[Henvisning, ...],
        post: Post | None = None,
        bygg: Callable[[], Post] | None = None,
        navn: str | None = None,
        tidligere: tuple[str, ...] | None = None,
        omtale: str | None = None,
        stikkord: str | None = None,
    ) -> None:
        self.kind = kind
        self.id = ident
        self.fil = fil
        self.henvisninger = henvisninger
        self._post = post
        self._bygg = bygg
        self._navn = navn
        self._tidligere = tidligere
        self._omtale = omtale
        self._stikkord = stikkord

    @property
    def key(self) -> str:
        """``kind/id``."""
        return f"{self.kind}/{self.id}"

    @property
    def navn(self) -> str:
        """What people call the record; its id when it has no name."""
        if self._navn is None:
            self._navn = str(getattr(self.post, "navn", None) or self.id)
        return self._navn

    @property
    def tidligere(self) -> tuple[str, ...]:
        """The ids the record has had before."""
        return self.post.tidligere_id if self._tidligere is None else self._tidligere

    @property
    def omtale(self) -> str:
        """The words others may find the record by (9.2)."""
        return self.post.omtale if self._omtale is None else self._omtale

    @property
    def stikkord(self) -> str:
        """What sort of its kind the record is."""
        return self.post.stikkord if self._stikkord is None else self._stikkord

    @property
    def post(self) -> Post:
        """The record, built on first use."""
        if self._post is None:
            assert self._bygg is not None  # noqa: S101 - one of the two is always given
            self._post = self._bygg()
        return self._post


class Inngaende(Protocol):
    """Who refers to what, known without reading the records."""

    def vist_til_av(self, key: str) -> Iterable[tuple[str, str]]:
        """Id and field of every reference to an id (in its compared form), by the referring record's file."""
        ...


@dataclass(frozen=True, slots=True)
class Uleselig:
    """A record whose file could not be read: what it says is unknown, its text perhaps not."""

    kind: str
    id: str
    fil: str
    tekst: str | None

    def kan_nevne(self, ident: str) -> bool:
        """True when the file may refer to `ident`: its text holds it, or its text is unknown."""
        return self.tekst is None or ident in self.tekst


def etter_id(uleselige: Iterable[Uleselig]) -> dict[str, Uleselig]:
    """Id (normalised) → the first file by path that can not be read; folders under a name that is no id."""
    out: dict[str, Uleselig] = {}
    for u in uleselige:
        out.setdefault(normaliser(u.id) or f"/{u.kind}", u)
    return out


class Treff(tuple[P, ...], Generic[P]):  # noqa: SLOT001 - a tuple can not hold slots
    """Records found by a question, and the unreadable file that may hide one more."""

    uleselig: Uleselig | None

    def __new__(cls, poster: Iterable[P], uleselig: Uleselig | None = None) -> Treff[P]:
        """Records, and the unreadable file that may be one of them."""
        self = super().__new__(cls, tuple(poster))
        self.uleselig = uleselig
        return self


INGEN: Treff[Any] = Treff(())
"""Nothing found, and no file that may hide anything."""

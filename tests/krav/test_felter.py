"""A requirement declares every field that its rules read: schemas, pages and `log --krav` go by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forvaltning.engine.fold import Folder
from forvaltning.engine.run import Motor
from forvaltning.krav.katalog import ALLE
from forvaltning.model.base import Post
from forvaltning.model.dag import Dag
from forvaltning.model.historie import EKSEMPELHISTORIE
from forvaltning.model.kinds import KINDS
from forvaltning.model.register import Register
from forvaltning.model.viser import felttyper
from forvaltning.source.load import FOLDERS, les_innstillinger, les_register
from forvaltning.source.scan import scan

if TYPE_CHECKING:
    import pytest

ROT = Path(__file__).resolve().parents[2]
UTENOM = {"id", "navn", "term", "tilstand"}
"""What a record is called, and whether it is in use: that decides whether a requirement applies, not how it comes out."""
ROLLE = {("roller", felt) for felt in ("fra", "til", "type")}
"""Whether a role is in force is 1.1's to say; the others rest on the field that names the role."""
Felt = tuple[str, str]


def oppgitt() -> dict[str, set[Felt]]:
    """Requirement → the top-level fields its rules declare, with their kind."""
    out: dict[str, set[Felt]] = defaultdict(set)
    for krav in ALLE:
        for r in krav.regler:
            for entry in r.felter:
                kind, _, path = entry.rpartition(":")
                kinds = [kind] if kind else [cls.kind for cls in r.gjelder]
                out[krav.nummer] |= {(k, path.split(".")[0]) for k in kinds}
    return out


@contextmanager
def lesing(monkeypatch: pytest.MonkeyPatch, lest: dict[str, set[Felt]]) -> Iterator[None]:
    """While it lasts, `lest` gets every field that a rule reads of any record."""
    now: list[str] = []
    fields = {kind: frozenset(felttyper(cls)) for kind, cls in KINDS.items()}
    plain, fold = Post.__getattribute__, Folder.legg_til

    def read(self: Post, name: str) -> Any:
        if now and name in fields[type(self).kind]:
            lest[now[-1]].add((type(self).kind, name))
        return plain(self, name)

    def take(self: Folder, observasjoner: Any) -> None:
        now.append(self.krav.nummer)
        try:
            seen = list(observasjoner)
        finally:
            now.pop()
        fold(self, seen)

    with monkeypatch.context() as m:
        m.setattr(Post, "__getattribute__", read, raising=False)
        m.setattr(Folder, "legg_til", take)
        yield


def test_what_a_rule_reads_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    lest: dict[str, set[Felt]] = defaultdict(set)
    for mappe in ("registry", "tests/brutt"):
        found = scan(ROT / mappe, FOLDERS)
        settings = les_innstillinger(found)
        read = les_register(found, settings)
        for dag in (date(2015, 1, 1), date(2026, 11, 16), date(2031, 1, 1)):
            register = Register(
                read.oppforinger, settings.innstillinger, Dag(dag), EKSEMPELHISTORIE, read.uleselige
            )
            with lesing(monkeypatch, lest):
                for _ in Motor(ALLE, register).alle():
                    pass
    assert set(lest) == {k.nummer for k in ALLE}
    declared = oppgitt()
    undeclared = {
        nummer: sorted(
            f"{kind}:{felt}" for kind, felt in felter - declared[nummer] - ROLLE if felt not in UTENOM
        )
        for nummer, felter in lest.items()
    }
    assert {n: f for n, f in undeclared.items() if f} == {}

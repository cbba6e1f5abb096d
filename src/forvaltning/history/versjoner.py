"""Versions of records as Git holds them: each distinct one parsed once, judged by the settings of its own time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from forvaltning.findings import START, Problem, Severity
from forvaltning.git.filspor import Leser
from forvaltning.history.medleser import Medleser, Tolket
from forvaltning.model.base import Post
from forvaltning.model.fritekst import FRITEKST
from forvaltning.model.innstillinger import MODELL
from forvaltning.model.kinds import KINDS
from forvaltning.model.valider import valider
from forvaltning.model.viser import Henvisning, henvisninger, normaliser
from forvaltning.source.fakta import verdisum
from forvaltning.source.innstillingsfil import (
    SETTINGS_FILE,
    Innstillingsfil,
    UgyldigInnstilling,
    bygg_innstillinger,
)
from forvaltning.source.limits import too_large
from forvaltning.source.upgrade import modellnummer, oppgrader_verdier
from forvaltning.source.yaml_parser import parse

if TYPE_CHECKING:
    from forvaltning.history.gang import Gang

LENKE = "120000"
MODUL = "160000"
_STI = re.compile(r"([a-z]+)/([^/]+)\.yaml", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Versjon:
    """One version of one record: whole (`post`), or what is wrong with it (`problem`)."""

    oid: str
    post: Post | None
    problem: Problem | None
    henvisninger: tuple[Henvisning, ...] = ()
    """What the record refers to, where the reader gathers that."""

    @property
    def navn(self) -> str:
        """The record's name, its id when it has none or can not be read."""
        return str(getattr(self.post, "navn", None) or self.post.id) if self.post is not None else ""


@cache
def postnokkel(sti: str | None) -> tuple[str, str] | None:
    """Kind and id of a record file's path, None for any other file."""
    hit = _STI.fullmatch(sti) if sti else None
    if hit is None or hit[1] not in KINDS or hit[2].startswith("."):
        return None
    return hit[1], normaliser(hit[2])


def _feil(sti: str, melding: str) -> Problem:
    return Problem("fil.uleselig", Severity.FEIL, sti, melding, "", position=START)


Ved = Callable[[str, str, int, dict[str, Any] | None], None]
"""Told of every version that is parsed: kind, blob id, model number and plain values (None: not to be read)."""


class Versjoner:
    """Reads and parses versions; `standard` gives the settings where a commit has none that can be used.

    `ved`: told of what each holds, so that nobody need parse it again. `medleser`: parses along, when there is one.
    `kort`: for one who does not read notes; versions that differ in the note alone share a record. `viser`: for one
    who asks what the records refer to.
    """

    def __init__(
        self,
        leser: Leser,
        standard: Callable[[], Innstillingsfil],
        ved: Ved | None = None,
        *,
        kort: bool = False,
        viser: bool = False,
    ) -> None:
        self.leser = leser
        self._viser = viser
        self._like: dict[tuple[str, str, int, str], Versjon] | None = {} if kort else None
        self.medleser: Medleser | None = None
        self.mangler = False
        """Whether Git has been without something that was asked for."""
        self._tolket: dict[str, Tolket | None] = {}
        self._ved = ved
        self._standard = standard
        self._standarden: Innstillingsfil | None = None
        self._kjente: dict[tuple[str, str, str, int], Versjon] = {}
        self._oider: set[str] = set()
        self._summer: dict[str, str | None] = {}
        self._innstillinger: dict[str, Innstillingsfil | None] = {}

    @property
    def standard(self) -> Innstillingsfil:
        """The settings to go by where a commit has none."""
        if self._standarden is None:
            self._standarden = self._standard()
        return self._standarden

    def innstillinger(self, oid: str | None) -> Innstillingsfil:
        """The settings of a version of `forvaltning.yaml`; the standard ones when it can not be used."""
        if oid is None:
            return self.standard
        return self.brukbare(oid) or self.standard

    def brukbare(self, oid: str) -> Innstillingsfil | None:
        """The settings of a version of `forvaltning.yaml`; None when it can not be used."""
        if oid not in self._innstillinger:
            found = self.leser.les(oid)
            self._innstillinger[oid] = _innstillinger(found.data) if found is not None else None
        return self._innstillinger[oid]

    def like(self, gammel: str, ny: str) -> bool:
        """Whether two versions of a file can be parsed and say the same, but for the note."""
        said = [self._sum(oid) for oid in (gammel, ny)]
        return said[0] is not None and said[0] == said[1]

    def slipp(self) -> None:
        """Let go of what was parsed and is not asked for."""
        self._tolket.clear()

    def _sum(self, oid: str) -> str | None:
        if oid not in self._summer and self.medleser is not None:
            known = self._tolket.get(oid) or self.medleser.ta(oid)
            if known is not None:
                self._tolket[oid], self._summer[oid] = known, known[1]
        if oid not in self._summer:
            found = self.leser.les(oid)
            readable = found is not None and found.slag == "blob" and too_large(len(found.data)) is None
            value = parse(found.data).value if found is not None and readable else None
            self._summer[oid] = verdisum(value) if value is not None else None
        return self._summer[oid]

    def les_underveis(self, gang: Gang) -> None:
        """Read what comes of the first commit while Git walks on; what is not read by then is read when asked for."""
        for sti, oid in gang.underveis():
            self.medleser = gang.medleser
            if gang.innstilt is not None:
                self.les(sti, oid, self.innstillinger(gang.innstilt))

    def hent(self, filer: Iterable[tuple[str, str]]) -> None:
        """Read the versions of some record files (path and id) that are not known yet, many at a time."""
        wanted = dict.fromkeys(
            oid for sti, oid in filer if postnokkel(sti) is not None and oid not in self._oider
        )
        if self.medleser is not None:
            for part in self.medleser.rest(wanted):
                self.leser.hent(part)
                for oid in part:
                    found = self.leser.les(oid)
                    if found is not None and found.slag == "blob" and too_large(len(found.data)) is None:
                        value = parse(found.data).value
                        self._tolket[oid] = (value, verdisum(value)) if value is not None else None
        elif len(wanted) > 1:
            self.leser.hent(list(wanted))

    def les(
        self, sti: str, oid: str, innstillinger: Innstillingsfil | None = None, mode: str = "100644"
    ) -> Versjon | None:
        """One version of the record at `sti`; None when the path is no record's."""
        key = postnokkel(sti)
        if key is None:
            return None
        settings = innstillinger or self.standard
        kind, ident = key
        asked = (kind, ident, oid, id(settings))
        found = self._kjente.get(asked)
        if found is None:
            self._oider.add(oid)
            found = self._kjente[asked] = self._les(sti, kind, ident, oid, settings, mode)
        return found

    def _les(
        self, sti: str, kind: str, ident: str, oid: str, settings: Innstillingsfil, mode: str
    ) -> Versjon:
        if mode in {LENKE, MODUL}:
            what = "en lenke" if mode == LENKE else "et annet Git-arkiv"
            return Versjon(oid, None, _feil(sti, f"Filen er {what}, så innholdet kan ikke ses her."))
        known = self._tolket.pop(oid, None)
        if known is None and self.medleser is not None:
            known = self.medleser.ta(oid)
        if known is not None:
            if self._ved is not None:
                self._ved(kind, oid, settings.modell, known[0])
            return self._bygd(sti, kind, ident, oid, known, settings)
        found = self.leser.les(oid)
        if found is None or found.slag != "blob":
            self.mangler = True
            return Versjon(oid, None, _feil(sti, "Git har ikke innholdet her."))
        return _bygg(sti, kind, ident, oid, found.data, settings, self._ved, viser=self._viser)

    def _bygd(
        self, sti: str, kind: str, ident: str, oid: str, lest: Tolket, settings: Innstillingsfil
    ) -> Versjon:
        if self._like is None:
            return _bygd(sti, kind, ident, oid, lest[0], settings, viser=self._viser)
        said, note = (kind, ident, id(settings), lest[1]), lest[0].get(FRITEKST)
        like = self._like.get(said)
        if like is not None and (note is None or (isinstance(note, str) and note.strip())):
            return Versjon(oid, like.post, None, like.henvisninger)
        version = _bygd(sti, kind, ident, oid, lest[0], settings, viser=self._viser)
        if version.post is not None:
            self._like[said] = version
        return version

    def fra_bytes(self, sti: str, data: bytes, innstillinger: Innstillingsfil) -> Versjon:
        """The version that some bytes make, at the path of a record."""
        kind, ident = postnokkel(sti) or ("", "")
        return _bygg(sti, kind, ident, "", data, innstillinger)


def _bygg(
    sti: str,
    kind: str,
    ident: str,
    oid: str,
    data: bytes,
    settings: Innstillingsfil,
    ved: Ved | None = None,
    *,
    viser: bool = False,
) -> Versjon:
    """Bytes to a version, every way they can be wrong told."""
    large = too_large(len(data))
    if large is not None:
        return Versjon(oid, None, _feil(sti, large.melding))
    parsed = parse(data)
    if ved is not None:
        ved(kind, oid, settings.modell, parsed.value)
    if parsed.error is not None or parsed.value is None:
        e = parsed.error
        melding, at = (e.melding, e.position) if e is not None else ("Filen er tom.", START)
        return Versjon(oid, None, Problem("fil.uleselig", Severity.FEIL, sti, melding, "", position=at))
    return _bygd(sti, kind, ident, oid, parsed.value, settings, viser=viser)


def _bygd(
    sti: str,
    kind: str,
    ident: str,
    oid: str,
    lest: dict[str, Any],
    settings: Innstillingsfil,
    *,
    viser: bool,
) -> Versjon:
    """Plain values to a version."""
    model = KINDS[kind]
    values = lest if settings.modell == MODELL else oppgrader_verdier(kind, lest, settings.modell)
    post = valider(model, ident, values, settings.innstillinger.koder)
    if isinstance(post, list):
        f = post[0]
        return Versjon(oid, None, Problem(f.regel, Severity.FEIL, sti, f.melding, f.tiltak, path=f.path))
    return Versjon(oid, post, None, henvisninger(model, values) if viser else ())


def _innstillinger(data: bytes) -> Innstillingsfil | None:
    if too_large(len(data)) is not None:
        return None
    parsed = parse(data)
    if parsed.error is not None:
        return None
    values = parsed.value or {}
    try:
        settings = bygg_innstillinger(values)
    except UgyldigInnstilling:
        return None
    egne = tuple(sorted(k for k, v in values.items() if v is not None))
    return Innstillingsfil(settings, egne, modellnummer(values) or MODELL)


__all__ = ["SETTINGS_FILE", "Versjon", "Versjoner", "postnokkel"]

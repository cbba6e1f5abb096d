"""A registry folder to a `Register`: scan, read, parse, validate; every fault of every file in one run."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from pydantic import ValidationError

from forvaltning.findings import Problem, Severity
from forvaltning.model.base import Post
from forvaltning.model.innstillinger import MODELL, Innstillinger, flett
from forvaltning.model.kinds import KINDS
from forvaltning.model.oppslag import Oppforing, Uleselig
from forvaltning.model.valider import Formfeil, formfeil_i, valider
from forvaltning.model.viser import henvisninger, normaliser
from forvaltning.source import scan as scanning
from forvaltning.source.fakta import Fakta
from forvaltning.source.scan import FileEntry
from forvaltning.source.upgrade import modellnummer, oppgrader, oppgrader_verdier
from forvaltning.source.yaml_parser import parse

SETTINGS_FILE = "forvaltning.yaml"
FOLDERS = frozenset(KINDS)
Progress = Callable[[int, int], None]
Les = Callable[[FileEntry], bytes | Problem]


@dataclass(frozen=True, slots=True)
class Innstillingsfil:
    """The settings in force, which of them the registry sets itself, and the model it is written in."""

    innstillinger: Innstillinger
    egne: tuple[str, ...]
    modell: int


class UgyldigInnstilling(Exception):  # noqa: N818 - named in the domain's words
    """The settings can not be used; `problemer` says why, with place."""

    def __init__(self, problemer: list[Problem]) -> None:
        super().__init__(problemer[0].melding if problemer else "")
        self.problemer = problemer


class EndretUnderveis(Exception):  # noqa: N818 - named in the domain's words
    """A file was changed or removed while the check ran, so what is known of it no longer holds."""


@dataclass(slots=True)
class Innlest:
    """What a registry held: entries, unreadable records, problems, and the files themselves."""

    innstillingsfil: Innstillingsfil
    les: Les = scanning.read
    oppforinger: list[Oppforing] = field(default_factory=list)
    uleselige: list[Uleselig] = field(default_factory=list)
    problemer: list[Problem] = field(default_factory=list)
    filer: dict[str, FileEntry] = field(default_factory=dict)
    leste: dict[str, tuple[Fakta, str]] = field(default_factory=dict)
    """Files that were read in this run: facts and SHA-1 of the content."""

    def legg_inn(self, entry: FileEntry, fakta: Fakta, post: Post | None) -> None:
        """Add one file by its facts; a readable record is built now or when it is asked for."""
        self.problemer += fakta.problemer
        if not fakta.lesbar:
            self.uleselige.append(Uleselig(fakta.kind, fakta.id, entry.path, fakta.tekst))
            return
        self.oppforinger.append(
            Oppforing(
                fakta.kind,
                fakta.id,
                entry.path,
                fakta.henvisninger,
                post,
                None if post is not None else lambda: self._bygg(entry),
                navn=fakta.navn,
                tidligere=fakta.tidligere,
            )
        )

    def _bygg(self, entry: FileEntry) -> Post:
        data = self.les(entry)
        if isinstance(data, bytes):
            _, post = les_post(entry, data, self.innstillingsfil)
            if post is not None:
                return post
        raise EndretUnderveis(entry.path)


@contextmanager
def paused_gc() -> Iterator[None]:
    """Pause the collector while many long-lived models are built (measured: 15 µs a record against 100).

    What was built stays to the end of the run, so it is frozen out of later collections.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()


def standardinnstillinger() -> dict[str, Any]:
    """The default settings that ship with the package, as plain values."""
    data = resources.files("forvaltning").joinpath("data", Innstillinger.STANDARD).read_bytes()
    value = parse(data).value
    if value is None:  # pragma: no cover - a test reads the same file
        raise RuntimeError("standard.yaml kan ikke leses")
    return value


def _problem(e: Any, fil: str) -> Problem:
    return Problem(e.regel, Severity.FEIL, fil, e.melding, e.tiltak, position=e.position)


def bygg_innstillinger(own: dict[str, Any], fil: str = SETTINGS_FILE) -> Innstillinger:
    """Merge the registry's settings over the default set and validate them.

    Raises `UgyldigInnstilling` with every fault.
    """
    own, faults = oppgrader(own, fil)
    if faults:
        raise UgyldigInnstilling(faults)
    merged = flett(standardinnstillinger(), own)
    try:
        settings = Innstillinger.model_validate(merged)
    except ValidationError as error:
        raise UgyldigInnstilling([_form(f, fil) for f in formfeil_i(Innstillinger, error, {})]) from None
    faults = list(_sjekk_matriser(settings, fil))
    if faults:
        raise UgyldigInnstilling(faults)
    return settings


def _sjekk_matriser(settings: Innstillinger, fil: str) -> Iterator[Problem]:
    """A matrix must have a row for each step, a cell for each column, and only known levels."""
    for navn, m in settings.matriser.items():
        bad = set(m.tabell) != set(m.sannsynlighet) or any(
            len(row) != len(m.konsekvens) or any(c not in m.nivaer for c in row) for row in m.tabell.values()
        )
        if bad:
            yield Problem(
                "innstilling.matrise",
                Severity.FEIL,
                fil,
                f"Matrisen «{navn}» går ikke opp: rader, kolonner og nivåer passer ikke sammen.",
                "Gi tabellen én rad for hver sannsynlighet, én verdi for hver konsekvens, og bruk bare nivåer i «nivaer».",
                path=("matriser", navn, "tabell"),
            )


def les_innstillinger(found: scanning.Scan, les: Les = scanning.read) -> Innstillingsfil:
    """Read `forvaltning.yaml` of a scanned registry. Raises `UgyldigInnstilling` when it can not be used."""
    entry = next((f for f in found.files if f.path == SETTINGS_FILE), None)
    if entry is None:
        own = [p for p in found.problems if p.fil == SETTINGS_FILE]
        raise UgyldigInnstilling(
            own
            or [
                Problem(
                    "innstilling.mangler",
                    Severity.FEIL,
                    SETTINGS_FILE,
                    "Registeret har ingen forvaltning.yaml.",
                    f"Lag filen med minst linjen «modell: {MODELL}».",
                )
            ]
        )
    data = les(entry)
    if isinstance(data, Problem):
        raise UgyldigInnstilling([data])
    parsed = parse(data)
    if parsed.error is not None:
        raise UgyldigInnstilling([_problem(parsed.error, SETTINGS_FILE)])
    values = parsed.value or {}
    settings = bygg_innstillinger(values)
    egne = tuple(sorted(k for k, v in values.items() if v is not None))
    return Innstillingsfil(settings, egne, modellnummer(values) or MODELL)


def innholds_id(data: bytes) -> str:
    """What Git calls a blob with this content (SHA-1), so that history and work tree share what is known of it."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _form(f: Formfeil, fil: str, key: str | None = None) -> Problem:
    return Problem(f.regel, Severity.FEIL, fil, f.melding, f.tiltak, path=f.path, post=key)


def les_post(entry: FileEntry, data: bytes, fil: Innstillingsfil) -> tuple[Fakta, Post | None]:
    """One file's bytes to its facts, every fault among them, and the record when it is whole."""
    kind, ident = entry.folder, entry.stem
    parsed = parse(data)
    key = f"{kind}/{ident}"
    if parsed.error is not None or parsed.value is None:
        broken = (_problem(parsed.error, entry.path),) if parsed.error else ()
        return Fakta(kind, ident, ident, (), (), broken, lesbar=False, tekst=_tekst(data)), None
    model = KINDS[kind]
    values = parsed.value if fil.modell == MODELL else oppgrader_verdier(kind, parsed.value, fil.modell)
    post = valider(model, ident, values, fil.innstillinger.koder)
    if isinstance(post, list):
        faults = tuple(_form(f, entry.path, key) for f in post)
        return Fakta(kind, ident, ident, (), (), faults, lesbar=False, tekst=_tekst(data)), None
    navn = str(getattr(post, "navn", None) or ident)
    refs = henvisninger(model, values)
    return Fakta(kind, ident, navn, post.tidligere_id, refs, (), lesbar=True), post


def _tekst(data: bytes) -> str | None:
    """The text of a file that can not be used, for asking whether it may name an id; None when unknown.

    Escapes can spell an id in another way, so a file that has any is unknown.
    """
    if b"\\" in data or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def les_register(
    found: scanning.Scan,
    settings: Innstillingsfil,
    kjente: Mapping[str, Fakta] | None = None,
    progress: Progress | None = None,
    les: Les = scanning.read,
) -> Innlest:
    """Read a scanned registry; every fault of a file is a `Problem`.

    `kjente`: facts of files that are as they were, whose records are then built only when asked for.
    `progress` is called with (files done, files in all). `les` reads one file, from wherever it lies.
    """
    out = Innlest(settings, les, problemer=list(found.problems))
    entries = [f for f in found.files if f.folder]
    seen: dict[str, FileEntry] = {}
    known = kjente or {}
    with paused_gc():
        for n, entry in enumerate(entries):
            if progress is not None and n % 256 == 0:
                progress(n, len(entries))
            out.filer[entry.path] = entry
            twin = seen.setdefault(normaliser(entry.stem), entry)
            if twin is not entry:
                out.problemer.append(_dobbel_id(entry, twin))
                continue
            fakta = known.get(entry.path)
            if fakta is not None:
                out.legg_inn(entry, fakta, None)
                continue
            data = les(entry)
            if isinstance(data, Problem):
                out.problemer.append(data)
                out.uleselige.append(Uleselig(entry.folder, entry.stem, entry.path, None))
                continue
            fakta, post = les_post(entry, data, settings)
            out.leste[entry.path] = (fakta, innholds_id(data))
            out.legg_inn(entry, fakta, post)
    if progress is not None:
        progress(len(entries), len(entries))
    return out


def _dobbel_id(entry: FileEntry, twin: FileEntry) -> Problem:
    return Problem(
        "fil.dobbel_id",
        Severity.FEIL,
        entry.path,
        f"Id-en «{entry.stem}» er også brukt av {twin.path}. Denne filen er ikke lest.",
        "Gi en av postene en annen id. En id er unik på tvers av alle mapper.",
        post=f"{entry.folder}/{entry.stem}",
    )


__all__ = [
    "FOLDERS",
    "MODELL",
    "SETTINGS_FILE",
    "EndretUnderveis",
    "Innlest",
    "Innstillingsfil",
    "UgyldigInnstilling",
    "bygg_innstillinger",
    "les_innstillinger",
    "les_post",
    "les_register",
    "paused_gc",
    "standardinnstillinger",
]

"""A registry folder to a `Register`: scan, read, parse, validate; every fault of every file in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forvaltning.findings import Problem, Severity
from forvaltning.model.base import Post
from forvaltning.model.innstillinger import MODELL
from forvaltning.model.kinds import KINDS
from forvaltning.model.oppforing import Oppforing, Uleselig
from forvaltning.model.valider import valider
from forvaltning.model.viser import henvisninger, normaliser
from forvaltning.source import disk
from forvaltning.source.entries import FileEntry, Scan
from forvaltning.source.fakta import Fakta, verdisum
from forvaltning.source.fillesing import Lest, les_bytes, tekst_av
from forvaltning.source.innhold import SIFRE, finn, finn_i_navn
from forvaltning.source.innstillingsfil import (
    SETTINGS_FILE,
    Innstillingsfil,
    UgyldigInnstilling,
    bygg_innstillinger,
    formproblem,
)
from forvaltning.source.kjente import Kjente, KjentOppforing
from forvaltning.source.samler import paused_gc
from forvaltning.source.upgrade import modellnummer, oppgrader_verdier
from forvaltning.source.yaml_parser import parse

if TYPE_CHECKING:
    from forvaltning.source.kjente import Indeks
    from forvaltning.source.medhjelper import Medhjelper

FOLDERS = frozenset(KINDS)
_MANGE_SIFRE = re.compile(rf"^(?:[^\d\n]*+\d){{{SIFRE}}}.*$", re.MULTILINE | re.ASCII)
Progress = Callable[[int, int], None]
Les = Callable[[FileEntry], bytes | Problem]


class EndretUnderveis(Exception):  # noqa: N818 - named in the domain's words
    """A file was changed or removed while the check ran, so what is known of it no longer holds."""


@dataclass(slots=True)
class Innlest:
    """What a registry held: entries, unreadable records, problems, and the files themselves."""

    innstillingsfil: Innstillingsfil
    les: Les = disk.read
    oppforinger: list[Oppforing] = field(default_factory=list)
    uleselige: list[Uleselig] = field(default_factory=list)
    problemer: list[Problem] = field(default_factory=list)
    filer: dict[str, FileEntry] = field(default_factory=dict)
    leste: dict[str, tuple[Fakta, str]] = field(default_factory=dict)
    """Files that were read in this run: facts and SHA-1 of the content."""
    indeks: Indeks | None = None
    """Who refers to what, when most files were known from the cache."""

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
                None if post is not None else lambda: self.bygg(entry),
                navn=fakta.navn,
                tidligere=fakta.tidligere,
                omtale=fakta.omtale,
                stikkord=fakta.stikkord,
            )
        )

    def bygg(self, entry: FileEntry) -> Post:
        """The record of a file that was read before. Raises `EndretUnderveis` when it says something else by now."""
        data = self.les(entry)
        if isinstance(data, bytes):
            parsed = parse(data)  # what must never stand in the file is known already
            lest = Lest(parsed.value, parsed.error, "", (), data)
            _, post = les_post(entry, lest, self.innstillingsfil)
            if post is not None:
                return post
        raise EndretUnderveis(entry.path)


def _problem(e: Any, fil: str) -> Problem:
    return Problem(e.regel, Severity.FEIL, fil, e.melding, e.tiltak, position=e.position)


def les_innstillinger(found: Scan, les: Les = disk.read) -> Innstillingsfil:
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
    return Innstillingsfil(settings, egne, modellnummer(values) or MODELL, tuple(finn(data, SETTINGS_FILE)))


def les_post(entry: FileEntry, lest: Lest, fil: Innstillingsfil) -> tuple[Fakta, Post | None]:
    """One parsed file to its facts, every fault among them, and the record when it is whole."""
    kind, ident = entry.folder, entry.stem
    key = f"{kind}/{ident}"
    faults: tuple[Problem, ...] = ()
    if lest.verdi is not None:
        model = KINDS[kind]
        values = lest.verdi if fil.modell == MODELL else oppgrader_verdier(kind, lest.verdi, fil.modell)
        post = valider(model, ident, values, fil.innstillinger.koder)
        if not isinstance(post, list):
            navn = str(getattr(post, "navn", None) or ident)
            refs = henvisninger(model, values)
            words = (None, post.omtale, post.stikkord, verdisum(values))
            return Fakta(kind, ident, navn, post.tidligere_id, refs, lest.innhold, True, *words), post
        faults = tuple(formproblem(f, entry.path, key) for f in post)
    elif lest.feil is not None:
        faults = (_problem(lest.feil, entry.path),)
    tekst = tekst_av(lest.data) if lest.data else None
    return Fakta(kind, ident, ident, (), (), (*faults, *lest.innhold), lesbar=False, tekst=tekst), None


def les_register(
    found: Scan,
    settings: Innstillingsfil,
    kjente: Mapping[str, Fakta] | Kjente | None = None,
    progress: Progress | None = None,
    les: Les = disk.read,
    hjelper: Medhjelper | None = None,
) -> Innlest:
    """Read a scanned registry; every fault of a file is a `Problem`.

    `kjente`: facts of files that are as they were, whose records are then built only when asked for.
    `progress` is called with (files done, files in all). `les` reads one file, from wherever it lies. `hjelper`: a
    second process that has begun to read the same files; what comes out is the same without it.
    """
    out = Innlest(settings, les, problemer=[*found.problems, *settings.problemer])
    known: Mapping[str, Fakta] | Kjente = {} if kjente is None else kjente
    lazy = known if isinstance(known, Kjente) else None
    odd = lazy.saere if lazy is not None else frozenset()
    todo: list[FileEntry] = []
    seen: dict[str, FileEntry] = {}
    for path in navn_med_tall(f.path for f in found.files if f.folder):
        out.problemer += finn_i_navn(path)
    for entry in found.files:
        if not entry.folder:
            continue
        out.filer[entry.path] = entry
        twin = seen.setdefault(normaliser(entry.stem), entry)
        if twin is not entry:
            _ta_tvilling(out, entry, twin)
        elif entry.path not in known:
            todo.append(entry)
        elif lazy is not None and entry.path not in odd:
            out.oppforinger.append(KjentOppforing(entry, lazy, out.bygg))  # nothing of it is decoded yet
        else:
            out.legg_inn(entry, known[entry.path], None)
    out.uleselige += [
        Uleselig(folder, ident, path, None)
        for folder, ident, path in found.tapt
        if folder in FOLDERS and normaliser(ident) not in seen
    ]
    with paused_gc():
        _les_filer(out, todo, les, progress, hjelper)
    out.oppforinger.sort(key=lambda o: o.fil)
    out.uleselige.sort(key=lambda u: u.fil)
    if lazy is not None:
        out.indeks = lazy.indeks
    return out


def navn_med_tall(stier: Iterable[str]) -> list[str]:
    """Those of many paths that have digits enough for a personal number, in one look."""
    text = "\n".join(stier)
    return text.split("\n") if not text.isascii() else [m[0] for m in _MANGE_SIFRE.finditer(text)]


def _les_filer(
    out: Innlest, todo: list[FileEntry], les: Les, progress: Progress | None, hjelper: Medhjelper | None
) -> None:
    wanted = {entry.path for entry in todo}
    found: dict[str, Problem | tuple[Fakta, Post | None, str]] = {}
    shared = hjelper.les() if hjelper is not None else ((entry, None, "") for entry in todo)
    for entry, value, sha in shared:
        if entry.path in wanted:
            if progress is not None and len(found) % 256 == 0:
                progress(len(found), len(todo))
            found[entry.path] = _les_fil(out, entry, les, value, sha)
    if progress is not None:
        progress(len(todo), len(todo))
    for entry in todo:
        _ta_inn(out, entry, found[entry.path])


def _les_fil(
    out: Innlest, entry: FileEntry, les: Les, value: dict[str, Any] | None, sha: str
) -> Problem | tuple[Fakta, Post | None, str]:
    """One file: from what the helper read, else, and whenever there is a fault to tell of, from its bytes."""
    if value is not None:
        fakta, post = les_post(entry, Lest(value, None, sha, (), b""), out.innstillingsfil)
        if post is not None:
            return fakta, post, sha
    data = les(entry)
    if not isinstance(data, bytes):
        return data
    lest = les_bytes(data, entry.path)
    return *les_post(entry, lest, out.innstillingsfil), lest.sha


def _ta_inn(out: Innlest, entry: FileEntry, result: Problem | tuple[Fakta, Post | None, str]) -> None:
    if isinstance(result, Problem):  # no content id: it is looked at anew in every run
        result = Fakta(entry.folder, entry.stem, entry.stem, (), (), (result,), lesbar=False), None, ""
    fakta, post, sha = result
    out.leste[entry.path] = (fakta, sha)
    out.legg_inn(entry, fakta, post)


def _ta_tvilling(out: Innlest, entry: FileEntry, twin: FileEntry) -> None:
    """A file whose id another has: no record, but what must never stand in a registry is looked for in it too."""
    out.problemer.append(_dobbel_id(entry, twin))
    data = out.les(entry)
    if isinstance(data, bytes):
        out.problemer += finn(data, entry.path)
    else:
        out.problemer.append(data)
    text = tekst_av(data) if isinstance(data, bytes) else None
    out.uleselige.append(Uleselig(entry.folder, entry.stem, entry.path, text))


def _dobbel_id(entry: FileEntry, twin: FileEntry) -> Problem:
    return Problem(
        "fil.dobbel_id",
        Severity.FEIL,
        entry.path,
        f"Id-en «{entry.stem}» er også brukt av {twin.path}. Denne filen er ikke lest.",
        "Gi en av postene en annen id. En id er unik på tvers av alle mapper.",
        post=f"{entry.folder}/{entry.stem}",
    )

"""What the verbs that read history share: Git or a clear stop, the file of a record, dates, the trail itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles
from forvaltning.cli.stopp import Stopp, ukjent

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.findings import Problem
    from forvaltning.git.arbeidstre import Arbeidstre
    from forvaltning.git.filspor import Leser
    from forvaltning.git.historikk import Steg
    from forvaltning.history.spor import Spor
    from forvaltning.history.versjoner import Versjoner

GRUNN = (
    "Historikken er grunn: det som er eldre, er ikke hentet. Hent det med «git fetch --unshallow».",
    "Den eldste innsjekkingen her ser derfor ut som om den opprettet alt.",
)
USETT = "Endringene som krav 2.1 og 4.2 leser i historikken, er ikke sett. Slike brudd er ikke med her."
"""What a judgement that rests on shallow history must say."""


@dataclass(frozen=True, slots=True)
class Historisk:
    """A registry in Git with at least one commit. `mappe`: the registry's folder as Git writes it."""

    tre: Arbeidstre
    mappe: str
    hode: str
    grunn: bool
    leser: Leser

    @property
    def historie(self) -> str:
        """``full`` or ``grunn``."""
        return "grunn" if self.grunn else "full"


TilDag = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATO",
        help="Historikken slik den var ved slutten av denne dagen (UTC), som 2026-11-16. Uten valget: all.",
    ),
]
Fra = Annotated[
    str | None, typer.Option("--since", metavar="DATO", help="Bare det som skjedde fra og med denne dagen.")
]
Til = Annotated[
    str | None, typer.Option("--until", metavar="DATO", help="Bare det som skjedde til og med denne dagen.")
]


@contextmanager
def apne(okt: Okt, til: str | None = None) -> Iterator[Historisk]:
    """The history of a session's registry. Raises `Stopp` (exit 2) when none can be seen.

    `til`: as it was at the end of a day, as the user wrote it.
    """
    from forvaltning.git.arbeidstre import git
    from forvaltning.git.filspor import Leser, er_grunn
    from forvaltning.git.objekter import GitFeil, losne, prefiks

    tre = okt.arbeidstre
    if tre is None:
        raise Stopp("Registeret ligger ikke i et Git-arkiv, så det har ingen historikk.", "Kjør «git init».")
    head = losne(tre, "HEAD")
    if head is None:
        if git(tre, "rev-parse", "--git-dir") is None:
            raise Stopp(
                "Git svarer ikke i denne mappen.", "Se etter at Git er installert, og at du eier mappen."
            )
        raise Stopp("Git-arkivet har ingen innsjekking ennå.", "Sjekk inn registeret først.")
    head = _ved_slutten(tre, head, dag_valg("--as-of", til))
    with Leser(tre) as leser:
        try:
            yield Historisk(tre, prefiks(tre, okt.rot), head, er_grunn(tre), leser)
        except GitFeil as error:
            raise Stopp(
                f"Git svarte ikke som ventet ({error}).",
                "Se etter at hele historikken er hentet, med «git fsck».",
            ) from None


def _ved_slutten(tre: Arbeidstre, hode: str, dag: date | None) -> str:
    """The newest commit on the line that is not dated after a day."""
    if dag is None:
        return hode
    from forvaltning.git.filspor import linje
    from forvaltning.git.tid import dag as dag_av

    newest = next(iter(linje(tre, hode, hoyst=1)), None)
    if newest is not None and dag_av(newest[2]) <= dag:
        return newest[0]
    found = next((oid for oid, _, tid in linje(tre, hode) if dag_av(tid) <= dag), None)
    if found is None:
        raise Stopp(
            f"Ingen innsjekking er så gammel som {dag:%d.%m.%Y}.", "Velg en senere dag etter --as-of."
        )
    return found


def usett(okt: Okt, h: Historisk) -> tuple[str, ...]:
    """What a judgement says of shallow history, which an example registry does not read."""
    return (USETT,) if h.grunn and okt.innstillinger.eksempel is None else ()


def dag_valg(valg: str, verdi: str | None) -> date | None:
    """The date after an option. Raises `BadParameter` that names the option."""
    try:
        return felles.dato(verdi)
    except typer.BadParameter as error:
        raise typer.BadParameter(str(error.message).replace("--as-of", valg)) from None


def periode(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and last day asked for. Raises `BadParameter`, also when the last comes before the first."""
    first, last = dag_valg("--since", since), dag_valg("--until", until)
    if first is not None and last is not None and first > last:
        raise typer.BadParameter(
            f"«--since» ({first:%d.%m.%Y}) er senere enn «--until» ({last:%d.%m.%Y}). Bytt om på dem."
        )
    return first, last


def lag_spor(okt: Okt, h: Historisk, steg: list[Steg], versjoner: Versjoner | None = None) -> Spor:
    """The trail over some steps, newest first; a link is what it leads to. `versjoner`: who reads them, when begun."""
    from forvaltning.history.lenker import fulgt
    from forvaltning.history.navnebok import Navnebok
    from forvaltning.history.spor import Spor
    from forvaltning.history.versjoner import SETTINGS_FILE, Versjoner

    versions = versjoner or Versjoner(h.leser, lambda: okt.innstillingsfil)
    path = f"{h.mappe}/{SETTINGS_FILE}" if h.mappe else SETTINGS_FILE
    settings = h.leser.les(f"{h.hode}:{path}")
    oid = settings.oid if settings is not None else None
    folders = tuple(dict.fromkeys((h.mappe, *(s.mappe for s in steg))))
    return Spor(fulgt(steg[::-1], h.leser)[::-1], versions, Navnebok(versions, folders), oid)


def filsti(okt: Okt, h: Historisk, verdi: str) -> str:
    """The file of a record named by id, ``kind/id`` or path: now, by an id it had, or gone. Raises `Stopp`."""
    from forvaltning.cli import velg
    from forvaltning.model.viser import normaliser

    text = verdi.replace("\\", "/").removesuffix(".yaml").rstrip("/")
    kind, _, ident = text.rpartition("/")
    kind, wanted = kind.rpartition("/")[2], normaliser(ident)
    mine = _navngitte(okt, wanted)
    mine = mine or [f.path for f in okt.filer.files if f.folder and normaliser(f.stem) == wanted]
    if mine and (not kind or kind == mine[0].partition("/")[0]):
        return mine[0]
    if not mine:
        for o in okt.register.oppforinger():
            if any(normaliser(t) == wanted for t in o.tidligere):
                return o.fil
        for path in chain(_slettede(h, wanted), _i_historikken(h, wanted)):
            if not kind or kind == path.partition("/")[0]:
                return path
        raise ukjent(
            "posten",
            verdi,
            okt.register.identer(),
            "Den finnes verken nå eller i historikken. «forvaltning list SLAG» viser postene.",
        )
    return f"{velg.post(okt, verdi)}.yaml"


def _navngitte(okt: Okt, ident: str) -> list[str]:
    """The file that bears an id exactly, looked for where it would stand: listing every file costs more."""
    from forvaltning.cli.okt import MAPPER

    if not re.fullmatch(r"[\w][\w.-]*", ident):
        return []
    return [f"{m}/{ident}.yaml" for m in sorted(MAPPER) if (okt.rot / m / f"{ident}.yaml").is_file()]


def innhold_na(okt: Okt, sti: str) -> bytes | Problem | None:
    """The bytes of one record file of the work tree; None when it is not there."""
    from forvaltning.source.disk import read
    from forvaltning.source.entries import FileEntry

    path = okt.rot / sti
    if not path.is_file():
        return None
    kind, _, name = sti.partition("/")
    return read(FileEntry(sti, kind, name.removesuffix(".yaml"), str(path.absolute()), 0, 0, 0))


def innhold_da(h: Historisk, sti: str) -> bytes | None:
    """The bytes of one record file at the newest commit that counts; None when it was not there."""
    found = h.leser.les(f"{h.hode}:{h.mappe}/{sti}" if h.mappe else f"{h.hode}:{sti}")
    return found.data if found is not None else None


def _slettede(h: Historisk, ident: str) -> list[str]:
    """Paths that a record with this id has had, newest first."""
    from forvaltning.git.arbeidstre import git
    from forvaltning.history.versjoner import postnokkel

    if not re.fullmatch(r"[\w][\w.-]*", ident):
        return []
    prefix = f"{h.mappe}/" if h.mappe else ""
    escaped = re.sub(r"([*?\[\]\\])", r"\\\1", prefix)
    out = git(
        h.tre, "log", "--first-parent", "--diff-merges=first-parent", "--root", "--no-renames", "--name-only", "-z",
        "--format=", "-n", "1", h.hode, "--", f":(top,glob,icase){escaped}*/{ident}.yaml",
    )  # fmt: skip
    names = [n.strip(b"\n").decode("utf-8", "surrogateescape") for n in (out or b"").split(b"\0")]
    paths = [n.removeprefix(prefix) for n in names if n]
    return [p for p in dict.fromkeys(paths) if postnokkel(p) is not None]


def _i_historikken(h: Historisk, ident: str) -> Iterator[str]:
    """Paths that a record with this id has had wherever the registry lay, newest first: all of history is gone through."""
    from forvaltning.history.linje import hele
    from forvaltning.history.versjoner import postnokkel

    for steg in hele(h.tre, h.mappe, h.hode):
        for f in steg.filer:
            for path in (f.ny_sti, f.gammel_sti):
                key = postnokkel(path)
                if path is not None and key is not None and key[1] == ident:
                    yield path


def enhet_i(okt: Okt, enheter: frozenset[str], poster: Iterator[object]) -> bool:
    """True when some version of a record belongs to one of the units: by its own field, else as it stands now."""
    from forvaltning.model.base import Post
    from forvaltning.model.viser import normaliser

    for post in poster:
        if not isinstance(post, Post):
            continue
        own = getattr(post, "enhet", None) if post.kind != "enheter" else post.id
        if isinstance(own, str) and normaliser(own) in enheter:
            return True
        found = okt.register.oppforing(post.id)
        unit = okt.register.enhet_for(found.post) if found is not None else None
        if unit is not None and normaliser(unit) in enheter:
            return True
    return False

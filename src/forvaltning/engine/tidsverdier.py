"""What a line through time keeps of each verdict, and which commit is to be named for a change of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.forlop import Forlop
from forvaltning.engine.utfall import Utfall
from forvaltning.git.historikk import Filendring, Steg
from forvaltning.history.versjoner import SETTINGS_FILE, postnokkel
from forvaltning.model.viser import normaliser


@dataclass(slots=True)
class Siste:
    """What was last found for one requirement and one record: its course when broken, what it read, until when."""

    forlop: Forlop | None
    spor: Set[str] = frozenset()
    fra: date = date.max
    til: date = date.min


UKJENT = Siste(None)
"""Nothing was found yet."""
Par = tuple[str, str]
"""Record and requirement."""
INNSTILLINGER = "innstillinger"
"""What the commit that changed the settings stands under."""
Skyld = tuple[int, str]
"""A commit: its place among those of the point, and its id."""


def endret(
    gruppe: Sequence[Steg], like: Callable[[str, str], bool]
) -> tuple[dict[str, tuple[str, str] | None], dict[str, Skyld]]:
    """The files that some steps leave changed, and which of them last said something else of each record.

    `like`: whether two versions say the same. It is asked where a commit may have done nothing to what is judged: of a
    file that several touched, and of all where the settings are others.
    """
    changed: dict[str, tuple[str, str] | None] = {}
    touched: dict[str, list[tuple[Skyld, Filendring]]] = {}
    for n, steg in enumerate(gruppe):
        for f in steg.filer:
            if f.gammel_sti is not None and f.gammel_sti != f.ny_sti:
                changed[f.gammel_sti] = None
            if f.ny_sti is not None and f.ny_oid is not None:
                changed[f.ny_sti] = (f.ny_oid, f.ny_mode)
            for sti in {f.gammel_sti, f.ny_sti} - {None}:
                touched.setdefault(str(sti), []).append(((n, steg.innsjekking.oid), f))
    skylder: dict[str, Skyld] = {}
    everything = SETTINGS_FILE in changed
    for sti, touches in touched.items():
        last: Skyld | None = touches[-1][0]
        if everything or len(touches) > 1:
            last = next((by for by, f in reversed(touches) if not _uendret(f, like)), None)
        if last is not None:
            skylder.update(dict.fromkeys(_nokler(sti), last))
    return changed, skylder


def _uendret(f: Filendring, like: Callable[[str, str], bool]) -> bool:
    """True when a file says what it said: a comment, an order, a file mode."""
    if f.gammel_sti != f.ny_sti or f.gammel_oid is None or f.ny_oid is None:
        return False
    return f.gammel_oid == f.ny_oid or like(f.gammel_oid, f.ny_oid)


def _nokler(sti: str) -> tuple[str, ...]:
    """The keys that a file's commit stands under: of its record, or of the settings."""
    key = postnokkel(sti)
    if key is not None:
        return "=" + key[1], "~" + key[1]
    return (INNSTILLINGER,) if sti == SETTINGS_FILE else ()


def skyld(
    post: str, found: Utfall, before: Siste, keys: set[str], skylder: Mapping[str, Skyld], *, whole: bool
) -> str | None:
    """The commit to name for a change of verdict: of the record itself first, else the last of what it read.

    Where neither has changed, the settings have. A commit that left every value as it was (a comment, an order, a file
    mode) is not to blame.
    """
    mine = "=" + normaliser(post.partition("/")[2])
    own = skylder.get(mine) if whole or mine in keys else None
    if own is not None:
        return own[1]
    read = [skylder[k] for k in found.spor | before.spor if k in skylder and (whole or k in keys)]
    if not read and whole and INNSTILLINGER in skylder:
        return skylder[INNSTILLINGER][1]
    return max(read)[1] if read else None


def ident(sti: str) -> str:
    """The id of a record file's path, empty for any other file."""
    key = postnokkel(sti)
    return key[1] if key is not None else ""

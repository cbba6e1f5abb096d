"""Which new file is which that is gone: as Git finds it, for files that it has not been given yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

LIKE = 0.5
"""How alike two files must be to be the same one under a new name: Git's own measure and limit."""
FLEST = 200
"""Above this many gone or new files, only equal content is the same file: as with Git, for the time it takes."""
Les = Callable[[str], bytes]


def like_filer(borte: Iterable[str], nye: Iterable[str], les_for: Les, les_na: Les) -> dict[str, str]:
    """New path → the path it had: the same content, else the most alike of the same kind (folder), each used once.

    A work tree may have other line ends than Git (`core.autocrlf`): they count for nothing.
    """
    gone, new = sorted(borte), sorted(nye)
    if not gone or not new:
        return {}
    before = {g: _lf(les_for(g)) for g in gone}
    after = {p: _lf(les_na(p)) for p in new}
    out: dict[str, str] = {}
    same: dict[tuple[str, bytes], list[str]] = {}
    for g in reversed(gone):
        same.setdefault((_slag(g), before[g]), []).append(g)
    for path in new:
        if left := same.get((_slag(path), after[path])):
            out[path] = left.pop()
    taken = set(out.values())
    gone, new = [g for g in gone if g not in taken], [p for p in new if p not in out]
    if max(len(gone), len(new)) > FLEST:
        return out
    was, now = {g: _linjer(before[g]) for g in gone}, {p: _linjer(after[p]) for p in new}
    pairs = sorted(
        ((_likhet(was[g], now[p]), p, g) for p in new for g in gone if _slag(g) == _slag(p)), reverse=True
    )
    for score, path, g in pairs:
        if score >= LIKE and path not in out and g not in taken:
            out[path] = g
            taken.add(g)
    return out


def _slag(sti: str) -> str:
    return sti.partition("/")[0]


def _lf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _linjer(data: bytes) -> Counter[bytes]:
    return Counter(data.splitlines(keepends=True))


def _likhet(a: Counter[bytes], b: Counter[bytes]) -> float:
    size = max(sum(len(line) * n for line, n in c.items()) for c in (a, b))
    return sum(len(line) * n for line, n in (a & b).items()) / size if size else 0.0

"""The nearest known ids to one that is wrong: fast enough to ask for every dangling reference."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable

COMMON = 400
"""A three-letter run that more ids than this share tells nothing."""
SHORTLIST = 25


class Nermest:
    """Suggestions among a fixed set of words, by shared three-letter runs and then by difflib's ratio."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._runs: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self._words):
            for run in _runs(word):
                self._runs[run].append(i)

    def __call__(self, word: str, n: int = 3) -> list[str]:
        """At most `n` words that resemble `word`, best first."""
        counts: Counter[int] = Counter()
        for run in _runs(word[:80]):
            found = self._runs.get(run, ())
            if len(found) <= COMMON:
                counts.update(found)
        short = [self._words[i] for i, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:SHORTLIST]]
        return difflib.get_close_matches(word[:80], short, n=n, cutoff=0.6)


def _runs(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}

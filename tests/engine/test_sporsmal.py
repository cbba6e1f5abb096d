"""Ids found again in a text: as a search for each one alone finds them."""

from __future__ import annotations

import random

from forvaltning.engine.sporsmal import Sporsmal

TEGN = "ab-c.ø"


def test_what_is_found_is_what_stands_in_the_text():
    pick = random.Random(7)
    for _ in range(300):
        ids = {"".join(pick.choices(TEGN, k=pick.randint(1, 9))) for _ in range(pick.randint(0, 40))}
        asked = Sporsmal()
        for ident in [*ids, *ids]:
            asked.add(ident)
        text = "".join(pick.choices(TEGN, k=pick.randint(0, 200)))
        found = list(asked.nevnt(text))
        assert len(found) == len(set(found))
        assert set(found) == {ident for ident in ids if ident in text}
        assert set(asked.nevnt(None)) == ids

"""Files made from the code stand as the code makes them."""

from __future__ import annotations

import difflib

import pytest

from forvaltning import generate

TABELL = generate.tabell()


@pytest.mark.parametrize("path", TABELL)
def test_a_generated_file_is_what_the_code_makes(path):
    target = generate.ROT / path
    assert target.is_file(), f"{path} is not there. Run: {generate.KOMMANDO}"
    now, made = target.read_text(encoding="utf-8"), TABELL[path]()
    diff = difflib.unified_diff(
        now.splitlines(), made.splitlines(), path, "what the code makes", lineterm="", n=1
    )
    assert now == made, "\n".join([*list(diff)[:60], f"Run: {generate.KOMMANDO}"])


def test_no_generated_file_is_left_over():
    assert generate.til_overs(TABELL) == [], f"Run: {generate.KOMMANDO}"

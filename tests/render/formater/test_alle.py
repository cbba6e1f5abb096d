"""What holds for every machine format: pure text, same every time, nothing a log or a terminal would obey."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest

from forvaltning.render.formater.markdown import jobbsammendrag
from forvaltning.render.formater.tabell import FORMATER
from tests.render.formater import forbrukere
from tests.render.formater.eksempler import FIENDTLIGE, GRUNNLAG, med_tekst, stor

DOK = Path(__file__).parents[3] / "docs" / "formater.md"
ALLE = {**{navn: f.lag for navn, f in FORMATER.items()}, "jobbsammendrag": lambda g: iter([jobbsammendrag(g)])}


@pytest.mark.parametrize("format_", ALLE)
@pytest.mark.parametrize("navn", GRUNNLAG)
def test_every_format_tells_of_every_ground_the_same_way_every_time(format_, navn):
    text = "".join(ALLE[format_](GRUNNLAG[navn]()))
    assert text == "".join(ALLE[format_](GRUNNLAG[navn]()))
    assert not text or text.endswith("\n")
    text.encode("utf-8")


@pytest.mark.parametrize("format_", ALLE)
@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_hostile_text_is_never_a_command_or_a_control_character(format_, tekst, fil):
    text = "".join(ALLE[format_](med_tekst(tekst, fil)))
    text.encode("utf-8")
    strange = {c for c in text.removeprefix("\ufeff") if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert strange <= {"\n", "\r"}
    assert "\r" not in text or format_.startswith("csv")
    for line in text.splitlines():
        seen = forbrukere.github(line)
        assert seen is None or (format_ == "github" and seen.navn in {"error", "warning", "notice"})
        seen = forbrukere.azure(line)
        assert seen is None or (format_ == "azure" and seen.navn in {"task.logissue", "task.complete"})


@pytest.mark.parametrize("format_", ALLE)
def test_5000_findings_take_no_time_to_write(format_):
    g = stor()
    start = time.perf_counter()
    for _ in ALLE[format_](g):
        pass
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("navn", FORMATER)
def test_every_format_stands_in_the_documentation_with_its_description(navn):
    f = FORMATER[navn]
    assert f"| `{navn}` | {f.beskrivelse} | `{f.endelse}` |" in DOK.read_text(encoding="utf-8")

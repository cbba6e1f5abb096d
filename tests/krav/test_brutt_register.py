"""The registry under `tests/brutt` breaks every requirement, and nothing else is wrong with it than that."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forvaltning.krav.katalog import ALLE

BRUTT = Path(__file__).resolve().parents[1] / "brutt"


@pytest.fixture(scope="module")
def report() -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "forvaltning", "check", "--registry", str(BRUTT), "--format", "json"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.parametrize("krav", [k.nummer for k in ALLE])
def test_every_requirement_is_broken_somewhere(report: dict, krav: str) -> None:
    assert any(r["krav"] == krav and r["utfall"] == "brudd" for r in report["resultater"])


def test_every_finding_has_a_place_a_remedy_and_a_fingerprint_of_its_own(report: dict) -> None:
    found = [f for r in report["resultater"] for f in r["funn"]]
    assert len({f["fingeravtrykk"] for f in found}) == len(found)
    for f in found:
        assert all((f["melding"], f["tiltak"], f["vilkar"]))
        lines = (BRUTT / f["fil"]).read_text(encoding="utf-8").splitlines()
        assert 1 <= f["linje"] <= len(lines)
        assert 1 <= f["kolonne"] <= len(lines[f["linje"] - 1]) + 1


def test_every_finding_kind_is_there(report: dict) -> None:
    kinds = {f["art"] for r in report["resultater"] for f in r["funn"] if "avvik" not in f}
    assert kinds == {"mangler", "feil", "utlopt"}

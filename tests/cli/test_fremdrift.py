"""The progress bar: only on a terminal, only after a second, and gone when the work is done."""

from __future__ import annotations

import io
import time

import pytest

from forvaltning.cli import fremdrift
from forvaltning.cli.fremdrift import Fremdrift


class Skjerm(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def rask(monkeypatch):
    monkeypatch.setattr(fremdrift, "VENT", 0.02)
    monkeypatch.setattr(fremdrift, "TAKT", 0.01)


def test_work_that_takes_time_is_shown_and_then_wiped(monkeypatch, rask):
    screen = Skjerm()
    monkeypatch.setattr("sys.stderr", screen)
    with Fremdrift() as bar:
        bar.steg(50, 100)
        time.sleep(0.1)
    assert "Leser filer [############............] 50 %" in screen.getvalue()
    assert screen.getvalue().endswith("\r")


def test_quick_work_shows_nothing(monkeypatch):
    screen = Skjerm()
    monkeypatch.setattr("sys.stderr", screen)
    with Fremdrift() as bar:
        bar.steg(50, 100)
    assert screen.getvalue() == ""


@pytest.mark.parametrize("av", [True, False])
def test_nothing_is_drawn_where_it_is_not_wanted(monkeypatch, rask, av):
    stream = Skjerm() if av else io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with Fremdrift(av=av):
        time.sleep(0.05)
    assert stream.getvalue() == ""


def test_what_is_being_done_is_said():
    bar = Fremdrift(av=True)
    assert bar.linje() == "Finner filene …"
    bar.steg(100, 100)
    assert bar.linje() == "Vurderer kravene for 100 filer …"

"""A finished text is shown again only while nothing it says can be another."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import kjor

from forvaltning.cli import ferdig
from forvaltning.documents.kodeeierfil import MERKE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Git repository with the broken registry, its files old enough to be trusted."""
    shutil.copytree(ROOT / "tests" / "brutt", tmp_path / "registry")
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, env=env)
    for file in (tmp_path / "registry").rglob("*.yaml"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kept(repo: Path) -> str:
    (path,) = (repo / ".git" / "forvaltning").glob("*.sqlite")
    with sqlite3.connect(path) as db:
        row = db.execute("SELECT verdi FROM meta WHERE nokkel='ferdig'").fetchone()
    db.close()
    return str(row[0]) if row else ""


def test_the_second_run_shows_the_text_of_the_first(repo, monkeypatch):
    first = kjor("check")
    assert first.kode == 1
    assert first.ut in kept(repo)

    def forbidden(*args: object) -> None:
        raise AssertionError("rendered again")

    monkeypatch.setattr("forvaltning.render.tekst.rapport", forbidden)
    assert kjor("check") == first


def test_another_look_is_another_text(repo):
    plain = kjor("check")
    assert kjor("check", "--verbose").ut != plain.ut
    assert kjor("check", "--quiet").ut != plain.ut
    assert kjor("check", "--as-of", "2027-03-01").ut != plain.ut
    assert kjor("check", env={"FORCE_COLOR": "1"}).ut != plain.ut
    assert kjor("check", env={"COLUMNS": "60"}).ut != plain.ut
    assert kjor("check") == plain


def test_a_changed_file_is_seen(repo):
    before = kjor("check")
    system = next((repo / "registry" / "systemer").glob("*.yaml"))
    system.write_text("navn: [\n", encoding="utf-8")
    after = kjor("check")
    assert after.ut != before.ut
    assert system.name in after.ut


def test_narrowing_takes_nothing_from_the_whole_text(repo):
    whole = kjor("check")
    part = kjor("check", "--krav", "1.1")
    assert part.ut != whole.ut
    assert kjor("check") == whole
    assert kjor("check", "--krav", "1.1") == part


def test_a_stale_codeowners_is_told_of_each_time(repo):
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=repo)
    (repo / "CODEOWNERS").write_text(f"{MERKE}\n/x @bergen/x\n", encoding="utf-8")
    unit = next((repo / "registry" / "enheter").glob("*.yaml"))
    unit.write_text(unit.read_text(encoding="utf-8") + 'kodeeier: "@bergen/sdi"\n', encoding="utf-8")
    told = kjor("check")
    assert told == kjor("check")
    assert "CODEOWNERS" in told.ut
    (repo / "CODEOWNERS").unlink()
    assert "CODEOWNERS" not in kjor("check").ut


def test_too_long_a_text_is_not_kept(repo, monkeypatch):
    monkeypatch.setattr(ferdig, "STORST", 10)
    kjor("check")
    assert not kept(repo)


def test_a_kept_text_that_is_broken_is_made_anew(repo):
    first = kjor("check")
    (path,) = (repo / ".git" / "forvaltning").glob("*.sqlite")
    with sqlite3.connect(path) as db:
        db.execute(
            "UPDATE meta SET verdi=substr(verdi, 1, instr(verdi, char(10))) || 'x' WHERE nokkel='ferdig'"
        )
    db.close()
    assert kjor("check") == first

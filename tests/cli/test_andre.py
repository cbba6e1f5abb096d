"""What must never stand in a registry is found in every file of it, and only what is new stops a change."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from tests.gitrepo import Repo

FNR = "15078520032"
TEKST = f"Ring {FNR} i dag.\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    out = Repo(tmp_path / "repo", None)
    out.commit("start")
    return out


def innhold(repo: Repo, *args: str) -> dict[str, list[str]]:
    """File → rules of the content problems; with `--against` only of the new ones."""
    done = repo.run("check", "--as-of", "2026-11-16", "--format", "json", *args)
    assert FNR not in done.stdout
    report = json.loads(done.stdout)
    new = set(report["mot"]["problemer"]["nye"]) if "--against" in args else None
    out: dict[str, list[str]] = {}
    for p in report["problemer"]:
        if p["regel"].startswith("innhold.") and (new is None or p["fingeravtrykk"] in new):
            out.setdefault(p["fil"], []).append(p["regel"])
    return out


STIER = (
    "README.md",
    "notat.txt",
    ".skjult/x",
    "systemer/gammel.yml",
    "templates/t.md",
    "ukjent/liste.csv",
    "docs/a/b.md",
)


@pytest.mark.parametrize("sti", STIER)
def test_it_is_found_in_every_file_blocks_when_new_and_is_old_when_old(repo: Repo, sti: str) -> None:
    repo.write(sti, TEKST)
    assert innhold(repo) == {sti: ["innhold.fodselsnummer"]}
    assert innhold(repo, "--against", "HEAD") == {sti: ["innhold.fodselsnummer"]}
    assert repo.run("check", "--against", "HEAD").returncode == 1
    repo.commit("gammelt")
    assert innhold(repo, "--against", "HEAD") == {}
    assert repo.run("check", "--against", "HEAD").returncode == 0
    repo.write(sti, f"En linje foran.\n{TEKST}")
    assert innhold(repo, "--against", "HEAD") == {}
    repo.write(sti, f"{TEKST}Og 16.07.85 20005, {FNR}.\n")
    assert innhold(repo, "--against", "HEAD") == {sti: ["innhold.fodselsnummer"]}


def test_what_git_ignores_is_left_alone(repo: Repo) -> None:
    repo.write(".venv/x", TEKST)
    assert ".venv/x" in innhold(repo)
    (repo.path / ".gitignore").write_text(".venv/\n", encoding="utf-8")
    assert innhold(repo) == {}


def test_a_file_that_has_changed_is_read_again_whatever_its_size_and_time_say(repo: Repo) -> None:
    repo.write("README.md", TEKST)
    path = repo.registry / "README.md"
    old = time.time() - 1000
    os.utime(path, (old, old))
    assert innhold(repo) == {"README.md": ["innhold.fodselsnummer"]}
    facts = path.stat()
    path.write_text("x" * len(TEKST), encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    if path.stat().st_ctime_ns != facts.st_ctime_ns:  # Windows keeps the time of creation there
        assert innhold(repo) == {}
    path.write_text("Ingenting her.\n", encoding="utf-8")
    assert innhold(repo) == {}
    path.unlink()
    assert innhold(repo) == {}


def test_a_false_alarm_is_marked_there_too(repo: Repo) -> None:
    repo.write("README.md", "Vakttelefon: 400 00 000\n")
    assert innhold(repo) == {"README.md": ["innhold.telefon"]}
    repo.write(
        "README.md", "Vakttelefon: 400 00 000 <!-- # forvaltning: tillat innhold.telefon – delt vakt -->\n"
    )
    assert innhold(repo) == {}


def test_what_was_not_read_is_said_and_stops_nothing(repo: Repo) -> None:
    (repo.registry / "logo.png").write_bytes(b"\x89PNG\0\0\0" + bytes(range(256)))
    assert innhold(repo, "--against", "HEAD") == {"forvaltning.yaml": ["innhold.ikke_lest"]}
    assert repo.run("check", "--against", "HEAD").returncode == 0
    repo.commit("bilde")
    assert innhold(repo, "--against", "HEAD") == {}
    assert innhold(repo) == {"forvaltning.yaml": ["innhold.ikke_lest"]}


def test_a_record_that_is_not_read_is_old_when_it_was_there_before(repo: Repo) -> None:
    repo.write("systemer/gammel.yml", "navn: Gammel\n")
    assert repo.run("check", "--against", "HEAD").returncode == 1
    repo.commit("gammel")
    assert repo.run("check", "--against", "HEAD").returncode == 0
    repo.write("systemer/gammel.yml", "navn: Endret\n")
    assert repo.run("check", "--against", "HEAD").returncode == 1


def test_old_content_follows_a_record_to_its_new_name(repo: Repo) -> None:
    repo.write("begreper/a.yaml", f"term: {{nb: A}}\n# {FNR}\n")
    repo.commit("gammelt")
    (repo.registry / "begreper/a.yaml").unlink()
    repo.write("begreper/b.yaml", f"term: {{nb: A}}\n# {FNR}\ntidligere_id: [a]\n")
    assert innhold(repo, "--against", "HEAD") == {}


def test_a_file_that_is_not_read_because_another_has_its_id_is_looked_through_too(repo: Repo) -> None:
    repo.write("avtaler/felles.yaml", "navn: Felles\n")
    repo.write("systemer/felles.yaml", f"navn: Felles\nmerknad: Ring {FNR} i dag.\n")
    assert innhold(repo) == {"systemer/felles.yaml": ["innhold.fodselsnummer"]}
    assert innhold(repo, "--against", "HEAD") == {"systemer/felles.yaml": ["innhold.fodselsnummer"]}
    repo.commit("tvillinger")
    assert innhold(repo, "--against", "HEAD") == {}
    repo.write("systemer/felles.yaml", f"merknad: Ring {FNR} i dag.\nnavn: Felles\n")
    assert innhold(repo, "--against", "HEAD") == {}

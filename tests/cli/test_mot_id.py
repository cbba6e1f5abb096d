"""The merge gate: an id that was used before, anywhere in history, does not name another record."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.gitrepo import ENV, Repo

FIRMA = "leverandorer/firma.yaml"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A registry in which a supplier was deleted two commits ago."""
    out = Repo(tmp_path / "repo", None)
    out.write(FIRMA, "navn: Firma AS\n")
    out.commit("start")
    (out.registry / FIRMA).unlink()
    out.commit("slettet")
    out.write("begreper/annet.yaml", "term: {nb: Annet}\n")
    out.commit("annet")
    return out


def told(repo: Repo, against: str = "HEAD") -> list[str]:
    done = repo.run("check", "--against", against, "--format", "csv", "--as-of", "2026-11-16")
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if "endring.id_gjenbrukt" in line]


@pytest.mark.parametrize(
    ("fil", "tekst"),
    [
        (FIRMA, "navn: Et annet firma\n"),
        ("begreper/firma.yaml", "term: {nb: Firma}\n"),
        ("systemer/firma.yaml", "navn: Firma AS\n"),
    ],
)
def test_another_record_may_not_take_the_id(repo: Repo, fil: str, tekst: str) -> None:
    repo.write(fil, tekst)
    first, again = told(repo), told(repo)
    assert len(first) == 1
    assert "leverandør" in first[0]
    assert again == first
    assert repo.run("check", "--against", "HEAD", "--as-of", "2026-11-16").returncode == 1


@pytest.mark.parametrize(
    "tekst", ["navn: Firma AS\n", "# tilbake\nnavn: firma  as\norganisasjonsnummer: x\n"]
)
def test_what_was_deleted_may_be_put_back(repo: Repo, tekst: str) -> None:
    repo.write(FIRMA, tekst)
    assert told(repo) == []


def test_a_deletion_that_is_reverted_is_no_reuse(repo: Repo) -> None:
    repo.git("revert", "--no-edit", "HEAD~1")
    assert told(repo, "HEAD~1") == []


def test_an_id_that_was_never_used_is_free_and_so_is_a_rename(repo: Repo) -> None:
    repo.write("leverandorer/nytt.yaml", "navn: Nytt\n")
    (repo.registry / "begreper/annet.yaml").unlink()
    repo.write("begreper/omdopt.yaml", "term: {nb: Annet}\ntidligere_id: [annet]\n")
    assert told(repo) == []


def test_a_rename_and_its_revert_are_no_reuse(repo: Repo) -> None:
    (repo.registry / "begreper/annet.yaml").unlink()
    repo.write("begreper/omdopt.yaml", "term: {nb: Annet}\ntidligere_id: [annet]\n")
    repo.commit("omdopt")
    repo.git("revert", "--no-edit", "HEAD")
    assert told(repo, "HEAD~1") == []


def test_a_record_that_came_and_went_in_the_change_itself_was_never_one(repo: Repo) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.write("begreper/kladd.yaml", "term: {nb: Kladd}\n")
    repo.commit("kladd")
    (repo.registry / "begreper/kladd.yaml").unlink()
    repo.commit("bort")
    repo.write("begreper/kladd.yaml", "term: {nb: Noe annet}\n")
    assert told(repo, base) == []


def test_what_a_merge_deleted_counts(repo: Repo) -> None:
    repo.git("switch", "-qc", "gren")
    (repo.registry / "begreper/annet.yaml").unlink()
    repo.commit("bort")
    repo.git("switch", "-q", "main")
    repo.write("begreper/tredje.yaml", "term: {nb: Tredje}\n")
    repo.commit("tredje")
    assert told(repo) == []  # the cache knows the deletions up to here
    repo.git("merge", "-q", "--no-edit", "gren")
    repo.write("begreper/annet.yaml", "term: {nb: Helt annet}\n")
    assert len(told(repo)) == 1


def test_a_shallow_clone_says_that_nobody_looked(repo: Repo, tmp_path: Path) -> None:
    clone = Repo.__new__(Repo)
    clone.path, clone.registry = tmp_path / "grunn", tmp_path / "grunn" / "registry"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", repo.path.as_uri(), str(clone.path)],
        env=ENV, check=True, capture_output=True,
    )  # fmt: skip
    assert told(clone) == []
    clone.write(FIRMA, "navn: Et annet firma\n")
    (line,) = told(clone)
    assert "merknad" in line.lower() or "advarsel" in line
    assert "unshallow" in line
    assert clone.run("check", "--against", "HEAD", "--as-of", "2026-11-16").returncode == 0

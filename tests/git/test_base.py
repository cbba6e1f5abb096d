"""The base of a comparison: found, or refused with what to do; never a guess."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.gitrepo import ENV

from forvaltning.git.arbeidstre import Arbeidstre, finn_arbeidstre
from forvaltning.git.base import IngenBase, finn_base


def git(where: Path, *args: str) -> str:
    done = subprocess.run(
        ["git", *args], cwd=where, env=ENV, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.strip()


def tre(path: Path) -> Arbeidstre:
    found = finn_arbeidstre(path)
    assert found is not None
    return found


@pytest.fixture
def arkiv(tmp_path: Path) -> Path:
    path = tmp_path / "arkiv"
    path.mkdir()
    git(path, "init", "-q", "-b", "main")
    return path


def commit(path: Path, n: int = 1) -> str:
    for i in range(n):
        git(path, "commit", "-q", "--allow-empty", "-m", str(i))
    return git(path, "rev-parse", "HEAD")


def nektet(path: Path, valg: str, **miljo: str) -> tuple[str, str]:
    with pytest.raises(IngenBase) as caught:
        finn_base(tre(path), valg, miljo)
    return caught.value.melding, caught.value.tiltak


@pytest.mark.parametrize("valg", ["auto", "HEAD", "HEAD~1", "main"])
def test_before_the_first_commit_there_is_nothing_to_compare_with(arkiv: Path, valg: str) -> None:
    said = " ".join(nektet(arkiv, valg, GITHUB_BASE_REF="main"))
    assert "ingen innsjekking ennå" in said
    assert "uten --against" in said


@pytest.mark.parametrize("valg", ["HEAD~1", "HEAD^", "main~3", "~1", "HEAD^^"])
def test_the_first_commit_has_none_before_it(arkiv: Path, valg: str) -> None:
    commit(arkiv)
    _, remedy = nektet(arkiv, valg)
    assert "ikke så mange innsjekkinger" in remedy
    assert "fetch-depth" not in remedy


def test_in_a_shallow_clone_what_is_not_there_may_only_not_be_fetched(arkiv: Path, tmp_path: Path) -> None:
    commit(arkiv)
    git(arkiv, "tag", "v1")
    commit(arkiv, 2)
    clone = tmp_path / "grunn"
    git(tmp_path, "clone", "-q", "--depth", "1", arkiv.as_uri(), str(clone))
    assert "fetch-depth: 0" in nektet(clone, "HEAD~1")[1]
    remedy = nektet(clone, "v1")[1]
    assert "fetch-depth: 0" in remedy
    assert "git fetch origin tag" in remedy


def test_what_is_no_commit_is_told_apart_from_what_is_not_there(arkiv: Path) -> None:
    (arkiv / "x").write_text("x", encoding="utf-8")
    git(arkiv, "add", "x")
    commit(arkiv)
    assert "ikke en innsjekking" in nektet(arkiv, "HEAD:x")[1]
    assert "stavemåten" in nektet(arkiv, "finnes-ikke")[1]


def test_a_branch_that_is_only_at_the_origin_is_pointed_to(arkiv: Path, tmp_path: Path) -> None:
    commit(arkiv)
    git(arkiv, "branch", "annen")
    clone = tmp_path / "klone"
    git(tmp_path, "clone", "-q", str(arkiv), str(clone))
    assert "origin/annen" in nektet(clone, "annen")[1]
    assert finn_base(tre(clone), "origin/annen", {}).commit == git(arkiv, "rev-parse", "annen")


@pytest.mark.parametrize(
    "navn", ["--output=x", "-x", "$(touch eid)", "a b", "../../etc", "x\n::error::y", "main@{9}", ":/", "\0"]
)
@pytest.mark.parametrize(
    "variabel",
    [
        "GITHUB_BASE_REF",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "CI_COMMIT_BEFORE_SHA",
        "SYSTEM_PULLREQUEST_TARGETBRANCH",
    ],
)
def test_a_name_from_outside_is_only_a_name(arkiv: Path, navn: str, variabel: str) -> None:
    commit(arkiv)
    before = sorted(arkiv.iterdir())
    melding, remedy = nektet(arkiv, "auto", **{variabel: navn})
    assert "finnes ikke her" in melding
    assert remedy
    assert sorted(arkiv.iterdir()) == before


def test_a_new_branch_with_nothing_on_it_is_not_blamed_for_the_last_commit_of_the_main_branch(
    arkiv: Path,
) -> None:
    before, tip = commit(arkiv), commit(arkiv)
    assert finn_base(tre(arkiv), "auto", {}).commit == before
    git(arkiv, "switch", "-q", "--detach")
    assert finn_base(tre(arkiv), "auto", {}).commit == before
    git(arkiv, "switch", "-q", "-c", "ny-gren", "main")
    assert finn_base(tre(arkiv), "auto", {}).commit == tip
    git(arkiv, "branch", "-q", "-m", "main", "trunk")
    git(arkiv, "switch", "-q", "-c", "main")
    assert finn_base(tre(arkiv), "auto", {}).commit == before


def test_a_fork_may_call_where_it_came_from_upstream(arkiv: Path, tmp_path: Path) -> None:
    tip = commit(arkiv)
    clone = tmp_path / "fork"
    git(tmp_path, "clone", "-q", "--origin", "upstream", str(arkiv), str(clone))
    git(clone, "switch", "-q", "-c", "gren")
    git(clone, "branch", "-q", "-D", "main")
    commit(clone)
    assert finn_base(tre(clone), "auto", {}).commit == tip
    assert finn_base(tre(clone), "auto", {"GITHUB_BASE_REF": "main"}).commit == tip


@pytest.mark.parametrize(
    "tekst",
    ["", "[1,2", "[" * 100_000, '{"before": 5}', '{"merge_group": {"base_sha": ["x"]}}', "\xff", "null"],
)
def test_an_event_that_says_nothing_leaves_the_branch(arkiv: Path, tmp_path: Path, tekst: str) -> None:
    before, _ = commit(arkiv), commit(arkiv)
    event = tmp_path / "event.json"
    event.write_bytes(tekst.encode("latin-1"))
    miljo = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(event)}
    assert finn_base(tre(arkiv), "auto", miljo).commit == before


def test_a_commit_that_a_forced_push_took_away_is_told_of(arkiv: Path, tmp_path: Path) -> None:
    commit(arkiv)
    event = tmp_path / "event.json"
    event.write_text('{"before": "%s"}' % ("a" * 40), encoding="utf-8")
    _, remedy = nektet(arkiv, "auto", GITHUB_ACTIONS="true", GITHUB_EVENT_PATH=str(event))
    assert "push --force" in remedy
    assert "fetch-depth" not in remedy

"""pre-commit itself, in a temporary repository, with the hooks from a clone of this project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.ci.hjelp_ci import NYTT_BRUDD, ROT, UFARLIG, VERKTOY, Arkiv, git, krev_pakkeindeks, lag_arkiv, rent

PRE_COMMIT = shutil.which("pre-commit", path=str(Path(sys.executable).parent)) or shutil.which("pre-commit")
pytestmark = [
    pytest.mark.skipif(PRE_COMMIT is None, reason="pre-commit is not installed: pip install pre-commit"),
    pytest.mark.skipif(not VERKTOY, reason="forvaltning is not installed beside this Python"),
]


@pytest.fixture(scope="module")
def verktoy(tmp_path_factory):
    """A clone-able repository with the project as it stands, and its commit."""
    top = tmp_path_factory.mktemp("verktøy")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROT / name, top / name)
    shutil.copytree(ROT / "src", top / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "verktøy")
    return top


class Bruker:
    """A repository that uses the hooks."""

    def __init__(self, arkiv: Arkiv, verktoy: Path, hjem: Path, sprak: str | None) -> None:
        self.arkiv = arkiv
        self.mappe = arkiv.mappe
        self.miljo = {
            **rent(),
            "PRE_COMMIT_HOME": str(hjem),
            "PATH": f"{Path(VERKTOY).parent}{os.pathsep}{os.environ['PATH']}",
            "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t.example",
            "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t.example",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always",
        }  # fmt: skip
        over = {"language": sprak} if sprak else {}
        hooks = [{"id": "forvaltning-check", **over}, {"id": "forvaltning-check-push", **over}]
        config = {"repos": [{"repo": str(verktoy), "rev": git(verktoy, "rev-parse", "HEAD"), "hooks": hooks}]}
        (self.mappe / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        self.kall(PRE_COMMIT, "install", "--hook-type", "pre-commit", "--hook-type", "pre-push")
        git(self.mappe, "add", ".pre-commit-config.yaml")
        self.kall("git", "commit", "-qm", "oppsett")

    def kall(self, *args):
        return subprocess.run(
            args, cwd=self.mappe, env=self.miljo, capture_output=True, encoding="utf-8", check=False
        )

    def skriv(self, endring):
        for fil, (old, new) in endring.items():
            path = self.mappe / "registry" / fil
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def sjekk_inn(self):
        """`git commit` of what is staged: the exit code and everything that was said."""
        done = self.kall("git", "commit", "-m", "endring")
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def bruker(tmp_path, verktoy):
    # The command that is already installed, so that no network is needed; the rest is the hook file's own.
    return Bruker(lag_arkiv(tmp_path), verktoy, tmp_path / "hjem", "system")


def test_the_manifest_is_valid():
    done = subprocess.run(
        [PRE_COMMIT, "validate-manifest", ROT / ".pre-commit-hooks.yaml"], env=rent(), check=False
    )
    assert done.returncode == 0


def test_a_new_breach_stops_the_commit(bruker):
    head = git(bruker.mappe, "rev-parse", "HEAD")
    bruker.skriv(NYTT_BRUDD)
    git(bruker.mappe, "add", "-A")
    code, said = bruker.sjekk_inn()
    assert code != 0, said
    assert "5.2" in said
    assert "kontrakt-god" in said
    assert git(bruker.mappe, "rev-parse", "HEAD") == head


def test_old_breaches_do_not(bruker):
    bruker.skriv(UFARLIG)
    git(bruker.mappe, "add", "-A")
    code, said = bruker.sjekk_inn()
    assert code == 0, said
    assert "forvaltning check" in said
    assert "Passed" in said


def test_the_whole_is_judged_when_another_file_breaks_it(bruker):
    """The changed record is fulfilled itself; the agreement that refers to it is not any more."""
    file = bruker.mappe / "registry/roller/forvalter.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("avtaleforvalter", "avtaleeier"), encoding="utf-8"
    )
    git(bruker.mappe, "add", "-A")
    code, said = bruker.sjekk_inn()
    assert code != 0
    assert "kontrakt-god" in said


def test_other_files_do_not_start_it(bruker):
    (bruker.mappe / "README.md").write_text("hei\n", encoding="utf-8")
    git(bruker.mappe, "add", "-A")
    code, said = bruker.sjekk_inn()
    assert code == 0
    assert "Skipped" in said


def test_what_is_not_staged_is_not_judged(bruker):
    bruker.skriv(UFARLIG)
    git(bruker.mappe, "add", "-A")
    bruker.skriv(NYTT_BRUDD)
    code, said = bruker.sjekk_inn()
    assert code == 0, said
    # … and the edit is still there.
    assert "avtaleforvalter" not in (bruker.mappe / "registry/avtaler/kontrakt-god.yaml").read_text(
        encoding="utf-8"
    )


def test_a_push_is_held_against_the_main_branch_deleted_files_too(bruker):
    assert bruker.kall("git", "push", "-q", "origin", "HEAD:refs/heads/ren").returncode == 0
    git(bruker.mappe, "rm", "-q", "registry/roller/forvalter.yaml")
    code, _ = bruker.sjekk_inn()
    assert code == 0  # to pre-commit a deleted file is no changed file …
    done = bruker.kall("git", "push", "-q", "origin", "HEAD:refs/heads/brudd")
    assert done.returncode != 0, done.stdout + done.stderr  # … so the push looks
    assert "kontrakt-god" in done.stdout + done.stderr
    assert "brudd" not in git(bruker.mappe, "ls-remote", "origin")


def test_the_second_hook_can_be_asked_for(bruker):
    args = (PRE_COMMIT, "run", "--hook-stage", "manual", "forvaltning-check-push")
    assert bruker.kall(*args).returncode == 0
    bruker.skriv(NYTT_BRUDD)
    git(bruker.mappe, "commit", "-qnam", "brudd")
    done = bruker.kall(*args)
    assert done.returncode != 0
    assert "kontrakt-god" in done.stdout


def test_before_the_first_commit_it_stops_and_says_why(bruker, tmp_path):
    new = tmp_path / "nytt"
    git(tmp_path, "init", "-q", str(new))
    shutil.copytree(bruker.mappe / "registry", new / "registry")
    shutil.copy(bruker.mappe / ".pre-commit-config.yaml", new)
    bruker.mappe = new
    git(new, "add", "-A")
    done = bruker.kall(PRE_COMMIT, "run")
    assert done.returncode != 0
    assert "HEAD" in done.stdout


def test_pre_commit_installs_it_from_its_own_repository(tmp_path, verktoy):
    """The hook as users get it, `language: python`: pre-commit clones, builds and installs the project."""
    krev_pakkeindeks(tmp_path)
    user = Bruker(lag_arkiv(tmp_path), verktoy, tmp_path / "hjem", None)
    # No other `forvaltning` may answer.
    user.miljo["PATH"] = os.pathsep.join(
        p for p in rent()["PATH"].split(os.pathsep) if not (Path(p) / "forvaltning").exists()
    )
    user.miljo.pop("PYTHONPATH", None)
    user.skriv(UFARLIG)
    git(user.mappe, "add", "-A")
    code, said = user.sjekk_inn()
    assert code == 0, said
    user.skriv(NYTT_BRUDD)
    git(user.mappe, "add", "-A")
    code, said = user.sjekk_inn()
    assert code != 0, said
    assert "kontrakt-god" in said

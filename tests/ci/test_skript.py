"""The scripts of the action and the templates, run by bash in a repository as the services leave it."""

from __future__ import annotations

import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.ci.hjelp_ci import (
    AZURE,
    GITHUB,
    GITLAB,
    HANDLING,
    NYTT_BRUDD,
    ROT,
    UFARLIG,
    VERKTOY,
    git,
    kjor,
    krev_pakkeindeks,
    lag_arkiv,
    les,
    steg,
    trenger_bash,
)

pytestmark = [
    trenger_bash,
    pytest.mark.skipif(not VERKTOY, reason="forvaltning is not installed beside this Python"),
]


@pytest.fixture
def arkiv(tmp_path):
    return lag_arkiv(tmp_path)


# --- GitHub ---------------------------------------------------------------------------------------------


def github(arkiv, tmp_path, **miljo):
    """The action's check step on a pull request, with the environment a runner gives."""
    work = tmp_path / "løper"
    work.mkdir(exist_ok=True)
    given = {
        "FORVALTNING": VERKTOY, "REGISTRY": "", "AGAINST": "auto", "AS_OF": "",
        "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main", "GITHUB_HEAD_REF": "ond-$(touch eid)",
        "GITHUB_OUTPUT": str(work / "output"), "GITHUB_STEP_SUMMARY": str(work / "summary"),
        "GITHUB_ENV": str(work / "env"), "RUNNER_TEMP": str(work),
    }  # fmt: skip
    out = kjor(steg(HANDLING, "--format github"), arkiv, work, **{**given, **miljo})
    assert not list(arkiv.mappe.glob("**/eid")), "text was run as code"
    return out


def test_github_stops_what_the_change_breaks(arkiv, tmp_path):
    arkiv.endre(NYTT_BRUDD)
    done = github(arkiv, tmp_path)
    assert done.kode == 1, done.ut + done.feil
    assert "::error " in done.ut
    assert "registry/avtaler/kontrakt-god.yaml" in done.ut
    assert done.utdata["exit-code"] == "1"
    sarif = json.loads(Path(done.utdata["sarif"]).read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    assert "5.2" in Path(done.utdata["markdown"]).read_text(encoding="utf-8")
    assert done.fil("summary").strip()


def test_github_lets_through_what_breaks_nothing(arkiv, tmp_path):
    arkiv.endre(UFARLIG)
    done = github(arkiv, tmp_path)
    assert done.kode == 0, done.ut + done.feil
    assert "::error" not in done.ut
    assert done.utdata["exit-code"] == "0"


def test_github_without_comparison_judges_all(arkiv, tmp_path):
    arkiv.endre(UFARLIG)
    assert github(arkiv, tmp_path, AGAINST="none").kode == 1
    assert github(arkiv, tmp_path, AGAINST="").kode == 1
    assert github(arkiv, tmp_path, AGAINST="HEAD~1").kode == 0


def test_github_a_shallow_clone_is_red_and_says_what_to_set(tmp_path):
    shallow = lag_arkiv(tmp_path, dybde=1)
    shallow.endre(UFARLIG)
    git(shallow.mappe, "checkout", "-q", "--detach")
    git(shallow.mappe, "branch", "-D", "main")
    git(shallow.mappe, "update-ref", "-d", "refs/remotes/origin/main")
    done = github(shallow, tmp_path)
    assert done.kode == 2, done.ut + done.feil
    assert "fetch-depth: 0" in done.ut
    assert "fetch-depth: 0" in done.fil("summary")
    assert "sarif" not in done.utdata
    assert "::error title=forvaltning check::" in done.ut


def test_github_the_merge_commit_of_a_forks_pull_request(arkiv, tmp_path):
    """As actions/checkout leaves it: a detached merge of both sides, no local branch, the target as a remote one."""
    arkiv.endre(NYTT_BRUDD)
    change = git(arkiv.mappe, "rev-parse", "HEAD")
    git(arkiv.mappe, "checkout", "-q", "--detach", "origin/main")
    git(arkiv.mappe, "commit", "-q", "--allow-empty", "-m", "imens")
    git(arkiv.mappe, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(arkiv.mappe, "merge", "-q", "--no-ff", "-m", "flett", change)
    git(arkiv.mappe, "branch", "-D", "main")
    assert github(arkiv, tmp_path).kode == 1


@pytest.mark.parametrize(("endring", "kode"), [(NYTT_BRUDD, 1), (UFARLIG, 0)])
def test_github_a_merge_queue_and_a_push_name_their_base(arkiv, tmp_path, endring, kode):
    base = arkiv.base
    arkiv.endre(endring)
    for event in ({"merge_group": {"base_sha": base}}, {"before": base}):
        file = tmp_path / "event.json"
        file.write_text(json.dumps(event), encoding="utf-8")
        done = github(arkiv, tmp_path, GITHUB_BASE_REF="", GITHUB_EVENT_PATH=str(file))
        assert done.kode == kode, done.ut


def test_github_words_from_outside_on_stderr_are_not_commands(arkiv, tmp_path):
    done = github(arkiv, tmp_path, GITHUB_BASE_REF="x\n::set-env name=PATH::/ond\n::warning::hei")
    assert done.kode == 2
    token = re.search(r"^::stop-commands::([0-9a-f]{32})$", done.ut, re.MULTILINE)
    inside = done.ut[token.end() : done.ut.index(f"\n::{token[1]}::")]
    outside = done.ut.replace(inside, "")
    assert "set-env" in inside or "set-env" not in done.ut
    assert "set-env" not in outside
    assert "::warning::hei" not in outside
    again = github(arkiv, tmp_path, GITHUB_BASE_REF="finnes-ikke")
    assert token[1] not in again.ut
    # In the summary it is an indented block, where nothing is Markdown or HTML.
    lines = done.fil("summary").splitlines()
    assert all(
        line.startswith(("    ", "### Registeret er ikke vurdert")) or not line.strip() for line in lines
    )


@pytest.mark.parametrize("navn", ["REGISTRY", "AGAINST", "AS_OF"])
@pytest.mark.parametrize(
    "verdi", ["$(touch eid)", "; touch eid", "`touch eid`", "--help", '" && touch eid; "']
)
def test_github_an_input_is_a_value_and_nothing_more(arkiv, tmp_path, navn, verdi):
    assert github(arkiv, tmp_path, **{navn: verdi}).kode == 2


def test_github_takes_the_registry_and_the_date(arkiv, tmp_path):
    git(arkiv.mappe, "mv", "registry", "mitt register")
    git(arkiv.mappe, "commit", "-qm", "flytt")
    assert github(arkiv, tmp_path, AGAINST="none").kode == 2
    done = github(arkiv, tmp_path, AGAINST="none", REGISTRY="mitt register", AS_OF="2024-12-31")
    assert done.kode == 1
    assert "31.12.2024" in Path(done.utdata["markdown"]).read_text(encoding="utf-8")


def test_github_yesterdays_reports_are_not_todays(arkiv, tmp_path):
    arkiv.endre(UFARLIG)
    assert "sarif" in github(arkiv, tmp_path).utdata
    (tmp_path / "løper/output").unlink()
    assert "sarif" not in github(arkiv, tmp_path, AGAINST="finnes-ikke").utdata


def test_github_installs_the_tool_beside_it_and_no_module_of_the_repository(arkiv, tmp_path):
    """The real script; what would reach the network, pip's own work, is done by a stub that notes its arguments."""
    work = tmp_path / "løper"
    (work / "bin").mkdir(parents=True)
    (arkiv.mappe / "venv.py").write_text("open('eid', 'w')", encoding="utf-8")
    (arkiv.mappe / "pip.py").write_text("open('eid', 'w')", encoding="utf-8")
    stub = work / "bin/python"
    stub.write_text(
        f'#!/bin/sh\necho "$@" >> "{work}/kall"\n'
        f'if [ "$3" = venv ]; then mkdir -p "$5/bin"; cp "$0" "$5/bin/python"; "{sys.executable}" "$@"; fi\n',
        encoding="utf-8",
    )
    stub.chmod(0o755)
    path = f"{work / 'bin'}:{os.environ['PATH']}"
    action = (ROT / HANDLING).parent
    done = kjor(
        steg(HANDLING, "-m venv").replace('"$bin/python"', f'"{stub}"'), arkiv, work,
        PATH=path, RUNNER_TEMP=str(work), GITHUB_ACTION_PATH=str(action), GITHUB_OUTPUT=str(work / "output"),
    )  # fmt: skip
    assert done.kode == 0, done.feil
    first, locked, tool = done.fil("kall").splitlines()
    assert first.startswith("-I -m venv ")
    assert "--require-hashes -r" in locked
    assert Path(locked.split()[-1]).resolve() == action.parents[2] / "requirements/run.txt"
    assert Path(tool.split()[-1]).resolve() == action.parents[2]
    assert done.utdata["forvaltning"].endswith("/forvaltning/venv/bin/forvaltning")
    assert not (arkiv.mappe / "eid").exists()


def test_github_the_install_step_gives_a_command_that_works(arkiv, tmp_path):
    """The step as it is, with the locked packages; modules of the repository would stop it if they were read."""
    krev_pakkeindeks(tmp_path)
    for name in ("venv.py", "pip.py", "encodings.py"):
        (arkiv.mappe / name).write_text("raise SystemExit('feil modul')", encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    step = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output"), "PATH": path}
    action = str((ROT / HANDLING).parent)
    done = kjor(steg(HANDLING, "-m venv"), arkiv, tmp_path, GITHUB_ACTION_PATH=action, **step)
    assert done.kode == 0, done.feil
    arkiv.endre(UFARLIG)
    checked = github(arkiv, tmp_path, FORVALTNING=done.utdata["forvaltning"], PYTHONPATH="")
    assert checked.kode == 0, checked.ut


def test_github_the_tools_own_checkout_does_not_dirty_the_repository(arkiv, tmp_path):
    (arkiv.mappe / ".forvaltning-tool").mkdir()
    (arkiv.mappe / ".forvaltning-tool/x").write_text("x", encoding="utf-8")
    assert git(arkiv.mappe, "status", "--porcelain")
    assert kjor(steg(GITHUB[1], "info/exclude"), arkiv, tmp_path).kode == 0
    assert git(arkiv.mappe, "status", "--porcelain") == ""


# --- GitLab ---------------------------------------------------------------------------------------------


def gitlab(arkiv, tmp_path, jobb="forvaltning", **miljo):
    """A job's script on a merge request; `before_script` is left out, and what it gives is given."""
    bin_ = tmp_path / "miljo/bin"
    bin_.mkdir(parents=True, exist_ok=True)
    if not (bin_ / "forvaltning").exists():
        (bin_ / "forvaltning").symlink_to(VERKTOY)
    template = les(GITLAB)
    own = {**template[".forvaltning"]["variables"], **template[jobb].get("variables", {})}
    given = {
        "FORVALTNING_MILJO": str(tmp_path / "miljo"),
        "FORVALTNING_REGISTRY": "",
        "FORVALTNING_AS_OF": "",
    }
    return kjor(steg(GITLAB, "--report=junit"), arkiv, tmp_path, **{**given, **own, "CI": "true", **miljo})


def test_gitlab_stops_what_the_change_breaks(arkiv, tmp_path):
    base = arkiv.base
    arkiv.endre(NYTT_BRUDD)
    done = gitlab(arkiv, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.kode == 1, done.ut + done.feil
    reports = les(GITLAB)[".forvaltning"]["artifacts"]["reports"]
    issues = json.loads((arkiv.mappe / reports["codequality"]).read_text(encoding="utf-8"))
    assert any(i["location"]["path"] == "registry/avtaler/kontrakt-god.yaml" for i in issues)
    assert ET.parse(arkiv.mappe / reports["junit"]).getroot().tag == "testsuites"  # noqa: S314 - our own file


def test_gitlab_lets_through_what_breaks_nothing_and_the_night_does_not(arkiv, tmp_path):
    base = arkiv.base
    arkiv.endre(UFARLIG)
    assert gitlab(arkiv, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).kode == 0
    assert gitlab(arkiv, tmp_path, CI_COMMIT_BEFORE_SHA=base).kode == 0
    assert gitlab(arkiv, tmp_path, jobb="forvaltning-nattlig").kode == 1


def test_gitlab_a_base_that_is_not_here_is_red(arkiv, tmp_path):
    arkiv.endre(UFARLIG)
    done = gitlab(arkiv, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA="1" * 40)
    assert done.kode == 2
    assert "CI_MERGE_REQUEST_DIFF_BASE_SHA" in done.feil
    assert "finnes ikke her" in done.feil


def test_gitlab_a_branch_name_is_not_code(arkiv, tmp_path):
    done = gitlab(arkiv, tmp_path, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="$(touch eid)`touch eid`")
    assert done.kode == 2
    assert not (arkiv.mappe / "eid").exists()


def test_gitlab_says_what_to_set_when_there_is_nothing_to_install(arkiv, tmp_path):
    done = kjor(steg(GITLAB, "-m venv"), arkiv, tmp_path, FORVALTNING_PAKKE="")
    assert done.kode == 2
    assert "Sett FORVALTNING_PAKKE" in done.feil


# --- Azure ----------------------------------------------------------------------------------------------


def azure(arkiv, tmp_path, **miljo):
    """The check step on a pull request."""
    bin_ = tmp_path / "forvaltning/venv/bin"
    bin_.mkdir(parents=True, exist_ok=True)
    if not (bin_ / "forvaltning").exists():
        (bin_ / "forvaltning").symlink_to(VERKTOY)
    given = {
        "AGENT_TEMPDIRECTORY": str(tmp_path), "REGISTRY": "", "AGAINST": "auto", "AS_OF": "", "TF_BUILD": "True",
        "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
    }  # fmt: skip
    return kjor(steg(AZURE, "--format azure"), arkiv, tmp_path, **{**given, **miljo})


def test_azure_stops_what_the_change_breaks(arkiv, tmp_path):
    arkiv.endre(NYTT_BRUDD)
    done = azure(arkiv, tmp_path)
    assert done.kode == 1, done.ut + done.feil
    assert "##vso[task.logissue type=error" in done.ut
    assert f"##vso[task.uploadsummary]{tmp_path}/forvaltning/rapport.md" in done.ut
    publish = next(
        s["inputs"] for s in les(AZURE)["jobs"][0]["steps"] if s.get("task") == "PublishTestResults@2"
    )
    results = tmp_path / "forvaltning" / publish["testResultsFiles"]
    assert ET.parse(results).getroot().tag == "testsuites"  # noqa: S314 - our own file


def test_azure_lets_through_what_breaks_nothing(arkiv, tmp_path):
    arkiv.endre(UFARLIG)
    assert azure(arkiv, tmp_path).kode == 0
    assert azure(arkiv, tmp_path, AGAINST="none").kode == 1


def test_azure_words_from_outside_on_stderr_are_not_commands(arkiv, tmp_path):
    branch = "x##vso[task.setvariable variable=a]b ###vso[task.complete]"
    done = azure(arkiv, tmp_path, SYSTEM_PULLREQUEST_TARGETBRANCH=branch)
    assert done.kode == 2
    assert "fetchDepth" in done.ut
    assert "##vso" not in done.ut + done.feil

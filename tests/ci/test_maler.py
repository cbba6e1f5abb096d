"""The workflows and templates hold to their official schemas, to the flags of the command, and to safe habits."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from tests.ci.hjelp_ci import AZURE, GITHUB, GITLAB, HANDLING, MALER, ROT, les, skript, trenger_bash

from forvaltning.cli.app import lag_kommando
from forvaltning.cli.okt import MAPPER

SKJEMA = {
    HANDLING: ("vendor.github-actions",),
    GITHUB[1]: ("vendor.github-workflows",),
    GITHUB[2]: ("vendor.github-workflows",),
    GITLAB: ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
    # One pattern of this schema is no regular expression in Unicode mode.
    AZURE: ("vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"),
}


def skjemasjekk(skjema, *args):
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *skjema, *args],
        cwd=ROT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize("sti", MALER)
def test_each_holds_to_its_official_schema(sti, tmp_path):
    done = skjemasjekk(SKJEMA[sti], sti)
    assert done.returncode == 0, done.stdout + done.stderr
    # The schema is one that can say no.
    wrong = tmp_path / "feil.yml"
    wrong.write_text((ROT / sti).read_text(encoding="utf-8") + "\njobs: 7\nruns: 7\n", encoding="utf-8")
    assert skjemasjekk(SKJEMA[sti], str(wrong)).returncode != 0


@pytest.mark.parametrize("sti", MALER)
def test_no_expression_is_pasted_into_a_script(sti):
    """`${{ }}`, Azure's `$( )` macros and `$[ ]` are replaced before the shell sees them: text becomes code."""
    for where, text in skript(sti):
        assert "${{" not in text, where
        assert "$[" not in text, where
        if sti == AZURE:
            assert not re.search(r"\$\([A-Za-z_.]+\)", text), where


@trenger_bash
@pytest.mark.parametrize("sti", [s for s in MALER if s != GITHUB[2]])
def test_every_script_is_one_the_shell_can_read(sti):
    found = list(skript(sti))
    assert found
    for where, text in found:
        done = subprocess.run(["bash", "-n"], input=text, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, f"{where}: {done.stderr}"


def test_every_flag_and_format_is_one_the_command_takes():
    command = lag_kommando("check")
    known = {o for p in command.params for o in p.opts}
    from forvaltning.cli.formater import FORMATER

    used = "\n".join(text for sti in MALER for _, text in skript(sti))
    used += "\n".join(h["entry"] for h in kroker())
    ours = set(re.findall(r"--[a-z-]+", used))
    pip = {
        "--clear",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
        "--no-build-isolation",
    }
    assert ours - pip - {"--global", "--add", "--"} <= known
    formats = re.findall(r"--format[ =](\w+)", used) + re.findall(r"--report[ =](\w+)", used)
    assert {"github", "azure", "sarif", "junit", "gitlab", "markdown"} <= set(formats)
    assert set(formats) <= set(FORMATER)


def test_the_whole_history_is_fetched():
    (check, tool) = (
        s["with"]
        for s in les(GITHUB[1])["jobs"]["check"]["steps"]
        if str(s.get("uses", "")).startswith("actions/checkout")
    )
    assert check["fetch-depth"] == 0
    assert "path" not in check
    assert tool["path"] == ".forvaltning-tool"
    assert les(GITLAB)[".forvaltning"]["variables"]["GIT_DEPTH"] == "0"
    steps = les(AZURE)["jobs"][0]["steps"]
    assert next(s for s in steps if "checkout" in s)["fetchDepth"] == "0"


@pytest.mark.parametrize("sti", GITHUB[1:])
def test_no_more_is_allowed_than_to_read(sti):
    flow = les(sti)
    assert flow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job and "secrets" not in job for job in flow["jobs"].values())
    assert "secrets." not in (ROT / sti).read_text(encoding="utf-8")


def test_no_token_is_left_behind_for_the_scripts():
    for s in les(GITHUB[1])["jobs"]["check"]["steps"]:
        if str(s.get("uses", "")).startswith("actions/checkout"):
            assert s["with"]["persist-credentials"] is False
    assert les(AZURE)["jobs"][0]["steps"][0]["persistCredentials"] == "false"


def test_the_action_does_not_ask_a_fork_to_write():
    steps = les(HANDLING)["runs"]["steps"]
    (upload,) = (s for s in steps if "upload-sarif" in str(s.get("uses")))
    assert "inputs.sarif == 'true'" in upload["if"]
    assert "head.repo.fork != true" in upload["if"]
    assert les(HANDLING)["inputs"]["sarif"]["default"] == "false"
    assert "comment" not in (ROT / HANDLING).read_text(encoding="utf-8")


def test_every_input_reaches_the_step_that_uses_it():
    """An input that nothing reads, or a value that no input gives, is a typing error nobody would notice."""
    for sti, inputs in (
        (HANDLING, les(HANDLING)["inputs"]),
        (GITHUB[1], les(GITHUB[1])[True]["workflow_call"]["inputs"]),
    ):
        text = (ROT / sti).read_text(encoding="utf-8")
        assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(inputs), sti
    given = {k for s in les(GITHUB[1])["jobs"]["check"]["steps"] if s.get("id") == "check" for k in s["with"]}
    assert given <= set(les(HANDLING)["inputs"])
    assert set(les(GITHUB[2])["jobs"]["check"]["with"]) <= set(
        les(GITHUB[1])[True]["workflow_call"]["inputs"]
    )
    names = {p["name"] for p in les(AZURE)["parameters"]}
    assert set(re.findall(r"parameters\.(\w+)", (ROT / AZURE).read_text(encoding="utf-8"))) == names


@pytest.mark.parametrize("sti", [HANDLING, AZURE])
def test_a_script_reads_only_what_it_is_given(sti):
    """Each variable in capitals comes from the step's `env`, or from the service."""
    service = {
        "GITHUB_ACTION_PATH",
        "GITHUB_OUTPUT",
        "GITHUB_STEP_SUMMARY",
        "RUNNER_TEMP",
        "AGENT_TEMPDIRECTORY",
    }
    steps = les(sti)["runs"]["steps"] if sti == HANDLING else les(sti)["jobs"][0]["steps"]
    for step in steps:
        text = step.get("run") or step.get("bash") or ""
        assert set(re.findall(r"\$\{?([A-Z][A-Z_]+)", text)) <= service | set(step.get("env", {})), step


def test_the_night_judges_everything():
    assert les(GITHUB[2])["jobs"]["check"]["with"]["against"] == "none"
    assert les(GITHUB[2])[True]["schedule"]
    assert les(GITLAB)["forvaltning-nattlig"]["variables"]["FORVALTNING_AGAINST"] == "none"


def eksempler():
    """The YAML of the guide, with the schema each must hold to."""
    import yaml

    for text in re.findall(r"```yaml\n(.*?)```", (ROT / "docs/ci.md").read_text(encoding="utf-8"), re.DOTALL):
        data = yaml.safe_load(text)
        if "repos" in data or "kodeeier" in data:
            continue
        azure = "resources" in data
        yield text, data, SKJEMA[AZURE if azure else GITLAB if "include" in data else GITHUB[1]]


def test_the_guide_shows_what_works(tmp_path):
    found = list(eksempler())
    assert len(found) == 5
    inputs = {
        "check": set(les(HANDLING)["inputs"]),
        "forvaltning.yml": set(les(GITHUB[1])[True]["workflow_call"]["inputs"]),
    }
    for text, data, schema in found:
        file = tmp_path / "x.yml"
        file.write_text(text, encoding="utf-8")
        done = skjemasjekk(schema, str(file))
        assert done.returncode == 0, text + done.stdout
        jobs = data.get("jobs", {})
        for job in jobs.values() if isinstance(jobs, dict) else ():
            for step in (job, *job.get("steps", ())):
                name = str(step.get("uses", "")).partition("@")[0].rpartition("/")[2]
                assert set(step.get("with", ())) <= inputs.get(name, set(step.get("with", ())))
        for job in jobs if isinstance(jobs, list) else ():
            names = {p["name"]: "default" in p for p in les(AZURE)["parameters"]}
            assert (
                {n for n, optional in names.items() if not optional} <= set(job["parameters"]) <= set(names)
            )
        assert set(data.get("variables", ())) <= set(les(GITLAB)["variables"])


# --- the hooks ------------------------------------------------------------------------------------------


def kroker():
    import yaml

    return yaml.safe_load((ROT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hooks_judge_the_whole_registry_whatever_was_changed():
    commit, push = kroker()
    assert shlex.split(commit["entry"]) == ["forvaltning", "check", "--against", "HEAD"]
    assert shlex.split(push["entry"]) == ["forvaltning", "check", "--against", "auto"]
    assert push["stages"] == ["pre-push", "manual"]
    assert not any(h["pass_filenames"] for h in (commit, push))


def test_the_hooks_know_every_folder_of_a_registry():
    commit, push = kroker()
    pattern = re.compile(commit["files"])
    for folder in MAPPER:
        assert pattern.search(f"{folder}/x.yaml")
        assert pattern.search(f"mitt register/{folder}/æ.yaml")
    assert pattern.search("registry/forvaltning.yaml")
    assert pattern.search("forvaltning.yaml")
    for other in (
        "README.md",
        "systemer.yaml",
        "docs/systemer/x.md",
        "minesystemer/x.yaml",
        "x/forvaltning.yaml.bak",
    ):
        assert not pattern.search(other), other
    assert push["always_run"] is True  # a deleted file is no changed file to pre-commit

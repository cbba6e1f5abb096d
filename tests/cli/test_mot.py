"""The merge gate: only what a change brings blocks, and nothing is green for want of seeing."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.gitrepo import ENV, ROOT, Repo

BK360 = "systemer/bk360.yaml"
AVVIK = """krav: "1.1"
gjelder: [bk360]
vekt: mindre
grunn: Under innføring.
tilstand: besluttet
besluttet: {forum: sdi, dato: 2026-09-01, sak: Bk360 2026/1}
gyldig_til: %s
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    out = Repo(tmp_path / "repo")
    out.commit("start")
    return out


def check(repo: Repo, *args: str, **env: str) -> tuple[int, dict[str, Any]]:
    done = repo.run("check", "--against", "HEAD", "--format", "json", *args, **env)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)["mot"]


def new(repo: Repo, *args: str) -> list[tuple[str, str]]:
    done = repo.run("check", "--against", "HEAD", "--format", "json", *args)
    report = json.loads(done.stdout)
    wanted = set(report["mot"]["nye"])
    found = [
        (r["krav"], r["post"])
        for r in report["resultater"]
        for f in r["funn"]
        if f["fingeravtrykk"] in wanted
    ]
    assert done.returncode == int(report["mot"]["blokkerer"])
    return sorted(set(found))


def test_nothing_changed_blocks_nothing(repo: Repo) -> None:
    code, mot = check(repo)
    assert (code, mot["nye"], mot["endringer"]) == (0, [], [])


def test_a_new_breach_blocks_and_an_old_one_does_not(repo: Repo) -> None:
    repo.drop(BK360, "systemkoordinator")
    assert ("1.1", "systemer/bk360") in new(repo)
    repo.commit("broken")
    code, mot = check(repo)
    assert (code, mot["nye"]) == (0, [])
    assert repo.run("check").returncode == 1


def test_a_mended_breach_is_told(repo: Repo) -> None:
    whole = repo.read(BK360)
    repo.drop(BK360, "systemkoordinator")
    repo.commit("broken")
    repo.write(BK360, whole)
    code, mot = check(repo)
    assert code == 0
    assert ("1.1", "systemer/bk360") in {(r["krav"], r["post"]) for r in mot["rettet"]}
    assert "Rettet" in repo.run("check", "--against", "HEAD").stdout


@pytest.fixture
def broken(repo: Repo) -> Repo:
    repo.drop(BK360, "systemkoordinator")
    repo.commit("broken")
    return repo


def test_moved_text_reformatting_and_comments_are_not_new(broken: Repo) -> None:
    text = broken.read(BK360)
    broken.write(BK360, "# en kommentar\n\n\n" + text.replace("\n", "\r\n"))
    assert new(broken) == []


def test_a_rename_takes_its_breaches_along(broken: Repo) -> None:
    for path in broken.registry.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        changed = "\n".join(
            line.replace("bk360", "arkivsystem")
            if line.strip() in {"- bk360", "arkivkjerne: bk360"} or "[bk360" in line or ": bk360" in line
            else line
            for line in text.splitlines()
        )
        path.write_text(changed + "\n", encoding="utf-8")
    old = broken.registry / BK360
    text = old.read_text(encoding="utf-8")
    old.unlink()
    broken.write("systemer/arkivsystem.yaml", text + "tidligere_id: [bk360]\n")
    _, mot = check(broken)
    assert {p["slag"] for p in mot["endringer"] if p["post"] == "systemer/arkivsystem"} == {"omdopt"}
    assert ("1.1", "systemer/arkivsystem") not in new(broken)


def test_a_reference_that_follows_a_rename_is_no_change_of_what_was_decided(repo: Repo) -> None:
    for path in repo.registry.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("systemeier-bk360", "eier-arkiv"), encoding="utf-8")
    old = repo.registry / "roller" / "systemeier-bk360.yaml"
    repo.write(
        "roller/eier-arkiv.yaml", old.read_text(encoding="utf-8") + "tidligere_id: [systemeier-bk360]\n"
    )
    old.unlink()
    done = repo.run("check", "--against", "HEAD")
    assert done.returncode == 0, done.stdout


def test_a_change_that_mends_broken_settings_gets_through(repo: Repo) -> None:
    whole = repo.read("forvaltning.yaml")
    repo.write("forvaltning.yaml", whole + "modell: [\n")
    repo.commit("bad")
    repo.write("forvaltning.yaml", whole)
    told = [repo.run("check", "--against", "HEAD") for _ in range(2)]
    assert told[0].returncode == 0, told[0].stderr
    assert "dagens er brukt" in told[0].stdout
    assert told[1].stdout == told[0].stdout, "what is kept says what the first run said"


def test_on_the_default_branch_auto_holds_a_commit_against_the_one_before(repo: Repo) -> None:
    repo.drop(BK360, "systemkoordinator")
    repo.commit("broken on main")
    assert repo.run("check", "--against", "auto").returncode == 1


def test_the_calendar_alone_brings_nothing_new(repo: Repo) -> None:
    done = repo.run("check", "--against", "HEAD", "--as-of", "2031-01-01", "--format", "json")
    mot = json.loads(done.stdout)["mot"]
    assert (done.returncode, mot["nye"]) == (0, [])
    assert mot["gamle"]


def test_a_deviation_that_is_removed_brings_its_breach_back_as_new(broken: Repo) -> None:
    broken.write("avvik/a.yaml", AVVIK % "2027-12-31")
    broken.commit("deviation")
    (broken.registry / "avvik" / "a.yaml").unlink()
    assert ("1.1", "systemer/bk360") in new(broken)


def test_a_deviation_that_is_shortened_brings_its_breach_back_as_new(broken: Repo) -> None:
    broken.write("avvik/a.yaml", AVVIK % "2027-12-31")
    broken.commit("deviation")
    broken.write("avvik/a.yaml", AVVIK % "2026-11-01")
    assert ("1.1", "systemer/bk360") in new(broken)


def test_a_deviation_that_the_calendar_ended_is_old(broken: Repo) -> None:
    broken.write("avvik/a.yaml", AVVIK % "2026-11-10")
    broken.commit("deviation")
    broken.write("systemer/bkservice.yaml", broken.read("systemer/bkservice.yaml") + "# x\n")
    assert new(broken) == []


def test_a_breach_of_law_with_its_deviation_is_never_new(repo: Repo) -> None:
    repo.drop("behandlinger/saksbehandling-bk360.yaml", "registrerte")
    repo.write(
        "avvik/a.yaml",
        (AVVIK % "2027-01-31").replace('"1.1"', '"4.4"').replace("[bk360]", "[saksbehandling-bk360]"),
    )
    assert ("4.4", "behandlinger/saksbehandling-bk360") not in new(repo)
    assert repo.run("check", "--krav", "4.4").returncode == 1


def test_an_unreadable_file_that_the_change_touches_blocks(repo: Repo) -> None:
    repo.write("begreper/x.yaml", "term: [\n")
    repo.commit("unreadable")
    assert check(repo)[0] == 0
    repo.write("begreper/x.yaml", "term: [ [\n")
    code, mot = check(repo)
    assert code == 1
    assert mot["problemer"]["nye"]


def test_the_report_says_what_the_change_does(repo: Repo) -> None:
    text = repo.read(BK360).replace("form: leverandor", "form: sky")
    assert text != repo.read(BK360)
    repo.write(BK360, text)
    _, mot = check(repo)
    (change,) = mot["endringer"]
    assert change["felter"] == [
        {"felt": "drift.form", "tittel": "Drift › driftsform", "gammel": "leverandor", "ny": "sky"}
    ]
    assert "ros/ros-bk360" in change["avhengige"]
    assert {"ros/ros-bk360"} <= {f["post"] for f in mot["foreldet"]}


@pytest.mark.parametrize(
    ("fil", "regel"),
    [("avtaler/kontrakt-bk360.yaml", "signert"), ("ros/ros-bk360.yaml", "besluttet"), (BK360, "produksjon")],
)
def test_what_has_worked_is_not_deleted(repo: Repo, fil: str, regel: str) -> None:
    (repo.registry / fil).unlink()
    done = repo.run("check", "--against", "HEAD")
    assert done.returncode == 1
    assert "endring.slettet" in done.stdout
    assert regel in done.stdout


def test_a_draft_that_nothing_refers_to_may_go(repo: Repo) -> None:
    repo.write("avtaler/utkast-x.yaml", "navn: Utkast\ntilstand: utkast\n")
    repo.commit("draft")
    (repo.registry / "avtaler" / "utkast-x.yaml").unlink()
    assert check(repo)[0] == 0


@pytest.mark.parametrize(
    ("fra", "til", "ok"),
    [
        ("planlagt", "under_utvikling", True),
        ("planlagt", "i_produksjon", False),
        ("akseptansetest", "i_produksjon", False),
        ("i_produksjon", "under_avvikling", True),
        ("i_produksjon", "planlagt", False),
        ("planlagt", "avviklet", True),
    ],
)
def test_the_life_cycle_goes_one_step_at_a_time(repo: Repo, fra: str, til: str, ok: bool) -> None:
    repo.write("systemer/nytt.yaml", f"navn: Nytt\ntilstand: {fra}\n")
    repo.commit("start")
    repo.write("systemer/nytt.yaml", f"navn: Nytt\ntilstand: {til}\n")
    assert ("endring.livslop" in repo.run("check", "--against", "HEAD").stdout) is not ok


def test_production_needs_the_first_gate_of_a_handover(repo: Repo) -> None:
    repo.write("systemer/nytt.yaml", "navn: Nytt\ntilstand: akseptansetest\n")
    repo.commit("start")
    repo.write("systemer/nytt.yaml", "navn: Nytt\ntilstand: i_produksjon\n")
    repo.write(
        "overleveringer/o-nytt.yaml",
        "gjelder: nytt\nporter:\n  - {id: for_produksjon, lukket: 2026-11-01, av: systemeier-bk360}\n",
    )
    assert "endring.livslop" not in repo.run("check", "--against", "HEAD").stdout


def test_a_record_registered_already_in_use_is_exempt(repo: Repo) -> None:
    repo.write("systemer/gammelt.yaml", "navn: Gammelt\ntilstand: i_produksjon\n")
    assert "endring.livslop" not in repo.run("check", "--against", "HEAD").stdout


def test_decided_content_needs_a_new_decision(repo: Repo) -> None:
    fil = "ros/ros-bk360.yaml"
    text = repo.read(fil)
    repo.write(fil, text.replace("metode:", "metode: Endret ", 1))
    assert "endring.besluttet_innhold" in repo.run("check", "--against", "HEAD").stdout
    repo.write(fil, text + "merknad: Lest.\n")
    assert "endring.besluttet_innhold" not in repo.run("check", "--against", "HEAD").stdout


def test_a_comparison_is_kept_and_never_stale(repo: Repo) -> None:
    first = repo.run("check", "--against", "HEAD", "--format", "json").stdout
    assert repo.run("check", "--against", "HEAD", "--format", "json").stdout == first
    repo.write(BK360, repo.read(BK360) + "merknad: Endret.\n")
    told = [
        json.loads(repo.run("check", "--against", "HEAD", "--format", "json").stdout)["mot"] for _ in range(2)
    ]
    assert told[0] == told[1]
    assert [e["felt"] for e in told[0]["endringer"][0]["felter"]] == ["merknad"]
    repo.drop(BK360, "systemkoordinator")
    told = [repo.run("check", "--against", "HEAD").stdout for _ in range(2)]
    assert told[0] == told[1]
    assert "kan ikke flettes inn" in told[0]


# --- honest at the edges -------------------------------------------------------------------------------


@pytest.mark.parametrize("against", ["finnes-ikke", "-x", "HEAD~9"])
def test_a_base_that_is_not_there_exits_2(repo: Repo, against: str) -> None:
    done = repo.run("check", f"--against={against}")
    assert done.returncode == 2
    assert "Fant ikke revisjonen" in done.stderr


def test_outside_git_exits_2(tmp_path: Path) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "forvaltning.yaml").write_text("modell: 1\n", encoding="utf-8")
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "forvaltning", "check", "--against", "auto", "--registry", str(registry)],
        env={**ENV, "GIT_CEILING_DIRECTORIES": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "Git" in done.stderr


def shallow(repo: Repo, tmp_path: Path) -> Repo:
    clone = Repo.__new__(Repo)
    clone.path = tmp_path / "shallow"
    clone.registry = clone.path / "registry"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", "--branch", "feature", repo.path.as_uri(), str(clone.path)],
        env=ENV,
        check=True,
        capture_output=True,
    )
    return clone


def test_a_shallow_clone_says_exactly_what_to_set(repo: Repo, tmp_path: Path) -> None:
    repo.git("checkout", "-qb", "feature")
    repo.drop(BK360, "systemkoordinator")
    repo.commit("change")
    done = shallow(repo, tmp_path).run("check", "--against", "auto", GITHUB_BASE_REF="main")
    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stderr


@pytest.mark.parametrize(
    "env",
    [
        {"GITHUB_BASE_REF": "main"},
        {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"},
        {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"},
        {},
    ],
)
def test_auto_finds_the_merge_base_in_each_service(repo: Repo, env: dict[str, str]) -> None:
    repo.git("checkout", "-qb", "feature")
    repo.drop(BK360, "systemkoordinator")
    repo.commit("change")
    repo.git("checkout", "-q", "main")
    repo.write("begreper/nytt.yaml", "term: {nb: Nytt}\n")
    repo.commit("meanwhile on main")
    repo.git("checkout", "-q", "feature")
    done = repo.run("check", "--against", "auto", "--format", "json", **env)
    mot = json.loads(done.stdout)["mot"]
    assert done.returncode == 1
    assert mot["base"] == repo.git("merge-base", "HEAD", "main")
    assert [p["post"] for p in mot["endringer"]] == ["systemer/bk360"]


def test_auto_reads_the_merge_queue(repo: Repo, tmp_path: Path) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "--detach")
    repo.drop(BK360, "systemkoordinator")
    repo.commit("queued")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"merge_group": {"base_sha": base}}), encoding="utf-8")
    done = repo.run(
        *("check", "--against", "auto", "--format", "json"),
        GITHUB_ACTIONS="true",
        GITHUB_EVENT_PATH=str(event),
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["mot"]["base"] == base


def test_the_environment_changes_nothing_unless_asked(repo: Repo) -> None:
    plain = repo.run("check", "--format", "json").stdout
    assert (
        repo.run("check", "--format", "json", GITHUB_BASE_REF="main", GITHUB_ACTIONS="true").stdout == plain
    )


def test_git_variables_of_a_hook_lead_nowhere(repo: Repo, tmp_path: Path) -> None:
    repo.drop(BK360, "systemkoordinator")
    lead = {"GIT_DIR": str(tmp_path / "other"), "GIT_INDEX_FILE": "x", "GIT_WORK_TREE": str(tmp_path)}
    assert repo.run("check", "--against", "HEAD", **lead).returncode == 1


def test_a_merge_with_conflicts_is_not_green(repo: Repo) -> None:
    repo.git("checkout", "-qb", "feature")
    repo.write("begreper/a.yaml", "term: {nb: A}\n")
    repo.commit("a")
    repo.git("checkout", "-q", "main")
    repo.write("begreper/a.yaml", "term: {nb: B}\n")
    repo.commit("b")
    subprocess.run(["git", "merge", "feature"], cwd=repo.path, env=ENV, capture_output=True, check=False)
    assert repo.run("check", "--against", "HEAD").returncode == 1


# --- renames, roles and handovers through the whole gate ---------------------------------------------------


def test_a_rename_of_a_role_that_is_reverted_gets_through(repo: Repo) -> None:
    for path in repo.registry.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("systemeier-bk360", "eier-arkiv"), encoding="utf-8")
    old = repo.registry / "roller" / "systemeier-bk360.yaml"
    repo.write(
        "roller/eier-arkiv.yaml", old.read_text(encoding="utf-8") + "tidligere_id: [systemeier-bk360]\n"
    )
    old.unlink()
    code, mot = check(repo)
    assert (code, mot["foreldet"]) == (0, [])
    repo.commit("omdopt")
    repo.git("revert", "--no-edit", "HEAD")
    done = repo.run("check", "--against", "HEAD~1", "--format", "json")
    mot = json.loads(done.stdout)["mot"]
    assert (done.returncode, mot["problemer"]["nye"], mot["foreldet"]) == (0, [], [])
    assert {p["slag"] for p in mot["endringer"] if p["post"] == "roller/systemeier-bk360"} == {"omdopt"}


def test_a_role_does_not_end_while_it_answers_for_something(repo: Repo) -> None:
    fil = "roller/systemeier-bk360.yaml"
    repo.write(fil, repo.read(fil) + "til: 2026-11-01\n")
    done = repo.run("check", "--against", "HEAD")
    assert done.returncode == 1
    assert "endring.rolle_sluttet" in done.stdout
    repo.write(fil, repo.read(fil).replace("til: 2026-11-01", "til: 2027-11-01"))
    assert "endring.rolle_sluttet" not in repo.run("check", "--against", "HEAD").stdout


def test_a_completed_handover_is_frozen(repo: Repo) -> None:
    fil = "overleveringer/overlevering-barnehagesoknad.yaml"
    repo.write(fil, repo.read(fil).replace("lukket: 2025-09-12", "lukket: 2025-09-11"))
    assert "endring.fullfort" in repo.run("check", "--against", "HEAD").stdout


def test_an_old_breach_of_a_deleted_record_hides_no_new_one(repo: Repo) -> None:
    repo.drop("systemer/bikaboo.yaml", "kontinuitetsplan")
    repo.commit("old breach")
    (repo.registry / "systemer/bikaboo.yaml").unlink()
    repo.drop(BK360, "kontinuitetsplan")
    repo.write(BK360, repo.read(BK360) + "tidligere_id: [bikaboo]\n")
    assert ("2.2", "systemer/bk360") in new(repo)
    report = json.loads(repo.run("check", "--against", "HEAD", "--format", "json").stdout)
    assert "endring.slettet" in [p["regel"] for p in report["problemer"]]


def test_a_change_of_settings_is_named_with_what_it_moves(broken: Repo) -> None:
    fil = "forvaltning.yaml"
    broken.write(fil, broken.read(fil).replace("gjelder_fra: 2024-01-01", "gjelder_fra: 2027-01-01"))
    code, mot = check(broken)
    assert (code, mot["nye"]) == (0, [])
    assert mot["krav"]
    (change,) = mot["endringer"]
    assert change["post"] == fil
    assert [(f["gammel"], f["ny"]) for f in change["felter"]] == [("2024-01-01", "2027-01-01")]
    text = broken.run("check", "--against", "HEAD", COLUMNS="200").stdout
    assert "Gjelder fra: «2024-01-01» → «2027-01-01»" in text
    assert "Krav som får et annet utfall" in text
    comment = broken.run("check", "--against", "HEAD", "--format", "markdown").stdout
    assert "Innstillingene: endret" in comment


def test_a_file_that_nobody_can_read_is_neither_deleted_nor_new(repo: Repo) -> None:
    whole = repo.read(BK360)
    repo.write(BK360, whole + "x: [\n")
    code, mot = check(repo)
    assert (code, [p["slag"] for p in mot["endringer"]]) == (1, ["uleselig"])
    assert "kan ikke leses lenger" in repo.run("check", "--against", "HEAD").stdout
    repo.commit("broken file")
    repo.write(BK360, whole)
    code, mot = check(repo)
    assert (code, [p["slag"] for p in mot["endringer"]]) == (0, ["lesbar"])
    assert "kan leses igjen" in repo.run("check", "--against", "HEAD", "--format", "markdown").stdout


def test_gitlab_a_merged_result_is_not_blamed_for_what_came_to_the_target(repo: Repo) -> None:
    start = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-qb", "feature")
    repo.write("begreper/nytt.yaml", "term: {nb: Nytt}\n")
    repo.commit("change")
    repo.git("checkout", "-q", "main")
    repo.drop(BK360, "systemkoordinator")
    target = repo.commit("meanwhile on main")
    repo.git("checkout", "-q", "--detach")
    repo.git("merge", "-q", "--no-ff", "-m", "merged result", "feature")
    env = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": start, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target}
    done = repo.run("check", "--against", "auto", "--format", "json", **env)
    mot = json.loads(done.stdout)["mot"]
    assert mot["base"] == target
    assert [p["post"] for p in mot["endringer"]] == ["begreper/nytt"]


@pytest.mark.parametrize("variable", ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"])
def test_the_target_checked_out_in_place_of_the_change_is_not_green(repo: Repo, variable: str) -> None:
    done = repo.run("check", "--against", "auto", **{variable: "main"})
    assert done.returncode == 2
    assert "ingen endring å se" in done.stderr


def test_what_a_file_that_was_passed_over_hid_is_new_once_it_is_gone(tmp_path: Path) -> None:
    """`.yml` is no record, but it may be one: until it is gone nobody can say that no service uses the system."""
    repo = Repo(tmp_path / "repo", ROOT / "tests/brutt")
    repo.write("tjenester/x.yml", "navn: x\n")
    repo.commit("start")
    (repo.registry / "tjenester/x.yml").unlink()
    assert new(repo) == [("1.5", "systemer/skjemalosning")]


@pytest.mark.parametrize(
    ("fra", "til"),
    [
        ("integrasjoner/altinn-til-tilskudd.yaml", "avtaler/ros-bk360.yaml"),  # of the wrong form there
        ("datasett/bookinger.yaml", "datasett/ros-bkservice.yaml"),
        ("avtaler/dba-bikaboo.yaml", "avtaler/ros-bk360.yaml"),
    ],
)
def test_an_id_that_is_taken_hides_nothing_of_the_base(repo: Repo, fra: str, til: str) -> None:
    def told() -> set[str]:
        shutil.rmtree(repo.path / ".git" / "forvaltning", ignore_errors=True)
        report = json.loads(repo.run("check", "--format", "json").stdout)
        return {f["fingeravtrykk"] for r in report["resultater"] for f in r["funn"]}

    before = told()
    repo.write(til, repo.read(fra))
    after = told()
    shutil.rmtree(repo.path / ".git" / "forvaltning")
    for _ in range(2):
        code, mot = check(repo)
        assert code == 1
        assert set(mot["nye"]) == after - before


@pytest.mark.parametrize("tiltak", ["omdopt", "slettet"])
def test_two_that_share_an_id_are_parted_by_moving_either(repo: Repo, tiltak: str) -> None:
    """Only one of them was read. That the other is read from now on is no reuse of its id."""
    repo.write("begreper/bk360.yaml", repo.read("begreper/saksmappe.yaml"))
    repo.commit("twins")
    text = repo.read("begreper/bk360.yaml")
    (repo.registry / "begreper/bk360.yaml").unlink()
    if tiltak == "omdopt":
        repo.write("begreper/bk360-begrep.yaml", text)
    code, mot = check(repo)
    assert (code, mot["nye"], mot["problemer"]["nye"]) == (0, [], [])


def test_what_has_worked_is_not_deleted_because_another_shared_its_id(repo: Repo) -> None:
    repo.write("tjenester/bk360.yaml", repo.read("tjenester/nettpost.yaml"))
    repo.commit("twins")
    (repo.registry / BK360).unlink()
    assert "endring.slettet" in repo.run("check", "--against", "HEAD").stdout


def test_a_base_that_git_has_lost_a_part_of_exits_2(repo: Repo) -> None:
    oid = repo.git("rev-parse", f"HEAD:registry/{BK360}")
    lost = repo.path / ".git" / "objects" / oid[:2] / oid[2:]
    repo.write(BK360, repo.read(BK360) + "# Endret.\n")
    lost.chmod(0o644)
    lost.unlink()
    for compared in (("check", "--against", "HEAD"), ("report", "status", "--since", "HEAD")):
        done = repo.run(*compared)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Git svarte ikke som ventet" in done.stderr


@pytest.mark.parametrize("target", ["../../delt.yaml", "/etc/passwd", "finnes-ikke.yaml", "../avtaler"])
def test_a_link_that_is_not_followed_was_there_before(repo: Repo, target: str) -> None:
    shutil.move(repo.registry / BK360, repo.path / "delt.yaml")
    (repo.registry / BK360).symlink_to(target)
    code, mot = check(repo)
    assert (code, mot["blokkerer"]) == (1, True)
    repo.commit("link")
    for _ in range(2):  # the second time from the cache
        code, mot = check(repo)
        assert (code, mot["nye"], mot["endringer"]) == (0, [], [])
    (repo.registry / BK360).unlink()
    (repo.registry / BK360).symlink_to("finnes-heller-ikke.yaml")
    assert check(repo)[0] == 1


def test_a_link_says_the_same_on_disk_and_at_a_revision(repo: Repo) -> None:
    targets = {
        "ut": "../../delt.yaml",
        "borte": "borte.yaml",
        "ring": "ring.yaml",
        "mappe": "../avtaler",
        "hjem": f"{repo.registry.resolve()}/{BK360}",
        "rundt": f"../../registry/{BK360}",
    }
    for name, target in targets.items():
        (repo.registry / f"systemer/{name}.yaml").symlink_to(target)
    (repo.registry / "ukjent").symlink_to("systemer")
    repo.commit("links")
    told = []
    for at in ((), ("--at", "HEAD")):
        report = json.loads(repo.run("check", "--format", "json", *at).stdout)
        told.append(
            [(p["regel"], p["fil"], p["melding"]) for p in report["problemer"] if "fil." in p["regel"]]
        )
    assert told[0] == told[1]
    assert {fil for _, fil, _ in told[0]} == {
        f"systemer/{n}.yaml" for n in ("ut", "borte", "ring", "mappe")
    } | {"ukjent"}


@pytest.fixture
def merged(tmp_path: Path) -> Repo:
    """A branch that has merged main, where a change that a ROS covers came in the meantime."""

    def day(text: str) -> dict[str, str]:
        return {"GIT_COMMITTER_DATE": f"{text}T12:00:00Z"}

    out = Repo(tmp_path / "real")
    out.drop("forvaltning.yaml", "eksempel")
    out.commit("start", **day("2025-01-01"))
    out.git("checkout", "-qb", "grein")
    out.write("systemer/bkservice.yaml", out.read("systemer/bkservice.yaml") + "merknad: Lest.\n")
    out.commit("branch", **day("2026-02-01"))
    out.git("checkout", "-q", "main")
    out.write(BK360, out.read(BK360).replace("eksponering: intern", "eksponering: partner"))
    out.commit("covered by the ROS of May", **day("2026-06-01"))
    out.git("checkout", "-q", "grein")
    out.git("merge", "-q", "main", "-m", "main", **day("2026-11-10"))
    return out


def test_a_branch_that_has_merged_main_is_not_blamed_for_the_day_of_the_merge(merged: Repo) -> None:
    for _ in range(2):
        done = merged.run("check", "--against", "main", "--as-of", "2026-11-16", "--format", "json")
        assert (done.returncode, json.loads(done.stdout)["mot"]["nye"]) == (0, [])


def test_a_branch_that_has_merged_main_is_blamed_for_its_own_changes(merged: Repo) -> None:
    text = merged.read(BK360)
    merged.write(BK360, text.replace("eksponering: partner", "eksponering: internett"))
    assert merged.run("check", "--against", "main", "--as-of", "2026-11-16").returncode == 1
    merged.write(BK360, text.replace("[ansatt_sso]", "[lokal]"))
    told = json.loads(
        merged.run("check", "--against", "main", "--as-of", "2026-11-16", "--format", "json").stdout
    )
    new = [
        f["felt"] for r in told["resultater"] for f in r["funn"] if f["fingeravtrykk"] in told["mot"]["nye"]
    ]
    assert new == ["autentisering"]

"""`--at REV`, and requirements that read Git history, end to end on real repositories."""

from __future__ import annotations

import json
import os
import re

import pytest
from tests.cli.hjelp_cli import kjor, utflatet
from tests.gitrepo import Repo
from tests.history.endringsarkiv import FLYT, SYSTEM, Arkiv

FIL = "systemer/arkivet.yaml"
ROS = """
    navn: ROS for arkivet
    gjelder: [arkivet]
    tilstand: besluttet
    metode: standard
    besluttet: {dato: 2025-06-01}
    """


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    arkiv = Arkiv(tmp_path)
    arkiv.skriv("ros/ros.yaml", ROS)
    arkiv.sjekk_inn("2025-06-02")
    monkeypatch.chdir(tmp_path)
    return arkiv


def funn(krav, *args, vilkar="funnet-endring-uten-ros", post="systemer/arkivet"):
    """The findings of a condition, from a fresh look and from the cache, which must say the same."""
    ask = ("check", "--krav", krav, "--post", post, "--format", "json", *args)
    first, again = kjor(*ask), kjor(*ask)
    assert first.ut == again.ut
    assert first.kode in (0, 1), first.feil
    return [f for r in first.json["resultater"] for f in r["funn"] if f["vilkar"] == vilkar]


def sky(arkiv, dag="2026-01-10"):
    arkiv.bytt(FIL, "form: egen", "form: sky")
    return arkiv.sjekk_inn(dag)


# --- 4.2 and 2.1 ------------------------------------------------------------------------------------------


def test_a_change_in_git_asks_for_a_ros(arkiv):
    assert funn("4.2", "--as-of", "2026-03-01") == []
    commit = sky(arkiv)
    (found,) = funn("4.2", "--as-of", "2026-03-01")
    assert found["felt"] == "drift.form"
    assert found["fil"] == "systemer/arkivet.yaml"
    assert f"Git {commit[:8]}" in found["melding"]
    assert "10.01.2026" in found["melding"]
    (related,) = found["se"]
    assert commit in related["melding"]
    assert (related["fil"], related["linje"]) == (found["fil"], found["linje"])
    assert funn("4.2", "--as-of", "2026-01-09") == [], "commits after the check date do not count"


def test_a_declared_change_without_effect_takes_its_place(arkiv):
    sky(arkiv)
    arkiv.skriv(
        "endringer/flytting.yaml",
        """
        navn: Flytting
        gjelder: arkivet
        felter: [drift.form]
        virkning: 2026-02-10
        type: endring
        vekt: mindre
        sikkerhet: nei
        sikkerhet_begrunnelse: Samme maskiner, nytt navn på avtalen.
        """,
    )
    assert funn("4.2", "--as-of", "2026-03-01") == []
    arkiv.bytt("endringer/flytting.yaml", "2026-02-10", "2026-05-10")
    assert len(funn("4.2", "--as-of", "2026-03-01")) == 1, "more than 90 days away"


def test_a_later_ros_mends_it(arkiv):
    sky(arkiv)
    arkiv.skriv("ros/ny.yaml", ROS.replace("2025-06-01", "2026-02-20"))
    assert funn("4.2", "--as-of", "2026-03-01") == []
    arkiv.skriv("ros/ny.yaml", ROS.replace("2025-06-01", "2025-10-20"))
    assert funn("4.2", "--as-of", "2026-03-01") == [], "decided within 90 days before"
    arkiv.skriv("ros/ny.yaml", ROS.replace("2025-06-01", "2025-10-01"))
    assert len(funn("4.2", "--as-of", "2026-03-01")) == 1


def test_an_edit_that_is_not_committed_counts_as_the_check_date(arkiv):
    arkiv.bytt(FIL, "form: egen", "form: sky")
    (found,) = funn("4.2", "--as-of", "2026-03-01")
    assert "01.03.2026 (ikke sjekket inn)" in found["melding"]
    (found,) = funn("4.2", "--as-of", "2026-03-02")
    assert "02.03.2026" in found["melding"]


def test_a_new_flow_touches_both_ends(arkiv):
    arkiv.skriv("ros/annen.yaml", ROS.replace("[arkivet]", "[postlista]"))
    arkiv.skriv("integrasjoner/flyt.yaml", FLYT)
    arkiv.sjekk_inn("2026-01-10")
    for end in ("arkivet", "postlista"):
        (found,) = funn("4.2", "--as-of", "2026-03-01", post=f"systemer/{end}")
        assert found["fil"] == "integrasjoner/flyt.yaml"


def test_a_larger_change_in_git_asks_for_a_handover(arkiv):
    sky(arkiv)
    found = funn("2.1", "--as-of", "2026-06-01", vilkar="overlevering-mangler")
    assert any("10.01.2026" in f["melding"] and "drift.form" in f["melding"] for f in found), found


def test_a_shallow_clone_is_not_decided(arkiv, tmp_path, monkeypatch):
    sky(arkiv)
    arkiv.git("clone", "-q", "--depth", "1", arkiv.rot.as_uri(), str(tmp_path / "klone"))
    monkeypatch.chdir(tmp_path / "klone")
    for krav in ("2.1", "4.2"):
        svar = kjor("check", "--krav", krav, "--post", "systemer/arkivet", "--format", "json")
        (r,) = svar.json["resultater"]
        assert r["utfall"] in ("ikke_avgjort", "brudd")
        assert "fetch-depth: 0" in r["begrunnelse"]
    for _ in range(2):
        assert "fetch-depth: 0" in kjor("check").ut
    arkiv.git("-C", str(tmp_path / "klone"), "fetch", "-q", "--unshallow")
    assert "fetch-depth" not in kjor("check").ut
    assert len(funn("4.2", "--as-of", "2026-03-01")) == 1


def test_a_found_change_is_new_against_the_base(arkiv):
    arkiv.git("checkout", "-q", "-b", "gren")
    sky(arkiv)
    svar = kjor("check", "--against", "main", "--krav", "4.2", "--as-of", "2026-03-01", "--format", "json")
    assert svar.kode == 1
    assert "drift.form" in svar.ut
    svar = kjor("check", "--against", "HEAD", "--krav", "4.2", "--as-of", "2026-03-01")
    assert svar.kode == 0


# --- --at -------------------------------------------------------------------------------------------------


def filene(rot):
    """What would tell that something in the work tree was touched."""
    found = [(p, p.stat()) for p in rot.rglob("*") if ".git" not in p.parts]
    return {p: (st.st_mtime_ns, st.st_size, st.st_ino) for p, st in found}


def test_the_registry_as_it_was_on_the_day_of_the_commit(arkiv):
    first = arkiv.git("rev-parse", "HEAD~1")
    commit = sky(arkiv)
    arkiv.skriv(FIL, None)
    arkiv.skriv("forvaltning.yaml", "ugyldig")
    before = filene(arkiv.rot)
    svar = kjor("check", "--at", "HEAD", "--format", "json")
    assert filene(arkiv.rot) == before
    head = svar.json
    assert (head["commit"], head["endret"], head["historie"], head["dato"]) == (
        commit,
        False,
        "full",
        "2026-01-10",
    )
    assert head["innstillinger"]["datokilde"] == "innsjekking"
    assert {r["post"] for r in head["resultater"]} >= {"systemer/arkivet", "systemer/postlista"}
    assert kjor("check", "--at", first, "--format", "json").json["dato"] == "2025-01-01"
    chosen = kjor("check", "--at", first, "--as-of", "2026-02-03", "--format", "json").json
    assert (chosen["dato"], chosen["innstillinger"]["datokilde"]) == ("2026-02-03", "valgt")


def test_history_ends_at_the_commit(arkiv):
    sky(arkiv)
    arkiv.bytt(FIL, "form: sky", "form: leverandor")
    arkiv.sjekk_inn("2026-02-10")
    assert [f["felt"] for f in funn("4.2", "--at", "HEAD~1")] == ["drift.form"]
    assert "10.01.2026" in funn("4.2", "--at", "HEAD~1", "--as-of", "2026-03-01")[0]["melding"]
    assert funn("4.2", "--at", "HEAD~2", "--as-of", "2026-03-01") == []
    arkiv.bytt(FIL, "form: leverandor", "form: egen")
    assert "10.02.2026" in funn("4.2", "--at", "HEAD")[0]["melding"], "what is not committed is not there"


def test_positions_and_names_are_those_of_the_commit(arkiv):
    arkiv.skriv(FIL, "# En linje over\n\n" + SYSTEM.replace("form: egen", "form: sky"))
    arkiv.sjekk_inn("2026-01-10")
    (there,) = funn("4.2", "--at", "HEAD")
    arkiv.git("mv", f"registry/{FIL}", "registry/systemer/nytt.yaml")
    arkiv.sjekk_inn("2026-02-10")
    (then,) = funn("4.2", "--at", "HEAD~1")
    assert (then["linje"], then["fil"]) == (there["linje"], FIL) == (8, FIL)
    assert kjor("show", "nytt", "--at", "HEAD").kode == 0
    assert kjor("show", "nytt", "--at", "HEAD~1").kode == 2


def test_show_and_list(arkiv):
    sky(arkiv)
    svar = kjor("show", "arkivet", "--at", "HEAD~1", "--format", "json")
    assert (svar.json["dato"], svar.json["felter"]["drift"]["form"]) == ("2025-06-02", "egen")
    assert (
        kjor("show", "arkivet", "--at", "HEAD", "--format", "json").json["felter"]["drift"]["form"] == "sky"
    )
    assert kjor("list", "ros", "--at", "HEAD~2", "--format", "json").json["poster"] == []
    assert len(kjor("list", "ros", "--at", "HEAD", "--format", "json").json["poster"]) == 1
    assert "ros" in kjor("list", "--at", "HEAD").ut
    assert "dagen registeret ble sjekket inn" in utflatet(kjor("check", "--at", "HEAD").ut)


def test_the_example_keeps_its_own_date(arkiv):
    arkiv.skriv("forvaltning.yaml", "modell: 1\neksempel:\n  dato: 2026-11-16\n")
    arkiv.sjekk_inn("2026-01-10")
    head = kjor("check", "--at", "HEAD", "--format", "json").json
    assert (head["dato"], head["innstillinger"]["datokilde"]) == ("2026-11-16", "eksempel")


@pytest.mark.parametrize("verb", [["check"], ["show", "arkivet"], ["list"]])
@pytest.mark.parametrize("rev", ["finnes-ikke", "--bare", "", "HEAD:registry", "^HEAD", "\x1b[31m"])
def test_an_unknown_revision_is_said(arkiv, verb, rev):
    svar = kjor(*verb, f"--at={rev}")
    assert svar.kode == 2
    assert "Fant ikke revisjonen" in svar.feil
    assert "\x1b" not in svar.feil


def test_a_commit_without_the_registry_is_said(tmp_path, monkeypatch):
    arkiv = Arkiv(tmp_path, start=False)
    monkeypatch.chdir(tmp_path)
    svar = kjor("check", "--at", "HEAD")
    assert (svar.kode, "ingen innsjekking" in svar.feil) == (2, True)
    (tmp_path / "annet").write_text("x", encoding="utf-8")
    arkiv.git("add", "annet")
    arkiv.git("commit", "-qm", "x")
    arkiv.sjekk_inn("2026-01-10")
    svar = kjor("check", "--at", "HEAD~1")
    assert (svar.kode, "Registeret fantes ikke ved" in svar.feil) == (2, True)
    assert kjor("check", "--at", "HEAD").kode in (0, 1)


def test_without_git_it_is_said(arkiv):
    (arkiv.rot / ".git").rename(arkiv.rot / "borte")
    svar = kjor("check", "--at", "HEAD")
    assert svar.kode == 2
    assert "Git-arkiv" in svar.feil


def test_at_and_against_do_not_go_together(arkiv):
    svar = kjor("check", "--at", "HEAD", "--against", "HEAD")
    assert svar.kode == 2
    assert "--against" in svar.feil


def test_unusable_settings_at_a_commit_are_placed_there(arkiv):
    arkiv.skriv("forvaltning.yaml", "modell: 1\n\nukjent: x\n")
    arkiv.sjekk_inn("2026-01-10")
    arkiv.skriv("forvaltning.yaml", "modell: 1\n")
    svar = kjor("check", "--at", "HEAD")
    assert svar.kode == 2
    assert "forvaltning.yaml:3:" in svar.feil


def test_in_a_hook_the_environment_does_not_lead_it_astray(arkiv, tmp_path, monkeypatch):
    other = Arkiv(tmp_path / "annet")
    sky(arkiv)
    monkeypatch.setenv("GIT_DIR", str(other.rot / ".git"))
    head = kjor("check", "--at", "HEAD", "--format", "json").json
    assert head["dato"] == "2026-01-10"
    assert json.dumps(head)
    assert os.environ["GIT_DIR"]


def test_people_are_told_which_commit_they_look_at(arkiv):
    commit = sky(arkiv)
    said = f"ved innsjekking {commit[:10]}"
    for verb in (("check",), ("show", "arkivet"), ("list", "systemer")):
        for more in ((), ("--as-of", "2026-02-03")):
            assert said in utflatet(kjor(*verb, "--at", "HEAD", *more).ut)
        assert "det var ved innsjekking" not in utflatet(kjor(*verb, "--as-of", "2026-02-03").ut)


def test_nothing_ends_green_for_want_of_history(tmp_path, monkeypatch):
    repo = Repo(tmp_path / "hel")
    settings = re.sub(r"eksempel:\n(?:  .*\n)+", "", repo.read("forvaltning.yaml"))
    repo.write("forvaltning.yaml", settings)
    repo.commit("start")
    repo.commit("igjen")
    repo.git("clone", "-q", "--depth", "1", repo.path.as_uri(), str(tmp_path / "grunn"))
    monkeypatch.chdir(tmp_path / "grunn")
    chosen = ("check", "--krav", "4.2,2.1", "--post", "bikaboo")
    svar = kjor(*chosen)
    assert svar.kode == 0
    assert "? Ingen brudd er sett. 2 vurderinger kunne ikke avgjøres." in svar.ut
    assert "✓" not in svar.ut
    assert "## ? Ingen brudd er sett" in kjor(*chosen, "--format", "markdown").ut
    rows = kjor("list", "systemer", "--format", "json").json["poster"]
    undecided = sum(r["utfall"].get("ikke_avgjort", 0) for r in rows)
    for at in ((), ("--at", "HEAD")):
        end = utflatet(kjor("list", "systemer", *at).ut)
        assert f"{undecided} vurderinger kunne ikke avgjøres." in end
        assert "Bare en del av historikken i Git er hentet" in end
    assert "historikken" not in kjor("list", "roller").ut


def test_the_last_line_of_a_list_counts_what_can_not_be_read(arkiv):
    arkiv.skriv("systemer/rar.yaml", "navn: [\n")
    assert "1 kan ikke leses." in kjor("list", "systemer").ut


def test_a_record_that_can_not_be_read_there_says_when(arkiv):
    arkiv.skriv(FIL, "navn: [\n")
    commit = arkiv.sjekk_inn("2026-01-10")
    arkiv.skriv(FIL, SYSTEM)
    svar = kjor("show", "arkivet", "--at", "HEAD")
    assert svar.kode == 1
    said = utflatet(svar.ut)
    assert f"Registeret slik det var ved innsjekking {commit[:10]}. Regnet per 10.01.2026" in said
    for args in ((), ("--as-of", "2026-05-01")):
        assert "slik det var" not in kjor("show", "arkivet", *args).ut


@pytest.mark.parametrize("committed", [True, False])
def test_a_submodule_in_a_records_place_can_not_be_read(arkiv, committed):
    arkiv.git("rm", "-q", f"registry/{FIL}")
    arkiv.git(
        "update-index", "--add", "--cacheinfo", f"160000,{arkiv.git('rev-parse', 'HEAD')},registry/{FIL}"
    )
    arkiv.git("commit", "-qm", "Et annet arkiv")
    (arkiv.register / FIL).mkdir()
    rest = ("HEAD",) if committed else ()
    told = kjor("diff", "HEAD~1", *rest, "--format", "json").json["poster"]
    assert [(p["post"], p["slag"]) for p in told] == [("systemer/arkivet", "uleselig")]
    at = ("--at", "HEAD") if committed else ()
    svar = kjor("show", "arkivet", *at)
    assert (svar.kode, "Filen kan ikke brukes" in svar.ut) == (1, True)
    svar = kjor("check", "--against", "HEAD")
    assert (svar.kode, "bryter ingenting nytt" in svar.ut) == (0, True)

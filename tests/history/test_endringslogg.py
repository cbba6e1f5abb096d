"""What is and is not a change found in Git (domain.md, 4.2), each rule on a real repository."""

from __future__ import annotations

import os
import subprocess
from datetime import date

import pytest
from tests.history.endringsarkiv import ANNET, FLYT, SJEKKDATO, SYSTEM, Arkiv

from forvaltning.history.leser import GIT_SVARER_IKKE, GRUNN, UTEN_GIT, UTEN_INNSJEKKING

S = "systemer/arkivet"
F = "integrasjoner/flyt"
FIL, FLYTFIL = f"{S}.yaml", f"{F}.yaml"
IDAG = SJEKKDATO.isoformat()


@pytest.fixture
def arkiv(tmp_path):
    return Arkiv(tmp_path)


def sky(arkiv, dag="2026-05-01", **kwargs):
    """The system moves to the cloud; the change that this gives."""
    arkiv.bytt(FIL, "form: egen", "form: sky")
    return ("drift.form", dag, arkiv.sjekk_inn(dag, **kwargs)[:8])


# --- what counts ------------------------------------------------------------------------------------------


def test_a_marked_field_that_changes(arkiv):
    assert arkiv.endringer() == []
    assert [sky(arkiv)] == arkiv.endringer()
    assert arkiv.endringer("systemer/postlista") == []
    (found,) = arkiv.historie().for_post(S)
    assert (found.post, found.fil, len(found.commit)) == (S, FIL, 40)


def test_a_field_without_a_mark_is_none(arkiv):
    arkiv.bytt(FIL, "navn: Arkivet", "navn: Hovedarkivet")
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer() == []


def test_the_date_is_the_committers_in_utc(arkiv):
    arkiv.bytt(FIL, "form: egen", "form: sky")
    arkiv.git("add", "-A")
    arkiv.git("commit", "-qm", "x", "--date=2020-01-01T00:00:00+0000", dag="2026-05-02", kl="00:30:00+0200")
    ((_, day, _),) = arkiv.endringer()
    assert day == "2026-05-01"


def test_creating_a_record_is_none(arkiv):
    arkiv.skriv("systemer/ny.yaml", SYSTEM)
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer("systemer/ny") == []


def test_first_filling_is_none_and_emptying_and_filling_again_are(arkiv):
    arkiv.skriv(FIL, SYSTEM + "eksponering: intern\nlagring:\n  tilgang_fra: [NO]\n")
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer() == []
    arkiv.skriv(FIL, SYSTEM)
    c = arkiv.sjekk_inn("2026-05-02")[:8]
    assert arkiv.endringer() == [("eksponering", "2026-05-02", c), ("lagring.tilgang_fra", "2026-05-02", c)]
    arkiv.skriv(FIL, SYSTEM + "eksponering: internett\n")
    d = arkiv.sjekk_inn("2026-05-03")[:8]
    assert arkiv.endringer()[-1] == ("eksponering", "2026-05-03", d)


def test_an_item_more_in_a_list_is_one_change_of_the_list(arkiv):
    arkiv.bytt(FIL, "[lokal, id_porten]", "[feide, id_porten, ansatt_sso]")
    c = arkiv.sjekk_inn("2026-05-01")[:8]
    assert arkiv.endringer() == [("autentisering", "2026-05-01", c)]


def test_reformatting_and_reordering_are_none(arkiv):
    arkiv.skriv(
        FIL,
        """
        # Omskrevet
        drift: {form: "egen"}
        autentisering:
          - id_porten
          - lokal
        personopplysninger: false
        leverandor: 'fjord'
        tilstand: i_produksjon
        produksjon_fra: 2020-01-01
        navn: Arkivet
        """,
    )
    arkiv.sjekk_inn("2026-05-01")
    (arkiv.register / FIL).write_bytes((arkiv.register / FIL).read_bytes().replace(b"\n", b"\r\n"))
    assert arkiv.endringer() == []


def test_a_mode_change_is_none(arkiv):
    (arkiv.register / FIL).chmod(0o755)
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer() == []


def test_history_counts_from_historie_fra(arkiv):
    sky(arkiv)
    c = arkiv.bytt(FIL, "form: sky", "form: leverandor") or arkiv.sjekk_inn("2026-06-01")[:8]
    arkiv.skriv("forvaltning.yaml", "modell: 1\nhistorie_fra: 2026-05-02\n")
    assert arkiv.endringer() == [("drift.form", "2026-06-01", c)]


def test_history_counts_from_the_first_commit_that_holds_the_registry(tmp_path):
    arkiv = Arkiv(tmp_path, start=False)
    arkiv.skriv("forvaltning.yaml", None)
    arkiv.sjekk_inn("2025-01-01")
    sky(arkiv, "2025-02-01")
    arkiv.bytt(FIL, "form: sky", "form: leverandor")
    arkiv.skriv("forvaltning.yaml", "modell: 1\n")
    arkiv.sjekk_inn("2025-03-01")
    assert arkiv.endringer() == []
    arkiv.bytt(FIL, "form: leverandor", "form: egen")
    c = arkiv.sjekk_inn("2025-04-01")[:8]
    assert arkiv.endringer() == [("drift.form", "2025-04-01", c)]


def test_uncommitted_edits_count_as_the_check_date(arkiv):
    arkiv.bytt(FIL, "form: egen", "form: sky")
    assert arkiv.endringer() == [("drift.form", IDAG, "")]
    assert arkiv.endringer(dato=date(2026, 1, 2)) == [("drift.form", "2026-01-02", "")]
    arkiv.git("add", "-A")
    assert arkiv.endringer() == [("drift.form", IDAG, "")]
    sky_c = arkiv.sjekk_inn("2026-05-01")[:8]
    assert arkiv.endringer() == [("drift.form", "2026-05-01", sky_c)]


def test_an_example_has_an_empty_and_complete_history(arkiv):
    sky(arkiv)
    arkiv.skriv("forvaltning.yaml", "modell: 1\neksempel:\n  dato: 2026-11-16\n")
    seen = arkiv.historie()
    assert (seen.kjent, dict(seen.endringer)) == (True, {})


# --- flows ------------------------------------------------------------------------------------------------


def test_a_new_flow_between_registered_systems(arkiv):
    arkiv.skriv(FLYTFIL, FLYT)
    assert arkiv.endringer(F) == [("", IDAG, "")]
    c = arkiv.sjekk_inn("2026-05-01")[:8]
    assert arkiv.endringer(F) == [("", "2026-05-01", c)]
    arkiv.bytt(FLYTFIL, "tilstand: aktiv", "tilstand: avsluttet")
    d = arkiv.sjekk_inn("2026-06-01")[:8]
    assert arkiv.endringer(F) == [("", "2026-05-01", c), ("tilstand", "2026-06-01", d)]


def test_a_flow_that_comes_with_the_registry_or_with_both_its_systems_is_none(tmp_path):
    arkiv = Arkiv(tmp_path, start=False)
    arkiv.skriv(FLYTFIL, FLYT)
    arkiv.sjekk_inn("2025-01-01")
    for name in ("a", "b"):
        arkiv.skriv(f"systemer/{name}.yaml", ANNET)
    arkiv.skriv(
        "integrasjoner/ab.yaml", FLYT.replace("system: arkivet", "system: a").replace("postlista}", "b}")
    )
    arkiv.skriv("integrasjoner/arkivet-a.yaml", FLYT.replace("system: postlista", "system: a"))
    c = arkiv.sjekk_inn("2026-05-01")[:8]
    assert arkiv.endringer(F) == []
    assert arkiv.endringer("integrasjoner/ab") == []
    assert arkiv.endringer("integrasjoner/arkivet-a") == [("", "2026-05-01", c)]


def test_a_flow_is_new_when_both_its_ends_are_known(arkiv):
    arkiv.skriv(FLYTFIL, "navn: Flyt\nfra: {system: arkivet}\n")
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer(F) == []
    arkiv.skriv(FLYTFIL, FLYT)
    c = arkiv.sjekk_inn("2026-06-01")[:8]
    assert arkiv.endringer(F) == [("", "2026-06-01", c)]


def test_the_other_end_of_a_flow(arkiv):
    arkiv.skriv(FLYTFIL, FLYT)
    arkiv.sjekk_inn("2026-05-01")
    arkiv.bytt(FLYTFIL, "til: {system: postlista}", "til: {ekstern: Ukjent AS}")
    c = arkiv.sjekk_inn("2026-06-01")[:8]
    assert arkiv.endringer(F)[1:] == [("til.system", "2026-06-01", c)]


# --- renames, deletions -----------------------------------------------------------------------------------


def test_a_rename_is_followed(arkiv):
    found = sky(arkiv)
    arkiv.git("mv", "registry/systemer/arkivet.yaml", "registry/systemer/nyarkivet.yaml")
    assert arkiv.endringer("systemer/nyarkivet") == [found]
    arkiv.sjekk_inn("2026-06-01")
    assert arkiv.endringer("systemer/nyarkivet") == [found]
    arkiv.bytt("systemer/nyarkivet.yaml", "form: sky", "form: egen")
    c = arkiv.sjekk_inn("2026-07-01")[:8]
    assert arkiv.endringer("systemer/nyarkivet") == [found, ("drift.form", "2026-07-01", c)]


def test_an_uncommitted_rename_with_an_edit_is_followed(arkiv):
    (arkiv.register / FIL).rename(arkiv.register / "systemer/nyarkivet.yaml")
    arkiv.bytt("systemer/nyarkivet.yaml", "form: egen", "form: sky")
    assert arkiv.endringer("systemer/nyarkivet") == [("drift.form", IDAG, "")]


def test_an_uncommitted_rename_with_other_line_ends_is_followed(arkiv):
    text = (arkiv.register / FIL).read_bytes().replace(b"form: egen", b"form: sky")
    (arkiv.register / FIL).unlink()
    (arkiv.register / "systemer/nyarkivet.yaml").write_bytes(text.replace(b"\n", b"\r\n"))
    assert arkiv.endringer("systemer/nyarkivet") == [("drift.form", IDAG, "")]


def test_a_rename_that_is_rewritten_is_followed_by_tidligere_id(arkiv):
    found = sky(arkiv)
    arkiv.skriv(FIL, None)
    arkiv.skriv(
        "systemer/ny.yaml",
        "navn: Helt annen tekst som ikke ligner\nbeskrivelse: >-\n  "
        + "mye ny tekst " * 40
        + "\ndrift:\n  form: leverandor\n",
    )
    arkiv.sjekk_inn("2026-06-01")
    assert arkiv.endringer("systemer/ny") == []
    arkiv.skriv(
        "systemer/ny.yaml", (arkiv.register / "systemer/ny.yaml").read_text() + "tidligere_id: [arkivet]\n"
    )
    felter = [(f, d) for f, d, _ in arkiv.endringer("systemer/ny")]
    assert felter == [
        (found[0], found[1]),
        *((f, "2026-06-01") for f in ("autentisering", "drift.form", "leverandor", "personopplysninger")),
    ]


def test_tidligere_id_goes_before_what_git_finds_alike(arkiv):
    found = sky(arkiv)
    text = (arkiv.register / FIL).read_text(encoding="utf-8")
    arkiv.skriv(FIL, None)
    arkiv.skriv("systemer/kopi.yaml", text)
    arkiv.skriv(
        "systemer/ekte.yaml", text.replace("Arkivet", "Det nye arkivet") + "tidligere_id: [arkivet]\n"
    )
    arkiv.sjekk_inn("2026-06-01")
    assert arkiv.endringer("systemer/ekte") == [found]
    assert arkiv.endringer("systemer/kopi") == []


def test_an_id_that_another_record_takes_over_hides_nothing(arkiv):
    found = sky(arkiv)
    here = arkiv.register / "systemer"
    (here / "arkivet.yaml").rename(here / "ny.yaml")
    (here / "postlista.yaml").rename(here / "arkivet.yaml")
    arkiv.sjekk_inn("2026-06-01")
    felter = [(f, d) for f, d, _ in arkiv.endringer()]
    assert felter[0] == found[:2]
    assert ("leverandor", "2026-06-01") in felter


def test_a_renamed_supplier_is_the_same_supplier(arkiv):
    arkiv.git("mv", "registry/leverandorer/fjord.yaml", "registry/leverandorer/fjorden.yaml")
    arkiv.bytt(FIL, "leverandor: fjord", "leverandor: fjorden")
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer() == []


def test_a_supplier_renamed_by_tidligere_id_is_the_same_and_another_is_not(arkiv):
    arkiv.skriv("leverandorer/fjord.yaml", None)
    arkiv.skriv("leverandorer/havet.yaml", "navn: Havet AS, som har overtatt det hele\nland: SE\n")
    arkiv.bytt(FIL, "leverandor: fjord", "leverandor: havet")
    c = arkiv.sjekk_inn("2026-05-01")[:8]
    assert arkiv.endringer() == [("leverandor", "2026-05-01", c)]
    assert arkiv.endringer(lager=True) == [("leverandor", "2026-05-01", c)]
    arkiv.bytt("leverandorer/havet.yaml", "land: SE", "land: SE\ntidligere_id: [fjord]")
    assert arkiv.endringer() == []
    assert arkiv.endringer(lager=True) == []


def test_deleted_and_added_again_is_the_same_record(arkiv):
    text = (arkiv.register / FIL).read_text(encoding="utf-8")
    found = sky(arkiv)
    arkiv.skriv(FIL, None)
    arkiv.sjekk_inn("2026-06-01")
    arkiv.skriv(FIL, text.replace("form: egen", "form: leverandor"))
    c = arkiv.sjekk_inn("2026-07-01")[:8]
    assert arkiv.endringer() == [found, ("drift.form", "2026-07-01", c)]


def test_a_flow_deleted_and_added_again_is_not_new(arkiv):
    arkiv.skriv(FLYTFIL, FLYT)
    c = arkiv.sjekk_inn("2026-05-01")[:8]
    arkiv.skriv(FLYTFIL, None)
    arkiv.sjekk_inn("2026-06-01")
    arkiv.skriv(FLYTFIL, FLYT)
    arkiv.sjekk_inn("2026-07-01")
    assert arkiv.endringer(F) == [("", "2026-05-01", c)]


# --- versions that can not be read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken", ["- : [\n", "drift: sky\nnavn: x\n", "", "\x00", "navn: x\ndrift: {form: [sky]}\n"]
)
def test_a_version_that_can_not_be_read_is_passed_over(arkiv, broken):
    (arkiv.register / FIL).write_text(broken, encoding="utf-8")
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer() == []
    arkiv.skriv(FIL, SYSTEM.replace("form: egen", "form: sky"))
    assert arkiv.endringer() == [("drift.form", IDAG, "")]
    c = arkiv.sjekk_inn("2026-06-01")[:8]
    assert arkiv.endringer() == [("drift.form", "2026-06-01", c)]


def test_a_version_wrong_in_another_field_is_read(arkiv):
    arkiv.skriv(FIL, SYSTEM.replace("form: egen", "form: sky") + "ukjent_felt: x\n")
    c = arkiv.sjekk_inn("2026-05-01")[:8]
    arkiv.skriv(FIL, SYSTEM.replace("form: egen", "form: sky"))
    arkiv.sjekk_inn("2026-06-01")
    assert arkiv.endringer() == [("drift.form", "2026-05-01", c)]


def test_a_link_is_what_it_leads_to(arkiv):
    arkiv.skriv(".felles/arkivet.yaml", SYSTEM)
    arkiv.skriv(FIL, None)
    (arkiv.register / FIL).symlink_to("../.felles/arkivet.yaml")
    arkiv.sjekk_inn("2026-05-01")
    assert arkiv.endringer() == []
    arkiv.bytt(".felles/arkivet.yaml", "form: egen", "form: sky")
    c = arkiv.sjekk_inn("2026-06-01")[:8]
    assert arkiv.endringer() == [("drift.form", "2026-06-01", c)]
    assert arkiv.endringer(lager=True) == [("drift.form", "2026-06-01", c)]


def test_an_older_model_is_lifted(arkiv, monkeypatch):
    from forvaltning.history import leser, trinn, utdrag
    from forvaltning.model import innstillinger
    from forvaltning.source import load, upgrade

    arkiv.skriv(FIL, SYSTEM.replace("drift:\n  form: egen", "driftsform: egen"))
    arkiv.skriv("systemer/urort.yaml", "navn: Urørt\ndriftsform: egen\n")
    arkiv.sjekk_inn("2025-02-01")
    arkiv.skriv("forvaltning.yaml", "modell: 2\n")
    arkiv.skriv(FIL, SYSTEM)
    arkiv.skriv("systemer/urort.yaml", "navn: Urørt\ndrift: {form: egen}\n")
    arkiv.sjekk_inn("2026-05-01")
    arkiv.bytt(FIL, "form: egen", "form: sky")
    c = arkiv.sjekk_inn("2026-06-01")[:8]

    def step(kind, values):
        out = dict(values)
        if kind == "systemer" and "driftsform" in out:
            out["drift"] = {"form": out.pop("driftsform")}
        return out

    monkeypatch.setitem(upgrade.STEPS, 1, step)
    for module in (innstillinger, upgrade, utdrag, trinn, load):
        monkeypatch.setattr(module, "MODELL", 2)
    assert leser is not None
    assert arkiv.endringer() == [("drift.form", "2026-06-01", c)]
    assert arkiv.endringer("systemer/urort") == []


# --- merges -----------------------------------------------------------------------------------------------


def gren(arkiv, navn, sti, gammelt, nytt, dag):
    arkiv.git("checkout", "-q", "-b", navn, "main")
    arkiv.bytt(sti, gammelt, nytt)
    return arkiv.sjekk_inn(dag)


def test_a_fast_forward_keeps_the_dates_of_its_commits(arkiv):
    c = gren(arkiv, "gren", FIL, "form: egen", "form: sky", "2026-05-01")[:8]
    arkiv.git("checkout", "-q", "main")
    arkiv.git("merge", "-q", "--ff-only", "gren", dag="2026-06-01")
    assert arkiv.endringer() == [("drift.form", "2026-05-01", c)]


def test_a_merge_is_one_change_on_the_day_of_the_merge(arkiv):
    gren(arkiv, "gren", FIL, "form: egen", "form: sky", "2026-04-01")
    arkiv.bytt(FIL, "form: sky", "form: leverandor")
    arkiv.sjekk_inn("2026-04-02")
    arkiv.git("checkout", "-q", "main")
    arkiv.git("merge", "-q", "--no-ff", "-m", "fletter", "gren", dag="2026-06-01")
    c = arkiv.git("rev-parse", "HEAD")[:8]
    assert arkiv.endringer() == [("drift.form", "2026-06-01", c)]


def test_an_octopus_merge(arkiv):
    gren(arkiv, "a", FIL, "form: egen", "form: sky", "2026-04-01")
    gren(arkiv, "b", "systemer/postlista.yaml", "form: egen", "form: leverandor", "2026-04-02")
    arkiv.git("checkout", "-q", "main")
    arkiv.git("merge", "-q", "--no-ff", "-m", "fletter", "a", "b", dag="2026-06-01")
    c = arkiv.git("rev-parse", "HEAD")[:8]
    assert len(arkiv.git("log", "-1", "--format=%P").split()) == 3
    for post in (S, "systemer/postlista"):
        assert arkiv.endringer(post) == [("drift.form", "2026-06-01", c)]


# --- where and how the registry lies ----------------------------------------------------------------------


@pytest.mark.parametrize("mappe", ["", "registry", "dypt/nede/i registeret æøå", "[a]*"])
def test_at_the_top_or_in_any_folder(tmp_path, mappe):
    arkiv = Arkiv(tmp_path, mappe)
    assert arkiv.endringer() == []
    found = sky(arkiv)
    assert arkiv.endringer() == [found]
    arkiv.bytt(FIL, "form: sky", "form: egen")
    assert arkiv.endringer() == [found, ("drift.form", IDAG, "")]


@pytest.mark.parametrize(("fra", "til"), [("registry", "nytt/sted"), ("", "registry"), ("registry", "")])
def test_a_registry_that_is_moved_is_followed(tmp_path, fra, til):
    arkiv = Arkiv(tmp_path, fra)
    found = sky(arkiv)
    (tmp_path / (til or ".")).mkdir(parents=True, exist_ok=True)
    for name in ("forvaltning.yaml", "systemer", "leverandorer"):
        arkiv.git("mv", f"{fra or '.'}/{name}", f"{til or '.'}/{name}")
    arkiv.register = tmp_path / til
    arkiv.bytt(FIL, "form: sky", "form: leverandor")
    c = arkiv.sjekk_inn("2026-06-01")[:8]
    assert arkiv.endringer() == [found, ("drift.form", "2026-06-01", c)]
    assert arkiv.endringer(lager=True) == arkiv.endringer(lager=True) == arkiv.endringer()


def test_a_registry_that_is_moved_away_and_back_is_followed(arkiv):
    assert arkiv.endringer(lager=True) == []
    kept = (arkiv.rot / ".git/forvaltning").is_dir()
    arkiv.git("mv", "registry", "annet")
    arkiv.register = arkiv.rot / "annet"
    arkiv.sjekk_inn("2026-03-01")
    found = sky(arkiv)
    arkiv.git("mv", "annet", "registry")
    arkiv.register = arkiv.rot / "registry"
    arkiv.sjekk_inn("2026-07-01")
    assert kept
    assert arkiv.endringer(lager=True) == arkiv.endringer() == [found]


@pytest.mark.parametrize("navn", ["blåbær-æøå", "rar\nfil", 'sit"at'])
def test_odd_file_names(arkiv, navn):
    arkiv.skriv(f"systemer/{navn}.yaml", ANNET)
    arkiv.sjekk_inn("2026-04-01")
    found = sky(arkiv)
    arkiv.bytt(f"systemer/{navn}.yaml", "form: egen", "form: sky")
    c = arkiv.sjekk_inn("2026-06-01")[:8]
    assert arkiv.endringer() == [found]
    if "æ" in navn:
        assert arkiv.endringer(f"systemer/{navn}") == [("drift.form", "2026-06-01", c)]


def test_a_sha256_repository(tmp_path):
    arkiv = Arkiv(tmp_path, init=("--object-format=sha256",))
    found = sky(arkiv)
    assert arkiv.endringer() == arkiv.endringer(lager=True) == [found]
    arkiv.bytt(FIL, "form: sky", "form: egen")
    assert arkiv.endringer(lager=True) == [found, ("drift.form", IDAG, "")]


def test_a_detached_head_and_packed_refs(arkiv):
    found = sky(arkiv)
    arkiv.git("pack-refs", "--all")
    assert arkiv.endringer() == [found]
    arkiv.git("checkout", "-q", "--detach", "HEAD~1")
    assert arkiv.endringer() == []


def test_a_linked_work_tree(arkiv, tmp_path):
    arkiv.git("branch", "gammel")
    found = sky(arkiv)
    arkiv.git("worktree", "add", "-q", str(tmp_path / "ved siden"), "gammel")
    assert arkiv.endringer(rot=tmp_path / "ved siden" / "registry") == []
    assert arkiv.endringer() == [found]


def test_a_registry_in_a_submodule_and_a_submodule_in_a_registry(arkiv, tmp_path):
    found = sky(arkiv)
    top = Arkiv(tmp_path / "topp")
    allow = ("-c", "protocol.file.allow=always")
    top.git(*allow, "submodule", "--quiet", "add", str(arkiv.rot), "under")
    top.git(*allow, "submodule", "--quiet", "add", str(arkiv.rot), "registry/systemer/modul.yaml")
    top.sjekk_inn("2026-06-01")
    assert arkiv.endringer(rot=top.rot / "under" / "registry") == [found]
    assert top.endringer() == []


def test_no_git_variable_leads_it_astray(arkiv, tmp_path, monkeypatch):
    found = sky(arkiv)
    other = Arkiv(tmp_path / "annet")
    for name, value in {
        "GIT_DIR": str(other.rot / ".git"),
        "GIT_WORK_TREE": str(other.rot),
        "GIT_INDEX_FILE": "/finnes/ikke",
        "GIT_OBJECT_DIRECTORY": "/finnes/ikke",
    }.items():
        monkeypatch.setenv(name, value)
    assert arkiv.endringer() == [found]


# --- not seen ---------------------------------------------------------------------------------------------


def test_a_shallow_clone_is_never_no_change(arkiv, tmp_path):
    sky(arkiv)
    klone = tmp_path / "klone"
    arkiv.git("clone", "-q", "--depth", "1", arkiv.rot.as_uri(), str(klone))
    seen = arkiv.historie(rot=klone / "registry")
    assert seen == GRUNN
    assert "fetch-depth: 0" in seen.grunn


def test_without_git(arkiv, tmp_path):
    (arkiv.rot / ".git").rename(arkiv.rot / "git-er-borte")
    assert arkiv.historie() == UTEN_GIT


def test_without_a_commit(tmp_path):
    arkiv = Arkiv(tmp_path, start=False)
    assert arkiv.historie() == arkiv.historie(lager=True) == UTEN_INNSJEKKING
    (tmp_path / "annet").write_text("x", encoding="utf-8")
    arkiv.git("add", "annet")
    arkiv.git("commit", "-qm", "x")
    assert arkiv.historie() == UTEN_INNSJEKKING


def test_a_repository_that_is_broken(arkiv):
    sky(arkiv)
    oid = arkiv.git("rev-parse", "HEAD~1:registry/systemer/arkivet.yaml")
    file = arkiv.rot / ".git" / "objects" / oid[:2] / oid[2:]
    file.chmod(0o600)
    file.unlink()
    assert arkiv.historie() == GIT_SVARER_IKKE


# --- read once --------------------------------------------------------------------------------------------


def test_a_version_is_parsed_once_ever(arkiv, monkeypatch):
    from forvaltning.history import utdragslager

    read = []
    real = utdragslager.utdrag
    monkeypatch.setattr(utdragslager, "utdrag", lambda k, d, m: (read.append(k), real(k, d, m))[1])
    sky(arkiv)
    arkiv.endringer(lager=True)
    assert len(read) == 3
    arkiv.endringer(lager=True)
    assert len(read) == 3
    arkiv.bytt(FIL, "form: sky", "form: egen")
    arkiv.sjekk_inn("2026-06-01")
    assert len(arkiv.endringer(lager=True)) == 2
    assert len(read) == 3, "the version is one that was there before"
    arkiv.bytt(FIL, "leverandor: fjord", "leverandor: annen")
    assert len(arkiv.endringer(lager=True)) == 3
    assert len(read) == 4
    arkiv.sjekk_inn("2026-07-01")
    assert len(arkiv.endringer(lager=True)) == 3
    assert len(read) == 4, "what was read from the work tree is known by its content"


def test_a_new_commit_reads_only_what_is_new(arkiv, monkeypatch):
    from forvaltning.history import leser

    asked = []
    for name in ("historikk", "hele"):
        real = getattr(leser, name)
        monkeypatch.setattr(
            leser, name, lambda *a, real=real, **k: (asked.append(k.get("etter")), real(*a, **k))[1]
        )
    arkiv.endringer(lager=True)
    before = arkiv.git("rev-parse", "HEAD")
    sky(arkiv)
    arkiv.endringer(lager=True)
    arkiv.endringer(lager=True)
    assert asked == [None, before]
    arkiv.git("commit", "-q", "--amend", "-m", "om igjen", dag="2026-05-09")
    assert arkiv.endringer(lager=True) == arkiv.endringer()
    assert asked[2] is None


def test_merging_the_other_way_round_is_read_again(arkiv):
    gren(arkiv, "gren", FIL, "form: egen", "form: sky", "2026-04-01")
    arkiv.endringer(lager=True)
    arkiv.git("checkout", "-q", "main")
    arkiv.bytt("systemer/postlista.yaml", "form: egen", "form: sky")
    arkiv.sjekk_inn("2026-05-01")
    arkiv.git("merge", "-q", "--no-ff", "-m", "fletter", "gren", dag="2026-06-01")
    for post in (S, "systemer/postlista"):
        assert arkiv.endringer(post, lager=True) == arkiv.endringer(post)


def test_names_and_times_that_are_strange(arkiv):
    arkiv.bytt(FIL, "form: egen", "form: sky")
    arkiv.git("add", "-A")
    tree = arkiv.git("write-tree")
    raw = (
        f"tree {tree}\nparent {arkiv.git('rev-parse', 'HEAD')}\nauthor \x01\x02 <x> 1 +0000\n"
        "committer x <x> 999999999999999 +0000\n\n\x01\x02commit\x02\x01\n"
    )
    oid = arkiv.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", inn=raw)
    arkiv.git("reset", "-q", "--soft", oid)
    assert [f for f, _, _ in arkiv.endringer()] == ["drift.form"]


def test_git_is_not_asked_where_nothing_has_changed(arkiv, monkeypatch):
    found = sky(arkiv)
    assert arkiv.endringer(lager=True) == [found]

    def forbidden(*args, **kwargs):
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", forbidden)
    monkeypatch.setattr(subprocess, "run", forbidden)
    assert arkiv.endringer(lager=True) == [found]
    assert os.environ

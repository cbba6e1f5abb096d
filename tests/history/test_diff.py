"""`diff`: what changed between two states, and what that did to the requirements."""

from __future__ import annotations

import pytest
from tests.cli.hjelp_cli import kjor
from tests.history.arkiv import Arkiv

GOD = "avtaler/kontrakt-god.yaml"
ARKIVET = "systemer/arkivet.yaml"


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Arkiv(tmp_path)


def diff(*args):
    svar = kjor("diff", *args, "--format", "json")
    assert svar.kode == 0, svar.feil
    return svar.json


def test_two_commits_are_told_with_what_they_did(arkiv):
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    arkiv.sjekk_inn("2026-02-01", "Fjerner forvalteren")
    out = diff("HEAD~1", "HEAD")
    (post,) = out["poster"]
    assert (post["post"], post["slag"]) == ("avtaler/kontrakt-god", "endret")
    assert post["felter"][0]["gammel"] == "forvalter"
    assert {
        "krav": "5.2",
        "post": "avtaler/kontrakt-god",
        "enhet": "ansattservice",
        "fra": "oppfylt",
        "til": "brudd",
    } in out["krav"]
    assert [n["krav"] for n in out["nye"]] == ["5.2"]
    back = diff("HEAD", "HEAD~1")
    assert [n["krav"] for n in back["rettet"]] == ["5.2"]
    text = kjor("diff", "HEAD~1", "HEAD").ut
    assert "5.2 avtaler/kontrakt-god: oppfylt → brudd" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_work_tree_is_the_default(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    assert diff("HEAD")["til"] is None
    assert diff("HEAD")["poster"][0]["felter"][0]["ny"] == "planlagt"
    assert diff("HEAD", "HEAD")["poster"] == []


def test_new_gone_renamed_and_unreadable_records(arkiv):
    arkiv.git("mv", f"registry/{ARKIVET}", "registry/systemer/bk360.yaml")
    arkiv.bytt("systemer/bk360.yaml", "navn: Arkivet", "navn: Arkivet\ntidligere_id: [arkivet]")
    arkiv.skriv("leverandorer/ny.yaml", "navn: Ny AS\n")
    (arkiv.register / "roller/leder-sdi.yaml").unlink()
    arkiv.bytt("enheter/under-sdi.yaml", "navn: Ørneteamet", 'navn: "Ørne')
    told = {p["post"]: p["slag"] for p in diff("HEAD")["poster"]}
    assert told == {
        "systemer/bk360": "omdopt",
        "leverandorer/ny": "opprettet",
        "roller/leder-sdi": "slettet",
        "enheter/under-sdi": "uleselig",
    }
    arkiv.sjekk_inn("2026-02-01", "Alt")
    arkiv.bytt("enheter/under-sdi.yaml", 'navn: "Ørne', "navn: Ørne")
    assert {p["post"]: p["slag"] for p in diff("HEAD")["poster"]} == {"enheter/under-sdi": "lesbar"}


def test_settings_that_changed_are_said(arkiv):
    arkiv.bytt("forvaltning.yaml", "modell: 1", "modell: 1\nvarslingsvindu_dager: 30")
    out = diff("HEAD")
    assert out["innstillinger_endret"] is True
    (told,) = out["poster"]
    assert (told["post"], told["slag"], told["fil"]) == ("forvaltning.yaml", "endret", "forvaltning.yaml")
    (field,) = told["felter"]
    assert (field["felt"], field["ny"]) == ("varslingsvindu_dager", "30")
    text = kjor("diff", "HEAD").ut
    assert "~ endret forvaltning.yaml" in text
    assert "Innstillingene endret; " in text
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    assert "Innstillingene og 1 post endret; " in kjor("diff", "HEAD").ut


def test_a_comment_in_the_settings_is_nothing(arkiv):
    arkiv.bytt("forvaltning.yaml", "modell: 1", "# Bare en merknad\nmodell: 1")
    out = diff("HEAD")
    assert (out["innstillinger_endret"], out["poster"]) == (False, [])
    assert "nnstillingene" not in kjor("diff", "HEAD").ut


def test_a_revision_that_is_not_there_is_said(arkiv):
    for args in (("tull",), ("HEAD", "tull"), ("--", "-x"), ("^HEAD",), ("HEAD", "^HEAD")):
        svar = kjor("diff", *args)
        assert (svar.kode, "Fant ikke revisjonen" in svar.feil) == (2, True)


def test_a_state_before_the_registry_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, tomt=True)
    a.sjekk_inn("2025-01-01", "Tomt")
    from tests.cli.hjelp_cli import lag

    lag(tmp_path)
    a.sjekk_inn("2026-01-01", "Registeret")
    svar = kjor("diff", "HEAD~1")
    assert (svar.kode, "fantes ikke" in svar.feil) == (2, True)


def test_markdown_holds_no_markup_of_the_records(arkiv):
    arkiv.bytt(ARKIVET, "navn: Arkivet", "navn: '<b>[x](y)|'")
    out = kjor("diff", "HEAD", "--format", "markdown").ut
    assert "<b>" not in out
    assert "[x](y)" not in out


def test_markdown_gives_commits_as_git_takes_them_again(arkiv):
    oid = arkiv.git("rev-parse", "HEAD").strip()
    assert (
        f"Fra `HEAD` (`{oid[:10]}`) til filene slik de er nå."
        in kjor("diff", "HEAD", "--format", "markdown").ut
    )


def test_a_sha256_repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, init=("--object-format=sha256",))
    a.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    assert [p["post"] for p in diff("HEAD")["poster"]] == ["systemer/arkivet"]


def test_a_rename_that_only_git_knows_is_one_change_and_says_what_to_write(arkiv):
    arkiv.git("mv", "registry/avtaler/kontrakt-god.yaml", "registry/avtaler/kontrakt-ny.yaml")
    for later in (False, True):
        if later:
            arkiv.bytt("avtaler/kontrakt-ny.yaml", "avtaleforvalter: forvalter\n", "")
            arkiv.sjekk_inn("2026-02-01", "Nytt navn, og en endring")
        asked = ("diff", "HEAD~1", "HEAD") if later else ("diff", "HEAD")
        out = kjor(*asked, "--format", "json").json
        (p,) = out["poster"]
        assert (p["slag"], p["post"], p["fra"]) == ("omdopt", "avtaler/kontrakt-ny", "avtaler/kontrakt-god")
        assert "tidligere_id: [kontrakt-god]" in p["merknad"]
        assert [f["felt"] for f in p["felter"]] == (["avtaleforvalter"] if later else [])
        changed = {(k["krav"], k["post"], k["fra"], k["til"]) for k in out["krav"]}
        assert changed == ({("5.2", "avtaler/kontrakt-ny", "oppfylt", "brudd")} if later else set())


@pytest.mark.parametrize("init", [(), ("--object-format=sha256",)])
@pytest.mark.parametrize("crlf", [False, True])
def test_a_rename_is_followed_to_the_work_tree_as_between_commits(tmp_path, monkeypatch, init, crlf):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, init=init)
    if crlf:
        a.git("config", "core.autocrlf", "true")
    a.git("mv", "registry/avtaler/kontrakt-god.yaml", "registry/avtaler/kontrakt-ny.yaml")
    a.git("mv", "registry/leverandorer/fjord.yaml", "registry/leverandorer/fjorden.yaml")
    a.bytt("avtaler/kontrakt-ny.yaml", "avtaleforvalter: forvalter\n", "")
    if crlf:
        for name in ("avtaler/kontrakt-ny", "leverandorer/fjorden"):
            file = a.register / f"{name}.yaml"
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    told = [kjor("diff", "HEAD", "--format", "json").json["poster"]]
    a.sjekk_inn("2026-02-01", "Nye navn, og en endring")
    told += [
        kjor("diff", *revs, "--format", "json").json["poster"] for revs in (("HEAD~1",), ("HEAD~1", "HEAD"))
    ]
    for records in told:
        assert [(p["slag"], p["post"], p["fra"], [f["felt"] for f in p["felter"]]) for p in records] == [
            ("omdopt", "avtaler/kontrakt-ny", "avtaler/kontrakt-god", ["avtaleforvalter"]),
            ("omdopt", "leverandorer/fjorden", "leverandorer/fjord", []),
        ]

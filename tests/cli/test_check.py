"""`forvaltning check`: exit codes, what is judged, what is shown, where it is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.hjelp_cli import kjor, lag, utflatet

import forvaltning
from forvaltning.cli import utskrift
from forvaltning.generate import KONTRAKTER

FEM_TO = ("check", "--krav", "5.2")


# --- exit codes -----------------------------------------------------------------------------------------


def test_a_breach_exits_1_and_tells_where_what_and_who(register):
    svar = kjor(*FEM_TO)
    assert svar.kode == 1
    assert "registry/avtaler/kontrakt-darlig.yaml:1:1" in svar.ut
    assert "5.2 Kontrakten har avtaleeier og avtaleforvalter" in svar.ut
    assert "MANGLER" in svar.ut
    assert "→ " in svar.ut
    assert "Svarer: Resultatenhetsleder (leder-sdi, sdi@prove.example)" in svar.ut


def test_nothing_broken_exits_0_and_says_so(register):
    svar = kjor(*FEM_TO, "--post", "kontrakt-god")
    assert svar.kode == 0
    assert "✓ Ingen brudd." in svar.ut


def test_an_unreadable_file_exits_1(register):
    (register / "systemer" / "odelagt.yaml").write_text("navn: [", encoding="utf-8")
    svar = kjor(*FEM_TO, "--enhet", "ansattservice")
    assert svar.kode == 1
    assert "registry/systemer/odelagt.yaml:1:" in svar.ut


def test_choosing_what_to_show_never_changes_the_exit_code(register):
    assert kjor(*FEM_TO, "--utfall", "oppfylt").kode == 1
    assert kjor(*FEM_TO, "--quiet").kode == 1
    assert kjor(*FEM_TO, "--verbose").kode == 1


@pytest.mark.parametrize(
    ("args", "kode"),
    [
        (["--enhet", "sdi"], 1),
        (["--enhet", "Seksjon for digital utvikling"], 1),
        (["--enhet", "Byrådsavdeling for oppvekst, barnehage og skole"], 0),
        (["--enhet", "ansattservice,oppvekst"], 0),
        (["--enhet", "Ørneteamet"], 1),
        (["--post", "kontrakt-darlig"], 1),
        (["--post", "avtaler/kontrakt-god"], 0),
        (["--post", "registry/avtaler/kontrakt-god.yaml"], 0),
        (["--rolle", "resultatenhetsleder"], 1),
        (["--rolle", "Resultatenhetsleder"], 1),
        (["--rolle", "leder-sdi"], 1),
        (["--rolle", "prosjekteier"], 0),
        (["--rolle", "digitaliseringsrad"], 0),
        (["--omrade", "5"], 1),
        (["--omrade", "1"], 0),
        (["registry/avtaler"], 1),
        (["registry/avtaler/kontrakt-god.yaml"], 0),
        (["registry/systemer", "registry/enheter"], 0),
        (["registry"], 1),
        (["."], 1),
    ],
)
def test_what_is_chosen_narrows_the_exit_code(register, args, kode):
    assert kjor(*FEM_TO, *args).kode == kode


# --- nothing could be judged ------------------------------------------------------------------------------


def test_no_registry_tells_which_folders_were_looked_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    svar = kjor("check")
    assert svar.kode == 2
    assert tmp_path.resolve().as_posix() in svar.feil
    assert "--registry MAPPE" in svar.feil


@pytest.mark.parametrize(
    ("args", "sagt"),
    [
        (["--krav", "5.22"], "Fant ikke kravet «5.22»."),
        (["--krav", "52"], "Mente du «5.2»"),
        (["--omrade", "12"], "Fant ikke fagområdet «12»."),
        (["--post", "kontrakt-god1"], "Mente du «kontrakt-god»"),
        (["--post", "systemer/kontrakt-god"], "Mente du «avtaler/kontrakt-god»?"),
        (["--enhet", "Ansatservice"], "Mente du «Ansattservice»"),
        (["--rolle", "resultatenhetslder"], "Mente du «Resultatenhetsleder»"),
        (["--utfall", "brud"], "Mente du «brudd»?"),
        (["registry/avtaler/kontrakt-gdo.yaml"], "Mente du «kontrakt-god.yaml»"),
        (["avtaler/kontrakt-gdo.yaml"], "Mente du «kontrakt-god.yaml»"),
        (["/"], "ligger ikke i noe register"),
        (["--registry", "finnes-ikke"], "Mappen «finnes-ikke» finnes ikke."),
        (["--registry", "."], "Mente du «registry»?"),
        (["--registry", "registry", "utenfor.txt"], "Stien «utenfor.txt» ligger ikke i registeret."),
    ],
)
def test_what_names_nothing_is_told_with_the_nearest(register, tmp_path, args, sagt):
    (tmp_path / "utenfor.txt").touch()
    svar = kjor("check", *args)
    assert svar.kode == 2
    assert svar.ut == ""
    assert sagt in utflatet(svar.feil)


def test_a_unit_whose_file_can_not_be_read_can_still_be_asked_for(register):
    (register / "enheter" / "under-sdi.yaml").write_text("navn: [", encoding="utf-8")
    assert kjor(*FEM_TO, "--enhet", "under-sdi").kode == 1


def test_bad_settings_are_told_with_their_place(register):
    (register / "forvaltning.yaml").write_text(
        "modell: 1\nvarslingsvindu_dager: snart\nukjent: 1\n", encoding="utf-8"
    )
    svar = kjor("check")
    assert svar.kode == 2
    assert "registry/forvaltning.yaml:2:" in svar.feil
    assert "registry/forvaltning.yaml:3:" in svar.feil


@pytest.mark.parametrize("valg", [[], ["--registry", "registry"]])
def test_a_path_may_be_written_as_reports_write_it(register, valg):
    """From the root of the registry, when there is no such file here."""
    inne = kjor(*FEM_TO, *valg, "avtaler/kontrakt-god.yaml")
    assert inne.kode == 0
    assert inne.ut == kjor(*FEM_TO, *valg, "registry/avtaler/kontrakt-god.yaml").ut
    assert kjor(*FEM_TO, *valg, "../registry").kode == 2


def test_paths_in_two_registries_are_refused(register, tmp_path):
    other = lag(tmp_path / "annet")
    svar = kjor("check", str(register), str(other))
    assert svar.kode == 2
    assert "ulike registre" in svar.feil


# --- dates ----------------------------------------------------------------------------------------------


def test_the_example_date_is_said_and_can_be_overridden(register):
    assert "Eksempeldata: regnet per 16.11.2026." in kjor(*FEM_TO).ut
    assert "Regnet per 01.02.2027, valgt med --as-of." in kjor(*FEM_TO, "--as-of", "2027-02-01").ut
    assert "Regnet per 01.02.2027, valgt med --as-of." in kjor(*FEM_TO, "--as-of", "1.2.2027").ut


def test_history_that_could_not_be_seen_is_said(register):
    (register / "forvaltning.yaml").write_text("modell: 1\n", encoding="utf-8")
    svar = kjor(*FEM_TO)
    assert "i dag." in svar.ut
    assert "Historikken i Git er ikke lest" in svar.ut


# --- JSON -------------------------------------------------------------------------------------------------


def strengt(value):
    """The schema with nothing let through that it does not name."""
    if isinstance(value, list):
        return [strengt(v) for v in value]
    if not isinstance(value, dict):
        return value
    out = {k: strengt(v) for k, v in value.items()}
    if "properties" in out:
        out["additionalProperties"] = False
    return out


def test_json_keeps_the_contract_and_holds_all_verdicts_whatever_is_shown(register):
    (register / "systemer" / "odelagt.yaml").write_text("navn: [", encoding="utf-8")
    plain = kjor("check", "--format", "json")
    Draft202012Validator.check_schema(KONTRAKTER["rapport"])
    Draft202012Validator(strengt(KONTRAKTER["rapport"])).validate(plain.json)
    assert kjor("check", "--format", "json", "--utfall", "brudd", "--quiet").json == plain.json
    assert plain.json["innstillinger"]["eksempel"] is True
    assert plain.json["innstillinger"]["egne"] == ["eksempel", "funksjoner", "kommune", "modell"]
    assert plain.json["dato"] == "2026-11-16"
    assert plain.json["historie"] == "ingen"
    assert any(r["utfall"] == "oppfylt" for r in plain.json["resultater"])


def test_json_is_the_same_byte_for_byte(register):
    assert kjor("check", "--format", "json").ut == kjor("check", "--format", "json").ut


# --- where it is written ------------------------------------------------------------------------------------


def test_output_is_written_whole_in_utf8_without_colour(register, tmp_path):
    svar = kjor(*FEM_TO, "--output", "rapport.txt", env={"FORCE_COLOR": "1"})
    assert svar.kode == 1
    assert svar.ut == ""
    text = (tmp_path / "rapport.txt").read_bytes().decode("utf-8")
    assert "Dårlig kontrakt" in text
    assert "\x1b" not in text


def test_a_failed_output_leaves_the_old_file_and_no_other(tmp_path):
    target = tmp_path / "rapport.txt"
    target.write_text("gammel", encoding="utf-8")

    def pieces():
        yield "ny"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        utskrift.skriv_fil(target, pieces())
    assert target.read_text(encoding="utf-8") == "gammel"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_or_a_device_is_written_to_and_never_replaced(tmp_path):
    pipe = tmp_path / "rapport"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        utskrift.skriv_fil(pipe, ["én ", "to"])
        assert os.read(reader, 100) == "én to".encode()
        utskrift.skriv_bytes(pipe, b"PK\xff")
        assert os.read(reader, 100) == b"PK\xff"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize(
    ("mal", "sagt"),
    [
        ("registry/rapport.yaml", "ligger i registeret"),
        ("registry/systemer/rapport.json", "ligger i registeret"),
        ("registry/avtaler/kontrakt-god.yaml", "ligger i registeret"),
        ("registry", "er en mappe"),
        ("finnes/ikke/rapport.txt", "mappen finnes ikke"),
        ("en-mappe", "er en mappe"),
    ],
)
def test_a_place_that_must_not_or_can_not_be_written_is_refused(register, tmp_path, mal, sagt):
    (tmp_path / "en-mappe").mkdir()
    before = (register / "avtaler" / "kontrakt-god.yaml").read_bytes()
    svar = kjor(*FEM_TO, "--output", mal)
    assert svar.kode == 2
    assert sagt in svar.feil
    assert (register / "avtaler" / "kontrakt-god.yaml").read_bytes() == before


def test_a_link_into_the_registry_is_not_a_way_around(register, tmp_path):
    try:
        (tmp_path / "lenke.txt").symlink_to(register / "avtaler" / "kontrakt-god.yaml")
    except OSError:
        pytest.skip("links can not be made here")
    assert kjor(*FEM_TO, "--output", "lenke.txt").kode == 2


# --- colour -------------------------------------------------------------------------------------------------


def test_colour_only_when_asked_for(register):
    assert "\x1b" not in kjor(*FEM_TO).ut
    assert "\x1b[" in kjor(*FEM_TO, env={"FORCE_COLOR": "1"}).ut
    assert "\x1b" not in kjor(*FEM_TO, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).ut
    assert "\x1b" not in kjor(*FEM_TO, "--no-color", env={"FORCE_COLOR": "1"}).ut


def test_a_pipe_gets_utf8_whatever_the_environment_says(register):
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(forvaltning.__file__).parents[1]),
        "PYTHONIOENCODING": "ascii",
    }
    command = [sys.executable, "-m", "forvaltning", *FEM_TO]
    done = subprocess.run(command, capture_output=True, env=env, check=False)
    assert "Dårlig kontrakt" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_an_old_console_gets_plain_replacements():
    assert "✗ «å» → brudd…".encode("cp1252", "forvaltning").decode("cp1252") == "x «å» -> brudd…"
    assert "✗ → …".encode("ascii", "forvaltning") == b"x -> ..."
    assert "日".encode("ascii", "forvaltning") == b"?"


# --- hostile text -------------------------------------------------------------------------------------------

ONDT = "\\e[31mRØD\\e[0m [red]x[/red] \\u202Egnp.exe\\r\\nNY LINJE \\x07"


def test_names_of_the_registry_never_reach_the_terminal_raw(register):
    file = register / "avtaler" / "kontrakt-darlig.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "navn: Dårlig kontrakt", "navn: Rask\u202e kontrakt [red]x[/red] \u2066"
    )
    file.write_text(text, encoding="utf-8")
    (register / "enheter" / "under-sdi.yaml").write_text(f'navn: "{ONDT}"\nforelder: sdi\n', encoding="utf-8")
    for args in (
        FEM_TO,
        ("check", "--verbose"),
        ("list", "avtaler"),
        ("list", "enheter"),
        ("show", "kontrakt-darlig"),
    ):
        out = kjor(*args).ut
        assert not any(c in out for c in "\x1b\u202e\u2066\x07\r"), args
    assert "[red]x[/red]" in kjor(*FEM_TO).ut


def test_a_hostile_file_name_is_shown_safely(register):
    try:
        (register / "avtaler" / "ond\x1b[31m\n.yaml").write_text("navn: x\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    out = kjor("check").ut
    assert "\x1b" not in out


# --- a fault of ours ------------------------------------------------------------------------------------------


def test_a_rule_that_fails_exits_3_with_what_to_report(register, monkeypatch):
    from forvaltning.model.register import Register

    def kaputt(*_args):
        raise ZeroDivisionError("null")

    monkeypatch.setattr(Register, "finn", kaputt)
    svar = kjor(*FEM_TO)
    assert svar.kode == 3
    assert "feil i forvaltning, ikke i registeret" in svar.feil
    assert "ZeroDivisionError: null" in svar.feil
    assert "Traceback" not in svar.feil


def test_an_unexpected_exception_exits_3_and_debug_shows_where(register, monkeypatch):
    from forvaltning.cli.okt import Okt

    def kaputt(*_args, **_kwargs):
        raise ValueError("bang")

    monkeypatch.setattr(Okt, "rapport", kaputt)
    svar = kjor("check")
    assert svar.kode == 3
    assert "ValueError: bang" in svar.feil
    assert "Traceback" not in svar.feil
    assert "Traceback" in kjor("check", env={"FORVALTNING_DEBUG": "1"}).feil


def test_ctrl_c_exits_130(register, monkeypatch):
    from forvaltning.cli.okt import Okt

    def avbrutt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(Okt, "rapport", avbrutt)
    assert kjor("check").kode == 130


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way there")
def test_a_reader_that_leaves_ends_it_quietly(register):
    command = [sys.executable, "-m", "forvaltning", "check", "--format", "json"]
    env = {**os.environ, "PYTHONPATH": str(Path(forvaltning.__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_shipped_registry_can_be_checked():
    svar = kjor("check", "--format", "json", "--registry", str(Path(__file__).parents[2] / "registry"))
    assert svar.kode in {0, 1}
    Draft202012Validator(KONTRAKTER["rapport"]).validate(json.loads(svar.ut))


def test_a_file_that_is_not_read_because_of_its_id_hides_nothing_green(register):
    def undecided():
        answer = kjor("check", "--krav", "4.2", "--format", "json").json
        return {v["begrunnelse"] for v in answer["resultater"] if v["post"] == "systemer/arkivet"}

    (register / "systemer/arkivet.yaml").write_text(
        "navn: Arkivet\nenhet: under-sdi\ntilstand: i_produksjon\n", encoding="utf-8"
    )
    (register / "ros").mkdir(exist_ok=True)
    (register / "ros/x.yaml").write_text("navn: [\ngjelder: [arkivet]\n", encoding="utf-8")
    alone = undecided()
    assert "ros/x.yaml kan ikke leses" in str(alone)
    (register / "begreper").mkdir(exist_ok=True)
    (register / "begreper/x.yaml").write_text("navn: X\n", encoding="utf-8")
    assert undecided() == alone


def test_an_id_that_two_files_have_must_be_told_apart(register):
    (register / "tjenester").mkdir(exist_ok=True)
    (register / "tjenester/arkivet.yaml").write_text("navn: [\n", encoding="utf-8")
    for verb in (("check", "--post"), ("show",)):
        answer = kjor(*verb, "arkivet")
        assert (answer.kode, answer.ut) == (2, "")
        assert "tjenester/arkivet" in answer.feil
        assert "systemer/arkivet" in answer.feil
    assert kjor("show", "tjenester/arkivet").kode == 1
    assert kjor("show", "systemer/arkivet").kode == 0


# --- faults of shape ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("linjer", "sted", "tiltak"),
    [
        ("lnd: NO", (2, 1), "Mente du «land»?"),
        ("LAND: NO", (2, 1), "Mente du «land»?"),
        ("beskrivels:\n  på neste linje", (2, 1), "Mente du «beskrivelse»?"),
        ("beskrivels: |\n  på neste linje", (2, 1), "Mente du «beskrivelse»?"),
        ("underdatabehandlere:\n  - navn: A\n    LAND: NO", (4, 5), "Mente du «land»?"),
    ],
)
def test_an_unknown_field_is_pointed_out_by_its_name(register, linjer, sted, tiltak):
    (register / "leverandorer" / "fjord.yaml").write_text(f"navn: Fjord\n{linjer}\n", encoding="utf-8")
    found = [
        p for p in kjor("check", "--format", "json").json["problemer"] if p["fil"].endswith("fjord.yaml")
    ]
    assert [(p["regel"], p["linje"], p["kolonne"], p["tiltak"]) for p in found] == [
        ("modell.ukjent_felt", *sted, tiltak)
    ]
    place = f"fjord.yaml:{sted[0]}:{sted[1]}"
    assert place in kjor("check").ut
    assert place == f"fjord.yaml:{found[0]['linje']}:{found[0]['kolonne']}"


def test_a_code_in_capitals_is_recognised(register):
    (register / "leverandorer" / "fjord.yaml").write_text("navn: Fjord\nland: 'no'\n", encoding="utf-8")
    found = kjor("check", "--format", "json").json["problemer"]
    assert [p["tiltak"][:14] for p in found] == ["Mente du «NO»?"]


def test_another_id_hides_no_other_fault_of_the_file(register):
    (register / "leverandorer" / "fjord.yaml").write_text(
        "id: fjorden\nnavn: Fjord\nland: XX\nlnd: NO\n", encoding="utf-8"
    )
    found = kjor("check", "--format", "json").json["problemer"]
    assert sorted((p["regel"], p["linje"]) for p in found) == [
        ("modell.id", 1),
        ("modell.ukjent_felt", 4),
        ("modell.ukjent_kode", 3),
    ]


def test_the_fields_of_what_the_registry_names_itself_are_told(register):
    file = register / "forvaltning.yaml"
    file.write_text(
        file.read_text(encoding="utf-8") + "kritikalitetsklasser:\n  egen:\n    NAVN: Egen\n",
        encoding="utf-8",
    )
    assert "Mente du «navn»?" in kjor("check").feil

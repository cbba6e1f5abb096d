"""`todo`, `due`, `graph` and `impact` as their users meet them: formats, options, exit codes, what is said aloud."""

from __future__ import annotations

import csv
import io
import json
import subprocess

import icalendar
import pytest
from lxml import etree
from tests.cli.hjelp_cli import kjor, lag, utflatet
from tests.documents import hjelp_rapport, nettleser

FIENDTLIG = '"| `a` [b](http://x) <b> {{ 7*7 }} ::error ##vso[x] =cmd()"'
MER = {
    "systemer/arkivet.yaml": """
        navn: Arkivet
        enhet: under-sdi
        tilstand: i_produksjon
        leverandor: fjord
        sertifikater:
          - id: tls
            utloper: 2026-12-01
          - id: gammelt
            utloper: 2026-11-01
        """,
    "tjenester/soknad.yaml": "navn: Søknad\nenhet: oppvekst\ntilstand: i_produksjon\nsystemer: [arkivet]\n",
    "roller/leder-sdi.yaml": "type: resultatenhetsleder\nenhet: sdi\ntil: 2027-01-31\n",
}
VERB = (["todo"], ["due"], ["graph"], ["impact", "arkivet"])


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lag(tmp_path, MER)


def svar(register, *args):
    return kjor(*args, "--registry", str(register))


# --- todo ---------------------------------------------------------------------------------------------------


def test_the_list_begins_with_the_worst_and_gives_place_remedy_and_who(register):
    ut = svar(register, "todo").ut
    assert ut.index("Brudd på lov") < ut.index("Over fristen") < ut.index("Brudd på krav")
    assert ut.index("Brudd på krav") < ut.index("Frister som kommer")
    text = utflatet(ut)
    assert "registry/avtaler/kontrakt-darlig.yaml:1:1 → Skriv id-en til rollen i «avtaleforvalter»." in text
    assert "01.12.2026 (om 15 dager)" in text
    assert "Forny sertifikatet, og skriv den nye datoen." in text
    assert max(map(len, ut.splitlines())) <= 80


def test_one_line_a_task_when_asked_for(register):
    ut = svar(register, "todo", "--short").ut
    tasks = [line for line in ut.splitlines() if line.startswith(("✗", "◷", "?", "●", "·"))]
    data = svar(register, "todo", "--format", "json").json
    assert len(tasks) == sum(len(t["rader"]) for d in data["deler"] for t in d["tabeller"])
    assert max(map(len, ut.splitlines())) <= 80
    assert any("avtaler/kontrakt-darlig.yaml:1 " in t for t in tasks)


def test_a_list_stops_nothing_and_an_unreadable_file_is_said(register):
    assert svar(register, "todo").kode == 0
    (register / "systemer" / "odelagt.yaml").write_text("navn: [\n", encoding="utf-8")
    for verb in VERB:
        told = svar(register, *verb)
        assert told.kode == 1
        assert "odelagt.yaml" in told.feil
    assert "Feil i filer" in svar(register, "todo").ut


def test_the_list_is_narrowed_by_role_unit_and_record(register):
    def poster(*args):
        data = svar(register, "todo", "--format", "json", *args).json
        return {r["post"] for d in data["deler"] for t in d["tabeller"] for r in t["rader"]}

    assert poster("--enhet", "oppvekst") == {"tjenester/soknad", "enheter/oppvekst"}
    assert poster("--post", "arkivet") == {"systemer/arkivet"}
    assert "roller/leder-sdi" in poster("--rolle", "leder-sdi")
    assert "tjenester/soknad" not in poster("--rolle", "leder-sdi")
    text = utflatet(svar(register, "todo", "--enhet", "oppvekst").ut)
    assert "Utvalg: enheten oppvekst." in text


def test_a_unit_that_is_not_there_and_a_bad_length_of_time_are_told(register):
    told = svar(register, "todo", "--enhet", "finnesikke")
    assert told.kode == 2
    assert "Fant ikke enheten" in told.feil
    for verb in ("todo", "due"):
        told = svar(register, verb, "--within", "snart")
        assert told.kode == 2
        assert "«snart» etter «--within» er ikke en tid." in told.feil


@pytest.mark.parametrize(("innen", "med"), [("14d", False), ("15d", True), ("1m", True)])
def test_how_far_ahead_is_chosen(register, innen, med):
    assert ("01.12.2026" in svar(register, "todo", "--within", innen).ut) is med


# --- due ----------------------------------------------------------------------------------------------------


def test_what_is_overdue_stands_apart_and_the_rest_by_month(register):
    ut = svar(register, "due").ut
    assert (
        ut.index("Over fristen (") < ut.index("Årshjul") < ut.index("Desember 2026") < ut.index("Januar 2027")
    )
    assert "(15 dager over)" in ut
    assert max(map(len, ut.splitlines())) <= 80


def test_the_calendar_keeps_its_ids_when_a_date_is_moved(tmp_path):
    def uider(name, endre):
        cal = icalendar.Calendar.from_ical(svar(lag(tmp_path / name, endre), "due", "--format", "ics").ut)
        return {str(e["UID"]): e.start.isoformat() for e in cal.events}

    moved = {**MER, "roller/leder-sdi.yaml": MER["roller/leder-sdi.yaml"].replace("2027-01-31", "2027-05-31")}
    first, second = uider("a", MER), uider("b", moved)
    assert first.keys() == second.keys()
    assert {(first[u], second[u]) for u in first if first[u] != second[u]} == {("2027-01-31", "2027-05-31")}


def test_two_certificates_named_alike_are_two_events(tmp_path):
    alike = MER["systemer/arkivet.yaml"].replace("id: gammelt", "id: tls")
    top = lag(tmp_path, {**MER, "systemer/arkivet.yaml": alike})
    cal = icalendar.Calendar.from_ical(svar(top, "due", "--format", "ics").ut)
    uids = [str(e["UID"]) for e in cal.events]
    assert len(set(uids)) == len(uids)


def test_a_new_commit_gives_a_higher_sequence(tmp_path):
    top = lag(tmp_path, MER)
    env = ["-c", "user.name=x", "-c", "user.email=x@y.example"]

    def git(*args, dato="2026-11-10T12:00:00Z"):
        subprocess.run(
            ["git", *env, *args],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_COMMITTER_DATE": dato, "GIT_AUTHOR_DATE": dato},
        )

    def sekvens():
        cal = icalendar.Calendar.from_ical(svar(top, "due", "--format", "ics").ut)
        return {(e["SEQUENCE"], e["DTSTAMP"].dt.isoformat()) for e in cal.events}

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "en")
    ((first, stamp),) = sekvens()
    assert stamp == "2026-11-10T12:00:00+00:00"
    (top / "roller" / "ny.yaml").write_text("type: systemeier\ntil: 2027-01-01\n", encoding="utf-8")
    ((edited, _),) = sekvens()
    git("add", "-A")
    git("commit", "-qm", "to", dato="2026-11-11T12:00:00Z")
    ((second, stamp),) = sekvens()
    assert stamp == "2026-11-11T12:00:00+00:00"
    assert first < edited < second


def test_the_year_wheel_is_a_figure(register):
    root = etree.fromstring(svar(register, "due", "--format", "svg").ut.encode())
    assert "desember 2026" in root.findtext("{http://www.w3.org/2000/svg}desc")


def test_months_that_were_not_looked_at_are_not_said_to_be_empty(register):
    near = ("due", "--within", "30d")
    text = svar(register, *near).ut
    assert "desember 2026" in text
    assert "januar 2027" not in text
    data = svar(register, *near, "--format", "json").json
    wheel = next(t for d in data["deler"] for t in d["tabeller"] if t["navn"] == "arshjul")
    assert [r["maned"] for r in wheel["rader"]] == ["november 2026", "desember 2026"]
    assert "Lenger fram er det ikke sett." in str(data)
    root = etree.fromstring(svar(register, *near, "--format", "svg").ut.encode())
    assert "januar" not in root.findtext("{http://www.w3.org/2000/svg}desc")
    shown = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert shown.count("–") == 10
    whole = svar(register, "due", "--format", "json").json
    wheel = next(t for d in whole["deler"] for t in d["tabeller"] if t["navn"] == "arshjul")
    assert len(wheel["rader"]) == 12


SIER = "Sjekkdato 16.11.2026"


def test_a_file_of_its_own_says_what_it_rests_on_and_what_it_could_not_see(register):
    (register / "systemer" / "odelagt.yaml").write_text("navn: [\n", encoding="utf-8")
    made = {
        "graph svg": svar(register, "graph", "--enhet", "oppvekst", "--format", "svg").ut,
        "graph mermaid": svar(register, "graph", "--enhet", "oppvekst").ut,
        "graph dot": svar(register, "graph", "--enhet", "oppvekst", "--format", "dot").ut,
        "due svg": svar(register, "due", "--enhet", "oppvekst", "--format", "svg").ut,
    }
    for name, text in made.items():
        assert SIER in text, name
        assert "gjelder bare enheten oppvekst" in text, name
        assert "1 fil kunne ikke leses" in text, name
    cal = icalendar.Calendar.from_ical(svar(register, "due", "--format", "ics").ut)
    assert SIER in cal["DESCRIPTION"]
    assert "1 fil kunne ikke leses" in cal["DESCRIPTION"]
    said = utflatet(svar(register, "impact", "arkivet").ut)
    assert SIER in said


# --- graph and impact ---------------------------------------------------------------------------------------


def test_the_landscape_is_drawn_whole_and_around_one(register):
    whole = svar(register, "graph").ut
    assert whole.startswith("flowchart LR\n")
    assert "Fjord AS" in whole
    around = svar(register, "graph", "soknad", "--dybde", "1").ut
    assert "Arkivet" in around
    assert "Fjord AS" not in around
    assert "Fjord AS" in svar(register, "graph", "soknad", "--dybde", "2").ut
    assert "Søknad" not in svar(register, "graph", "--kind", "systemer,leverandorer").ut
    assert "Arkivet" in svar(register, "graph", "--enhet", "oppvekst").ut


def test_an_agreement_is_drawn_by_what_it_ties_together(register):
    ut = svar(register, "graph", "kontrakt-god").ut
    assert "Fjord AS" in ut
    assert "accTitle: God kontrakt med omgivelser" in ut


@pytest.mark.parametrize("dybde", ["-1", "21", "x", ""])
def test_a_depth_that_is_none_is_told_in_bokmal(register, dybde):
    told = svar(register, "graph", "soknad", f"--dybde={dybde}")
    assert told.kode == 2
    assert "er ikke et tall fra 0 til 20." in told.feil


def test_a_reference_that_leads_nowhere_is_said_and_not_drawn(tmp_path):
    top = lag(tmp_path, {**MER, "tjenester/t.yaml": "navn: T\nsystemer: [borte]\n"})
    told = svar(top, "graph")
    assert told.kode == 0
    assert "tjenester/t → «borte»" in told.feil


def test_the_impact_says_why_and_counts_on_top(register):
    ut = svar(register, "impact", "fjord").ut
    text = utflatet(ut)
    assert "Stopper Fjord AS, stopper 1 tjeneste, 1 system og 2 avtaler." in text
    assert "Fjord AS → leverer → Arkivet → brukes av → Søknad" in text
    assert max(map(len, ut.splitlines())) <= 80
    data = svar(register, "impact", "fjord", "--format", "json").json
    assert {"navn": "Stopper", "verdi": 4} in data["nokkeltall"]


@pytest.mark.parametrize("args", [("todo",), ("impact", "arkivet"), ("impact", "fjord")])
def test_a_long_name_stays_within_the_width(tmp_path, args):
    name = "Arkivet for sakene til barnehager, skoler, sykehjem, idrettslag og alle andre som har skrevet til kommunen"
    post = MER["systemer/arkivet.yaml"].replace("navn: Arkivet", f"navn: {name}")
    told = svar(lag(tmp_path, {**MER, "systemer/arkivet.yaml": post}), *args).ut
    assert name in utflatet(told)
    assert max(len(line) for line in told.splitlines() if str(tmp_path) not in line) <= 80


def test_what_is_not_there_or_can_not_be_read_is_told(register):
    (register / "systemer" / "odelagt.yaml").write_text("navn: [\n", encoding="utf-8")
    for verb in ("impact", "graph"):
        assert svar(register, verb, "finnesikke").kode == 2
        told = svar(register, verb, "odelagt")
        assert told.kode == 1
        assert told.ut == ""
        assert "systemer/odelagt.yaml kan ikke leses" in told.feil


def test_a_common_component_can_be_asked_for_by_code_or_name(tmp_path):
    top = lag(tmp_path, {**MER, "tjenester/t.yaml": "navn: Tolk\nfelleskomponenter: [id-porten]\n"})
    for name in ("id-porten", "ID-porten", "felleskomponenter/id-porten"):
        assert "Tolk" in svar(top, "impact", name).ut
        assert "Tolk" in svar(top, "graph", name).ut


# --- every verb ---------------------------------------------------------------------------------------------

FORMATER = [
    (verb, form)
    for verb, forms in (
        (("todo",), ("text", "markdown", "html", "json", "csv")),
        (("due",), ("text", "ics", "csv", "markdown", "html", "json", "svg")),
        (("graph",), ("mermaid", "dot", "svg")),
        (("impact", "arkivet"), ("text", "markdown", "html", "json", "csv")),
    )
    for form in forms
]


MARKERT = {"markdown", "html", "svg", "mermaid"}
"""Formats in which an angle bracket means something."""


@pytest.mark.parametrize(("verb", "form"), FORMATER)
def test_hostile_names_do_no_harm_in_any_format(tmp_path, verb, form):
    hostile = {
        **MER,
        "systemer/arkivet.yaml": MER["systemer/arkivet.yaml"].replace("navn: Arkivet", f"navn: {FIENDTLIG}"),
        "tjenester/soknad.yaml": MER["tjenester/soknad.yaml"].replace("navn: Søknad", f"navn: {FIENDTLIG}"),
        "enheter/oppvekst.yaml": f"navn: {FIENDTLIG}\n",
    }
    told = svar(lag(tmp_path, hostile), *verb, "--format", form)
    assert told.kode == 0
    for bad in ("\x1b", "\u202e", "##vso[", "\n::error", *(["<b>"] if form in MARKERT else [])):
        assert bad not in told.ut
    if form == "csv":
        cells = [c for row in csv.reader(io.StringIO(told.ut.lstrip("\ufeff")), delimiter=";") for c in row]
        assert not [c for c in cells if c.startswith(("=", "+", "@"))]
    if form == "markdown":
        assert "[b](http" not in told.ut
        assert "{{ 7*7 }}" in told.ut.replace("\\", "")
    if form == "svg":
        etree.fromstring(told.ut.encode())
    if form == "json":
        json.loads(told.ut)


@pytest.mark.parametrize(("verb", "form"), FORMATER)
def test_a_personal_number_is_hidden_in_every_format(tmp_path, verb, form):
    named = {
        **MER,
        "systemer/arkivet.yaml": MER["systemer/arkivet.yaml"].replace(
            "navn: Arkivet", "navn: Arkiv 17054026641"
        ),
        "tjenester/soknad.yaml": MER["tjenester/soknad.yaml"].replace(
            "navn: Søknad", "navn: Søk 17054026641"
        ),
    }
    told = svar(lag(tmp_path, named), *verb, "--format", form)
    assert "17054026641" not in told.ut.replace("\r\n ", "")
    assert "Arkiv" in told.ut


@pytest.mark.parametrize(("verb", "form"), FORMATER)
def test_twice_gives_the_same_bytes(register, verb, form):
    assert svar(register, *verb, "--format", form).ut == svar(register, *verb, "--format", form).ut


@pytest.mark.parametrize("verb", VERB)
def test_a_file_is_written_outside_the_registry_only(register, tmp_path, verb):
    target = tmp_path / "ut.txt"
    assert svar(register, *verb, "--output", str(target)).kode == 0
    assert target.read_text(encoding="utf-8")
    told = svar(register, *verb, "--output", str(register / "systemer" / "ut.yaml"))
    assert told.kode == 2


@pytest.mark.parametrize("verb", VERB)
def test_an_empty_registry_is_answered(tmp_path, verb):
    top = tmp_path / "registry"
    top.mkdir()
    (top / "forvaltning.yaml").write_text("modell: 1\n", encoding="utf-8")
    told = svar(top, *verb, "--as-of", "2026-11-16")
    assert told.kode == (2 if verb[0] == "impact" else 0)
    assert "Traceback" not in told.feil


@pytest.mark.parametrize("verb", VERB)
def test_the_registry_at_a_commit_is_seen(tmp_path, verb):
    top = lag(
        tmp_path, {**MER, "systemer/nytt.yaml": "navn: Nytt\ntilstand: i_produksjon\nleverandor: fjord\n"}
    )
    env = {"PATH": "/usr/bin:/bin:/usr/local/bin"}
    who = ["-c", "user.name=x", "-c", "user.email=x@y.example"]
    for args in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *who, *args], cwd=tmp_path, check=True, env=env, capture_output=True)
    (top / "systemer" / "arkivet.yaml").unlink()
    assert "rkivet" in svar(top, *verb, "--at", "HEAD").ut


# --- as they are read -------------------------------------------------------------------------------------------

SIDER = (
    ("gjoremal.md", ("todo", "--format", "markdown")),
    ("frister.md", ("due", "--within", "90d", "--format", "markdown")),
    ("virkning.md", ("impact", "skjemalosning", "--format", "markdown")),
    ("gjoremal.txt", ("todo",)),
    ("frister.txt", ("due", "--within", "90d")),
    ("virkning.txt", ("impact", "skjemalosning")),
)


@pytest.mark.parametrize(("fil", "args"), SIDER, ids=[f for f, _ in SIDER])
def test_the_sample_registry_is_told_as_it_was_read_last(fil, args, monkeypatch):
    from forvaltning.cli import rapportgrunnlag

    real = rapportgrunnlag.hode
    monkeypatch.setattr(rapportgrunnlag, "hode", lambda *a, **k: hjelp_rapport.fast(real(*a, **k)))
    monkeypatch.chdir(hjelp_rapport.ROT)
    told = kjor(*args, "--registry", "registry")
    assert told.kode == 0
    hjelp_rapport.lik_gyllen(f"kalender_og_kart/{fil}", told.ut)


@pytest.mark.parametrize("args", [("todo",), ("due",), ("impact", "skjemalosning")])
class TestSide:
    pytestmark = nettleser.krever_nettleser

    def test_the_page_breaks_no_rule(self, args, tmp_path):
        page = tmp_path / "side.html"
        assert (
            kjor(
                *args, "--format", "html", "--output", str(page), "--registry", str(hjelp_rapport.REGISTER)
            ).kode
            == 0
        )
        assert nettleser.feil(nettleser.sjekk([page])[str(page)]) == []

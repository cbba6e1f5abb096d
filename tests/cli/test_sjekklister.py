"""`forvaltning checklist`, `route` and the handover shown: what they say, in which form, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.hjelp_cli import kjor, lag

from forvaltning.documents.sjekkliste_les import les

ROOT = Path(__file__).resolve().parents[2]

REGISTER = Path(__file__).resolve().parents[2] / "registry"
VAR = ("--registry", str(REGISTER))
SMA = {
    "systemer/portal.yaml": """
        navn: Portalen | `x` <b>{{ 7 }}
        enhet: sdi
        tilstand: akseptansetest
        systemeier: eier
        """,
    "overleveringer/over.yaml": "gjelder: portal\ntype: ny\n",
}


# --- handover shown ----------------------------------------------------------------------------------


def test_a_handover_is_shown_by_its_own_id_and_by_what_is_handed_over():
    by_id = kjor("handover", "overlevering-tilskuddsportalen", *VAR)
    by_what = kjor("handover", "tilskuddsportalen", *VAR)
    assert (by_id.kode, by_id.ut) == (by_what.kode, by_what.ut)
    assert by_id.kode == 0
    assert by_id.ut.startswith("# Overlevering til forvaltning: Tilskuddsportalen\n")


def test_one_that_is_not_started_is_shown_as_it_would_be():
    out = kjor("handover", "ny-skjemaplattform", *VAR)
    assert "forvaltning handover start ny-skjemaplattform --type ny" in out.ut


@pytest.mark.parametrize(
    ("args", "ord_"),
    [
        (("bk360x",), "Mente du"),
        (("ros-bk360",), "overleveres ikke"),
        (("bk360", "--type", "nyy"), "Mente du"),
        (("bk360", "--type", "rolleskifte"), "Ingen sjekkliste"),
        (("bk360", "--format", "csv"), "markdown"),
    ],
)
def test_what_can_not_be_shown_is_told(args, ord_):
    out = kjor("handover", *args, *VAR)
    assert (out.kode, out.ut) == (2, "")
    assert ord_ in out.feil


def test_json_says_the_same_as_the_list():
    text, data = (
        kjor("handover", "tilskuddsportalen", *VAR),
        kjor("handover", "tilskuddsportalen", "--format", "json", *VAR),
    )
    read = {p.id: p.haket for p in les(text.ut).punkter}
    told = {
        p["id"]: {"utfort": True, "ikke_aktuelt": None}.get(p["tilstand"], False)
        for p in data.json["punkter"]
    }
    assert read == told
    first = data.json["porter"][0]
    assert first["utfort"] + len(first["blokkerer"]) == first["antall"]


def test_the_page_is_one_file(tmp_path):
    target = tmp_path / "liste.html"
    out = kjor("handover", "tilskuddsportalen", "--format", "html", "--output", str(target), *VAR)
    assert (out.kode, out.ut) == (0, "")
    page = target.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_hostile_name_stays_text(tmp_path):
    root = lag(tmp_path, SMA)
    out = kjor("handover", "portal", "--registry", str(root))
    assert (
        "\n# Overlevering til forvaltning: Portalen \\| \\`x\\` &lt;b&gt;\\{\\{ 7 \\}\\}\n" in f"\n{out.ut}"
    )


def test_an_unreadable_file_is_told_and_gives_code_1(tmp_path):
    root = lag(tmp_path, {**SMA, "avtaler/vond.yaml": "navn: [ portal\n"})
    out = kjor("handover", "portal", "--registry", str(root))
    assert out.kode == 1
    assert "avtaler/vond.yaml" in out.feil
    assert "Kan ikke avgjøres: avtaler/vond.yaml" in out.ut


def test_what_is_handed_over_must_be_readable(tmp_path):
    root = lag(tmp_path, {**SMA, "systemer/portal.yaml": "navn: [\n"})
    out = kjor("handover", "over", "--registry", str(root))
    assert (out.kode, out.ut) == (1, "")


def test_the_check_date_decides(tmp_path):
    root = lag(
        tmp_path,
        {
            **SMA,
            "overleveringer/over.yaml": """
                gjelder: portal
                punkter:
                  - {id: enhetstest, tilstand: utfort, dato: 2026-11-10, av: eier}
                """,
        },
    )
    ticked = {
        d: {
            p.id: p.haket
            for p in les(kjor("handover", "portal", "--as-of", d, "--registry", str(root)).ut).punkter
        }
        for d in ("2026-11-09", "2026-11-10")
    }
    assert (ticked["2026-11-09"]["enhetstest"], ticked["2026-11-10"]["enhetstest"]) == (False, True)


def test_a_role_shows_all_it_owns():
    out = kjor("handover", "systemeier-bk360", *VAR)
    assert out.kode == 0
    assert "`post-bk360`" in out.ut


# --- checklist ---------------------------------------------------------------------------------------


def test_the_lists_are_listed_without_those_of_a_handover():
    out = kjor("checklist", "--list", *VAR)
    names = [line.split()[0] for line in out.ut.splitlines() if not line.startswith(" ")]
    assert names == ["anskaffelse", "arkitektur", "bestilling", "brukskvalitet", "prosjekt"]
    assert max(map(len, out.ut.splitlines())) <= 80


@pytest.mark.parametrize(
    ("args", "ord_"),
    [
        ((), "navnet på sjekklisten"),
        (("arkitekturen",), "Mente du «arkitektur»"),
        (("overlevering",), "forvaltning handover ID"),
        (("prosjekt", "bk360"), "prosjekter"),
        (("prosjekt", "finnes-ikke-noe-sted"), "Fant ikke"),
    ],
)
def test_what_names_no_list_is_told(args, ord_):
    out = kjor("checklist", *args, *VAR)
    assert (out.kode, out.ut) == (2, "")
    assert ord_ in out.feil


def test_an_empty_form_has_a_box_for_each_item():
    out = kjor("checklist", "brukskvalitet", *VAR)
    assert {p.haket for p in les(out.ut).punkter} == {False}


def egen(innhold):
    return {
        "forvaltning.yaml": "modell: 1\neksempel:\n  dato: 2026-11-16\nfunksjoner: {sdi: sdi}\n" + innhold,
        "systemer/portal.yaml": "navn: Portalen\nenhet: sdi\nberedskapsplan: {dato: 2026-01-02, referanse: sak 1}\n",
    }


def test_a_list_of_the_registry_s_own_is_used_and_listed(tmp_path):
    own = """sjekklister:
  beredskap:
    tittel: Beredskap
    slag: [systemer]
    grupper: {planer: {tittel: Planer}}
    punkter:
      plan: {gruppe: planer, tittel: Planen finnes, felt: {systemer: beredskapsplan}}
      ovelse: {gruppe: planer, tittel: Planen er øvd}
"""
    root = lag(tmp_path, egen(own))
    assert "beredskap" in kjor("checklist", "--list", "--registry", str(root)).ut
    out = kjor("checklist", "beredskap", "portal", "--registry", str(root))
    assert [(p.id, p.haket) for p in les(out.ut).punkter] == [("plan", True), ("ovelse", False)]


def test_a_wrong_list_stops_every_command_with_file_and_line(tmp_path):
    own = "sjekklister:\n  overlevering:\n    punkter:\n      brann: {tittel: Brannvern, gruppe: for_produksjn}\n"
    root = lag(tmp_path, egen(own))
    for command in (("check",), ("checklist", "bestilling")):
        out = kjor(*command, "--registry", str(root))
        assert out.kode == 2
        assert "forvaltning.yaml:8:" in out.feil
        assert "«for_produksjon»" in out.feil


def test_a_template_that_fails_is_told_with_file_and_line(tmp_path):
    root = lag(tmp_path, {"templates/sjekkliste.md.j2": "# A\n\n{{ finnes.ikke }}\n"})
    out = kjor("checklist", "bestilling", "--registry", str(root))
    assert (out.kode, out.ut) == (2, "")
    assert "templates/sjekkliste.md.j2:3:" in out.feil


# --- route -------------------------------------------------------------------------------------------


def test_the_way_is_told_in_words_within_the_screen():
    out = kjor("route", "soknad-om-barnehageplass", *VAR)
    assert out.kode == 0
    assert max(map(len, out.ut.splitlines())) <= 80
    for word in (
        "Innbyggerservice",
        "Digitaliseringskoordinator",
        "BkService",
        "WeB-gruppen",
        "BkProsjekt",
        "BP2 og BP3",
    ):
        assert word in out.ut
    assert "boas-digital@bergen.example" in out.ut


def test_the_three_forms_have_the_same_steps():
    data = kjor("route", "bk360", "--format", "json", *VAR).json
    text, mark = kjor("route", "bk360", *VAR).ut, kjor("route", "bk360", "--format", "markdown", *VAR).ut
    for n, step in enumerate(data["steg"], 1):
        assert f"{n}. {step['tittel']}" in text
        assert f"## {n}. {step['tittel']}" in mark


def test_only_services_and_systems_have_a_way():
    out = kjor("route", "ros-bk360", *VAR)
    assert (out.kode, out.ut) == (2, "")
    assert "tjeneste eller et system" in out.feil


def test_names_in_a_way_are_text(tmp_path):
    root = lag(tmp_path, {"systemer/portal.yaml": 'navn: "P | [l](x) <b>"\nenhet: sdi\n'})
    out = kjor("route", "portal", "--format", "markdown", "--registry", str(root))
    assert "P \\| \\[l\\](x) &lt;b&gt;" in out.ut
    assert "P | [l](x) <b>" in kjor("route", "portal", "--registry", str(root)).ut


def test_the_json_of_a_checklist_is_json_with_a_version():
    data = json.loads(kjor("checklist", "prosjekt", "digital-barnehagesoknad", "--format", "json", *VAR).ut)
    assert data["versjon"] == 1
    assert data["liste"] == "prosjekt"


@pytest.mark.parametrize(
    ("args", "skjema"),
    [
        (("handover", "tilskuddsportalen"), "sjekkliste"),
        (("handover", "systemeier-bk360"), "sjekkliste"),
        (("checklist", "bestilling"), "sjekkliste"),
        (("route", "bk360"), "rute"),
    ],
)
def test_json_follows_its_schema(args, skjema):
    schema = json.loads((REGISTER.parent / "schemas" / f"{skjema}.json").read_text(encoding="utf-8"))
    jsonschema.validate(kjor(*args, "--format", "json", *VAR).json, schema)


def test_a_list_is_the_same_from_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    here = kjor("handover", "tilskuddsportalen", "--registry", "registry").ut
    monkeypatch.chdir(tmp_path)
    assert kjor("handover", "tilskuddsportalen", "--registry", str(ROOT / "registry")).ut == here
    assert str(ROOT) not in here

"""`log`: who changed what, when and why, over the histories that real repositories have."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.cli.hjelp_cli import kjor, utflatet
from tests.history.arkiv import Arkiv

GOD = "avtaler/kontrakt-god.yaml"
ARKIVET = "systemer/arkivet.yaml"


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Arkiv(tmp_path)


def logg(*args):
    svar = kjor("log", *args, "--format", "json")
    assert svar.kode == 0, svar.feil
    return svar.json["endringer"]


def slag(endringer):
    return [(p["slag"], p["post"]) for i in endringer for p in i["poster"]]


def felt(post):
    return {f["felt"]: (f["gammel"], f["ny"]) for f in post["felter"]}


def test_a_change_is_told_field_by_field_with_who_when_and_why(arkiv):
    arkiv.bytt(GOD, "avtaleforvalter: forvalter", "avtaleforvalter: eier")
    oid = arkiv.sjekk_inn("2026-02-01", "Flytter ansvaret", navn="Ola Østby")
    (first, created) = logg("kontrakt-god")
    assert (first["commit"], first["forfatter"], first["emne"]) == (oid, "Ola Østby", "Flytter ansvaret")
    assert first["tid"] == "2026-02-01T12:00:00Z"
    assert felt(first["poster"][0]) == {"avtaleforvalter": ("forvalter", "eier")}
    assert slag([created]) == [("opprettet", "avtaler/kontrakt-god")]
    text = kjor("log", "kontrakt-god").ut
    assert "01.02.2026  Ola Østby" in text
    assert "Avtaleforvalter: «forvalter» → «eier»" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_names_are_those_of_their_time(arkiv):
    arkiv.bytt("enheter/sdi.yaml", "navn: Seksjon for digitalisering og innovasjon", "navn: Nytt navn")
    arkiv.bytt(ARKIVET, "enhet: under-sdi", "enhet: sdi")
    arkiv.sjekk_inn("2026-02-01", "Flytter systemet")
    arkiv.bytt("enheter/sdi.yaml", "navn: Nytt navn", "navn: Enda nyere")
    arkiv.bytt("enheter/under-sdi.yaml", "navn: Ørneteamet", "navn: Haukene")
    arkiv.sjekk_inn("2026-03-01", "Nye navn")
    moved = logg("arkivet")[0]["poster"][0]["felter"][0]
    assert (moved["gammelt_navn"], moved["nytt_navn"]) == ("Ørneteamet", "Nytt navn")


def test_reordering_reformatting_and_modes_are_nothing(arkiv):
    arkiv.skriv(
        "enheter/sdi.yaml",
        """
        # en merknad
        alias:
          - {navn: Seksjon for digital utvikling}
          - navn: "SDI"
        forelder:   kommunen
        type: seksjon
        navn: 'Seksjon for digitalisering og innovasjon'
        """,
    )
    (arkiv.register / ARKIVET).chmod(0o755)
    arkiv.sjekk_inn("2026-02-01", "Formaterer")
    assert [i["emne"] for i in logg()] == ["Oppretter registeret"]


def test_list_items_are_matched_by_identity(arkiv):
    arkiv.bytt("enheter/sdi.yaml", "  - navn: SDI\n", "")
    arkiv.sjekk_inn("2026-02-01", "Fjerner et alias")
    assert felt(logg("sdi")[0]["poster"][0]) == {"alias[SDI].navn": ("SDI", None)}


def test_a_rename_is_followed_both_ways(arkiv):
    arkiv.git("mv", f"registry/{ARKIVET}", "registry/systemer/bk360.yaml")
    arkiv.sjekk_inn("2026-02-01", "Ny id")
    expected = [("omdopt", "systemer/bk360"), ("opprettet", "systemer/arkivet")]
    assert slag(logg("bk360")) == expected
    assert logg("bk360")[0]["poster"][0]["fra"] == "systemer/arkivet"
    assert slag(logg("arkivet")) == expected


def test_tidligere_id_is_followed_where_git_sees_no_rename(arkiv):
    (arkiv.register / ARKIVET).unlink()
    arkiv.skriv(
        "systemer/bk360.yaml",
        "navn: Et helt annet navn på systemet\ntidligere_id: [arkivet]\nbeskrivelse: Alt er skrevet på nytt, så Git ser ingen likhet.\n",
    )
    arkiv.sjekk_inn("2026-02-01", "Ny id")
    assert slag(logg("bk360")) == [("omdopt", "systemer/bk360"), ("opprettet", "systemer/arkivet")]
    assert slag(logg("arkivet")) == slag(logg("bk360"))
    assert ("omdopt", "systemer/bk360") in slag(logg())
    assert ("slettet", "systemer/arkivet") not in slag(logg())


def test_tidligere_id_in_two_commits(arkiv):
    (arkiv.register / ARKIVET).unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    arkiv.skriv("systemer/bk360.yaml", "navn: Nytt\ntidligere_id: [arkivet]\n")
    arkiv.sjekk_inn("2026-03-01", "Oppretter under ny id")
    assert slag(logg("bk360")) == [
        ("opprettet", "systemer/bk360"),
        ("slettet", "systemer/arkivet"),
        ("opprettet", "systemer/arkivet"),
    ]


def test_deletion_and_return(arkiv):
    (arkiv.register / ARKIVET).unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    assert slag(logg("arkivet")) == [("slettet", "systemer/arkivet"), ("opprettet", "systemer/arkivet")]
    arkiv.skriv(ARKIVET, "navn: Arkivet\nenhet: under-sdi\ntilstand: planlagt\n")
    arkiv.sjekk_inn("2026-03-01", "Tilbake")
    back = logg("arkivet")[0]["poster"][0]
    assert back["slag"] == "gjenopprettet"
    assert felt(back) == {"tilstand": ("ide", "planlagt")}


def test_a_new_record_under_an_id_that_another_left_is_not_that_one_back(arkiv):
    arkiv.git("mv", f"registry/{ARKIVET}", "registry/systemer/omdopt.yaml")
    arkiv.sjekk_inn("2026-02-01", "Nytt navn")
    arkiv.skriv(ARKIVET, "navn: Et annet\nenhet: under-sdi\ntilstand: planlagt\n")
    arkiv.sjekk_inn("2026-03-01", "Ny post")
    for args in ((), ("arkivet",)):
        new = logg(*args)[0]["poster"][0]
        assert (new["slag"], new["merknad"]) == ("opprettet", "")
        assert felt(new)["enhet"] == (None, "under-sdi")


def test_what_could_not_be_read_is_held_against_the_record_under_the_name_it_had(arkiv):
    arkiv.skriv("systemer/ny.yaml", "navn: En annen\ntilstand: i_produksjon\n")
    arkiv.sjekk_inn("2026-01-06", "En annen, under det nye navnet")
    (arkiv.register / "systemer/ny.yaml").unlink()
    whole = (arkiv.register / ARKIVET).read_text(encoding="utf-8")
    arkiv.bytt(ARKIVET, "tilstand: ide", 'tilstand: "ide')
    arkiv.sjekk_inn("2026-02-01", "Ødelegger, og sletter den andre")
    arkiv.git("mv", f"registry/{ARKIVET}", "registry/systemer/ny.yaml")
    arkiv.sjekk_inn("2026-02-02", "Nytt navn")
    arkiv.skriv("systemer/ny.yaml", whole.replace("tilstand: ide", "tilstand: planlagt"))
    arkiv.sjekk_inn("2026-03-01", "Retter")
    for args in ((), ("ny",)):
        mended = logg(*args)[0]["poster"][0]
        assert (mended["slag"], felt(mended)) == ("lesbar", {"tilstand": ("ide", "planlagt")})


def test_a_version_nobody_can_read_is_said_and_hides_nothing(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", 'tilstand: "ide')
    arkiv.sjekk_inn("2026-02-01", "Ødelegger")
    arkiv.skriv(ARKIVET, "navn: Arkivet\nenhet: sdi\ntilstand: ide\n")
    arkiv.sjekk_inn("2026-03-01", "Retter")
    mended, broken, _ = logg("arkivet")
    assert broken["poster"][0]["slag"] == "uleselig"
    assert broken["poster"][0]["merknad"]
    assert mended["poster"][0]["slag"] == "lesbar"
    assert felt(mended["poster"][0]) == {"enhet": ("under-sdi", "sdi")}
    assert "kan ikke leses" in kjor("log", "arkivet").ut


def test_a_merge_is_one_change(arkiv):
    arkiv.git("checkout", "-q", "-b", "gren")
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "På grenen")
    arkiv.bytt(ARKIVET, "tilstand: planlagt", "tilstand: under_utvikling")
    arkiv.sjekk_inn("2026-02-02", "På grenen igjen")
    arkiv.git("checkout", "-q", "main")
    arkiv.flett("gren", "2026-02-03", "Fletter grenen")
    merged, _ = logg("arkivet")
    assert (merged["emne"], len(merged["foreldre"])) == ("Fletter grenen", 2)
    assert felt(merged["poster"][0]) == {"tilstand": ("ide", "under_utvikling")}


def test_hostile_names_and_texts_stay_text(arkiv):
    arkiv.bytt(ARKIVET, "navn: Arkivet", "navn: '=cmd|x <b>'")
    arkiv.sjekk_inn("2026-02-01", "\x1b[31m=HYPERLINK(1) [x](y) <img> | @alle", navn="\x1b]0;x\x07-Ola|")
    text = kjor("log", "arkivet").ut
    assert "\x1b" not in text
    assert "\x07" not in text
    table = kjor("log", "arkivet", "--format", "csv").ut
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";"))
    assert not [c for row in rows[1:] for c in row if c.startswith(("=", "+", "-", "@"))]
    assert "\x1b" not in table
    markdown = kjor("log", "arkivet", "--format", "markdown").ut
    assert "<b>" not in markdown
    assert "<img>" not in markdown
    assert "[x](y)" not in markdown
    json.loads(kjor("log", "arkivet", "--format", "json").ut)


def test_what_is_asked_for_narrows(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Systemet")
    arkiv.bytt(GOD, "avtaleforvalter: forvalter", "avtaleforvalter: eier")
    arkiv.bytt(GOD, "kategorier: [lisenser]", "kategorier: [lisenser, gevinst]")
    arkiv.sjekk_inn("2026-03-01", "Avtalen")
    assert [i["emne"] for i in logg("--since", "2026-02-01")] == ["Avtalen", "Systemet"]
    assert [i["emne"] for i in logg("--until", "1.2.2026", "--since", "2026-01-06")] == ["Systemet"]
    assert slag(logg("--kind", "systemer", "--since", "2026-02-01")) == [("endret", "systemer/arkivet")]
    assert [i["emne"] for i in logg("--enhet", "SDI", "--since", "2026-02-01")] == ["Systemet"]
    (only,) = logg("--krav", "5.3", "kontrakt-god", "--since", "2026-02-01") or [None]
    assert only is None or set(felt(only["poster"][0])) <= {"kategorier[gevinst]"}
    both = logg("--krav", "5.2", "kontrakt-god")[0]["poster"][0]
    assert "avtaleforvalter" in felt(both)
    assert len(logg("arkivet", "kontrakt-god", "--since", "2026-02-01")) == 2


def test_a_requirement_is_told_of_every_record_that_comes_goes_or_changes_id(arkiv):
    text = (arkiv.register / ARKIVET).read_text(encoding="utf-8")
    (arkiv.register / ARKIVET).unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    arkiv.skriv(ARKIVET, text)
    arkiv.sjekk_inn("2026-02-02", "Tilbake")
    arkiv.bytt(ARKIVET, "tilstand: ide", 'tilstand: "ide')
    arkiv.sjekk_inn("2026-02-03", "Ødelegger")
    arkiv.skriv(ARKIVET, text)
    arkiv.sjekk_inn("2026-02-04", "Retter")
    arkiv.git("mv", f"registry/{ARKIVET}", "registry/systemer/bk360.yaml")
    arkiv.sjekk_inn("2026-02-05", "Ny id")
    arkiv.bytt("systemer/bk360.yaml", "navn: Arkivet", "navn: Et annet")
    arkiv.sjekk_inn("2026-02-06", "Et felt kravet ikke leser")
    told = slag(logg("--krav", "4.2", "--kind", "systemer", "--since", "2026-02-01"))
    assert [s for s, _ in told] == ["omdopt", "lesbar", "uleselig", "gjenopprettet", "slettet"]


def test_a_field_that_no_longer_has_its_code_is_read_by_the_settings_of_its_time(arkiv):
    arkiv.bytt("forvaltning.yaml", "modell: 1", "modell: 1\nkodelister:\n  enhetstype: {lag: Lag}")
    arkiv.bytt("enheter/under-sdi.yaml", "type: seksjon", "type: lag")
    arkiv.sjekk_inn("2026-02-01", "Egen kode")
    arkiv.bytt("forvaltning.yaml", "\nkodelister:\n  enhetstype: {lag: Lag}", "")
    arkiv.bytt("enheter/under-sdi.yaml", "type: lag", "type: seksjon")
    arkiv.sjekk_inn("2026-03-01", "Uten egen kode")
    assert [felt(i["poster"][0]) for i in logg("under-sdi")[:2]] == [
        {"type": ("lag", "seksjon")},
        {"type": ("seksjon", "lag")},
    ]


@pytest.mark.parametrize("navn", ["blåbær", "med-æøå"])
def test_file_names_with_norwegian_letters(arkiv, navn):
    arkiv.skriv(f"systemer/{navn}.yaml", "navn: Et system\n")
    arkiv.sjekk_inn("2026-02-01", "Legger til")
    assert slag(logg(navn)) == [("opprettet", f"systemer/{navn}")]
    (arkiv.register / f"systemer/{navn}.yaml").unlink()
    arkiv.sjekk_inn("2026-02-02", "Sletter")
    assert slag(logg(navn))[0] == ("slettet", f"systemer/{navn}")


def test_odd_names_links_and_submodules_never_break_it(arkiv):
    (arkiv.register / "systemer/med\nlinjeskift.yaml").write_text("navn: Rart\n", encoding="utf-8")
    (arkiv.register / "systemer/lenke.yaml").symlink_to("arkivet.yaml")
    (arkiv.register / "systemer/ingensteds.yaml").symlink_to("borte.yaml")
    arkiv.git("add", "-A")
    arkiv.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},registry/systemer/modul.yaml")
    arkiv.git("commit", "-q", "-m", "Rare filer", dag="2026-02-01")
    told = slag(logg())
    assert ("opprettet", "systemer/lenke") in told
    assert {("uleselig", "systemer/ingensteds"), ("uleselig", "systemer/modul")} <= set(told)
    assert kjor("log").kode == 0
    assert kjor("log", "lenke").kode == 0


def test_a_link_is_what_it_leads_to(arkiv):
    (arkiv.register / "systemer/lenke.yaml").symlink_to("arkivet.yaml")
    arkiv.sjekk_inn("2026-02-01", "Lenker")
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-02", "Endrer målet")
    (newest, older, *_) = logg("lenke")
    assert [(f["gammel"], f["ny"]) for p in newest["poster"] for f in p["felter"]] == [("ide", "planlagt")]
    assert slag([older]) == [("opprettet", "systemer/lenke")]
    assert kjor("blame", "lenke").kode == 0
    (arkiv.register / "systemer/lenke.yaml").unlink()
    arkiv.sjekk_inn("2026-02-03", "Fjerner lenken")
    assert slag(logg("lenke"))[0] == ("slettet", "systemer/lenke")


def test_a_sha256_repository_and_a_registry_at_the_top(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, init=("--object-format=sha256",))
    a.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    a.sjekk_inn("2026-02-01", "Endrer")
    assert len(logg("arkivet")[0]["commit"]) == 64


def test_a_registry_at_the_top_of_the_repository(tmp_path, monkeypatch):
    a = Arkiv(tmp_path / "x" if (tmp_path / "x").mkdir() is None else tmp_path)
    top = a.register
    (top / ".git").parent.mkdir(exist_ok=True)
    monkeypatch.chdir(top)
    b = Arkiv.__new__(Arkiv)
    b.rot = b.register = top
    b.git("init", "-q", "-b", "main")
    b.git("config", "user.name", "K")
    b.git("config", "user.email", "k@prove.example")
    b.sjekk_inn("2026-01-05", "Oppretter")
    b.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    b.sjekk_inn("2026-02-01", "Endrer")
    assert slag(logg("arkivet")) == [("endret", "systemer/arkivet"), ("opprettet", "systemer/arkivet")]


def test_without_history_it_says_so_and_ends_with_2(tmp_path, monkeypatch):
    from tests.cli.hjelp_cli import lag

    monkeypatch.chdir(tmp_path)
    lag(tmp_path)
    svar = kjor("log")
    assert (svar.kode, "ikke i et Git-arkiv" in svar.feil) == (2, True)
    Arkiv(tmp_path, tomt=True)
    svar = kjor("log")
    assert (svar.kode, "ingen innsjekking" in svar.feil) == (2, True)


def test_a_shallow_clone_says_what_it_can_not_see(arkiv, tmp_path_factory, monkeypatch):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Endrer")
    clone = tmp_path_factory.mktemp("grunn")
    arkiv.git("clone", "-q", "--depth", "1", f"file://{arkiv.rot}", str(clone / "a"))
    monkeypatch.chdir(clone / "a")
    assert "Historikken er grunn" in utflatet(kjor("log", "arkivet").ut)
    assert kjor("log", "arkivet", "--format", "json").json["historie"] == "grunn"
    assert "Historikken er grunn" in utflatet(kjor("log", "--format", "markdown").ut)
    for verb in (("log",), ("log", "arkivet"), ("blame", "arkivet")):
        table = kjor(*verb, "--format", "csv")
        assert "Historikken er grunn" in utflatet(table.feil)
        assert "grunn" not in table.ut
    monkeypatch.chdir(arkiv.rot)
    assert kjor("log", "--format", "csv").feil == ""


def test_the_variables_of_a_hook_do_not_lead_it_astray(arkiv, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/finnes/ikke")
    monkeypatch.setenv("GIT_WORK_TREE", "/finnes/ikke")
    monkeypatch.setenv("GIT_INDEX_FILE", "/finnes/ikke")
    assert slag(logg("arkivet")) == [("opprettet", "systemer/arkivet")]


def test_an_unknown_record_gets_the_nearest(arkiv):
    svar = kjor("log", "arkive")
    assert svar.kode == 2
    assert "Mente du «arkivet»" in svar.feil
    assert kjor("log", "--kind", "system").kode == 2
    assert "--since" in kjor("log", "--since", "i går").feil


def test_a_secret_in_an_old_value_is_hidden(arkiv):
    arkiv.bytt(ARKIVET, "navn: Arkivet", "navn: Arkivet\nmerknad: Ring 17054026641 om saken")
    arkiv.sjekk_inn("2026-02-01", "Skriver et fødselsnummer")
    for format_ in ("text", "json", "csv", "markdown"):
        assert "17054026641" not in kjor("log", "arkivet", "--format", format_).ut


def test_a_version_nobody_can_read_stays_with_the_unit_of_the_record(arkiv):
    text = (arkiv.register / "avtaler/kontrakt-god.yaml").read_text(encoding="utf-8")
    for day, more in (("2026-02-01", '"'), ("2026-02-02", '""')):
        arkiv.skriv("avtaler/kontrakt-god.yaml", text + f"merknad: {more}åpen\n")
        arkiv.sjekk_inn(day, "Ødelegger")
    for unit, events in (("ansattservice", ["uleselig", "uleselig"]), ("sdi", [])):
        out = kjor("log", "--enhet", unit, "--since", "2026-02-01", "--format", "json").json
        assert [p["slag"] for e in out["endringer"] for p in e["poster"]] == events


@pytest.mark.parametrize("verb", ["log", "trend"])
def test_days_that_are_swapped_are_a_mistake(arkiv, verb):
    svar = kjor(verb, "--since", "2026-03-01", "--until", "1.2.2026")
    assert (svar.kode, svar.ut) == (2, "")
    assert "«--since» (01.03.2026) er senere enn «--until» (01.02.2026). Bytt om" in utflatet(svar.feil)
    assert kjor(verb, "--since", "2026-02-01", "--until", "2026-02-01").kode == 0

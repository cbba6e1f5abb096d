"""`forvaltning report`: which reports there are, what they are narrowed to, where they are written, what changed since."""

from __future__ import annotations

import builtins
import csv
import io
import json

import pytest
from tests.cli.hjelp_cli import engelske_ord, kjor, lag, utflatet
from tests.gitrepo import Repo

from forvaltning.documents.katalog import RAPPORTER

STATUS = ("report", "status")


def nokkeltall(svar):
    return {n["navn"]: n["verdi"] for n in svar.json["nokkeltall"]}


def tabell(svar, navn):
    def flat(deler):
        for d in deler:
            yield from d["tabeller"]
            yield from flat(d["deler"])

    return next(t["rader"] for t in flat(svar.json["deler"]) if t["navn"] == navn)


# --- which reports ------------------------------------------------------------------------------------------


def test_the_list_fits_the_screen_and_names_every_report(register):
    svar = kjor("report", "--list")
    assert svar.kode == 0
    assert all(len(line) <= 80 for line in svar.ut.splitlines())
    assert [line.split()[0] for line in svar.ut.splitlines() if not line.startswith(" ")] == list(RAPPORTER)
    assert not engelske_ord(svar.ut)


@pytest.mark.parametrize("navn", RAPPORTER)
def test_every_report_that_is_listed_can_be_made(register, navn):
    needs = RAPPORTER[navn].slag and not RAPPORTER[navn].post_valgfri
    svar = kjor("report", navn, *(["arkivet"] if needs else []))
    assert svar.kode == 0, svar.feil
    assert svar.ut.startswith("# ")
    assert "## Om rapporten" in svar.ut


def test_a_report_that_is_not_there_gets_the_nearest(register):
    svar = kjor("report", "statsu")
    assert svar.kode == 2
    assert "«status»" in svar.feil


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "--list"),
        (("system",), "Skriv id-en"),
        (("status", "arkivet"), "ikke om én post"),
        (("system", "sdi"), "er om «systemer»"),
        (("system", "finnes-ikke"), "Fant ikke posten"),
        (("status", "--format", "docx"), "«docx»"),
        (("status", "--format", "xlsx"), "--output"),
        (("status", "--format", "json", "--tabell", "enhet"), "csv"),
        (("avvik", "--since", "HEAD"), "status"),
        (("status", "--enhet", "finnes-ikke"), "Fant ikke enheten"),
        (("status", "--rolle", "finnes-ikke"), "Fant ikke rollen"),
        (("status", "--format", "csv", "--tabell", "tull"), "ingen tabell"),
        (("status", "--since", "HEAD"), "Git"),
    ],
)
def test_what_can_not_be_made_is_said_and_exits_2(register, args, said):
    svar = kjor("report", *args)
    assert svar.kode == 2
    assert said in utflatet(svar.feil)
    assert svar.ut == ""
    assert not engelske_ord(svar.feil)


# --- what it says -------------------------------------------------------------------------------------------


def test_status_adds_up(register):
    svar = kjor(*STATUS, "--format", "json")
    assert svar.kode == 0
    n = nokkeltall(svar)
    check = kjor("check", "--format", "json").json["sammendrag"]
    assert n["Brudd"] == check["utfall"]["brudd"] > 0
    assert n["Vurderinger"] == sum(check["utfall"].values())
    kinds = ("Brudd i strid med kravet (feil)", "Brudd over frist (utløpt)", "Brudd der noe mangler")
    assert n["Brudd"] == sum(n[k] for k in kinds) + n["Lovbrudd under oppfølging"]
    for name in ("omrade", "enhet", "krav"):
        rows = tabell(svar, name)
        for key, total in (("brudd", n["Brudd"]), ("ikke_avgjort", n["Ikke avgjort"])):
            assert sum(r[key] for r in rows) == total


def test_the_report_says_what_it_rests_on_and_keeps_to_the_date(register):
    svar = kjor(*STATUS, "--as-of", "2027-03-01")
    assert "Sjekkdato 01.03.2027 (valgt med --as-of)" in svar.ut
    assert "eksempeldata" in svar.ut
    assert "Varslingsvindu: 90 dager" in svar.ut


def test_units_and_roles_narrow_and_it_is_said(register):
    whole, part = kjor(*STATUS, "--format", "json"), kjor(*STATUS, "--enhet", "SDI", "--format", "json")
    assert 0 < nokkeltall(part)["Vurderinger"] < nokkeltall(whole)["Vurderinger"]
    assert part.json["utvalg"] == ["enheten SDI"]
    systems = tabell(kjor("report", "systemoversikt", "--enhet", "SDI", "--format", "json"), "systemer")
    assert [r["id"] for r in systems] == ["arkivet"], "units below count"
    assert (
        tabell(kjor("report", "systemoversikt", "--enhet", "oppvekst", "--format", "json"), "systemer") == []
    )
    role = kjor(*STATUS, "--rolle", "avtaleforvalter", "--format", "json")
    assert 0 < nokkeltall(role)["Vurderinger"] < nokkeltall(whole)["Vurderinger"]
    assert "Rapporten gjelder bare rollen avtaleforvalter" in kjor(*STATUS, "--rolle", "avtaleforvalter").ut


def test_a_file_that_can_not_be_read_is_told_and_exits_1(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lag(tmp_path, {"systemer/odelagt.yaml": "navn: [\n"})
    svar = kjor("report", "systemoversikt")
    assert svar.kode == 1
    assert "1 fil kunne ikke leses" in svar.ut
    assert "systemer/odelagt.yaml" in svar.ut
    assert "ikke hel" in svar.feil


def test_a_personal_number_is_masked_in_every_format(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    number = "13097248022"
    lag(tmp_path, {"systemer/arkivet.yaml": f"navn: Arkiv {number}\nenhet: sdi\ntilstand: i_produksjon\n"})
    for form in ("markdown", "html", "json", "csv"):
        svar = kjor("report", "systemoversikt", "--format", form)
        assert "Arkiv " in svar.ut
        assert number not in svar.ut
    kjor("report", "systemoversikt", "--format", "xlsx", "--output", "x.xlsx")
    import openpyxl

    cells = [str(c.value) for s in openpyxl.load_workbook("x.xlsx") for row in s.iter_rows() for c in row]
    assert any(c.startswith("Arkiv ") for c in cells)
    assert not any(number in c for c in cells)


# --- where it is written ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["markdown", "html", "json", "csv"])
def test_a_file_holds_what_the_screen_shows(register, tmp_path, form):
    seen = kjor("report", "systemoversikt", "--format", form).ut
    assert kjor("report", "systemoversikt", "--format", form, "--output", "ut").kode == 0
    assert (tmp_path / "ut").read_bytes().decode().replace("\r\n", "\n") == seen.replace("\r\n", "\n")


def test_figures_lie_beside_the_markdown_and_in_the_page(register, tmp_path):
    assert kjor(*STATUS, "--output", "status.md").kode == 0
    text = (tmp_path / "status.md").read_text(encoding="utf-8")
    for name in ("status-omrade.svg", "status-enhet.svg"):
        assert f"(<{name}>)" in text
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("<svg ")
    assert ".svg" not in kjor(*STATUS).ut
    page = kjor(*STATUS, "--format", "html").ut
    assert page.count("<svg ") == 2
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_one_table_of_csv(register):
    svar = kjor(*STATUS, "--format", "csv", "--tabell", "omrade")
    rows = list(csv.reader(io.StringIO(svar.ut.lstrip("\ufeff"), newline=""), delimiter=";"))
    assert rows[0][:2] == ["omrade", "brudd"]
    assert len(rows) > 2


def test_a_report_is_never_written_among_the_records(register):
    for form in ("markdown", "xlsx"):
        svar = kjor(*STATUS, "--format", form, "--output", "registry/systemer/x.md")
        assert svar.kode == 2
        assert "ligger i registeret" in svar.feil


def test_without_xlsxwriter_the_message_says_how_to_get_it(register, monkeypatch):
    real = builtins.__import__

    def uten(name, *args, **kwargs):
        if name.split(".")[0] == "xlsxwriter":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", uten)
    svar = kjor(*STATUS, "--format", "xlsx", "--output", "x.xlsx")
    assert svar.kode == 2
    assert "forvaltning[xlsx]" in svar.feil


# --- templates ----------------------------------------------------------------------------------------------


def test_a_template_in_the_registry_takes_over_and_check_does_not_mind(register):
    before = kjor("check", "--format", "json").json["problemer"]
    folder = register / "templates"
    folder.mkdir()
    (folder / "status.md.j2").write_text("# Vår {{ v.tittel }}\n\nKommunens egen.\n", encoding="utf-8")
    assert kjor(*STATUS).ut == "# Vår Status for kravene\n\nKommunens egen.\n"
    assert '<h1 id="d0">Vår Status for kravene</h1>' in kjor(*STATUS, "--format", "html").ut
    assert kjor("check", "--format", "json").json["problemer"] == before


def test_a_broken_template_gives_one_message_with_file_and_line(register):
    folder = register / "templates"
    folder.mkdir()
    (folder / "status.md.j2").write_text("# Tittel\n\n{{ v.finnes_ikke }}\n", encoding="utf-8")
    for form in ("markdown", "html"):
        svar = kjor(*STATUS, "--format", form)
        assert svar.kode == 2
        assert svar.ut == ""
        assert "registry/templates/status.md.j2:3:" in svar.feil
        assert "Traceback" not in svar.feil


# --- since --------------------------------------------------------------------------------------------------

SYSTEM = """navn: Arkivet
enhet: sdi
tilstand: i_produksjon
produksjon_fra: 2025-01-01
systemeier: eier
systemkoordinator: koordinator
anskaffet: nei
autentisering: [ansatt_sso]
brukere: [ansatte]
drift: {form: egen, enhet: sdi}
beskrivelse: Arkivet til kommunen.
eksponering: intern
personopplysninger: nei
"""
OVERSIKT = SYSTEM + "systemoversikt: {dato: 2026-01-10, av: eier}\n"


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    repo = Repo(tmp_path, None)
    repo.write("enheter/sdi.yaml", "navn: SDI\ntype: seksjon\n")
    repo.write("roller/eier.yaml", "type: systemeier\nenhet: sdi\n")
    repo.write("roller/koordinator.yaml", "type: systemkoordinator\nenhet: sdi\n")
    repo.write("systemer/arkivet.yaml", OVERSIKT)
    repo.commit(GIT_COMMITTER_DATE="2026-01-10T10:00:00Z", GIT_AUTHOR_DATE="2026-01-10T10:00:00Z")
    repo.write("systemer/arkivet.yaml", SYSTEM)
    repo.commit(GIT_COMMITTER_DATE="2026-03-01T10:00:00Z", GIT_AUTHOR_DATE="2026-03-01T10:00:00Z")
    monkeypatch.chdir(tmp_path)
    return repo


def siden(since, *args):
    svar = kjor(*STATUS, "--since", since, "--as-of", "2026-03-02", "--format", "json", *args)
    assert svar.kode == 0, svar.feil
    return svar


@pytest.mark.parametrize("since", ["HEAD~1", "2026-01-10", "2026-02-28", "10.01.2026"])
def test_what_is_new_since_a_revision_or_a_day(arkiv, since):
    svar = siden(since)
    new = tabell(svar, "nye")
    assert any(r["krav"].startswith("1.6 ") for r in new)
    rows = {r["utfall"]: r for r in tabell(svar, "endret")}
    assert rows["I alt"]["na"] == nokkeltall(svar)["Vurderinger"]
    counts = {k: r["na"] - r["da"] for k, r in rows.items()}
    assert any(counts.values())
    said = " ".join(next(d for d in svar.json["deler"] if d["tittel"] == "Endret siden sist")["avsnitt"])
    assert since in said
    assert "reglene slik de er i dag" in said


def test_what_was_mended_is_told_the_other_way_round(arkiv):
    arkiv.write("systemer/arkivet.yaml", OVERSIKT)
    svar = siden("2026-03-01")
    assert any(r["krav"].startswith("1.6 ") for r in tabell(svar, "rettet"))
    assert not any(r["krav"].startswith("1.6 ") for r in tabell(svar, "nye"))


def test_the_older_state_is_judged_on_its_own_day(arkiv):
    arkiv.write("systemer/arkivet.yaml", OVERSIKT)
    svar = kjor(*STATUS, "--since", "2026-01-10", "--as-of", "2027-03-02", "--format", "json")
    new = [r for r in tabell(svar, "nye") if r["krav"].startswith("1.6 ")]
    assert [r["art"] for r in new] == ["utløpt"], "what ran out since then is new, though no file changed"


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2020-01-01", "ikke sjekket inn 01.01.2020"),
        ("finnes-ikke", "Fant ikke revisjonen"),
        ("31.02.2026", "Fant ikke"),
        ("2999-01-01", "senere enn sjekkdatoen"),
    ],
)
def test_a_time_that_can_not_be_seen_is_said(arkiv, since, said):
    svar = kjor(*STATUS, "--since", since)
    assert svar.kode == 2
    assert said in utflatet(svar.feil)


def test_the_older_state_is_never_judged_later_than_the_check_date(arkiv):
    svar = kjor(*STATUS, "--since", "HEAD", "--as-of", "2026-02-01", "--format", "json")
    said = " ".join(next(d for d in svar.json["deler"] if d["tittel"] == "Endret siden sist")["avsnitt"])
    assert "vurdert per 01.02.2026" in said
    assert tabell(svar, "nye") == tabell(svar, "rettet") == []


@pytest.mark.parametrize("format_", ["markdown", "html", "json", "csv"])
def test_the_same_registry_gives_the_same_bytes_from_any_folder(arkiv, tmp_path, monkeypatch, format_):
    def alle():
        place = ("--registry", str(tmp_path / "registry"), "--as-of", "2026-03-02", "--format", format_)
        return [kjor(*v, *place).ut for v in (STATUS, ("todo",), ("due",), ("impact", "arkivet"))]

    (tmp_path / "annet").mkdir()
    made = []
    for folder in (tmp_path, tmp_path / "registry", tmp_path / "annet"):
        monkeypatch.chdir(folder)
        made.append(alle())
    assert made[0] == made[1] == made[2]
    assert str(tmp_path) not in "".join(made[0])
    if format_ == "markdown":
        assert "Registeret registry, innsjekking" in made[0][0]


def test_without_git_the_registry_is_told_by_the_folders_name(register, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path.parent)
    for verb in (STATUS, ("todo", "--format", "markdown")):
        text = kjor(*verb, "--registry", str(register)).ut
        assert text.splitlines()[2].startswith(f"Registeret {register.name} ")
        assert str(tmp_path) not in text


def test_at_an_older_revision_the_report_is_as_it_was(arkiv):
    svar = kjor("report", "systemoversikt", "--at", "HEAD~1", "--format", "json")
    assert svar.json["dato"] == "2026-01-10"
    assert svar.json["datokilde"] == "innsjekking"
    assert tabell(svar, "systemer")[0]["gjennomgatt"] == "2026-01-10"
    assert json.loads(kjor("report", "systemoversikt", "--format", "json").ut)["endret"] is False


def test_a_shallow_history_and_what_it_hides_are_said(arkiv, tmp_path, monkeypatch):
    arkiv.git("clone", "-q", "--depth", "1", tmp_path.as_uri(), str(tmp_path / "grunn"))
    monkeypatch.chdir(tmp_path / "grunn")
    svar = kjor(*STATUS, "--as-of", "2026-03-02")
    assert svar.kode == 0
    assert "\n> Bare en del av historikken i Git er hentet" in svar.ut
    hidden = kjor(*STATUS, "--since", "2026-01-10", "--as-of", "2026-03-02")
    assert hidden.kode == 2
    assert "Hent hele historikken" in utflatet(hidden.feil)


def test_an_empty_registry_gives_an_honest_report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "forvaltning.yaml").write_text("modell: 1\n", encoding="utf-8")
    svar = kjor(*STATUS, "--as-of", "2026-03-02")
    assert svar.kode == 0
    assert "det er ingenting å vise" in svar.ut

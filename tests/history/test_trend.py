"""`trend`: what comes out at every point is what an independent judgement of that commit gives."""

from __future__ import annotations

import csv
import io
import random
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import kjor, utflatet
from tests.history.arkiv import Arkiv

from forvaltning.cli import historikk_felles
from forvaltning.cli.okt import Okt
from forvaltning.cli.trendferd import beregn
from forvaltning.cli.ved import sett_ved
from forvaltning.engine.forlop import maal
from forvaltning.findings import Outcome

GOD = "avtaler/kontrakt-god.yaml"
ARKIVET = "systemer/arkivet.yaml"
INNSTILLINGER = (
    "modell: 1\nkommune: {navn: Prøve kommune}\nfunksjoner: {sdi: sdi, ansattservice: ansattservice}\n"
)
UTEN_EKSEMPEL = {"forvaltning.yaml": INNSTILLINGER}


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Arkiv(tmp_path, UTEN_EKSEMPEL)


def fasit(commit: str, dag: date) -> set[tuple[str, str]]:
    """What is broken at a commit on a day, judged from nothing."""
    okt = Okt(Path("registry"), dag, bruk_lager=False)
    sett_ved(okt, commit)
    out = {(v.krav, v.post) for v in okt.kontroll.synlige if v.utfall is Outcome.BRUDD}
    okt.kilde.lukk()
    return out


def linje(per="commit", i_dag=date(2026, 12, 31)):
    okt = Okt(Path("registry"), i_dag, bruk_lager=False)
    with historikk_felles.apne(okt) as h:
        return beregn(okt, h, per)


def brutt(line, n):
    return {(f.krav, f.post) for f in line.forlop if f.fra <= n and (f.til is None or f.til > n)}


def sjekk(line, *, uleselig=False):
    for n, p in enumerate(line.punkter):
        expected = fasit(p.commit, p.dato)
        found = brutt(line, n)
        if not p.uleselige and not uleselig:
            assert found == expected, (n, p, found ^ expected)
        assert expected <= found, (n, p)


def trend(*args):
    svar = kjor("trend", "--as-of", "2026-12-31", *args, "--format", "json")
    assert svar.kode == 0, svar.feil
    return svar.json


def test_a_breach_has_a_beginning_and_an_end_with_commits(arkiv):
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    broke = arkiv.sjekk_inn("2026-02-10", "Fjerner")
    arkiv.bytt(GOD, "avtaleeier: eier", "avtaleeier: eier\navtaleforvalter: forvalter")
    mended = arkiv.sjekk_inn("2026-04-11", "Setter inn igjen")
    for per, began, ended, days in (
        ("commit", "2026-02-10", "2026-04-11", 60),
        ("month", "2026-02-28", "2026-04-30", 61),
        ("week", "2026-02-15", "2026-04-12", 56),
    ):
        out = trend("--krav", "5.2", "--per", per)
        mine = [f for f in out["forlop"] if f["post"] == "avtaler/kontrakt-god"]
        (f,) = mine
        assert (f["oppsto"], f["rettet"], f["dager"]) == (began, ended, days)
        assert (f["oppsto_commit"], f["rettet_commit"], f["slutt"]) == (broke, mended, "oppfylt")
    assert [p["krav"].get("5.2") for p in trend("--per", "commit", "--krav", "5.2")["punkter"]] == [1, 2, 1]


def test_another_record_can_break_it_and_the_calendar_too(arkiv):
    arkiv.bytt(GOD, "signert: 2025-01-01", "signert: 2026-01-01")
    arkiv.bytt("roller/forvalter.yaml", "type: avtaleforvalter", "type: avtaleforvalter\ntil: 2026-06-15")
    arkiv.sjekk_inn("2026-02-01", "Rollen går ut")
    (f,) = [f for f in trend("--krav", "5.2")["forlop"] if f["post"] == "avtaler/kontrakt-god"]
    assert (f["oppsto"], f["oppsto_commit"]) == ("2026-06-30", None)
    (arkiv.register / "roller/forvalter.yaml").unlink()
    gone = arkiv.sjekk_inn("2026-03-01", "Sletter rollen")
    (f,) = [f for f in trend("--krav", "5.2")["forlop"] if f["post"] == "avtaler/kontrakt-god"]
    assert (f["oppsto"], f["oppsto_commit"]) == ("2026-03-31", gone)


@pytest.mark.parametrize("seed", range(4))
def test_random_histories_are_judged_as_each_commit_alone(arkiv, seed):
    rnd = random.Random(seed)
    files = sorted(p.relative_to(arkiv.register).as_posix() for p in arkiv.register.rglob("*/*.yaml"))
    kept = {f: (arkiv.register / f).read_text(encoding="utf-8") for f in files}
    for n in range(14):
        for f in rnd.sample(files, 2):
            file, what = arkiv.register / f, rnd.random()
            if not file.exists():
                file.write_text(kept[f], encoding="utf-8")
            elif what < 0.2:
                file.unlink()
            elif what < 0.3:
                file.write_text(file.read_text(encoding="utf-8") + 'merknad: "åpen\n', encoding="utf-8")
            elif what < 0.4:
                file.write_text(kept[f] + f"merknad: Nummer {n}\n", encoding="utf-8")
            elif what < 0.6:
                lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
                if len(lines) > 2:
                    del lines[rnd.randrange(1, len(lines))]
                file.write_text("".join(lines), encoding="utf-8")
            else:
                state = rnd.choice(["planlagt", "under_utvikling", "i_produksjon"])
                text = kept[f].replace("tilstand: ide", f"tilstand: {state}")
                file.write_text(text, encoding="utf-8")
        if rnd.random() < 0.15:
            arkiv.skriv("forvaltning.yaml", f"{INNSTILLINGER}varslingsvindu_dager: {n + 1}\n")
        arkiv.sjekk_inn(f"2026-{1 + n // 2:02}-{10 + n % 2 * 10}", f"Endring {n}")
    sjekk(linje("commit"))
    sjekk(linje("month"))
    assert brutt(linje("month"), -1) is not None


def test_an_unreadable_file_mends_nothing(arkiv):
    arkiv.bytt("avtaler/kontrakt-darlig.yaml", "navn: Dårlig kontrakt", 'navn: "Dårlig')
    arkiv.sjekk_inn("2026-02-01", "Ødelegger")
    out = trend("--krav", "5.2", "--per", "commit")
    assert [(p["brudd"], p["uleselige"]) for p in out["punkter"]] == [(1, 0), (1, 1)]
    assert "kan ikke leses" in utflatet(kjor("trend", "--per", "commit", "--as-of", "2026-12-31").ut)


def test_a_renamed_record_keeps_its_course_and_a_deleted_one_ends_it(arkiv):
    arkiv.git("mv", "registry/avtaler/kontrakt-darlig.yaml", "registry/avtaler/ny-id.yaml")
    arkiv.bytt(
        "avtaler/ny-id.yaml",
        "navn: Dårlig kontrakt",
        "navn: Dårlig kontrakt\ntidligere_id: [kontrakt-darlig]",
    )
    arkiv.sjekk_inn("2026-02-01", "Ny id")
    (f,) = trend("--krav", "5.2", "--per", "commit")["forlop"]
    assert (f["post"], f["oppsto"], f["rettet"]) == ("avtaler/ny-id", "2026-01-05", None)
    (arkiv.register / "avtaler/ny-id.yaml").unlink()
    gone = arkiv.sjekk_inn("2026-03-01", "Sletter")
    (f,) = trend("--krav", "5.2", "--per", "commit")["forlop"]
    assert (f["rettet"], f["rettet_commit"], f["slutt"]) == ("2026-03-01", gone, "slettet")


def test_only_what_a_commit_touched_is_judged_again(arkiv):
    before = linje().vurdert
    arkiv.bytt("leverandorer/fjord.yaml", "navn: Fjord AS", "navn: Fjord AS\nmerknad: Ny")
    arkiv.sjekk_inn("2026-01-05", "Fritekst")
    assert linje().vurdert == before
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-01-05", "Ett system")
    # The system's own requirements, nothing of any other record.
    assert linje().vurdert - before <= 25


def test_units_areas_and_days_narrow_and_agree(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Planlegger")
    everything = trend()["punkter"][-1]
    assert everything["brudd"] == sum(everything["krav"].values()) == sum(everything["enheter"].values())
    assert trend("--omrade", "5")["punkter"][-1]["brudd"] == everything["omrader"]["5"]
    under = trend("--enhet", "under-sdi")["punkter"][-1]
    assert under["brudd"] == everything["enheter"]["under-sdi"]
    some = trend("--since", "2026-03-01", "--until", "2026-05-31")["punkter"]
    assert [p["dato"] for p in some] == ["2026-03-31", "2026-04-30", "2026-05-31"]


def test_what_the_calendar_did_is_no_commits_to_answer_for(arkiv):
    arkiv.bytt("roller/forvalter.yaml", "type: avtaleforvalter", "type: avtaleforvalter\ntil: 2026-02-20")
    arkiv.sjekk_inn("2026-02-01", "Rollen går ut")
    arkiv.bytt(GOD, "navn: God kontrakt", "navn: Bedre kontrakt")
    arkiv.sjekk_inn("2026-03-05", "Nytt navn")
    arkiv.bytt("roller/forvalter.yaml", "til: 2026-02-20", "til: 2026-05-20")
    mended = arkiv.sjekk_inn("2026-03-10", "Forlenger rollen")
    for per in ("commit", "week"):
        (f,) = [f for f in trend("--krav", "5.2", "--per", per)["forlop"] if f["post"] == GOD[:-5]][:1]
        assert (f["oppsto_commit"], f["rettet_commit"]) == (None, mended)
    # What the calendar began in a period, and a commit in it mended, was never broken at a point.
    courses = [f for f in trend("--krav", "5.2")["forlop"] if f["post"] == GOD[:-5]]
    assert [(f["oppsto"], f["rettet"]) for f in courses] == [
        ("2026-02-28", "2026-03-31"),
        ("2026-05-31", None),
    ]
    sjekk(linje())


def test_no_comment_is_to_blame_where_several_commits_lie_between_two_points(arkiv):
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    broke = arkiv.sjekk_inn("2026-02-10", "Fjerner")
    arkiv.skriv(GOD, "# Kommentar\n" + (arkiv.register / GOD).read_text(encoding="utf-8"))
    arkiv.sjekk_inn("2026-02-11", "Kommentar")
    (arkiv.register / GOD).chmod(0o755)
    arkiv.sjekk_inn("2026-02-12", "Filmodus")
    for per in ("month", "week", "commit"):
        (f,) = [f for f in trend("--krav", "5.2", "--per", per)["forlop"] if f["post"] == GOD[:-5]]
        assert f["oppsto_commit"] == broke


def test_a_change_of_settings_is_the_commit_to_name(arkiv):
    arkiv.bytt(GOD, "navn: God kontrakt", "navn: God kontrakt # kommentar")
    arkiv.skriv("forvaltning.yaml", f"{INNSTILLINGER}gjelder_fra: 2030-01-01\n")
    arkiv.sjekk_inn("2026-01-06", "Gjelder ikke ennå")
    arkiv.skriv(
        ARKIVET, "navn: Arkivet\nenhet: under-sdi\ntilstand: i_produksjon\nproduksjon_fra: 2025-12-10\n"
    )
    arkiv.sjekk_inn("2026-01-07", "I bruk")
    arkiv.skriv("forvaltning.yaml", INNSTILLINGER)
    changed = arkiv.sjekk_inn("2026-01-08", "Gjelder")
    arkiv.skriv(ARKIVET, "# Kommentar\n" + (arkiv.register / ARKIVET).read_text(encoding="utf-8"))
    arkiv.sjekk_inn("2026-01-09", "Kommentar")
    line = linje("commit")
    sjekk(line)
    new = [f for f in line.forlop if f.fra == 3]
    assert new
    assert {f.fra_commit for f in new} == {changed}


def test_two_files_that_can_not_be_read_may_share_an_id(arkiv):
    arkiv.skriv("ros/x.yaml", "navn: [\ngjelder: [arkivet]\n")
    arkiv.skriv("integrasjoner/x.yaml", "navn: [\n")
    arkiv.sjekk_inn("2026-02-01", "Ødelegger to")
    line = linje("commit")
    assert [u.fil for u in line.tid.register.uleselige()] == ["integrasjoner/x.yaml", "ros/x.yaml"]
    assert line.punkter[-1].uleselige == 2
    sjekk(line, uleselig=True)


def test_history_counts_from_the_day_the_settings_of_that_time_say(arkiv):
    arkiv.skriv(
        ARKIVET,
        """
        navn: Arkivet
        enhet: under-sdi
        tilstand: i_produksjon
        produksjon_fra: 2025-12-10
        eksponering: intern
        """,
    )
    arkiv.skriv(
        "ros/ros-arkivet.yaml",
        """
        navn: ROS for Arkivet
        gjelder: [arkivet]
        tilstand: besluttet
        metode: Arbeidsmøte
        dato: 2025-08-20
        besluttet: {dato: 2025-09-01, referanse: "2025/1"}
        """,
    )
    arkiv.sjekk_inn("2026-01-06", "I bruk")
    arkiv.bytt(ARKIVET, "eksponering: intern", "eksponering: internett")
    arkiv.sjekk_inn("2026-02-01", "Åpner")
    arkiv.skriv("forvaltning.yaml", f"{INNSTILLINGER}historie_fra: 2026-02-15\n")
    arkiv.sjekk_inn("2026-03-01", "Historikken teller fra i går")
    line = linje()
    sjekk(line)
    found = [(f.fra, f.til) for f in line.forlop if f.krav == "4.2"]
    assert ("4.2", ARKIVET[:-5]) in fasit(line.punkter[2].commit, line.punkter[2].dato)
    assert found


def test_settings_that_can_not_be_used_are_counted(arkiv):
    arkiv.skriv("forvaltning.yaml", f"{INNSTILLINGER}varslingsvindu_dager: [x\n")
    arkiv.sjekk_inn("2026-02-01", "Ødelegger")
    arkiv.skriv("forvaltning.yaml", INNSTILLINGER)
    arkiv.sjekk_inn("2026-03-01", "Retter")
    (arkiv.register / "forvaltning.yaml").unlink()
    arkiv.sjekk_inn("2026-04-01", "Mister dem")
    arkiv.skriv("forvaltning.yaml", INNSTILLINGER)
    arkiv.sjekk_inn("2026-05-01", "Finner dem")
    assert [p["uleselige"] for p in trend("--per", "commit")["punkter"]] == [0, 1, 0, 1, 0]


def test_a_requirement_outside_the_area_is_told_of_as_check_does(arkiv):
    chosen = ("--omrade", "4", "--krav", "5.2")
    assert "ingenting ble vurdert" in kjor("check", *chosen).feil
    told = kjor("trend", *chosen)
    assert (told.kode, "ingenting ble vurdert" in told.feil) == (0, True)
    assert "ingenting ble vurdert" not in kjor("trend", *chosen, "--krav", "4.2").feil


def test_a_window_without_a_point_shows_no_course(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Planlegger")
    assert trend()["forlop"]
    nothing = trend("--since", "2031-01-01")
    assert (nothing["punkter"], nothing["forlop"]) == ([], [])
    table = kjor("trend", "--as-of", "2026-12-31", "--since", "2031-01-01", "--format", "csv").ut
    assert len(table.splitlines()) == 1


def test_every_format_is_safe_and_whole(arkiv):
    arkiv.bytt("forvaltning.yaml", "navn: Prøve kommune", "navn: Prøve <b>")
    arkiv.sjekk_inn("2026-02-01", "\x1b[31m<svg>")
    figure = kjor("trend", "--as-of", "2026-12-31", "--format", "svg").ut
    root = ET.fromstring(figure)  # noqa: S314 - our own output
    names = {c.tag.rpartition("}")[2] for c in root}
    assert {"title", "desc"} <= names
    assert root.get("role") == "img"
    assert "Brudd i alt gikk fra" in "".join(root.itertext())
    table = kjor("trend", "--as-of", "2026-12-31", "--format", "csv").ut.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert rows[0][0] == "krav"
    assert len({len(r) for r in rows}) == 1
    text = kjor("trend", "--as-of", "2026-12-31").ut
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_second_run_comes_from_the_cache_and_says_the_same(arkiv):
    first = trend()
    assert trend() == first


def test_odd_dates_and_repositories(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, UTEN_EKSEMPEL, init=("--object-format=sha256",))
    a.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    a.sjekk_inn("2025-06-01", "Tilbake i tid")
    a.bytt(ARKIVET, "tilstand: planlagt", "tilstand: under_utvikling")
    a.sjekk_inn("2099-01-01", "Langt fram")
    for per in ("commit", "month", "week"):
        assert trend("--per", per)["punkter"]
    sjekk(linje("commit"))
    assert kjor("trend", "--per", "year").kode == 2


def _lysstyrke(farge: str) -> float:
    parts = [int(farge[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_the_figure_never_tells_by_colour_alone(arkiv):
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: i_produksjon")
    arkiv.sjekk_inn("2026-02-10", "Bryter mye")
    root = ET.fromstring(kjor("trend", "--as-of", "2026-12-31", "--format", "svg").ut)  # noqa: S314 - our own output
    ns = "{http://www.w3.org/2000/svg}"
    groups = root.findall(f"{ns}g")
    assert len(groups) >= 5
    signs, dashes = set(), set()
    for g in groups:
        line, label = g.find(f"{ns}polyline"), g.findall(f"{ns}text")[-1]
        assert g.find(f"{ns}title") is not None
        colour = label.get("fill")
        assert 1.05 / (_lysstyrke(colour) + 0.05) >= 4.5, colour
        signs.add(label.text[0])
        dashes.add((line.get("stroke-dasharray"), line.get("stroke-width")))
    assert len(signs) == len(groups) == len(dashes)
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    places = sorted(float(g.findall(f"{ns}text")[-1].get("y")) for g in groups)
    assert all(b - a >= 16 for a, b in pairwise(places))
    assert places[0] > 0
    assert places[-1] < height
    for text in root.iter(f"{ns}text"):
        room = width - float(text.get("x"))
        assert text.get("text-anchor") or len(text.text or "") * 6.5 < room, text.text


def test_a_commit_that_changes_no_value_is_not_to_blame(arkiv):
    arkiv.bytt("roller/forvalter.yaml", "type: avtaleforvalter", "type: avtaleforvalter\ntil: 2026-06-15")
    arkiv.sjekk_inn("2026-02-01", "Rollen går ut")
    arkiv.bytt(GOD, "navn: God kontrakt", "# En merknad til den som leser filen.\nnavn: God kontrakt")
    arkiv.sjekk_inn("2026-06-20", "Bare en kommentar")
    for per, day in (("commit", "2026-06-20"), ("month", "2026-06-30")):
        (f,) = [f for f in trend("--krav", "5.2", "--per", per)["forlop"] if f["post"] == GOD[:-5]]
        assert (f["oppsto"], f["oppsto_commit"]) == (day, None)


def test_as_of_is_the_trend_as_it_was_that_day(arkiv):
    def til(dag: str, per: str):
        svar = kjor("trend", "--per", per, "--as-of", dag, "--format", "json")
        assert svar.kode == 0, svar.feil
        return svar.json["punkter"], svar.json["forlop"], svar.json["commit"]

    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    arkiv.sjekk_inn("2026-02-10", "Fjerner")
    before = {per: til("2026-02-20", per) for per in ("month", "week", "commit")}
    arkiv.bytt(GOD, "avtaleeier: eier", "avtaleeier: eier\navtaleforvalter: forvalter")
    arkiv.sjekk_inn("2026-02-21", "Setter inn igjen")
    for per, points in before.items():
        assert til("2026-02-20", per) == points
        assert til("2026-02-21", per)[1] != points[1]
    assert before["month"][0][-1]["dato"] == "2026-02-20"
    svar = kjor("trend", "--as-of", "2020-01-01")
    assert (svar.kode, "01.01.2020" in svar.feil) == (2, True)


def test_shallow_history_says_what_is_not_seen(arkiv, tmp_path_factory, monkeypatch):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Endrer")
    clone = tmp_path_factory.mktemp("grunn")
    arkiv.git("clone", "-q", "--depth", "1", f"file://{arkiv.rot}", str(clone / "r"))
    said = "krav 2.1 og 4.2 leser i historikken, er ikke sett"
    for verb in (("trend",), ("diff", "HEAD"), ("diff", "HEAD", "--format", "markdown")):
        assert said not in utflatet(kjor(*verb).ut)
    assert kjor("diff", "HEAD", "--format", "json").json["historie"] == "full"
    monkeypatch.chdir(clone / "r")
    for verb in (("trend",), ("diff", "HEAD"), ("diff", "HEAD", "--format", "markdown")):
        assert said in utflatet(kjor(*verb).ut)
    assert kjor("diff", "HEAD", "--format", "json").json["historie"] == "grunn"
    for form in ("csv", "svg"):
        told = utflatet(kjor("trend", "--format", form).feil)
        assert said in told
        assert "Historikken er grunn" in told


def test_from_within_the_registry_it_is_called_by_a_word(arkiv, monkeypatch):
    monkeypatch.chdir(arkiv.register)
    assert kjor("trend").ut.startswith("Brudd i registeret, ett punkt")
    assert "Brudd i registeret over tid" in kjor("trend", "--format", "svg").ut
    assert kjor("audit").ut.startswith("Revisjon av 1 innsjekking som endret registeret.")
    assert kjor("diff", "HEAD", "--format", "markdown").ut.startswith("# Endringer i registeret\n")
    arkiv.bytt("forvaltning.yaml", "modell: 1", "modell: 1\nukjent: 1")
    told = kjor("check").feil
    assert "  forvaltning.yaml:" in told
    assert "./" not in told


@pytest.mark.parametrize("per", ["month", "week"])
def test_the_calendar_has_a_last_day(per):
    last = date.max
    points = maal([last - timedelta(days=40), last - timedelta(days=1)], per, last)
    assert points[-1] == (last, 2)

"""`trend` that goes on from the last run says what one that begins anew says, and costs what is new."""

from __future__ import annotations

import json
import random
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import kjor
from tests.history.arkiv import Arkiv

from forvaltning.cli import historikk_felles, trendferd
from forvaltning.cli.okt import Okt
from forvaltning.cli.trendferd import beregn
from forvaltning.source.lager import merket

GOD = "avtaler/kontrakt-god.yaml"
ARKIVET = "systemer/arkivet.yaml"
INNSTILLINGER = (
    "modell: 1\nkommune: {navn: Prøve kommune}\nfunksjoner: {sdi: sdi, ansattservice: ansattservice}\n"
)
PERIODER = ("month", "week", "commit")


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Arkiv(tmp_path, {"forvaltning.yaml": INNSTILLINGER})


def regn(per: str, dag: date, *, lager: bool):
    """Points, courses and how many verdicts were given."""
    okt = Okt(Path("registry"), dag, bruk_lager=lager)
    try:
        with historikk_felles.apne(okt) as h:
            line = beregn(okt, h, per, okt.lager)
        return line.punkter, sorted(f.verdier() for f in map(_ordnet, line.forlop)), line.vurdert
    finally:
        okt.lukk()


def _ordnet(f):
    f.enhet, f.fra_commit, f.til_commit = f.enhet or "", f.fra_commit or "", f.til_commit or ""
    f.til = -1 if f.til is None else f.til
    return f


def like(per: str, dag: date) -> int:
    """Hold a run that goes on against one that begins anew; how many verdicts the first one gave."""
    points, courses, judged = regn(per, dag, lager=True)
    anew = regn(per, dag, lager=False)
    assert points == anew[0]
    assert courses == anew[1]
    return judged


@pytest.fixture
def forfra(monkeypatch):
    """How many times a run began anew."""
    times = []
    real = trendferd._forfra
    monkeypatch.setattr(trendferd, "_forfra", lambda *a: (times.append(1), real(*a))[1])
    return times


def tilfeldig(a: Arkiv, rnd: random.Random, n: int) -> None:
    """One edit of many kinds."""
    what = rnd.choice(
        ["forvalter", "rolle", "tilstand", "ny", "slett", "ødelegg", "innstilling", "omdøp", "merknad"]
    )
    god = a.register / GOD
    if what == "forvalter":
        a.skriv(GOD, f"navn: God\nkategorier: [lisenser]\nenhet: {rnd.choice(['sdi', 'ansattservice'])}\n"
                     "tilstand: i_kraft\nsignert: 2025-01-01\nleverandor: fjord\navtaleeier: eier\n"
                     + rnd.choice(["", "avtaleforvalter: forvalter\n"]))  # fmt: skip
    elif what == "rolle":
        a.skriv("roller/forvalter.yaml", "type: avtaleforvalter\nenhet: ansattservice\n"
                + rnd.choice(["", f"til: 2026-{rnd.randint(2, 12):02d}-01\n"]))  # fmt: skip
    elif what == "tilstand":
        a.skriv(
            ARKIVET, f"navn: Arkivet\nenhet: under-sdi\ntilstand: {rnd.choice(['ide', 'i_produksjon'])}\n"
        )
    elif what == "ny":
        a.skriv(
            f"avtaler/ny{rnd.randint(1, 3)}.yaml",
            god.read_text(encoding="utf-8") if god.exists() else "navn: x\n",
        )
    elif what == "slett":
        (a.register / f"avtaler/ny{rnd.randint(1, 3)}.yaml").unlink(missing_ok=True)
    elif what == "ødelegg":
        a.skriv(f"avtaler/ny{rnd.randint(1, 3)}.yaml", "navn: [\n")
    elif what == "innstilling" and rnd.random() < 0.3:
        a.skriv("forvaltning.yaml", INNSTILLINGER + f"varslingsvindu_dager: {rnd.randint(10, 90)}\n")
    elif what == "omdøp" and (a.register / "avtaler/ny1.yaml").exists():
        (a.register / "avtaler/ny1.yaml").rename(a.register / f"avtaler/om{n}.yaml")
    else:
        a.skriv("leverandorer/fjord.yaml", f"navn: Fjord AS\nland: NO\nmerknad: {n}\n")


@pytest.mark.parametrize("seed", range(3))
def test_random_histories_go_on_as_they_would_have_begun(arkiv, seed):
    rnd = random.Random(seed)
    day = date(2026, 1, 6)
    for n in range(9):
        for _ in range(rnd.randint(1, 3)):
            tilfeldig(arkiv, rnd, n)
            arkiv.sjekk_inn(day.isoformat(), f"Endring {n}")
            day = date.fromordinal(day.toordinal() + rnd.randint(0, 12))
        seen = date.fromordinal(day.toordinal() + rnd.choice([0, 0, 40]))
        for per in PERIODER:
            like(per, seen)


@pytest.mark.parametrize("per", PERIODER)
def test_a_new_commit_costs_what_it_changed(arkiv, forfra, per):
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    arkiv.sjekk_inn("2026-02-10", "Fjerner")
    whole = regn(per, date(2026, 3, 5), lager=True)[2]
    arkiv.bytt(GOD, "avtaleeier: eier", "avtaleeier: eier\navtaleforvalter: forvalter")
    arkiv.sjekk_inn("2026-03-06", "Setter inn igjen")
    forfra.clear()
    assert regn(per, date(2026, 3, 7), lager=True)[2] < whole / 2
    assert not forfra
    assert regn(per, date(2026, 4, 7), lager=True)[2] < whole / 2
    assert not forfra
    like(per, date(2026, 5, 9))


def test_history_that_is_another_is_judged_anew(arkiv, forfra):
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    arkiv.sjekk_inn("2026-02-10", "Fjerner")
    like("commit", date(2026, 3, 1))
    forfra.clear()
    arkiv.git("commit", "-q", "--amend", "-m", "Skrevet om", dag="2026-02-11")
    like("commit", date(2026, 3, 1))
    arkiv.git("mv", f"registry/{GOD}", "registry/avtaler/annet.yaml")
    arkiv.sjekk_inn("2026-03-01", "Samme innhold, ny id: det som viste til den, viser til den samme")
    like("commit", date(2026, 3, 1))
    (arkiv.register / "systemer/lenke.yaml").symlink_to("arkivet.yaml")
    arkiv.sjekk_inn("2026-03-02", "Lenker")
    like("commit", date(2026, 3, 3))
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: i_produksjon")
    arkiv.sjekk_inn("2026-03-03", "Endrer det lenken leder til")
    like("commit", date(2026, 3, 3))
    assert len(forfra) >= 4 + 4


@pytest.mark.parametrize("odelagt", ["{", "[]", '{"hode": 3}', "null", '"x"'])
def test_a_broken_cache_is_rebuilt_in_silence(arkiv, odelagt):
    asked = ("trend", "--per", "commit", "--as-of", "2026-12-31", "--format", "json")
    before = kjor(*asked).ut
    (path,) = (arkiv.rot / ".git/forvaltning").glob("*.sqlite")
    keys = [k for (k,) in _spor(path, "SELECT nokkel FROM meta WHERE nokkel LIKE 'trend:%'")]
    assert len(keys) == 3
    kept = "trend:tilstand:commit"
    state = json.loads(_spor(path, "SELECT verdi FROM meta WHERE nokkel=?", kept)[0][0][8:])
    for key in keys:
        _spor(path, "UPDATE meta SET verdi=? WHERE nokkel=?", merket(key, odelagt), key)
        _spor(path, "DELETE FROM meta WHERE nokkel='trend:svar:commit' AND ?<>nokkel", key)
        assert kjor(*asked).ut == before
    for at in ("dom", "tid", "logg", "endringer", "forlop"):
        broken = {**state, "linje": {**state["linje"], at: {"x": [1]}}}
        _spor(path, "UPDATE meta SET verdi=? WHERE nokkel=?", merket(kept, json.dumps(broken)), kept)
        _spor(path, "DELETE FROM meta WHERE nokkel='trend:svar:commit'")
        assert kjor(*asked).ut == before


@pytest.mark.parametrize("hva", ["trend:svar:commit", "trend:tilstand:commit", "revisjon"])
def test_a_value_of_the_cache_that_is_another_is_not_believed(arkiv, hva):
    asked = (
        ("audit", "--no-signatures", "--as-of", "2026-12-31", "--format", "json")
        if hva == "revisjon"
        else ("trend", "--per", "commit", "--as-of", "2026-12-31", "--format", "json")
    )
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    arkiv.sjekk_inn("2026-02-10", "Fjerner")
    before = kjor(*asked).ut
    (path,) = (arkiv.rot / ".git/forvaltning").glob("*.sqlite")
    ((key, kept),) = _spor(path, "SELECT nokkel, verdi FROM meta WHERE nokkel LIKE ?", f"{hva}%")
    if hva == "trend:tilstand:commit":
        _spor(path, "DELETE FROM meta WHERE nokkel='trend:svar:commit'")
    for n in range(8, len(kept), len(kept) // 12):
        flipped = kept[:n] + chr(ord(kept[n]) ^ 1) + kept[n + 1 :]
        _spor(path, "UPDATE meta SET verdi=? WHERE nokkel=?", flipped, key)
        assert kjor(*asked).ut == before


@pytest.mark.parametrize("tilstand", [True, False])
def test_versions_that_the_cache_gives_wrong_are_read_again(arkiv, tilstand):
    asked = ("trend", "--per", "commit", "--as-of", "2026-12-31", "--format", "json")
    before = kjor(*asked).ut
    (path,) = (arkiv.rot / ".git/forvaltning").glob("*.sqlite")
    for sql in ("UPDATE utdrag SET verdi=replace(verdi, 'e', 'f')", "UPDATE utdrag SET verdi=x'ff'"):
        _spor(path, sql)
        _spor(path, "DELETE FROM meta WHERE nokkel='trend:svar:commit'")
        if not tilstand:
            _spor(path, "DELETE FROM meta WHERE nokkel='trend:tilstand:commit'")
        svar = kjor(*asked)
        assert (svar.kode, svar.ut) == (0, before)


def _spor(path: Path, sql: str, *verdier: str) -> list:
    with sqlite3.connect(path) as db:
        return db.execute(sql, verdier).fetchall()


def test_other_settings_give_another_check_date(arkiv):
    first = kjor("trend", "--format", "json").json["punkter"][-1]["dato"]
    arkiv.skriv("forvaltning.yaml", INNSTILLINGER + "eksempel: {dato: 2026-03-01}\n")
    assert kjor("trend", "--format", "json").json["punkter"][-1]["dato"] == "2026-03-01" != first

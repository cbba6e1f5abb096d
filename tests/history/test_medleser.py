"""A second process that parses versions along: the same answers with and without, and whatever becomes of it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from tests.history.arkiv import Arkiv
from tests.history.test_audit import BESLUTTET, ROLLER, ROS
from tests.history.test_trend_videre import INNSTILLINGER, tilfeldig

from forvaltning.cli import historikk_felles
from forvaltning.cli.auditgrunnlag import revider
from forvaltning.cli.okt import Okt
from forvaltning.cli.trendferd import Begynt, beregn
from forvaltning.cli.trendgrunnlag import svar
from forvaltning.git.filspor import Leser
from forvaltning.git.objekter import GitFeil
from forvaltning.history import gang, medarbeider, medleser
from forvaltning.history.gang import Gang
from forvaltning.history.linje import hele
from forvaltning.history.medleser import Medleser, versjoner_i
from forvaltning.source import prosess

DAG = date(2026, 6, 1)
PERIODER = ("month", "commit")


@pytest.fixture
def arkiv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Arkiv:
    """A history with edits of many kinds, files that can not be read and decisions among them."""
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, {"forvaltning.yaml": INNSTILLINGER, **ROLLER})
    rnd = random.Random(3)
    for n in range(18):
        tilfeldig(a, rnd, n)
        if n == 4:
            a.skriv(ROS, BESLUTTET)
        if n == 9:
            a.skriv(ROS, BESLUTTET.replace("Arbeidsmøte", "Samtale"))
        if n == 12:
            a.skriv(ROS, "navn: [\n")
        a.sjekk_inn(f"2026-{1 + n // 4:02d}-{6 + n:02d}", f"Endring {n}")
    return a


@pytest.fixture
def to_kjerner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medleser, "MINST", 1)
    monkeypatch.setattr(gang, "MINST", 1)
    monkeypatch.setattr(prosess, "kjerner", lambda: 2)
    monkeypatch.setattr(medleser, "BUNKE", 3)


@contextmanager
def historikk():
    okt = Okt(Path("registry"), DAG, bruk_lager=False)
    try:
        with historikk_felles.apne(okt) as h:
            yield okt, h
    finally:
        okt.lukk()


def alt(hjelper=None):
    """What trend and audit say. `hjelper`: does something to the helper before anything is asked of it."""
    out = []
    with historikk() as (okt, h):
        for per in PERIODER:
            begun = Begynt(h) if hjelper is not None else None
            if hjelper is not None:
                assert begun.gang.steg()
                hjelper(begun.gang.medleser)
            line = beregn(okt, h, per, None, begun)
            out += [line.punkter, [f.verdier() for f in line.forlop]]
            if begun is not None:
                begun.lukk()
        out.append(revidert(okt, h))
    return out


def revidert(okt, h):
    """What audit finds, or that it can not be seen."""
    try:
        return revider(okt, h, None, [], signaturer=False)
    except GitFeil:
        return "mangler"


def ids(h):
    return list(dict.fromkeys(versjoner_i(hele(h.tre, h.mappe, h.hode), {"avtaler", "systemer", "ros"})))


def test_the_same_is_found_with_and_without_a_helper(arkiv, to_kjerner, monkeypatch):
    def ferdig(helper):
        helper._trader[1].join()  # until it has answered everything

    def drept(helper):
        helper._prosess.kill()
        helper._trader[1].join()

    seen = [alt(), alt(lambda _: None), alt(ferdig), alt(drept)]
    monkeypatch.setattr(prosess, "kjerner", lambda: 1)
    seen.append(alt())
    assert all(found == seen[0] for found in seen[1:])
    assert seen[0][1]
    rules = {f.regel for f in seen[0][-1][1]}
    assert {"revisjon.besluttet_innhold", "revisjon.uleselig", "revisjon.godkjenning"} <= rules


def test_a_helper_that_never_answers_is_not_waited_for(arkiv, to_kjerner, monkeypatch):
    alone = alt()
    real, started = subprocess.Popen, []

    def stille(argv, *a, **k):
        if argv[0] == sys.executable:
            argv = [sys.executable, "-c", "import time; time.sleep(60)"]
            started.append(real(argv, *a, **k))
            return started[-1]
        return real(argv, *a, **k)

    monkeypatch.setattr(prosess.subprocess, "Popen", stille)
    assert alt(lambda _: None) == alone
    assert len(started) == 1 + len(PERIODER)
    assert all(p.poll() is not None for p in started)


def test_it_answers_in_order_and_once_for_what_can_be_parsed(arkiv, to_kjerner):
    with historikk() as (_, h):
        wanted = ids(h)
        broken = {oid for oid in wanted if (h.leser.les(oid).data) == b"navn: [\n"}
        helper = Medleser.lag(h.tre, wanted)
        assert helper is not None
        helper._trader[1].join()
        assert broken
        for oid in wanted:
            assert helper.kommet(oid)
            assert (helper.ta(oid) is None) == (oid in broken)
            assert helper.ta(oid) is None
        assert not helper.kommet("f" * 40)
        assert helper.ta("f" * 40) is None
        helper.lukk()


def test_what_git_does_not_have_is_left_to_the_asker(arkiv):
    with historikk() as (_, h), Leser(h.tre) as reader:
        good = ids(h)[0]
        tree = arkiv.git("rev-parse", "HEAD^{tree}")
        assert medarbeider.svar(reader, [good, "f" * 40, tree]).keys() == {good}


def test_what_the_helper_has_read_is_taken_while_git_walks(arkiv, to_kjerner, monkeypatch):
    go, taken = Event(), []
    monkeypatch.setattr(gang, "hele", lambda *a: (go.wait(60), hele(*a))[1])
    with historikk() as (_, h):
        walk = Gang(h.tre, h.mappe, h.hode, {"roller", "systemer"})
        root = arkiv.git("rev-list", "--max-parents=0", "HEAD")
        there = arkiv.git("ls-tree", "-r", root, "registry/roller", "registry/systemer").splitlines()
        for sti, oid in walk.underveis():
            assert walk.medleser.kommet(oid)
            taken.append((sti, oid))
        assert sorted(oid for _, oid in taken) == sorted(line.split()[2] for line in there)
        assert walk.innstilt == arkiv.git("rev-parse", f"{root}:registry/forvaltning.yaml")
        go.set()
        assert walk.steg() == hele(h.tre, h.mappe, h.hode)
        assert list(walk.underveis()) == []
        walk.lukk()


def test_an_asker_does_not_wait_for_a_helper_once_git_is_done(arkiv, to_kjerner, monkeypatch):
    with historikk() as (_, h):
        monkeypatch.setattr(medleser.Medleser, "kommet", lambda *_: False)
        walk = Gang(h.tre, h.mappe, h.hode, {"roller"})
        assert list(walk.underveis()) == []
        assert walk.forste
        walk.lukk()


def test_few_versions_start_no_process(arkiv):
    with historikk() as (_, h):
        assert Medleser.lag(h.tre, ids(h)) is None
    with historikk() as (okt, h):
        assert svar(okt, h, "month").punkter


def mist(arkiv, revisjon: str, sti: str) -> tuple[Path, bytes]:
    """Let Git lose the content of a file at a revision; where it lay, and what it was."""
    oid = arkiv.git("rev-parse", f"{revisjon}:registry/{sti}")
    place = arkiv.rot / ".git" / "objects" / oid[:2] / oid[2:]
    data = place.read_bytes()
    place.chmod(0o644)
    place.unlink()
    return place, data


def test_what_git_lost_in_the_first_commit_is_told_with_and_without_a_helper(arkiv, to_kjerner, monkeypatch):
    root = arkiv.git("rev-list", "--max-parents=0", "HEAD")
    sti = next(s for s in arkiv.git("ls-tree", "-r", "--name-only", root).splitlines() if "/roller/" in s)
    mist(arkiv, root, sti.removeprefix("registry/"))
    with historikk() as (_, h):
        walk = Gang(h.tre, h.mappe, h.hode, {"roller"})
        assert walk.steg()
        assert walk.medleser is not None
        walk.lukk()
    seen = alt(lambda _: None)
    monkeypatch.setattr(prosess, "kjerner", lambda: 1)
    assert alt() == seen


def test_an_answer_made_while_something_was_missing_is_not_kept(arkiv):
    def sett(*, lager: bool) -> list[object]:
        okt = Okt(Path("registry"), DAG, bruk_lager=lager)
        try:
            with historikk_felles.apne(okt) as h:
                return [svar(okt, h, "commit").punkter, revidert(okt, h)]
        finally:
            okt.lukk()

    root = arkiv.git("rev-list", "--max-parents=0", "HEAD")
    place, data = mist(arkiv, root, "roller/systemeier.yaml")
    lost = sett(lager=True)
    place.write_bytes(data)
    assert sett(lager=True) == sett(lager=False)
    assert sett(lager=True) != lost


FORTELLER = """
import importlib._bootstrap as b, os, sys, threading
real, leave, seen = b._find_and_load, os._exit, []
def told(name, import_):
    if threading.current_thread() is not threading.main_thread():
        seen.append(name)
    return real(name, import_)
def end(code):
    sys.stdout.flush()
    sys.stderr.write("I TRÅD: " + " ".join(seen))
    sys.stderr.flush()
    leave(code)
b._find_and_load, os._exit = told, end
sys.argv = ["forvaltning", *sys.argv[1:]]
from forvaltning.__main__ import main
main()
end(0)
"""


@pytest.mark.parametrize("verb", [["trend"], ["audit", "--no-signatures"], ["log", "systemeier"]])
def test_what_runs_in_a_thread_imports_nothing(arkiv, verb):
    """Who is interrupted in an import would wait for ever for a thread that wants to import."""
    src = Path(medleser.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", FORTELLER, *verb],
        env={**os.environ, "PYTHONPATH": str(src)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr.endswith("I TRÅD: "), done.stderr

"""Two runs at once: neither keeps in the cache, under the other's name, what it worked out of other files."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.gitrepo import ENV, Repo

from forvaltning.cli.ferdig import Ferdig
from forvaltning.cli.mot import sammenlign_med
from forvaltning.cli.okt import Okt
from forvaltning.git.base import Base

ROOT = Path(__file__).resolve().parents[2]
BK360 = "systemer/bk360.yaml"
BIKABOO = "systemer/bikaboo.yaml"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    out = Repo(tmp_path / "repo")
    for n, file in enumerate(sorted(out.registry.rglob("*.yaml"))):
        gammel(file, n)
    out.commit("start")
    return out


def gammel(file: Path, n: int) -> None:
    """Old enough that the cache trusts the file; `n` makes one time another than the rest."""
    os.utime(file, (1_700_000_000 + n, 1_700_000_000 + n))


def uten(repo: Repo, fil: str, felt: str, n: int) -> None:
    repo.drop(fil, felt)
    gammel(repo.registry / fil, n)


def apnet(repo: Repo, *, lager: bool = True) -> Okt:
    return Okt(repo.registry, bruk_lager=lager)


def funn(okt: Okt) -> set[tuple[str, ...]]:
    return {f.nokkel for v in okt.kontroll.synlige for f in v.funn}


def test_a_text_is_not_kept_under_what_another_run_judged(repo: Repo) -> None:
    slow = apnet(repo)
    assert not slow.kontroll.svikt
    uten(repo, BK360, "systemkoordinator", 5000)
    quick = apnet(repo)
    assert funn(quick) != funn(slow)
    quick.lukk()
    assert list(Ferdig(slow, "slik").husk(["grønt"], 0)) == ["grønt"]
    slow.lukk()
    assert Ferdig(apnet(repo), "slik").hent() is None


def test_a_comparison_is_not_kept_under_what_another_run_judged(repo: Repo) -> None:
    base = Base(repo.git("rev-parse", "HEAD"), "valgt")
    slow = apnet(repo)
    assert not slow.kontroll.svikt
    uten(repo, BK360, "systemkoordinator", 5000)
    quick = apnet(repo)
    assert funn(quick)
    quick.lukk()
    sammenlign_med(slow, base)
    slow.lukk()
    assert sammenlign_med(apnet(repo), base).sammenligning.blokkerer


def test_verdicts_of_files_as_they_were_do_not_replace_those_of_files_as_they_are(repo: Repo) -> None:
    apnet(repo).kontroll.synlige.clear()
    uten(repo, BIKABOO, "kontinuitetsplan", 5000)
    slow = apnet(repo)
    _ = slow.bilde  # has looked at the files, and judged nothing yet
    uten(repo, BK360, "systemkoordinator", 5001)
    quick = apnet(repo)
    assert funn(quick)
    written = quick.generasjon
    quick.lukk()
    assert funn(slow)
    slow.lukk()
    lager = apnet(repo).lager
    assert lager is not None
    assert lager.meta("generasjon") == written
    assert funn(apnet(repo)) == funn(apnet(repo, lager=False))


def test_positions_of_a_file_as_it_was_are_not_kept_of_the_file_as_it_is(repo: Repo) -> None:
    uten(repo, BK360, "systemkoordinator", 5000)
    slow = apnet(repo)
    found = next(f for v in slow.kontroll.synlige for f in v.funn if "systemkoordinator" in f.vilkar)
    slow.steder.finn(BK360, ("navn",))
    repo.write(BK360, "# a\n# b\n" + repo.read(BK360))
    gammel(repo.registry / BK360, 5001)
    quick = apnet(repo)
    assert found.nokkel in funn(quick)
    quick.lukk()
    slow.lukk()
    right = apnet(repo, lager=False).steder.finn(BK360, ("navn",))
    assert apnet(repo).steder.finn(BK360, ("navn",)) == right


def test_the_order_of_a_comparison_does_not_tell_whether_there_was_a_cache(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "brutt", tmp_path / "registry")
    for args in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *args], cwd=tmp_path, env=ENV, check=True)
    file = tmp_path / "registry/enheter/boas.yaml"
    file.write_text("# merknad\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    said = []
    for lager in (True, False):
        okt = Okt(tmp_path / "registry", bruk_lager=lager)
        commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=tmp_path, env=ENV, text=True)
        s = sammenlign_med(okt, Base(commit.strip(), "valgt")).sammenligning
        said.append([f.nokkel for _, f in s.gamle])
        okt.lukk()
    assert len(said[0]) > 1
    assert said[0] == said[1]

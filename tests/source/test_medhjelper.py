"""A second process that reads along changes nothing but the time it takes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from forvaltning.git.arbeidstre import finn_arbeidstre
from forvaltning.source import medhjelper, prosess
from forvaltning.source.arbeider import fra_disk, svar
from forvaltning.source.entries import FileEntry
from forvaltning.source.kilde import Revisjon
from forvaltning.source.load import FOLDERS, Innlest, les_innstillinger, les_register
from forvaltning.source.medhjelper import Medhjelper
from forvaltning.source.scan import scan

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The broken registry, with files that are unusual in every way a helper must leave to its asker."""
    shutil.copytree(ROOT / "tests" / "brutt", tmp_path / "registry")
    systems = tmp_path / "registry" / "systemer"
    (systems / "uferdig.yaml").write_text("navn: [\n", encoding="utf-8")
    (systems / "ukjent-felt.yaml").write_text("navn: X\nfinnes_ikke: ja\n", encoding="utf-8")
    (systems / "hemmelig.yaml").write_text("navn: X\n# passord: Sommer2026!x\n", encoding="utf-8")
    (systems / "latin.yaml").write_bytes("navn: Bj\xf8rn\n".encode("latin-1"))
    (systems / "tom.yaml").write_bytes(b"")
    return tmp_path / "registry"


def les(rot: Path, hjelper: Medhjelper | None) -> Innlest:
    found = scan(rot, FOLDERS)
    return les_register(found, les_innstillinger(found), hjelper=hjelper)


def filer(rot: Path) -> list[FileEntry]:
    return [f for f in scan(rot, FOLDERS).files if f.folder]


def som_tekst(lest: Innlest) -> list[str]:
    return [
        *(f"{sti} {sha} {fakta.til_tekst()}" for sti, (fakta, sha) in lest.leste.items()),
        *map(repr, lest.problemer),
        *map(repr, lest.uleselige),
        *(o.post.model_dump_json() for o in lest.oppforinger),
    ]


@pytest.fixture
def to_kjerner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medhjelper, "MINST", 1)
    monkeypatch.setattr(prosess, "kjerner", lambda: 2)
    monkeypatch.setattr(medhjelper, "BUNKE", 7)


def test_with_and_without_a_helper_the_same_is_read(register, to_kjerner):
    alone = som_tekst(les(register, None))
    for _ in range(3):
        helper = Medhjelper.start(filer(register))
        assert helper is not None
        assert som_tekst(les(register, helper)) == alone


def test_the_helper_answers_for_plain_files_alone(register):
    rows = [tuple(f) for f in filer(register)]
    answered = {rows[n][0]: value for n, value, _ in svar(rows, fra_disk(rows, None))}
    odd = {f"systemer/{n}.yaml" for n in ("uferdig", "hemmelig", "latin", "tom")}
    assert not odd & answered.keys()
    assert answered["systemer/ukjent-felt.yaml"] == {"navn": "X", "finnes_ikke": "ja"}


def test_a_helper_takes_its_share(register, to_kjerner):
    helper = Medhjelper.start(filer(register))
    assert helper is not None
    helper._trader[1].join()  # until it has answered everything
    read = {entry.path: value for entry, value, _ in helper.les()}
    assert sum(value is not None for value in read.values()) > 200
    assert len(read) == len(filer(register))


def test_a_helper_that_dies_costs_nothing_but_time(register, to_kjerner):
    helper = Medhjelper.start(filer(register))
    assert helper is not None
    helper._prosess.kill()
    assert som_tekst(les(register, helper)) == som_tekst(les(register, None))


def test_a_helper_that_never_answers_is_not_waited_for(register, to_kjerner):
    quiet = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert som_tekst(les(register, Medhjelper(quiet, filer(register)))) == som_tekst(les(register, None))
    assert quiet.poll() is not None


def test_few_files_or_one_core_start_no_process(register, monkeypatch):
    assert Medhjelper.start(filer(register)) is None
    monkeypatch.setattr(medhjelper, "MINST", 1)
    monkeypatch.setattr(prosess, "kjerner", lambda: 1)
    assert Medhjelper.start(filer(register)) is None


@pytest.fixture
def revisjon(register: Path) -> Iterator[Revisjon]:
    """The same registry as it was checked in, with a link, and with something else on disk."""
    (register / "systemer" / "lenke.yaml").symlink_to("tom.yaml")
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    who = ["-c", "user.name=t", "-c", "user.email=t@bergen.example"]
    for args in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "Inn"]):
        subprocess.run(["git", *args], cwd=register.parent, env=env, check=True)
    (register / "systemer" / "bk360.yaml").write_text("navn: Endret\n", encoding="utf-8")
    tree = finn_arbeidstre(register)
    assert tree is not None
    out = Revisjon(tree, "HEAD", "registry", FOLDERS)
    yield out
    out.lukk()


def les_ved(kilde: Revisjon, *, hjelper: bool) -> Innlest:
    found = kilde.skann()
    helper = kilde.medhjelper([f for f in found.files if f.folder]) if hjelper else None
    assert (helper is not None) is hjelper
    if helper is not None:
        helper._trader[1].join()  # until it has answered everything it will
    return les_register(found, les_innstillinger(found, kilde.les), les=kilde.les, hjelper=helper)


def test_a_helper_reads_a_revision_as_it_was(revisjon, to_kjerner):
    assert som_tekst(les_ved(revisjon, hjelper=True)) == som_tekst(les_ved(revisjon, hjelper=False))


def test_a_helper_at_a_revision_answers_from_git(revisjon, to_kjerner):
    files = [f for f in revisjon.skann().files if f.folder]
    helper = revisjon.medhjelper(files)
    assert helper is not None
    helper._trader[1].join()
    read = {entry.path: value for entry, value, _ in helper.les()}
    assert sum(value is not None for value in read.values()) > 200
    assert (read["systemer/bk360.yaml"] or {}).get("navn") not in {None, "Endret"}


def test_a_helper_that_git_fails_costs_nothing_but_time(revisjon, to_kjerner):
    files = [f for f in revisjon.skann().files if f.folder]
    helper = Medhjelper.start(files, (str(ROOT), str(ROOT / ".git")), ["0" * 40] * len(files))
    assert helper is not None
    read = {entry.path: value for entry, value, _ in helper.les()}
    assert len(read) == len(files)
    assert not any(read.values())

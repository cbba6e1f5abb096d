"""The files of a registry that are no records: all of them are listed, and what they hold is found."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from forvaltning.source import andre
from forvaltning.source.andre import BINAER, STOR, ULESELIG, les_innhold, problemer
from forvaltning.source.kilde import Mappe
from forvaltning.source.limits import MAX_BYTES

FNR = "15078520032"


def listet(rot: Path, ignorert: set[str] | None = None) -> list[str]:
    kilde = Mappe(rot, frozenset({"systemer", "roller"}))
    found = kilde.andre(kilde.skann(), lambda paths: set(paths) & (ignorert or set()))
    assert not found.flere
    return [f.path for f in found.filer]


def skriv(rot: Path, *stier: str) -> None:
    for sti in stier:
        path = rot / sti
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_everything_that_is_no_record_is_listed(tmp_path: Path) -> None:
    skriv(tmp_path, "forvaltning.yaml", "systemer/a.yaml", "roller/b.yaml", "systemer/Ærlig.yaml")
    others = [
        ".skjult/dypt/nede/x.txt",
        ".skjulte-ting",
        "README.md",
        "mkdocs.yml",
        "notat.yaml",
        "systemer/.skjult.yaml",
        "systemer/gammel.yml",
        "systemer/notat.txt",
        "systemer/under/c.yaml",
        "systemer/x.yaml~",
        "templates/t.j2",
        "ukjent/æ.csv",
    ]
    skriv(tmp_path, *others, ".git/config")
    assert listet(tmp_path) == sorted(others)
    assert listet(tmp_path, {"ukjent", ".skjult"}) == sorted(
        o for o in others if not o.startswith((".skjult/", "ukjent"))
    )


def test_a_record_with_an_odd_name_is_read_once(tmp_path: Path) -> None:
    skriv(tmp_path, "forvaltning.yaml", "systemer/STOR.yaml", "systemer/con.yaml")
    kilde = Mappe(tmp_path, frozenset({"systemer"}))
    scan = kilde.skann()
    records = {f.path for f in scan.files}
    others = {f.path for f in kilde.andre(scan, lambda _: set()).filer}
    assert records & others == set()
    assert records | others == {"forvaltning.yaml", "systemer/STOR.yaml", "systemer/con.yaml"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed_and_a_pipe_does_not_hang(tmp_path: Path) -> None:
    outside = tmp_path / "ute"
    skriv(outside, "hemmelig.txt")
    inside = tmp_path / "inne"
    skriv(inside, "forvaltning.yaml", "a.txt")
    (inside / "lenke.txt").symlink_to(outside / "hemmelig.txt")
    (inside / "mappe").symlink_to(outside)
    (inside / "sirkel").symlink_to(inside)
    os.mkfifo(inside / "ror")
    assert listet(inside) == ["a.txt"]
    (inside / "a.txt").unlink()
    os.mkfifo(inside / "a.txt")
    entry = andre.FileEntry("a.txt", "", "", str(inside / "a.txt"), 0, 0, 0)
    assert andre.les_fil(entry) is None


@pytest.mark.parametrize(
    "data",
    [
        f"# {FNR}\n".encode(),
        f"navn;{FNR[:6]} {FNR[6:]}\r\n".encode("utf-16"),
        f"navn;{FNR}\r\n".encode("utf-16-le"),
        f"navn;{FNR}\r\n".encode("utf-16-be"),
        f"Bjørn Ås {FNR}".encode("cp1252"),
        b"\xff\xff\xff " + FNR.encode(),
    ],
)
def test_text_in_any_coding_is_read(data: bytes) -> None:
    found = les_innhold(data, "x.txt", len(data))
    assert [p.regel for p in found.problemer] == ["innhold.fodselsnummer"]
    assert FNR not in str(found.problemer)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04\x14\0\0\0", bytes(range(256)) * 4, b"\1\2\3\4" * 99],
)
def test_what_is_no_text_is_said_not_to_be_read(data: bytes) -> None:
    assert les_innhold(data, "x", len(data)).ulest == BINAER


def test_of_a_large_file_the_beginning_is_read_and_the_rest_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    path.write_bytes(f"{FNR}\n".encode() + b"navn;verdi\n" * 200_000)
    entry = andre.FileEntry("stor.csv", "", "", str(path), path.stat().st_size, 0, 0)
    data = andre.les_fil(entry)
    assert data is not None
    assert len(data) == MAX_BYTES
    found = les_innhold(data, "stor.csv", entry.size)
    assert (len(found.problemer), found.ulest) == (1, STOR)


def test_what_was_not_read_is_one_remark_that_is_another_when_the_files_are() -> None:
    none = andre.Innhold(())
    bad = andre.Innhold((), BINAER)
    one = problemer({"a.png": bad, "b.txt": none}, flere=False)
    two = problemer({"a.png": bad, "b.png": bad, "c.png": bad, "d.png": bad}, flere=False)
    assert [len(one), len(two)] == [1, 1]
    assert "«a.png»" in one[0].melding
    assert "4 filer" in two[0].melding
    assert "1 til" in two[0].melding
    assert one[0].fingeravtrykk != two[0].fingeravtrykk
    assert {p.alvor.value for p in one + two} == {"merknad"}
    assert len(problemer({"a": andre.Innhold((), ULESELIG), "b": bad}, flere=True)) == 3


def test_a_personal_number_in_a_name_is_found_and_hidden() -> None:
    (found,) = problemer({f"ukjent/{FNR}.txt": andre.Innhold(())}, flere=False)
    assert found.regel == "innhold.fodselsnummer"
    assert FNR not in str(found)


def test_a_registry_with_very_many_other_files_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(andre, "MAKS_FILER", 3)
    skriv(tmp_path, "forvaltning.yaml", *(f"{n}.txt" for n in range(5)))
    kilde = Mappe(tmp_path, frozenset())
    found = kilde.andre(kilde.skann(), lambda _: set())
    assert (len(found.filer), found.flere) == (3, True)

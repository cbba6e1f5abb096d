"""What the scan lists, what it names, and what it never opens."""

import os
import unicodedata
from pathlib import Path

import pytest

from forvaltning.findings import Problem, Severity
from forvaltning.source import disk as room
from forvaltning.source.disk import read
from forvaltning.source.limits import MAX_BYTES
from forvaltning.source.scan import scan

FOLDERS = frozenset({"systemer", "roller"})


@pytest.fixture
def root(tmp_path):
    top = tmp_path / "register"
    for name in ("forvaltning.yaml", "systemer/bk360.yaml", "systemer/altinn.yaml", "roller/leder.yaml"):
        put(top, name)
    return top


def put(root, name, data=b"id: x\n"):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def rules(found):
    return [(problem.regel, problem.fil) for problem in found.problems]


def test_files_are_listed_in_order_with_their_facts(root):
    found = scan(root, FOLDERS)
    assert [entry.path for entry in found.files] == [
        "forvaltning.yaml",
        "roller/leder.yaml",
        "systemer/altinn.yaml",
        "systemer/bk360.yaml",
    ]
    entry = found.files[-1]
    facts = Path(entry.absolute).stat()
    assert (entry.folder, entry.stem, entry.size) == ("systemer", "bk360", 6)
    assert entry.mtime_ns == facts.st_mtime_ns
    assert 0 < entry.inode < 2**63  # what SQLite holds
    assert found.files[0].folder == ""
    assert found.problems == []
    assert read(entry) == b"id: x\n"


@pytest.mark.parametrize(
    ("name", "regel", "fil"),
    [
        ("sytemer/a.yaml", "fil.ukjent_mappe", "sytemer"),
        ("Systemer/a.yaml", "fil.ukjent_mappe", "Systemer"),
        ("systemer/a.yml", "fil.yml", "systemer/a.yml"),
        ("systemer/a.YAML", "fil.yml", "systemer/a.YAML"),
        ("forvaltning.yml", "fil.yml", "forvaltning.yml"),
        ("bortkommen.yaml", "fil.ukjent_fil", "bortkommen.yaml"),
        ("systemer/notat.txt", "fil.ukjent_fil", "systemer/notat.txt"),
        ("systemer/gamle/a.yaml", "fil.undermappe", "systemer/gamle"),
        ("systemer/Stor.yaml", "fil.navn", "systemer/Stor.yaml"),
        ("systemer/med mellomrom.yaml", "fil.navn", "systemer/med mellomrom.yaml"),
        ("systemer/-a.yaml", "fil.navn", "systemer/-a.yaml"),
        ("systemer/con.yaml", "fil.navn", "systemer/con.yaml"),
        ("systemer/x\x1b[31my\n.yaml", "fil.navn", "systemer/xy .yaml"),
    ],
)
def test_what_does_not_belong_is_named(root, name, regel, fil):
    put(root, name)
    found = scan(root, FOLDERS)
    assert rules(found) == [(regel, fil)]
    problem = found.problems[0]
    assert problem.melding.endswith(".")
    assert problem.tiltak.endswith(".")
    assert (problem.alvor is Severity.MERKNAD) == (name == "systemer/notat.txt")
    assert "\x1b" not in problem.melding + problem.fil


@pytest.mark.parametrize(
    "name",
    [
        ".github/x.yaml",
        ".skjult.yaml",
        "README.md",
        "LICENSE",
        "schemas/a.json",
        "templates/a.md",
        "systemer/.a.yaml",
        "systemer/a.yaml~",
        "systemer/.a.yaml.swp",
        "systemer/a.swp",
        "mkdocs.yml",
    ],
)
def test_known_others_are_passed_over(root, name):
    put(root, name)
    found = scan(root, FOLDERS)
    assert found.problems == []
    assert len(found.files) == 4


def test_unknown_folder_offers_the_nearest(root):
    put(root, "sytemer/a.yaml")
    assert "«systemer»" in scan(root, FOLDERS).problems[0].tiltak


def test_name_with_capitals_is_read_under_its_id(root):
    put(root, "systemer/Stor.yaml")
    assert "stor" in [entry.stem for entry in scan(root, FOLDERS).files]


def test_norwegian_names_are_one_id_in_either_form(root):
    put(root, "systemer/" + unicodedata.normalize("NFD", "blå.yaml"))
    found = scan(root, FOLDERS)
    assert unicodedata.normalize("NFC", "blå") in [entry.stem for entry in found.files]
    assert found.problems == []
    put(root, "systemer/" + unicodedata.normalize("NFC", "blå.yaml"))
    assert [regel for regel, _ in rules(scan(root, FOLDERS))] == ["fil.navn"]


def test_missing_root_is_a_problem(tmp_path):
    assert rules(scan(tmp_path / "nei", FOLDERS)) == [("fil.uleselig", ".")]


def test_name_that_is_not_unicode_is_named_safely(root):
    (root / "systemer" / os.fsdecode(b"bl\xe5.yaml")).write_bytes(b"a: b")
    problem = scan(root, FOLDERS).problems[0]
    assert problem.regel == "fil.navn"
    (problem.melding + problem.fil).encode()


def test_links_that_stay_are_followed_and_others_are_not(root, tmp_path):
    outside = put(tmp_path, "hemmelig.yaml", b"passord: x\n")
    (root / "systemer/inne.yaml").symlink_to(root / "systemer/bk360.yaml")
    (root / "systemer/ut.yaml").symlink_to(outside)
    (root / "systemer/borte.yaml").symlink_to("finnes-ikke.yaml")
    (root / "systemer/ring.yaml").symlink_to("ring.yaml")
    (root / "forbi").symlink_to(tmp_path)
    found = scan(root, FOLDERS)
    assert rules(found) == [
        ("fil.lenke", name)
        for name in ("forbi", "systemer/borte.yaml", "systemer/ring.yaml", "systemer/ut.yaml")
    ]
    inne = next(entry for entry in found.files if entry.stem == "inne")
    assert read(inne) == b"id: x\n"


def test_root_that_is_a_sibling_by_name_is_outside(root, tmp_path):
    outside = put(tmp_path, "register-2/a.yaml")
    (root / "systemer/ut.yaml").symlink_to(outside)
    assert rules(scan(root, FOLDERS)) == [("fil.lenke", "systemer/ut.yaml")]


def test_file_swapped_for_a_link_after_the_scan_is_not_followed(root, tmp_path):
    entry = scan(root, FOLDERS).files[-1]
    Path(entry.absolute).unlink()
    Path(entry.absolute).symlink_to(put(tmp_path, "hemmelig", b"x"))
    assert read(entry).regel == "fil.lenke"


def test_pipe_is_never_opened(root):
    os.mkfifo(root / "systemer/ror.yaml")
    assert rules(scan(root, FOLDERS)) == [("fil.uleselig", "systemer/ror.yaml")]


def test_file_swapped_for_a_pipe_after_the_scan_does_not_hang(root):
    entry = scan(root, FOLDERS).files[-1]
    Path(entry.absolute).unlink()
    os.mkfifo(entry.absolute)
    assert read(entry).regel == "fil.uleselig"


def test_size_is_known_before_reading(root, monkeypatch):
    with put(root, "systemer/stor.yaml").open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(room.os, "read", None)
    assert (
        read(next(entry for entry in scan(root, FOLDERS).files if entry.stem == "stor")).regel
        == "fil.storrelse"
    )


def test_file_that_is_gone_is_a_problem(root):
    entry = scan(root, FOLDERS).files[-1]
    Path(entry.absolute).unlink()
    problem = read(entry)
    assert isinstance(problem, Problem)
    assert problem.regel == "fil.uleselig"


def test_settings_that_are_a_pipe_are_refused(root):
    (root / "forvaltning.yaml").unlink()
    os.mkfifo(root / "forvaltning.yaml")
    assert rules(scan(root, FOLDERS)) == [("fil.uleselig", "forvaltning.yaml")]

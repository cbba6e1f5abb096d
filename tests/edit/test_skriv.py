"""Writing whole or not at all, and the gate before it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.hjelp import innstillinger

from forvaltning.edit import skriv
from forvaltning.edit.feil import Redigeringsfeil
from forvaltning.edit.fil import Dokument
from forvaltning.edit.lagre import lagre, prov
from forvaltning.edit.ny import ny_post, skjemalinje
from forvaltning.edit.skriv import skriv_helt
from forvaltning.source.entries import FileEntry
from forvaltning.source.innstillingsfil import Innstillingsfil

FIL = Innstillingsfil(innstillinger(), (), 1)
ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and permissions of POSIX")


@pytest.fixture
def fil(tmp_path):
    target = tmp_path / "registry" / "roller" / "eier.yaml"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"type: avtaleeier\n")
    return target


def rester(fil):
    return [p.name for p in fil.parent.iterdir() if p.name != fil.name]


@posix
def test_a_file_is_replaced_with_its_permissions(fil):
    fil.chmod(0o640)
    skriv_helt(fil, b"type: systemeier\n", fil.parents[1], b"type: avtaleeier\n")
    assert fil.read_bytes() == b"type: systemeier\n"
    assert stat.S_IMODE(fil.stat().st_mode) == 0o640
    assert rester(fil) == []


def test_a_file_changed_meanwhile_is_left(fil):
    fil.write_bytes(b"type: bestiller\n")
    with pytest.raises(Redigeringsfeil, match="endret av noen andre"):
        skriv_helt(fil, b"x: 1\n", fil.parents[1], b"type: avtaleeier\n")
    assert fil.read_bytes() == b"type: bestiller\n"
    fil.unlink()
    with pytest.raises(Redigeringsfeil, match="endret av noen andre"):
        skriv_helt(fil, b"x: 1\n", fil.parents[1], b"type: avtaleeier\n")
    assert rester(fil) == []
    assert not fil.exists()


def test_a_new_file_makes_its_folder_and_never_takes_anothers_place(fil):
    new = fil.parents[1] / "overleveringer" / "o.yaml"
    skriv_helt(new, b"gjelder: x\n", fil.parents[1], None)
    assert new.read_bytes() == b"gjelder: x\n"
    with pytest.raises(Redigeringsfeil, match="finnes fra før"):
        skriv_helt(new, b"gjelder: y\n", fil.parents[1], None)
    assert new.read_bytes() == b"gjelder: x\n"


def test_writers_at_once_lose_nothing(fil):
    def add(n: int) -> bool:
        before = fil.read_bytes()
        try:
            skriv_helt(fil, before + f"# {n}\n".encode(), fil.parents[1], before)
        except Redigeringsfeil:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = [n for n, ok in zip(range(60), pool.map(add, range(60)), strict=True) if ok]
    assert done
    assert sorted(int(line[2:]) for line in fil.read_text(encoding="utf-8").splitlines()[1:]) == done
    assert rester(fil) == []


@posix
def test_a_link_out_of_the_registry_is_refused_and_one_inside_is_followed(fil, tmp_path):
    outside = tmp_path / "ute.yaml"
    outside.write_bytes(b"a: 1\n")
    link = fil.parent / "lenke.yaml"
    link.symlink_to(outside)
    with pytest.raises(Redigeringsfeil, match="ut av registeret"):
        skriv_helt(link, b"a: 2\n", fil.parents[1], b"a: 1\n")
    assert outside.read_bytes() == b"a: 1\n"
    link.unlink()
    link.symlink_to(fil.name)
    skriv_helt(link, b"type: bestiller\n", fil.parents[1], b"type: avtaleeier\n")
    assert link.is_symlink()
    assert fil.read_bytes() == b"type: bestiller\n"
    link.unlink()
    link.symlink_to(link.name)
    with pytest.raises(Redigeringsfeil, match="fører fram"):
        skriv_helt(link, b"a: 2\n", fil.parents[1], b"")
    folder = fil.parents[1] / "avtaler"
    folder.symlink_to(tmp_path)
    with pytest.raises(Redigeringsfeil, match="ut av registeret"):
        skriv_helt(folder / "ny.yaml", b"a: 2\n", fil.parents[1], None)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_or_file_without_write_access(fil):
    fil.parent.chmod(0o555)
    with pytest.raises(Redigeringsfeil, match="ikke lov til å skrive"):
        skriv_helt(fil, b"x: 1\n", fil.parents[1], b"type: avtaleeier\n")
    fil.parent.chmod(0o755)
    fil.chmod(0o444)
    with pytest.raises(Redigeringsfeil, match="ikke lov til å skrive"):
        skriv_helt(fil, b"x: 1\n", fil.parents[1], b"type: avtaleeier\n")
    assert fil.read_bytes() == b"type: avtaleeier\n"


@pytest.mark.parametrize(
    ("nummer", "ord_"),
    [
        (errno.ENOSPC, "Disken er full"),
        (errno.EROFS, "ikke lov til å skrive"),
        (errno.EIO, f"systemfeil {errno.EIO}"),
    ],
)
def test_what_the_system_refuses_is_told_and_leaves_the_file(fil, monkeypatch, nummer, ord_):
    def full(_handle):
        raise OSError(nummer, "no")

    monkeypatch.setattr(skriv.os, "fsync", full)
    with pytest.raises(Redigeringsfeil, match=ord_):
        skriv_helt(fil, b"x: 1\n", fil.parents[1], b"type: avtaleeier\n")
    assert fil.read_bytes() == b"type: avtaleeier\n"
    assert rester(fil) == []


def entry(fil):
    return FileEntry(f"roller/{fil.name}", "roller", fil.stem, str(fil), 0, 0, 0)


def test_a_record_that_would_not_load_is_not_written(fil):
    for edit, why in (
        ({"finnes_ikke": "x"}, "finnes_ikke"),
        ({"fra": "i går"}, "fra"),
        ({"type": "konge"}, "konge"),
    ):
        dok = Dokument.apne(fil, "roller")
        for name, value in edit.items():
            dok.sett((name,), value)
        with pytest.raises(Redigeringsfeil, match="Ingenting er skrevet") as error:
            lagre(fil.parents[1], entry(fil), dok.data, FIL, dok.lest)
        assert why in " ".join(error.value.tiltak)
    assert fil.read_bytes() == b"type: avtaleeier\n"


def test_what_may_never_stand_in_a_registry_is_not_written_and_not_shown(fil):
    dok = Dokument.apne(fil, "roller")
    dok.sett(("merknad",), "Ring 01017000027")
    with pytest.raises(Redigeringsfeil, match="aldri skal stå") as error:
        prov("roller", "eier", dok.data, FIL, dok.lest)
    assert "01017000027" not in " ".join(error.value.tiltak)
    old = dok.data
    dok = Dokument(old, "roller")
    dok.sett(("enhet",), "sdi")
    assert (
        prov("roller", "eier", dok.data, FIL, old).key == "roller/eier"
    )  # what stood there before is not ours


def test_a_new_record_has_its_schema_line_and_the_models_order():
    text = ny_post(
        "overleveringer", {"mottakere": [{"av": None, "enhet": "sdi"}], "type": "ny", "gjelder": "x"}
    )
    assert text == (
        "# yaml-language-server: $schema=../../schemas/overleveringer.json\n"
        "gjelder: x\ntype: ny\nmottakere:\n  - enhet: sdi\n"
    )
    assert prov("overleveringer", "o", text.encode(), FIL).key == "overleveringer/o"


def test_the_schema_line_follows_the_neighbours():
    assert skjemalinje(
        "roller", [b"x: 1\n", b"\xef\xbb\xbf# yaml-language-server: $schema=../s/r.json\r\nx: 1"]
    ) == ("# yaml-language-server: $schema=../s/r.json")
    assert skjemalinje("roller", [b"\xff\xfe"]).endswith("schemas/roller.json")

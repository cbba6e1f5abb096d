"""Git that ends in the middle of an answer: told as that, never half an object, never in silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.history.arkiv import Arkiv

from forvaltning.git.arbeidstre import finn_arbeidstre
from forvaltning.git.filspor import STORST, Leser
from forvaltning.git.objekter import Blober, GitFeil

OID = "a" * 40


@pytest.fixture
def tre(tmp_path: Path):
    Arkiv(tmp_path)
    return finn_arbeidstre(tmp_path)


def _svarer(tekst: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is started answer with some bytes, whatever it is asked, and end."""
    real = subprocess.Popen
    code = f"import sys; sys.stdin.buffer.readline(); sys.stdout.buffer.write({tekst!r})"

    def start(argv, **kwargs):
        return real([sys.executable, "-c", code], **kwargs)

    monkeypatch.setattr(subprocess, "Popen", start)


@pytest.mark.parametrize(
    "tekst",
    [
        b"",
        f"{OID} bl".encode(),
        f"{OID} blob 1".encode(),
        f"{OID} blob 12\nnavn: A".encode(),
        f"{OID} blob 7\nnavn: A".encode(),
        f"{OID} blob {STORST + 9}\nnavn: A".encode(),
    ],
)
def test_half_an_answer_is_none(tre, monkeypatch, tekst):
    _svarer(tekst, monkeypatch)
    with Blober(tre) as blobs, pytest.raises(GitFeil):
        blobs.les(OID)
    with Leser(tre) as reader, pytest.raises(GitFeil):
        reader.les(OID)


@pytest.mark.parametrize("klasse", [Leser, Blober])
def test_git_that_has_ended_is_told_of_also_when_it_is_closed(tre, klasse):
    with klasse(tre) as reader:
        head = subprocess.run(
            ["git", "rev-parse", "HEAD:registry/forvaltning.yaml"],
            cwd=tre.topp,
            capture_output=True,
            check=True,
        )
        oid = head.stdout.decode().strip()
        assert reader.les(oid)
        reader._process.kill()
        reader._process.wait()
        with pytest.raises(GitFeil):
            reader.les(oid)

from __future__ import annotations

import pytest
from tests.cli.hjelp_cli import lag


@pytest.fixture
def register(tmp_path, monkeypatch):
    """The small registry, with the folder around it as the current one."""
    monkeypatch.chdir(tmp_path)
    return lag(tmp_path)

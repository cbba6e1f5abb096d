"""A real browser for the accessibility tests: found once, skipped with a reason where there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROT = Path(__file__).resolve().parents[2]
MODULER = ROT / ".node" / "node_modules"
NODE = shutil.which("node")
CHROMIUM = os.environ.get("CHROMIUM") or next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
BREDDER = (360, 1280)
krever_nettleser = [
    pytest.mark.skipif(NODE is None, reason="node is not installed, so no browser can be driven"),
    pytest.mark.skipif(
        not (MODULER / "axe-core").is_dir() or not (MODULER / "playwright-core").is_dir(),
        reason="axe-core and playwright-core are not installed: make test does it",
    ),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here, so accessibility is not tested"),
]


def sjekk(sider: list[Path]) -> dict[str, list[dict[str, Any]]]:
    """What axe-core finds on each page, in light and dark, at each width."""
    script = Path(__file__).with_name("axe.mjs")
    argv = [NODE, str(script), CHROMIUM, str(MODULER), ",".join(map(str, BREDDER)), *map(str, sider)]
    done = subprocess.run(argv, capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def feil(funnet: list[dict[str, Any]]) -> list[str]:
    """What is wrong with one page, in words; empty when it is as it should be."""
    out: list[str] = []
    for run in funnet:
        at = f"{run['width']} px, {run['colorScheme']}: "
        out += [at + text for text in run["brudd"]]
        out += [f"{at}asks for {url}" for url in run["asked"]]
        if run["for_bred"] > 0:
            out.append(f"{at}the page itself is {run['for_bred']} px too wide")
        if run["regler"] < 10:
            out.append(f"{at}only {run['regler']} rules looked at the page")
    return out

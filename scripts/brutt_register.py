"""Write `tests/brutt`: the example registry with the broken example of every requirement's page applied.

Run it after a page or the example registry has changed: ``.venv/bin/python scripts/brutt_register.py``. A test
holds that the result breaks all 39 requirements.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from forvaltning.krav.katalog import ALLE
from forvaltning.krav.sider import side
from forvaltning.source.yaml_parser import parse

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "tests" / "brutt"
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
EKSTRA: tuple[tuple[str, dict[str, Any]], ...] = (
    ("leverandorer/prosjektflyt", {"oppfolging": None}),
    ("avtaler/kontrakt-publisering", {"avtaleforvalter": None, "oppfolging": None}),
    ("systemer/innbyggerhjelpen", {"nett": None}),
)
"""What is broken elsewhere, where one page's example hides another's (4.6, 5.2, 5.4, 8.1)."""
NAMED = re.compile(r"^# ([a-z]+/[^\s]+)\.yaml\s*$", re.MULTILINE)


def endringer(block: str) -> list[tuple[str, dict[str, Any]]]:
    """Key and fields of every record one example changes."""
    marks = list(NAMED.finditer(block))
    ends = [m.start() for m in marks[1:]] + [len(block)]
    return [
        (m[1], parse(block[m.end() : end].encode()).value or {}) for m, end in zip(marks, ends, strict=True)
    ]


def skriv(key: str, fields: dict[str, Any]) -> None:
    """Set fields of one record, None removes."""
    path = TARGET / f"{key}.yaml"
    old = path.read_bytes() if path.exists() else b""
    values = (parse(old).value or {}) if old else {}
    for name, value in fields.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    head = f"# yaml-language-server: $schema=../../../schemas/{key.partition('/')[0]}.json\n"
    text = yaml.dump(values, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(head + text, encoding="utf-8", newline="\n")


def main() -> None:
    """Copy the example registry and break it, one requirement after the other."""
    shutil.rmtree(TARGET, ignore_errors=True)
    shutil.copytree(ROOT / "registry", TARGET, ignore=shutil.ignore_patterns("README.md"))
    for path in TARGET.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("$schema=../", "$schema=../../", 1), encoding="utf-8", newline="\n")
    for krav in ALLE:
        for block in BLOCK.findall(side(krav)["Eksempel på brudd"])[:1]:
            for key, fields in endringer(block):
                skriv(key, fields)
    for key, fields in EKSTRA:
        skriv(key, fields)


if __name__ == "__main__":
    main()

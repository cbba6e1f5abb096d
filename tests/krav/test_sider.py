"""Every requirement has a page with fixed headings, and the page's examples come out as it says."""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from forvaltning.engine.run import Motor
from forvaltning.findings import Outcome, Verdict
from forvaltning.krav.katalog import ALLE, ETTER_NUMMER
from forvaltning.krav.sider import OVERSKRIFTER, side
from forvaltning.model.dag import Dag
from forvaltning.model.historie import EKSEMPELHISTORIE
from forvaltning.model.kinds import KINDS
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.register import Register
from forvaltning.model.valider import valider
from forvaltning.model.viser import henvisninger
from forvaltning.source.disk import read
from forvaltning.source.innstillingsfil import Innstillingsfil
from forvaltning.source.load import FOLDERS, les_innstillinger
from forvaltning.source.scan import scan
from forvaltning.source.yaml_parser import parse

REGISTRY = Path(__file__).resolve().parents[2] / "registry"
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
NAMED = re.compile(r"^# ([a-z]+/[^\s]+)\.yaml\s*$", re.MULTILINE)

Values = dict[str, dict[str, Any]]


@lru_cache(maxsize=1)
def shipped() -> tuple[Values, Innstillingsfil]:
    """The registry that comes with the project, as plain values by key."""
    found = scan(REGISTRY, FOLDERS)
    out: Values = {}
    for entry in found.files:
        if entry.folder:
            data = read(entry)
            assert isinstance(data, bytes)
            value = parse(data).value
            assert value is not None, entry.path
            out[f"{entry.folder}/{entry.stem}"] = value
    return out, les_innstillinger(found)


def changes(block: str) -> list[tuple[str, dict[str, Any]]]:
    """What one example changes: key and the top-level fields it sets."""
    marks = list(NAMED.finditer(block))
    assert marks, f"An example must name the file it changes on a line of its own:\n{block}"
    out = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        text = block[mark.end() : after.start() if after else len(block)]
        value = parse(text.encode()).value
        assert value is not None, f"The example can not be read:\n{text}"
        out.append((mark.group(1), value))
    return out


def judge(nummer: str, block: str) -> Verdict:
    """The verdict for the first record an example names."""
    values, settings = shipped()
    poster = dict(values)
    named = changes(block)
    for key, fields in named:
        record = copy.deepcopy(poster.get(key, {}))
        for field, value in fields.items():
            if value is None:
                record.pop(field, None)
            else:
                record[field] = value
        poster[key] = record
    entries = []
    for key, value in poster.items():
        kind, ident = key.split("/")
        post = valider(KINDS[kind], ident, value, settings.innstillinger.koder)
        assert not isinstance(post, list), f"{key}: {post}"
        entries.append(Oppforing(kind, ident, f"{key}.yaml", henvisninger(KINDS[kind], value), post))
    eksempel = settings.innstillinger.eksempel
    assert eksempel is not None
    register = Register(entries, settings.innstillinger, Dag(eksempel.dato), EKSEMPELHISTORIE)
    first = register.oppforing(named[0][0].split("/")[1])
    assert first is not None
    result = Motor([ETTER_NUMMER[nummer]], register).dom_post(first.post)
    assert not result.svikt, result.svikt
    assert result.dommer, f"{nummer} gives no verdict for {named[0][0]}"
    return result.dommer[0]


def examples(heading: str) -> list[Any]:
    """(number, example) for every example under a heading."""
    out = []
    for krav in ALLE:
        blocks = BLOCK.findall(side(krav).get(heading, ""))
        for n, block in enumerate(blocks or [""]):
            out.append(pytest.param(krav.nummer, block, id=f"{krav.nummer}-{n + 1}"))
    return out


def test_all_39_requirements_are_there() -> None:
    areas = {1: 6, 2: 3, 3: 5, 4: 7, 5: 5, 6: 5, 7: 3, 8: 3, 9: 2}
    expected = [f"{a}.{n}" for a, count in areas.items() for n in range(1, count + 1)]
    assert [k.nummer for k in ALLE] == expected


@pytest.mark.parametrize("krav", ALLE, ids=lambda k: k.nummer)
def test_a_page_has_its_headings_and_title(krav: Any) -> None:
    page = side(krav)
    assert list(page) == ["", *OVERSKRIFTER]
    assert page[""].strip().startswith(f"# {krav.nummer} {krav.tittel}")
    assert "| Reglementets ord" in page["Slik avgjøres det"]


@pytest.mark.parametrize(("nummer", "block"), examples("Eksempel på brudd"))
def test_a_broken_example_is_broken(nummer: str, block: str) -> None:
    verdict = judge(nummer, block)
    assert verdict.utfall is Outcome.BRUDD, verdict


@pytest.mark.parametrize(("nummer", "block"), examples("Eksempel på oppfylt"))
def test_a_fulfilled_example_is_fulfilled(nummer: str, block: str) -> None:
    verdict = judge(nummer, block)
    assert verdict.utfall in (Outcome.OPPFYLT, Outcome.SNART), verdict


@pytest.mark.parametrize("krav", ALLE, ids=lambda k: k.nummer)
def test_the_fields_a_rule_rests_on_exist(krav: Any) -> None:
    for r in krav.regler:
        for name in r.felter:
            kind, _, path = name.rpartition(":")
            models = [KINDS[kind]] if kind else list(r.gjelder)
            assert any(_exists(m, path) for m in models), (
                f"{krav.nummer} rests on «{name}», which no model has"
            )


def _exists(model: Any, path: str) -> bool:
    from forvaltning.model.viser import felttyper

    here = model
    for part in path.split("."):
        fields = felttyper(here) if hasattr(here, "model_fields") else {}
        if part not in fields:
            return False
        here = fields[part].type
    return True

"""Every report over the sample registry: as its reader got it last, and read back by a Markdown parser."""

from __future__ import annotations

import itertools
import re

import pytest
from markdown_it import MarkdownIt
from tests.documents import hjelp_rapport as h

from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.utdrag import samlet


@pytest.mark.parametrize("navn", RAPPORTER)
def test_the_report_is_as_it_was_read_last(navn):
    h.lik_gyllen(f"{navn}.md", h.markdown(navn))


def test_no_golden_report_is_left_over():
    made = {f"{n}.md" for n in RAPPORTER}
    mine = {
        f.name for f in h.GYLDNE.glob("*.md") if f.read_text(encoding="utf-8").find("\n## Om rapporten\n") > 0
    }
    assert not mine - made - {f"agenda-{f.stem[7:]}.md" for f in h.GYLDNE.glob("agenda-*.md")}


def ra_tabeller(text):
    """For each pipe table the number of unescaped pipes in each row, as it is written."""
    tables: list[list[int]] = []
    before = ""
    for line in text.splitlines():
        if line.startswith("|"):
            if not before.startswith("|"):
                tables.append([])
            tables[-1].append(len(re.findall(r"(?<!\\)\|", line)))
        before = line
    return tables


@pytest.mark.parametrize("navn", RAPPORTER)
def test_every_table_reads_back_with_as_many_cells_in_each_row(navn):
    text = h.markdown(navn)
    raw = ra_tabeller(text)
    assert all(len(set(rows)) == 1 for rows in raw)
    read = [t.type for t in MarkdownIt("gfm-like").parse(text)]
    assert read.count("table_open") == len(raw)
    assert read.count("tr_open") == sum(len(rows) - 1 for rows in raw)
    assert bool(raw) or not any(t.rader for t in h.visning(navn).tabeller())


@pytest.mark.parametrize("navn", RAPPORTER)
def test_the_page_has_one_title_and_headings_that_never_skip_a_level(navn):
    levels = [int(t.tag[1]) for t in MarkdownIt().parse(h.markdown(navn)) if t.type == "heading_open"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("navn", RAPPORTER)
def test_names_of_tables_figures_and_columns_are_their_own(navn):
    v = h.visning(navn)
    tables = [t.navn for t in samlet(v.tabeller())]
    figures = [f.navn for f in v.figurer()]
    assert len(set(tables)) == len(tables)
    assert len(set(figures)) == len(figures)
    for t in v.tabeller():
        columns = [k.navn for k in t.kolonner]
        assert len(set(columns)) == len(columns)
        assert all(
            n.isascii() and n == n.lower() and n.replace("_", "").isalnum() for n in [t.navn, *columns]
        )
        assert all(len(row) == len(columns) for row in t.rader)


@pytest.mark.parametrize("navn", RAPPORTER)
def test_the_report_says_what_it_rests_on(navn):
    text = h.markdown(navn)
    for part in (
        "registry",
        "Bergen kommune",
        "16.11.2026",
        "Varslingsvindu: 90 dager",
        "regelsett",
        "eksempeldata",
    ):
        assert part in text

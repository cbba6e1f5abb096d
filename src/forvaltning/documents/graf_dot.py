"""The landscape in DOT, Graphviz' language. Every text is a quoted string in which nothing is read but text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forvaltning.documents.graf_ord import SLAG, merker, piler, sammendrag, sortert, tegnforklaring, vis
from forvaltning.engine.landskap import EKSTERN, FELLES, Landskap, Node

FORM = {
    "tjenester": 'shape=box style="rounded{s}"',
    "systemer": 'shape=box style="solid{s}"',
    "integrasjoner": 'shape=hexagon style="solid{s}"',
    "leverandorer": 'shape=parallelogram style="solid{s}"',
    FELLES: 'shape=box peripheries=2 style="solid{s}"',
    EKSTERN: 'shape=folder style="solid{s}"',
}
STREK = {"slutt": ",dashed", "planlagt": ",dotted", "": ""}
PIL = {"bruker": "solid", "leverer": "dotted", "drifter": "dashed", "data": "bold"}


def tekst(*linjer: str) -> str:
    """A quoted string of lines; quotation marks, backslashes and entities are shown as they are written."""
    lines = [
        vis(line, 600).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in linjer
    ]
    return '"' + "\\n".join(lines) + '"'


def dot(x: Landskap, tittel: str, klasser: Mapping[str, str], kilde: Sequence[str] = ()) -> Iterator[str]:
    """The graph in pieces of text. `kilde`: what it rests on (`graf_ord.kilde`)."""
    nodes = sortert(x)
    name = {n.key: f"n{i}" for i, n in enumerate(nodes, 1)}
    yield "digraph landskap {\n"
    legend = [text for _, text in tegnforklaring(nodes)]
    label = tekst(tittel, sammendrag(x), *legend, *kilde)
    yield f'  graph [charset="UTF-8" rankdir=LR fontname=sans label={label}]\n'
    yield "  node [fontname=sans fontsize=11]\n  edge [fontname=sans fontsize=9]\n"
    for slag, (_, title) in SLAG.items():
        mine = [n for n in nodes if n.slag == slag]
        if not mine:
            continue
        yield f"  subgraph cluster_{slag} {{\n    label={tekst(title)}\n    style=dotted\n"
        for n in mine:
            yield f"    {name[n.key]} [{_node(n, klasser)}]\n"
        yield "  }\n"
    for p in piler(x):
        looks = [f"style={PIL[p.slag[-1]]}"]
        if p.ord:
            looks.append(f"label={tekst(p.ord)}")
        if p.begge:
            looks.append("dir=both")
        yield f"  {name[p.fra]} -> {name[p.til]} [{' '.join(looks)}]\n"
    yield "}\n"


def _node(n: Node, klasser: Mapping[str, str]) -> str:
    marks = merker(n, klasser)
    label = tekst(n.navn, ", ".join(marks)) if marks else tekst(n.navn)
    looks = FORM[n.slag].format(s=STREK[n.livslop])
    return f"label={label} tooltip={tekst(n.key)} {looks} penwidth={1 + n.rang}"

"""The landscape as a Mermaid flowchart. Names are text and nothing else: every sign that Mermaid or HTML reads is a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forvaltning.documents.graf_ord import SLAG, merker, piler, sammendrag, sortert, tegnforklaring, vis
from forvaltning.engine.landskap import EKSTERN, FELLES, Landskap, Node

FORM: dict[str, tuple[str, str]] = {
    "tjenester": ("([", "])"),
    "systemer": ("[", "]"),
    "integrasjoner": ("{{", "}}"),
    "leverandorer": ("[/", "/]"),
    FELLES: ("[[", "]]"),
    EKSTERN: ("[\\", "\\]"),
}
"""Kind → the signs around the text, which are its shape."""
TRYGGE = frozenset(" .,-()/:+'–«»§°")
LANGT = 120
MANGE = 500
"""More arrows than this Mermaid does not draw by itself (its `maxEdges`)."""


def kode(verdi: str, grense: int = LANGT) -> str:
    """Text for a label between quotation marks: letters, digits and plain signs as they are, the rest as codes."""
    return "".join(c if c.isalnum() or c in TRYGGE else f"#{ord(c)};" for c in vis(verdi, grense))


def mermaid(x: Landskap, tittel: str, klasser: Mapping[str, str], kilde: Sequence[str] = ()) -> Iterator[str]:
    """The flowchart in pieces of text. `kilde`: what it rests on (`graf_ord.kilde`)."""
    nodes = sortert(x)
    name = {n.key: f"n{i}" for i, n in enumerate(nodes, 1)}
    yield "flowchart LR\n"
    yield f"  accTitle: {_ord(tittel)}\n"
    yield f"  accDescr: {_ord(' '.join([sammendrag(x), *kilde]), 3000)}\n"
    for slag, (_, title) in SLAG.items():
        mine = [n for n in nodes if n.slag == slag]
        if not mine:
            continue
        yield f'  subgraph {slag}["{kode(title)}"]\n'
        for n in mine:
            yield f"    {_node(n, name[n.key], klasser)}\n"
        yield "  end\n"
    for p in piler(x):
        word = f'|"{kode(p.ord)}"|' if p.ord else ""
        yield f"  {name[p.fra]} {'<-->' if p.begge else '-->'}{word} {name[p.til]}\n"
    yield from _stil(nodes, name)
    yield '  subgraph tegnforklaring["Tegnforklaring"]\n'
    words = "<br/>".join(kode(text, 600) for text in [*(t for _, t in tegnforklaring(nodes)), *kilde])
    yield f'    forklaring["{words}"]\n  end\n'


def _ord(verdi: str, grense: int = 300) -> str:
    """Plain words for the lines that Mermaid does not decode."""
    return "".join(c if c.isalnum() or c in " .,-()" else " " for c in vis(verdi, grense)).strip()


def _node(n: Node, name: str, klasser: Mapping[str, str]) -> str:
    start, end = FORM[n.slag]
    marks = merker(n, klasser)
    text = kode(n.navn) + (f"<br/>{kode(', '.join(marks))}" if marks else "")
    return f'{name}{start}"{text}"{end}'


def _stil(nodes: list[Node], name: dict[str, str]) -> Iterator[str]:
    """Borders: thicker for what is more critical, dashed for what ends, dotted for what has not begun."""
    for n in nodes:
        parts = [f"stroke-width:{1 + n.rang}px"] if n.rang else []
        if n.livslop:
            parts.append("stroke-dasharray:" + ("7 4" if n.livslop == "slutt" else "2 3"))
        if parts:
            yield f"  style {name[n.key]} {','.join(parts)}\n"

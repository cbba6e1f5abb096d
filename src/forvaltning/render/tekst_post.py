"""One record for a reader: its fields with Norwegian titles, what it refers to, what refers to it, its verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from forvaltning.findings import Outcome, Problem, Verdict
from forvaltning.model.base import Del, Post
from forvaltning.model.viser import felttyper
from forvaltning.render.kontrakt_oversikt import HenvisningJson
from forvaltning.render.tekst_funn import frist_tekst, funn
from forvaltning.render.tekst_grunnlag import UTFALL, Grunnlag, svarer
from forvaltning.render.tekst_stil import Stil, avsnitt, dag, overskrift, postlinje, ren

MERKELAPP = 26
"""Columns for the title of a field."""


class Feltvisning:
    """Shows the fields of a record; codes and references by name."""

    def __init__(self, koder: dict[str, dict[str, str]], g: Grunnlag, stil: Stil) -> None:
        self.koder = koder
        self.g = g
        self.stil = stil

    def felter(self, del_: Del, innrykk: int = 2) -> Iterator[str]:
        """Every field that is set, in the model's order."""
        types = felttyper(type(del_))
        for name, info in type(del_).model_fields.items():
            value = getattr(del_, name)
            if value is None or value == () or name == "id":
                continue
            title = info.title or name
            if isinstance(value, Del):
                yield f"{' ' * innrykk}{self.stil(title, 'svak')}\n"
                yield from self.felter(value, innrykk + 2)
            elif isinstance(value, tuple) and isinstance(value[0], Del):
                yield f"{' ' * innrykk}{self.stil(title, 'svak')}\n"
                for item in value:
                    yield from self._punkt(item, innrykk + 2)
            else:
                text = ", ".join(
                    self.verdi(v, types[name]) for v in (value if isinstance(value, tuple) else (value,))
                )
                label = title + " " * max(1, MERKELAPP - innrykk - len(title))
                yield from avsnitt(text, self.stil, innrykk, self.stil(label, "svak"))

    def _punkt(self, item: Del, innrykk: int) -> Iterator[str]:
        ident = getattr(item, "id", None)
        if ident:
            yield f"{' ' * innrykk}• {ren(str(ident))}\n"
            yield from self.felter(item, innrykk + 2)
            return
        for n, line in enumerate(self.felter(item, innrykk + 2)):
            yield f"{' ' * innrykk}• {line.lstrip()}" if n == 0 else line

    def verdi(self, value: Any, felttype: Any) -> str:
        """One value in words."""
        if isinstance(value, bool):
            return "ja" if value else "nei"
        if isinstance(value, date):
            return dag(value)
        text = str(value)
        if felttype.kode is not None:
            return self.koder.get(felttype.kode.liste, {}).get(text, text)
        if felttype.ref is not None:
            name = self.g.postnavn(f"?/{text}")
            return f"{text} ({name})" if name not in (text, "") else text
        return text


def vis(
    post: Post,
    fil: str,
    koder: dict[str, dict[str, str]],
    ut: Sequence[HenvisningJson],
    inn: Sequence[HenvisningJson],
    g: Grunnlag,
    stil: Stil,
) -> Iterator[str]:
    """The whole page of a record."""
    yield from tittel(post.key, g.postnavn(post.key), fil, g, stil)
    yield overskrift("Felt", stil)
    yield from Feltvisning(koder, g, stil).felter(post)
    if ut:
        yield overskrift("Viser til", stil)
        yield from _henvisninger(ut, "→", stil)
    if inn:
        yield overskrift("Vises til av", stil)
        yield from _henvisninger(inn, "←", stil)
    yield from dommer(g, stil)


def tittel(key: str, navn: str, fil: str, g: Grunnlag, stil: Stil) -> Iterator[str]:
    """Which record, and where it lies."""
    yield from postlinje(key, navn, stil)
    yield f"{g.fil(fil)}\n"


def _henvisninger(refs: Sequence[HenvisningJson], pil: str, stil: Stil) -> Iterator[str]:
    """One entry for each record, with every field that refers."""
    by_post: dict[str, tuple[HenvisningJson, dict[str, int]]] = {}
    for r in refs:
        fields = by_post.setdefault(r["post"] or r["id"], (r, {}))[1]
        fields[r["felt"]] = fields.get(r["felt"], 0) + 1
    for r, fields in by_post.values():
        name = f" ({r['navn']})" if r["navn"] else ""
        where = f"{r['post']}{name}" if r["post"] else f"{r['id']} (finnes ikke)"
        said = ", ".join(f"{f} ({n} steder)" if n > 1 else f for f, n in fields.items())
        yield from avsnitt(f"{where} · {said}", stil, 2, stil(f"{pil} ", "svak" if r["post"] else "fet_rod"))


def dommer(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """The verdicts of one record, worst first, and its problems."""
    order = list(Outcome)
    if g.dommer:
        yield overskrift(f"Vurderinger per {dag(g.dato)}", stil)
    for v in sorted(g.dommer, key=lambda v: (order.index(v.utfall), [int(n) for n in v.krav.split(".")])):
        yield from _dom(v, g, stil)
    if g.problemer:
        yield overskrift("Problemer", stil)
        for p in g.problemer:
            yield from problem(p, g, stil)


def _dom(v: Verdict, g: Grunnlag, stil: Stil) -> Iterator[str]:
    sign, word, colour = UTFALL[v.utfall]
    said = [
        word,
        v.styrke.value if v.styrke else "",
        f"frist {frist_tekst(v, g)}" if v.frist and v.styrke else "",
    ]
    head = stil(f"{sign} {v.krav:4} ", colour)
    yield from avsnitt(f"{g.titler.get(v.krav, '')} – {', '.join(s for s in said if s)}", stil, 2, head)
    if v.begrunnelse:
        yield from avsnitt(v.begrunnelse, stil, 9, farge="svak")
    for f in v.funn:
        yield from funn(f, g, stil)
    if v.funn:
        yield from avsnitt(svarer(v, g), stil, 4, "Svarer: ", "svak")


def problem(p: Problem, g: Grunnlag, stil: Stil) -> Iterator[str]:
    """One problem of the record."""
    yield f"  {stil('✗' if p.alvor.value == 'feil' else '·', 'fet_rod')} {g.problemsted(p)}\n"
    yield from avsnitt(p.melding, stil, 4)
    if p.tiltak:
        yield from avsnitt(p.tiltak, stil, 4, stil("→ ", "gronn"))

"""What a picture of the landscape says in words: the same for Mermaid, DOT, SVG and the list beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from forvaltning.documents import norsk
from forvaltning.documents.grunnlag import Hode
from forvaltning.documents.om import om
from forvaltning.engine.landskap import EKSTERN, FELLES, Landskap, Node
from forvaltning.source.maske import maskert
from forvaltning.source.trygg import ren

SLAG: dict[str, tuple[str, str]] = {
    "tjenester": ("Tjeneste", "Tjenester"),
    "systemer": ("System", "Systemer"),
    "integrasjoner": ("Dataflyt", "Dataflyter"),
    FELLES: ("Felleskomponent", "Felleskomponenter"),
    EKSTERN: ("Ekstern part", "Eksterne parter"),
    "leverandorer": ("Leverandør", "Leverandører"),
}
"""Kind → one, several; in the order of the list."""
KANT = {"bruker": "bruker", "leverer": "leverer", "drifter": "drifter", "data": "sender data"}
LIVSLOP = {"planlagt": "ikke i bruk ennå", "slutt": "under avvikling"}
UKJENT_KLASSE = "kritikalitet ikke vurdert"


@dataclass(frozen=True, slots=True)
class Pil:
    """One arrow: the relations between two nodes taken together."""

    fra: str
    til: str
    slag: tuple[str, ...]
    begge: bool

    @property
    def ord(self) -> str:
        """«leverer og drifter»; empty for a flow, whose node says it."""
        return norsk.og([KANT[s] for s in self.slag if s != "data"])


@lru_cache(maxsize=32768)
def vis(verdi: str, grense: int = 400) -> str:
    """Text of the registry on one line, without signs that steer, personal numbers and secrets hidden.

    Hidden here already: once a text is broken into lines or written as codes, nobody would find them.
    """
    return maskert(ren(verdi, grense))


def merker(n: Node, klasser: Mapping[str, str]) -> tuple[str, ...]:
    """What stands under the name: criticality, personal data, and where it is in its life."""
    out: list[str] = []
    if n.slag in {"tjenester", "systemer"}:
        out.append(klasser.get(n.klasse or "", n.klasse or "").lower() or UKJENT_KLASSE)
    if n.personopplysninger:
        out.append("personopplysninger")
    if n.tilstand in {"avviklet", "avsluttet"}:
        out.append(n.tilstand)
    elif n.livslop:
        out.append(LIVSLOP[n.livslop])
    return tuple(out)


def sortert(x: Landskap) -> list[Node]:
    """The nodes by kind, then in Norwegian order of their names."""
    order = list(SLAG)
    return sorted(
        x.noder.values(), key=lambda n: (order.index(n.slag), norsk.nokkel(n.navn), norsk.nokkel(n.key))
    )


def piler(x: Landskap) -> list[Pil]:
    """The relations, those between the same two in the same direction as one, in the order of the nodes."""
    place = {n.key: i for i, n in enumerate(sortert(x))}
    groups: dict[tuple[str, str], list[str]] = {}
    both: dict[tuple[str, str], bool] = {}
    for k in x.kanter:
        groups.setdefault((k.fra, k.til), []).append(k.slag)
        both[k.fra, k.til] = both.get((k.fra, k.til), False) or k.begge
    order = list(KANT)
    return [
        Pil(a, b, tuple(sorted(set(groups[a, b]), key=order.index)), both[a, b])
        for a, b in sorted(groups, key=lambda ab: (place[ab[0]], place[ab[1]]))
    ]


def liste(x: Landskap, klasser: Mapping[str, str]) -> list[str]:
    """The whole picture as sentences, for those who do not see it: each node, what it is, and what it points to."""
    out: list[str] = []
    to: dict[str, list[str]] = {}
    for p in piler(x):
        word = p.ord or "sender data til"
        other = "sender og mottar data med" if p.begge and not p.ord else word
        to.setdefault(p.fra, []).append(f"{other} {x.noder[p.til].navn}")
    for n in sortert(x):
        about = ", ".join((SLAG[n.slag][0].lower(), *merker(n, klasser)))
        relations = f": {'; '.join(to[n.key])}" if n.key in to else ""
        out.append(f"{n.navn} ({about}){relations}.")
    return out


def tittel(midt: str, kommune: str) -> str:
    """The title of the picture. `midt`: the name of what it is drawn around, empty for the whole landscape."""
    return (
        f"{midt} med omgivelser"
        if midt
        else f"Tjenester, systemer og leverandører i {kommune or 'registeret'}"
    )


def sammendrag(x: Landskap) -> str:
    """How many of each, in one sentence, and what was left out."""
    parts = []
    for slag, (one, more) in SLAG.items():
        n = sum(node.slag == slag for node in x.noder.values())
        if n:
            parts.append(norsk.antall(n, one.lower(), more.lower()))
    text = f"Kartet viser {norsk.og(parts)}." if parts else "Kartet er tomt."
    if x.utelatt:
        text += f" {norsk.antall(x.utelatt, 'avsluttet post', 'avsluttede poster')} er ikke med."
    return text


def kilde(h: Hode, x: Landskap) -> tuple[str, ...]:
    """What the picture rests on, as every report says it: registry, commit, date, and what is not drawn."""
    head = om(replace(h, utvalg=(), historie_ukjent="", ikke_avgjort=0))
    out = [head.linje]
    if h.utvalg:
        out.append(f"Kartet gjelder bare {', '.join(h.utvalg)}.")
    out += head.forbehold
    if x.ukjente:
        n = norsk.antall(len(x.ukjente), "henvisning", "henvisninger")
        out.append(f"{n} leder ikke til noe som kan leses, og er ikke tegnet.")
    return tuple(out)


def tegnforklaring(noder: Sequence[Node]) -> list[tuple[str, str]]:
    """What each sign means: name of the sign and words, only for the signs that are used."""
    out = [("", "Tykkere kant: mer kritisk. Klassen står under navnet.")]
    if any(n.livslop == "slutt" for n in noder):
        out.append(("slutt", "Stiplet kant: under avvikling eller avviklet."))
    if any(n.livslop == "planlagt" for n in noder):
        out.append(("planlagt", "Prikket kant: ikke i bruk ennå."))
    return out

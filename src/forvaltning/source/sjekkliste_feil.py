"""What can be wrong with a checklist when the registry's own is put over the one that ships."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from forvaltning.findings import FieldPath, Problem, Severity
from forvaltning.model.innstillinger import FUNKSJONER, Innstillinger
from forvaltning.model.kinds import KINDS
from forvaltning.model.sjekklister import Listedef, Punktdef, steg
from forvaltning.model.viser import felttyper
from forvaltning.source.text import nearest, quoted

SETTINGS_FILE = "forvaltning.yaml"
ID = re.compile(r"[a-z0-9æøå][a-z0-9æøå-]*")
"""What an item may be called: the name stands in Markdown and in the registry."""


@cache
def kjente_krav() -> Mapping[str, list[str]]:
    """Requirement number → names of its rules. The file is made from the catalogue, which lies a room above this one."""
    data = resources.files("forvaltning").joinpath("data", "krav.json").read_bytes()
    found: dict[str, list[str]] = json.loads(data)
    return found


SOM = ("i_produksjon", "avviklet")
"""The states a checklist may judge the requirements in."""
MEDFOLGENDE = ("datasett", "behandlinger", "avtaler", "integrasjoner")
"""The kinds of record that may come with what is handed over."""
SPORSMAL = frozenset(
    {
        "ansvar_plassert",
        "avtaler_avsluttet",
        "behandlinger_avsluttet",
        "bevaring_besluttet",
        "endring_ros",
        "flyt_ros",
        "flyter_stanset",
        "ingen_er_avhengig",
        "innmelder_orientert",
        "markert_avviklet",
        "prosjekt_overlevert",
        "systemforvaltning",
    }
)
"""The named questions an item may ask; a test holds them to the engine's own table. ``avtale.<kategori>`` too."""


def _problem(path: FieldPath, melding: str, tiltak: str) -> Problem:
    return Problem(
        "innstilling.sjekkliste", Severity.FEIL, SETTINGS_FILE, melding, tiltak, path=("sjekklister", *path)
    )


def feil(navn: str, liste: Listedef, s: Innstillinger) -> Iterator[Problem]:
    """What is wrong with a list, with the path in the settings."""
    if not ID.fullmatch(navn):
        yield _problem(
            (navn,),
            f"{quoted(navn)} er ikke et gyldig navn på en sjekkliste.",
            "Bruk små bokstaver, tall og bindestrek.",
        )
    if liste.tittel is None:
        yield _problem(
            (navn,), f"Sjekklisten «{navn}» har ingen tittel.", "Skriv hva listen heter, i «tittel»."
        )
    if not liste.grupper:
        yield _problem(
            (navn,), f"Sjekklisten «{navn}» har ingen grupper.", "Skriv minst én overskrift i «grupper»."
        )
    yield from _kjente((navn, "slag"), liste.slag, KINDS, "slaget")
    yield from _kjente(
        (navn, "overleveringstyper"),
        liste.overleveringstyper,
        s.kodelister["overleveringstype"],
        "overleveringen",
    )
    for ident, gruppe in liste.grupper.items():
        if gruppe.tittel is None:
            yield _problem(
                (navn, "grupper", ident),
                f"Gruppen «{ident}» har ingen tittel.",
                "Skriv overskriften i «tittel».",
            )
        yield from _kjente(
            (navn, "grupper", ident, "lukkes_av"), gruppe.lukkes_av, [*s.rolletyper, "mottaker"], "rolletypen"
        )
        if gruppe.produkter is not None:
            yield from _kjente(
                (navn, "grupper", ident, "produkter"), (gruppe.produkter,), s.prosjektprodukter, "fasen"
            )
    for ident, punkt in liste.punkter.items():
        yield from _punkt((navn, "punkter", ident), ident, punkt, liste, s)
    yield from _kravsett((navn, "krav"), liste)


def _kjente(path: FieldPath, verdier: tuple[str, ...], kjente: Any, hva: str) -> Iterator[Problem]:
    for v in verdier:
        if v not in kjente:
            near = nearest(v, list(kjente))
            hint = f"Mente du {quoted(near)}?" if near else f"Bruk {', '.join(kjente)}."
            yield _problem(path, f"Fant ikke {hva} {quoted(v)}.", hint)


def _punkt(path: FieldPath, ident: str, p: Punktdef, liste: Listedef, s: Innstillinger) -> Iterator[Problem]:
    """What is wrong with a list, with the path in the settings."""
    if not ID.fullmatch(ident) or ident.startswith(("krav-", "produkt-")):
        yield _problem(
            path,
            f"{quoted(ident)} er ikke en gyldig id på et punkt.",
            "Bruk små bokstaver, tall og bindestrek, og begynn ikke med «krav-» eller «produkt-».",
        )
    if p.tittel is None:
        yield _problem(
            path, f"Punktet «{ident}» har ingen tittel.", "Skriv hva som skal være gjort, i «tittel»."
        )
    if p.gruppe is None:
        yield _problem(
            path,
            f"Punktet «{ident}» sier ikke hvor det står.",
            f"Skriv {', '.join(liste.grupper)} i «gruppe».",
        )
    else:
        yield from _kjente((*path, "gruppe"), (p.gruppe,), liste.grupper, "gruppen")
    yield from _kjente((*path, "rolle"), (p.rolle,) if p.rolle else (), s.rolletyper, "rolletypen")
    yield from _kjente((*path, "funksjon"), (p.funksjon,) if p.funksjon else (), FUNKSJONER, "funksjonen")
    yield from _kjente((*path, "slag"), p.slag, liste.slag or KINDS, "slaget")
    yield from _kjente(
        (*path, "overleveringstyper"),
        p.overleveringstyper,
        s.kodelister["overleveringstype"],
        "overleveringen",
    )
    if sum(1 for answer in (p.avledet, p.felt, p.krav) if answer) > 1:
        yield _problem(
            path, f"Punktet «{ident}» har flere av «avledet», «felt» og «krav».", "Behold ett av dem."
        )
    if p.krav is not None:
        yield from _kravnumre((*path, "krav"), (p.krav,))
        yield from _kjente((*path, "regler"), p.regler, kjente_krav().get(p.krav, p.regler), "regelen")
    elif p.regler:
        yield _problem(
            (*path, "regler"), f"Punktet «{ident}» har «regler» uten «krav».", "Skriv nummeret i «krav»."
        )
    yield from _svaret(path, p, s)


def _svaret(path: FieldPath, p: Punktdef, s: Innstillinger) -> Iterator[Problem]:
    """Where the answer of an item comes from is known."""
    if p.avledet is not None:
        head, dot, kategori = p.avledet.partition(".")
        if head == "avtale" and dot:
            yield from _kjente(
                (*path, "avledet"), (kategori,), s.kodelister["avtalekategori"], "avtalekategorien"
            )
        else:
            yield from _kjente((*path, "avledet"), (p.avledet,), sorted(SPORSMAL), "spørsmålet")
    for slag, felt in p.felt.items():
        yield from _kjente((*path, "felt"), (slag,), KINDS, "slaget")
        if slag in KINDS and not _finnes(slag, felt):
            yield _problem(
                (*path, "felt", slag),
                f"Posten «{slag}» har ikke feltet {quoted(felt)}.",
                f"Se feltene med «forvaltning schema», mappen {slag}.",
            )


def _finnes(slag: str, felt: str) -> bool:
    steps = steg(felt)
    model: Any = KINDS[slag]
    for navn, ident in steps or ():
        known = felttyper(model) if hasattr(model, "model_fields") else {}
        if navn not in known or (ident is not None and not known[navn].is_list):
            return False
        model = known[navn].type
    return steps is not None


def _kravsett(path: FieldPath, liste: Listedef) -> Iterator[Problem]:
    k = liste.krav
    if k is None:
        return
    yield from _kjente((*path, "gruppe"), (k.gruppe or "",), liste.grupper, "gruppen")
    yield from _kjente((*path, "som"), (k.som,) if k.som is not None else (), SOM, "tilstanden")
    for name, numbers in (
        ("bare", k.bare),
        ("utenom", k.utenom),
        ("unntak", k.unntak),
        ("medfolgende", k.medfolgende),
    ):
        yield from _kravnumre((*path, name), numbers)
    for nummer, gruppe in k.unntak.items():
        yield from _kjente((*path, "unntak", nummer), (gruppe,), liste.grupper, "gruppen")
    for nummer, slag in k.medfolgende.items():
        yield from _kjente((*path, "medfolgende", nummer), (slag,), MEDFOLGENDE, "slaget")


def _kravnumre(path: FieldPath, numre: Iterable[str]) -> Iterator[Problem]:
    """Numbers that no requirement has."""
    for n in numre:
        if n not in kjente_krav():
            yield _problem(
                path,
                f"{quoted(n)} er ikke nummeret på et krav.",
                "Skriv for eksempel «4.2». «forvaltning krav» viser alle.",
            )

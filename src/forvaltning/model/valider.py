"""Plain values to a typed record, or a list of what is wrong with their shape, in bokmål."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from forvaltning.findings import FieldPath
from forvaltning.model.base import Del, Post
from forvaltning.model.viser import felttyper, plan

EGNE_DELER = {
    "kritikalitet": "kritikalitetsklasser",
    "konfidensialitet": "skalaer.konfidensialitet",
    "integritet": "skalaer.integritet",
    "tilgjengelighet": "skalaer.tilgjengelighet",
    "rolletype": "rolletyper",
    "forum": "fora",
    "land": "land",
}
"""Code lists that have a section of their own in the settings."""
Koder = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Formfeil:
    """One fault of shape: the rule's name, where, what is wrong and what to do."""

    regel: str
    path: FieldPath
    melding: str
    tiltak: str


def valider(model: type[Post], ident: str, data: dict[str, Any], koder: Koder) -> Post | list[Formfeil]:
    """Build one record from plain values (text, lists, mappings, None).

    `ident` is the file stem. Returns the record, or every fault found in it.
    """
    own = data.get("id")
    faults = [] if own is None or own == ident else [_annen_id(own, ident)]
    try:
        post = model.model_validate({**data, "id": ident}, context={"koder": koder})
    except ValidationError as error:
        return faults + [_oversett(model, e, koder) for e in error.errors(include_url=False)]
    faults += _tvillinger(post, ())
    return faults or post


def _annen_id(own: Any, ident: str) -> Formfeil:
    return Formfeil(
        "modell.id",
        ("id",),
        f"«id» er {_vis(own)}, men filen heter «{ident}».",
        "Fjern «id», eller gi filen samme navn.",
    )


def klargjor(modeller: Iterable[type[Post]]) -> None:
    """Build now what the first record of each kind would have to wait for."""
    for model in modeller:
        model.model_rebuild()
        plan(model)
        _lister(model)


def formfeil_i(model: type[BaseModel], error: ValidationError, koder: Koder) -> list[Formfeil]:
    """The faults of any model's validation, for the settings file."""
    return [_oversett(model, e, koder) for e in error.errors(include_url=False)]


class _Liste(NamedTuple):
    key: str
    is_list: bool
    check: bool
    under: tuple[_Liste, ...]


@cache
def _lister(model: type[Del]) -> tuple[_Liste, ...]:
    out: list[_Liste] = []
    for name, felt in felttyper(model).items():
        if isinstance(felt.type, type) and issubclass(felt.type, Del):
            under = _lister(felt.type)
            check = felt.is_list and len(felt.type.identitet) == 1
            if under or check:
                out.append(_Liste(name, felt.is_list, check, under))
    return tuple(out)


def _tvillinger(del_: Del, path: FieldPath) -> Iterator[Formfeil]:
    """List items that can not be told apart: two with the same identity."""
    for key, is_list, check, under in _lister(type(del_)):
        value = getattr(del_, key)
        if not value:
            continue
        if not is_list:
            yield from _tvillinger_under(value, under, (*path, key))
            continue
        if check and len(value) > 1:
            name = value[0].identitet[0]
            seen: set[str] = set()
            for i, item in enumerate(value):
                ident = getattr(item, name)
                if ident is not None and str(ident) in seen:
                    yield Formfeil(
                        "modell.dobbel_identitet",
                        (*path, key, i, name),
                        f"«{key}» har to elementer med {name} {_vis(str(ident))}.",
                        f"Gi hvert element i «{key}» sin egen {name}.",
                    )
                seen.add(str(ident))
        if under:
            for i, item in enumerate(value):
                yield from _tvillinger_under(item, under, (*path, key, i))


def _tvillinger_under(value: Del, under: tuple[_Liste, ...], path: FieldPath) -> Iterator[Formfeil]:
    if under:
        yield from _tvillinger(value, path)


def _vis(value: Any) -> str:
    if value is None:
        return "tomt"
    if isinstance(value, dict):
        return "et oppslag"
    if isinstance(value, list):
        return "en liste"
    text = "".join(c if c.isprintable() else "·" for c in str(value))
    return f"«{text if len(text) <= 60 else text[:59] + '…'}»"


def _nermest(word: str, known: list[str]) -> str:
    by_fold = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(word[:80].strip().casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else ""


def _modell_ved(model: type[BaseModel], path: FieldPath) -> type[BaseModel] | None:
    """The model whose fields stand at `path`, for naming the known keys there."""
    here: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        if get_origin(here) is dict:  # names of the registry's own, each with the same fields
            here = get_args(here)[1]
            continue
        if not (isinstance(here, type) and issubclass(here, BaseModel)):
            return None
        felt = felttyper(here).get(part)
        here = felt.type if felt else None
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _oversett(model: type[BaseModel], e: ErrorDetails, koder: Koder) -> Formfeil:
    path: FieldPath = e["loc"]
    kind = e["type"]
    name = f"«{path[-1]}»" if path and isinstance(path[-1], str) else "Elementet"
    if path and isinstance(path[-1], int):
        parent = next((p for p in reversed(path) if isinstance(p, str)), "listen")
        name = f"Element {path[-1] + 1} i «{parent}»"
    value = e.get("input")
    ctx: dict[str, Any] = e.get("ctx", {}) or {}
    if kind == "extra_forbidden":
        return _ukjent_felt(model, path)
    if kind == "missing":
        return Formfeil(
            "modell.mangler_felt",
            path,
            f"Det mangler {name}.",
            f"Legg til {name}. Uten det vet ingen hva posten er.",
        )
    if value is None:
        return Formfeil("modell.tomt", path, f"{name} er tomt.", "Skriv en verdi, eller fjern linjen.")
    if kind == "ukjent_kode":
        liste = str(ctx.get("liste", ""))
        return _ukjent_verdi("modell.ukjent_kode", path, name, value, list(koder.get(liste, {})), liste)
    if kind == "literal_error":
        known = [w.strip("' ") for w in str(ctx.get("expected", "")).replace(" or ", ", ").split(",")]
        return _ukjent_verdi("modell.ukjent_verdi", path, name, value, known, "")
    expected, tiltak = _forventet(kind, ctx)
    return Formfeil("modell.type", path, f"{name} er {_vis(value)}, men skal være {expected}.", tiltak)


def _ukjent_felt(model: type[BaseModel], path: FieldPath) -> Formfeil:
    owner = _modell_ved(model, path[:-1])
    known = [f for f in owner.model_fields if f != "id" or len(path) > 1] if owner else []
    word = str(path[-1])
    near = _nermest(word, known)
    tiltak = (
        f"Mente du «{near}»?" if near else f"Fjern det, eller bruk et av feltene: {', '.join(sorted(known))}."
    )
    return Formfeil("modell.ukjent_felt", path, f"Feltet {_vis(word)} er ukjent her.", tiltak)


def _ukjent_verdi(
    regel: str, path: FieldPath, name: str, value: Any, known: list[str], liste: str
) -> Formfeil:
    if not isinstance(value, str):
        return Formfeil(
            "modell.type",
            path,
            f"{name} er {_vis(value)}, men skal være én kode.",
            f"Velg én av: {', '.join(known)}.",
        )
    near = _nermest(value, known)
    shown = ", ".join(known[:30]) + (" …" if len(known) > 30 else "")
    tiltak = (f"Mente du «{near}»? " if near else "") + f"Lovlige verdier er {shown}."
    if liste:
        where = EGNE_DELER.get(liste, f"kodelister.{liste}")
        tiltak += f" Nye verdier legges under «{where}» i forvaltning.yaml."
    return Formfeil(regel, path, f"{name} har en ukjent verdi: {_vis(value)}.", tiltak)


def _forventet(kind: str, ctx: dict[str, Any]) -> tuple[str, str]:
    pattern = str(ctx.get("pattern", ""))
    if kind.startswith("date") or pattern.startswith("^[0-9]{4}-"):
        return "en dato som finnes, skrevet ÅÅÅÅ-MM-DD", "Skriv datoen som 2026-11-22."
    if kind == "ja_nei":
        return "ja eller nei", "Skriv ja eller nei (true og false går også)."
    if kind == "adresse":
        return "en nettadresse", "Skriv hele adressen, med https:// først."
    if kind == "organisasjonsnummer":
        return (
            "et gyldig organisasjonsnummer",
            "Skriv ni siffer. Det siste er et kontrollsiffer som må stemme.",
        )
    if pattern.startswith("^[0-9]{1,15}$") or kind.startswith("int"):
        return "et helt tall", "Skriv bare siffer."
    if pattern.startswith("^-?[0-9]") or kind.startswith("float"):
        return "et tall", "Skriv tallet med punktum som desimaltegn, for eksempel 99.5."
    if kind in {"tuple_type", "list_type"}:
        return "en liste", "Skriv hvert element på sin egen linje, med «- » foran."
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "et oppslag med egne felt", "Skriv feltene under, rykket inn to mellomrom."
    if kind in {"string_too_short", "string_pattern_mismatch"}:
        return "tekst med innhold", "Skriv en verdi, eller fjern linjen."
    return "tekst", "Skriv én verdi på linjen."

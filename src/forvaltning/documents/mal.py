"""Templates: Jinja in a sandbox, where every value is text until our own code has written it.

A template is Markdown. What it prints is escaped (`finalize`) unless it is a `Markup` that a macro, a block or one
of the functions below has made of escaped pieces. A template of the registry's own (`templates/<name>.md.j2`) takes
the place of the one that ships. It may be written by anybody who can propose a change, so it can reach nothing
but what the report holds, and can not run on for ever (`mal_grenser`).
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from forvaltning.documents import norsk, tegn
from forvaltning.documents.mal_grenser import MAKS_KILDE, MAKS_TEGN, ForStor, Miljo, Teller
from forvaltning.source.trygg import ren

if TYPE_CHECKING:
    from jinja2.environment import Template

ENDELSE = ".md.j2"
_FLERE_BLANKE = re.compile(r"\n[ \t]*\n\s*\n")
_UTENFOR = "\ue000\ue001"
"""Signs that mark our own placeholders; they can not stand in a template, and no value keeps them."""


class MalFeil(Exception):  # noqa: N818 - named in the domain's words
    """A template of the registry can not be used. `fil`: relative to the registry; `linje` is 1 or more."""

    def __init__(self, fil: str, linje: int, melding: str, tiltak: str) -> None:
        super().__init__(melding)
        self.fil = fil
        self.linje = linje
        self.melding = melding
        self.tiltak = tiltak


@dataclass(frozen=True, slots=True)
class Maler:
    """Where templates are found. `mappe`: the registry's own `templates`, None for only those that ship."""

    mappe: Path | None = None

    def egen(self, navn: str) -> bool:
        """True when the registry has a template of its own by this name."""
        return self.mappe is not None and (self.mappe / f"{navn}{ENDELSE}").exists()

    def skriv(
        self,
        navn: str,
        verdier: Mapping[str, Any],
        funksjoner: Mapping[str, Callable[..., Any]] | None = None,
        *,
        ellers: tuple[str, ...] = (),
        side: bool = False,
    ) -> str:
        """The Markdown of template `navn`, or of the first of `ellers` that is there. Raises `MalFeil`.

        `funksjoner` are called by templates and give `Markup` when what they give is Markdown already. `side`: it
        becomes HTML (`tegn.md_side`). Blank lines are never more than one in a row.
        """
        teller = Teller()
        loader = _Laster(self.mappe)
        env = _miljo(loader, teller, side=side)
        env.globals.update(funksjoner or {})
        try:
            template = env.select_template([f"{n}{ENDELSE}" for n in (navn, *ellers)])
            return _FLERE_BLANKE.sub("\n\n", _samlet(template, verdier)).strip("\n") + "\n"
        except Exception as error:
            where = _sted(error, loader.egne)
            if where is None:
                raise
            raise MalFeil(f"templates/{where[0]}", where[1], *_grunn(error)) from None


class _Laster(BaseLoader):
    """The registry's own template when there is one, else the one that ships. `!name` is always the one that ships."""

    def __init__(self, mappe: Path | None) -> None:
        self.mappe = mappe
        self.egne: dict[str, str] = {}
        """Files of the registry that were loaded: the name tracebacks use → the file's name."""

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """The text of a template. Raises `TemplateNotFound` or `MalFeil`."""
        name = template.removeprefix("!")
        if not name.endswith(ENDELSE) or "/" in name or "\\" in name or name.startswith("."):
            raise TemplateNotFound(template)
        if self.mappe is not None and not template.startswith("!"):
            found = self._egen(self.mappe / name)
            if found is not None:
                label = f"<templates/{name}>"
                self.egne[label] = name
                return found, label, lambda: True
        shipped = files("forvaltning.documents").joinpath("maler", name)
        if not shipped.is_file():
            raise TemplateNotFound(template)
        return shipped.read_text(encoding="utf-8"), f"<maler/{name}>", lambda: True

    def _egen(self, fil: Path) -> str | None:
        label = f"templates/{fil.name}"
        if fil.is_symlink() or (fil.exists() and not fil.is_file()):
            raise MalFeil(label, 1, "Malen er en lenke eller en mappe.", "Legg selve filen her.")
        if not fil.exists():
            return None
        try:
            if fil.stat().st_size > MAKS_KILDE:
                raise MalFeil(
                    label,
                    1,
                    f"Malen er større enn {MAKS_KILDE // 1024} kB.",
                    "Del den opp, eller gjør den mindre.",
                )
            text = fil.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            raise MalFeil(
                label, 1, "Malen kan ikke leses.", "Filen må være tekst i UTF-8, og du må ha lesetilgang."
            ) from None
        return text.translate(dict.fromkeys(map(ord, _UTENFOR))).replace("\r\n", "\n")


def _miljo(loader: BaseLoader, teller: Teller, *, side: bool) -> Miljo:
    escape = tegn.md_side if side else tegn.md

    def vis(value: Any) -> Markup:
        teller.tell()
        return value if isinstance(value, Markup) else Markup(escape(som_tekst(value)))  # noqa: S704 - escaped

    env = Miljo(
        teller,
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,  # so that macros and blocks give Markup; what is not Markup, `vis` has escaped before
        finalize=vis,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=0,
    )
    env.filters = {
        **{n: f for n, f in env.filters.items() if n in _FILTRE},
        "dato": norsk.dato,
        "dato_lang": norsk.dato_lang,
        "join": lambda values, skille=", ": Markup(escape(str(skille))).join(vis(v) for v in values),  # noqa: S704
        "sorter": lambda values: sorted(values, key=lambda v: norsk.nokkel(som_tekst(v))),
    }
    env.globals = {"range": env.globals["range"]}
    return env


_FILTRE = frozenset(
    [
        "abs",
        "count",
        "d",
        "default",
        "first",
        "float",
        "int",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "round",
        "select",
        "selectattr",
        "sum",
        "trim",
        "unique",
        "upper",
    ]
)
"""Filters that only read and count. None of them makes `Markup` of what is not, or text without end."""


def som_tekst(verdi: Any) -> str:
    """A value as people read it: a date in Norwegian, ja or nei, a dash for nothing."""
    if verdi is None:
        return "–"
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, date):
        return norsk.dato(verdi)
    if isinstance(verdi, int | float):
        return norsk.tall(verdi)
    if isinstance(verdi, tuple | list):
        return ", ".join(som_tekst(v) for v in verdi) or "–"
    return str(verdi)


def _samlet(template: Template, verdier: Mapping[str, Any]) -> str:
    pieces: list[str] = []
    size = 0
    for piece in template.generate(**verdier):
        size += len(piece)
        if size > MAKS_TEGN:
            raise ForStor("dokumentet")
        pieces.append(piece)
    return "".join(pieces)


def _sted(error: BaseException, egne: Mapping[str, str]) -> tuple[str, int] | None:
    """File and line in a template of the registry's own, None when none had a part in it."""
    if isinstance(error, MalFeil):
        return None
    if isinstance(error, TemplateSyntaxError) and error.filename in egne:
        return egne[str(error.filename)], error.lineno
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in egne]
    if frames:
        return egne[frames[-1].filename], frames[-1].lineno or 1
    return (next(iter(egne.values())), 1) if egne else None


def _grunn(error: BaseException) -> tuple[str, str]:
    """What is wrong with a template, and what to do, without the library's own English where we know the cause."""
    from jinja2.exceptions import SecurityError, UndefinedError  # noqa: PLC0415 - only when something is wrong

    see = "Se «docs/rapporter.md» for hva en mal kan bruke."
    detail = ren(str(error), 160)
    if isinstance(error, ForStor):
        return f"Malen lager for mye: {error}.", "Gjør løkkene mindre, eller del rapporten opp."
    if isinstance(error, RecursionError):
        return "Malen kaller seg selv uten ende.", "Fjern kallet, eller gi det en slutt."
    if isinstance(error, UndefinedError):
        return f"Malen bruker noe som ikke finnes ({detail}).", see
    if isinstance(error, SecurityError):
        return f"Malen bruker noe den ikke har lov til ({detail}).", see
    if isinstance(error, TemplateNotFound):
        return f"Malen viser til malen «{detail}», som ikke finnes.", see
    if isinstance(error, TemplateSyntaxError):
        return f"Malen er ikke skrevet riktig ({detail}).", "Se etter {% … %} og {{ … }} som ikke er lukket."
    return f"Malen kan ikke brukes ({type(error).__name__}: {detail}).", see

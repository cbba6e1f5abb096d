"""Completion with Tab: verbs, ids, units, roles and requirement numbers, read from file names alone.

What is offered goes through a shell, so a name that is not plainly an id is never offered.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from forvaltning.cli.stopp import Stopp, eller

SKALL = ("bash", "zsh", "fish", "powershell", "pwsh")
VARIABEL = "_FORVALTNING_COMPLETE"
_ID = re.compile(r"[\w][\w.-]*", re.UNICODE)
_SIDE = re.compile(r"k([1-9])_([0-9]+)_.*\.md")
_KRAV = Path(__file__).resolve().parent.parent / "krav"
UTFALL = ("brudd", "ikke_avgjort", "avvik", "snart", "oppfylt", "ikke_aktuelt")


def klargjor() -> None:
    """Make typer know the shells, and keep it from importing rich (100 ms) to clean texts that are clean."""
    from typer import _completion_classes as classes

    classes.completion_init()
    with contextlib.suppress(AttributeError):
        classes._sanitize_help_text = str  # type: ignore[assignment]  # noqa: SLF001


def verb_forslag(verb: Mapping[str, str], begynner: str) -> list[Any]:
    """The verbs that begin so, with their short help."""
    from typer.core import CompletionItem  # type: ignore[attr-defined]

    return [CompletionItem(name, help=text) for name, text in verb.items() if name.startswith(begynner)]


def krav_sider() -> dict[str, Path]:
    """Requirement number → its page, in number order; found by file name, nothing is imported."""
    found: dict[tuple[int, int], Path] = {}
    for n in range(1, 10):
        with contextlib.suppress(OSError), os.scandir(_KRAV / f"omrade{n}") as entries:
            for entry in entries:
                hit = _SIDE.fullmatch(entry.name)
                if hit:
                    found[int(hit[1]), int(hit[2])] = Path(entry.path)
    return {f"{a}.{b}": found[a, b] for a, b in sorted(found)}


def krav(incomplete: str) -> list[tuple[str, str]]:
    """Requirement numbers with their titles."""
    out = []
    for number, page in krav_sider().items():
        if number.startswith(incomplete):
            with contextlib.suppress(OSError), page.open(encoding="utf-8") as file:
                out.append((number, file.readline().lstrip("# ").removeprefix(number).strip()))
    return out


def _register(ctx: typer.Context) -> Path | None:
    from forvaltning.cli.okt import IngenRegister, finn_register

    chosen = ctx.params.get("registry")
    try:
        return finn_register(Path.cwd(), Path(chosen) if chosen else None)
    except (IngenRegister, OSError):
        return None


def _ider(ctx: typer.Context, *mapper: str) -> Iterator[tuple[str, str]]:
    root = _register(ctx)
    if root is None:
        return
    with contextlib.suppress(OSError):
        folders = mapper or sorted(e.name for e in os.scandir(root) if e.is_dir() and _ID.fullmatch(e.name))
        for folder in folders:
            with contextlib.suppress(OSError), os.scandir(root / folder) as entries:
                for name in sorted(e.name for e in entries):
                    if name.endswith(".yaml") and _ID.fullmatch(name[:-5]):
                        yield name[:-5], folder


def poster(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids of records, or ``kind/id`` once a slash is written."""
    if "/" in incomplete:
        return [
            (f"{k}/{i}", k)
            for i, k in _ider(ctx, incomplete.split("/", maxsplit=1)[0])
            if f"{k}/{i}".startswith(incomplete)
        ]
    return [(i, k) for i, k in _ider(ctx) if i.startswith(incomplete)]


def enheter(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids of units."""
    return [(i, k) for i, k in _ider(ctx, "enheter") if i.startswith(incomplete)]


def roller(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids of roles."""
    return [(i, k) for i, k in _ider(ctx, "roller") if i.startswith(incomplete)]


def fora(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Codes of the fora in the settings, with their names."""
    from forvaltning.cli.okt import Okt
    from forvaltning.source.innstillingsfil import UgyldigInnstilling

    root = _register(ctx)
    with contextlib.suppress(OSError, UgyldigInnstilling):
        known = Okt(root, bruk_lager=False).innstillinger.fora if root is not None else {}
        return [(k, f.navn) for k, f in known.items() if k.startswith(incomplete)]
    return []


def slag(ctx: typer.Context, incomplete: str) -> list[str]:
    """The kinds of records that the registry has folders for."""
    root = _register(ctx)
    if root is None:
        return []
    with contextlib.suppress(OSError), os.scandir(root) as entries:
        return sorted(
            e.name for e in entries if e.is_dir() and _ID.fullmatch(e.name) and e.name.startswith(incomplete)
        )
    return []


def utfall(incomplete: str) -> list[str]:
    """The outcomes."""
    return [u for u in UTFALL if u.startswith(incomplete)]


def omrader(incomplete: str) -> list[str]:
    """The areas."""
    return [str(n) for n in range(1, 10) if str(n).startswith(incomplete)]


# --- the scripts --------------------------------------------------------------------------------------


def _valgt(skall: str) -> str:
    if skall == "auto":
        import shellingham  # type: ignore[import-untyped]

        try:
            skall = str(shellingham.detect_shell()[0])
        except (shellingham.ShellDetectionFailure, OSError):
            raise Stopp("Kan ikke se hvilket skall du bruker.", f"Velg ett av {eller(SKALL)}.") from None
    if skall not in SKALL:
        raise Stopp(f"Skallet «{skall}» støttes ikke.", f"Velg ett av {eller(SKALL)}.")
    return skall


def skript(skall: str) -> str:
    """The completion script for a shell. Raises `Stopp` for an unknown one."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    return (
        str(get_completion_script(prog_name="forvaltning", complete_var=VARIABEL, shell=_valgt(skall))) + "\n"
    )


def installer(skall: str) -> None:
    """Set completion up for a shell, and tell where. Raises `Stopp` when it can not."""
    from typer.completion import install  # type: ignore[attr-defined]

    from forvaltning.cli.utskrift import skriv

    chosen = _valgt(skall)
    try:
        name, path = install(shell=chosen, prog_name="forvaltning", complete_var=VARIABEL)
    except (OSError, ValueError):
        raise Stopp(
            f"Kunne ikke sette opp fullføring for {chosen}.",
            f"Kjør «forvaltning --show-completion {chosen}», og legg det den skriver, i oppstartsfilen din selv.",
        ) from None
    skriv([f"Fullføring for {name} er lagt i {path}.\nDen virker når du åpner et nytt vindu.\n"])

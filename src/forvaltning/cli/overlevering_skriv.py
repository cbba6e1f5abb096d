"""What the verbs that write a handover share: find the record, refuse with reasons, change the file."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift, velg
from forvaltning.cli.historikk_felles import dag_valg
from forvaltning.cli.stopp import Stopp, eller, ukjent

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.edit.fil import Dokument
    from forvaltning.engine.overlevering_steg import Nei
    from forvaltning.model.base import Post
    from forvaltning.model.hendelser import Overlevering
    from forvaltning.model.rolle import Rolle
    from forvaltning.source.entries import FileEntry

Ident = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        autocompletion=fullfor.poster,
        help="Overleveringens id, eller id-en til det som overleveres.",
        show_default=False,
    ),
]
Av = Annotated[
    str | None,
    typer.Option(
        "--av", metavar="ROLLE", autocompletion=fullfor.roller, help="Id-en til rollen som gjør det. Må med."
    ),
]
Dato = Annotated[
    str | None,
    typer.Option("--dato", metavar="DATO", help="Dagen det ble gjort. Uten valget: sjekkdatoen."),
]
NEKTET = 1
"""The exit code when a step is refused and nothing is written."""


def dag(okt: Okt, verdi: str | None, valg: str = "--dato") -> date:
    """The day after an option, else the check date. Raises `BadParameter`."""
    return dag_valg(valg, verdi) or okt.dato


def finn(okt: Okt, ident: str) -> Overlevering:
    """The handover by its id, or the only unfinished one of what is handed over. Raises `Stopp`."""
    from forvaltning.engine.endring_beslutning import fullfort
    from forvaltning.model.hendelser import Overlevering

    post = lesbar(okt, ident)
    if isinstance(post, Overlevering):
        return post
    found = okt.register.overleveringer_av(post)
    if found.uleselig is not None:
        raise Stopp(
            f"{found.uleselig.fil} kan ikke leses og kan være overleveringen.",
            "Rett filen først.",
            kode=NEKTET,
        )
    still = [o for o in found if not fullfort(o)]
    if len(still) == 1:
        return still[0]
    ids = [o.id for o in (still or found)]
    if not ids:
        raise Stopp(
            f"«{post.id}» har ingen overlevering.",
            f"Start den med «forvaltning handover start {post.id}».",
            kode=NEKTET,
        )
    if not still:
        raise Stopp(
            f"«{post.id}» har ingen åpen overlevering. Fullført: {eller(ids, 'og')}.",
            f"Start en ny med «forvaltning handover start {post.id}», eller vis en med «forvaltning handover ID».",
            kode=NEKTET,
        )
    raise Stopp(f"«{post.id}» har flere åpne overleveringer: {eller(ids, 'og')}.", "Skriv id-en til den ene.")


def lesbar(okt: Okt, ident: str) -> Post:
    """The record that an id names. Raises `Stopp` for one that is not there or can not be read."""
    key = velg.post(okt, ident)
    found = okt.register.oppforing(key.split("/")[1])
    if found is None:
        raise Stopp(
            f"{key}.yaml kan ikke leses.",
            f"Rett filen først; «forvaltning check --post {key}» sier hva.",
            kode=NEKTET,
        )
    return found.post


def rolle(okt: Okt, ident: str | None, dato: date, valg: str = "--av") -> tuple[Rolle, list[Nei]]:
    """The role after an option, and why it can not act that day. Raises `Stopp` when nobody knows it."""
    from forvaltning.engine import overlevering_steg

    if not ident:
        raise Stopp(
            f"Rollen mangler. Skriv {valg} ROLLE.",
            "«forvaltning list roller» viser rollene. En person føres aldri opp.",
        )
    name = ident.removeprefix("roller/").removesuffix(".yaml")
    found, no = overlevering_steg.rolle(okt.register, name, dato)
    if found is None:
        if okt.register.finn(name) is None:
            raise ukjent(
                "rollen", ident, okt.register.identer("roller"), "«forvaltning list roller» viser rollene."
            )
        raise Stopp(no[0].melding, no[0].tiltak)
    return found, no


def nekt(hva: str, nei: Iterable[Nei]) -> int:
    """Tell on stderr why nothing is written, every reason at once; the exit code, 0 when there is none."""
    no = list(dict.fromkeys(nei))
    if not no:
        return 0
    width = utskrift.bredde()
    lines = [f"Feil: {hva} Ingenting er skrevet."]
    for n in no:
        lines += _brutt(n.melding, width, "  ", "    ")
        if n.tiltak:
            lines += _brutt(f"→ {n.tiltak}", width, "    ", "      ")
    utskrift.meld(*lines)
    return NEKTET


def _brutt(text: str, width: int, first: str, rest: str) -> list[str]:
    from forvaltning.source.text import safe

    return textwrap.wrap(
        safe(text, 600), width, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def fil(okt: Okt, post: Post) -> FileEntry:
    """The file of a record."""
    found = okt.register.oppforing(post.id)
    path = found.fil if found is not None else f"{post.key}.yaml"
    return next(f for f in okt.filer.files if f.path == path)


def endre(okt: Okt, post: Post, rediger: Callable[[Dokument], None], *, skriv: bool = True) -> str:
    """Change the file of a record, whole or not at all; its path as it is written here. Raises `Stopp`.

    With `skriv` false everything is tried but the writing.
    """
    from forvaltning.edit.feil import Redigeringsfeil
    from forvaltning.edit.fil import Dokument
    from forvaltning.edit.lagre import lagre, prov

    entry = fil(okt, post)
    data = okt.kilde.les(entry)
    if not isinstance(data, bytes):
        raise Stopp(data.melding, data.tiltak or "", kode=NEKTET)
    try:
        same = prov(entry.folder, entry.stem, data, okt.innstillingsfil, data) == post
        doc = Dokument(data, entry.folder)
        if same:
            rediger(doc)
        if not skriv:
            prov(entry.folder, entry.stem, doc.data, okt.innstillingsfil, data)
        elif doc.data != data:
            lagre(okt.rot, entry, doc.data, okt.innstillingsfil, data)
    except Redigeringsfeil as error:
        raise Stopp(error.melding, *error.tiltak) from None
    if not same:
        raise Stopp(
            f"Filen «{entry.path}» ble endret av noen andre imens, så ingenting er skrevet.",
            "Kjør kommandoen på nytt.",
        )
    return vist(okt, entry.path)


def vist(okt: Okt, path: str) -> str:
    """A file of the registry as somebody here would write it."""
    return okt.fra_her(path)


def si(linjer: Sequence[str]) -> None:
    """Tell on stdout what was done, broken to the width of the screen."""
    width = utskrift.bredde()
    out: list[str] = []
    for line in linjer:
        indent = " " * (len(line) - len(line.lstrip(" ")))
        out += _brutt(line.strip(), width, indent, indent + "  ") or [""]
    utskrift.skriv([f"{line}\n" for line in out])


__all__ = [
    "NEKTET",
    "Av",
    "Dato",
    "Ident",
    "dag",
    "endre",
    "felles",
    "fil",
    "finn",
    "lesbar",
    "nekt",
    "rolle",
    "si",
    "vist",
]

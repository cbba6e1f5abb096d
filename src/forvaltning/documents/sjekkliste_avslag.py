"""What an edited checklist can not give back, and the text in it that belongs to no item. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from forvaltning.documents.sjekkliste_les import LestListe, LestTekst
from forvaltning.documents.sjekkliste_tekst import vanlig
from forvaltning.source.text import quoted

_STED = re.compile(r"[^\s«]*?([a-z]+/[^\s/«»]+\.yaml):\d+")
"""A place in a file: the folder in front depends on where the command was run, the line on what else was written."""
_TEGN = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."})
"""What text editors make of plain signs."""


@dataclass(frozen=True, slots=True)
class Avslag:
    """Something that can not be taken in: the line in the edited file, what it is, and what to do."""

    linje: int
    melding: str
    tiltak: str = ""


def lik(tekst: str) -> str:
    """The form in which two texts are held against each other."""
    return _STED.sub(r"\1", vanlig(tekst).translate(_TEGN))


def fritekst(text: str, line: int) -> Avslag:
    """The refusal of text that nothing in the record can hold."""
    return Avslag(
        line,
        f"Teksten {quoted(text)} kan ikke tas inn.",
        "Skriv den på en linje under punktet som begynner med «Notat: ».",
    )


def tekstavslag(for_: LestListe, etter: LestListe) -> Iterator[Avslag]:
    """Headings and text that differ, each at its line."""
    old = [(t.slag, lik(t.tekst)) for t in for_.tekster]
    new = [(t.slag, lik(t.tekst)) for t in etter.tekster]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, came = for_.tekster[a:b], etter.tekster[c:d]
        at = (
            etter.tekster[c].linje
            if c < len(etter.tekster)
            else (etter.tekster[-1].linje if etter.tekster else 1)
        )
        for n, t in enumerate(came):
            yield _endret(gone[n], t) if n < len(gone) else _ny(t)
        for t in gone[len(came) :]:
            yield Avslag(at, f"{quoted(t.tekst, 80)} er tatt bort her.", "Legg teksten tilbake.")


def _endret(old: LestTekst, new: LestTekst) -> Avslag:
    if old.tekst.endswith("Dato og rolle:") and lik(new.tekst).startswith(lik(old.tekst)):
        return Avslag(
            new.linje,
            f"Signaturen {quoted(new.tekst.removeprefix(old.tekst).strip())} kan ikke leses herfra.",
            "Ta den bort her, og signer med «forvaltning handover sign».",
        )
    return Avslag(
        new.linje,
        "Teksten er endret fra {} til {}.".format(*_utsnitt(old.tekst, new.tekst)),
        "Skriv den tilbake. Notater skrives under punktene, på en linje «Notat: ».",
    )


def _utsnitt(old: str, new: str) -> tuple[str, str]:
    """The two texts from shortly before the place where they part."""
    same = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    begin = max(0, same - 25)
    lead = "…" if begin else ""
    return quoted(lead + old[begin:], 80), quoted(lead + new[begin:], 80)


def _ny(t: LestTekst) -> Avslag:
    if t.slag.startswith("overskrift"):
        return Avslag(t.linje, f"Overskriften {quoted(t.tekst)} er ny.", "Ta den bort.")
    return fritekst(t.tekst, t.linje)

"""A checklist as Markdown and as one HTML page; both are read back before anybody sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from forvaltning.documents import side, tegn
from forvaltning.documents.mal import ENDELSE, Maler, MalFeil
from forvaltning.documents.maskering import maskert_verdi
from forvaltning.documents.sjekkliste_ark import Ark, Linje, Rad
from forvaltning.documents.sjekkliste_les import les
from forvaltning.documents.sjekkliste_tekst import vanlig
from forvaltning.source.trygg import ren

MAL = "sjekkliste"


class Tapt(RuntimeError):  # noqa: N818 - named in the domain's words
    """A checklist does not hold each of its items exactly once when it is read back: a fault of ours."""


def markdown(ark: Ark, maler: Maler) -> str:
    """The checklist as Markdown (GitHub task list). Raises `MalFeil` or `Tapt`."""
    return _skriv(maskert_verdi(ark), maler, side_=False)


def html(ark: Ark, maler: Maler) -> Iterator[str]:
    """The checklist as one HTML page, in pieces. Raises `MalFeil` or `Tapt` before the first piece."""
    hidden = maskert_verdi(ark)
    return side.deler(_skriv(hidden, maler, side_=True), hidden.tittel, [], [])


def _skriv(ark: Ark, maler: Maler, *, side_: bool) -> str:
    escape = tegn.md_side if side_ else tegn.md

    def linje(biter: Linje) -> Markup:
        return Markup("".join(_bit(b, escape) for b in biter))  # noqa: S704 - every piece is escaped

    def punkt(p: Rad) -> Markup:
        box = "" if p.haket is None else "[x] " if p.haket else "[ ] "
        title = escape(p.tittel) if vanlig(ren(p.tittel, tegn.GRENSE)) else escape(p.id)
        lines = [f"- {box}**{title}** {tegn.kode(p.id)}"]
        lines += [f"  - {linje(d)}" for d in p.detaljer]
        return Markup("\n".join(lines))  # noqa: S704 - escaped above

    navn = f"{MAL}-{ark.navn}"
    text = maler.skriv(navn, {"ark": ark}, {"linje": linje, "punkt": punkt}, ellers=(MAL,), side=side_)
    _kontroller(text, ark, maler, navn)
    return text


def _bit(bit: tuple[str, str], escape: Any) -> str:
    slag, text = bit
    if slag == "k":
        return tegn.kode(text)
    # a blank at either end parts two pieces, and escaping takes it away
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{before}{escape(text.strip(' '))}{after}" if text.strip(" ") else text


def _kontroller(text: str, ark: Ark, maler: Maler, navn: str) -> None:
    """Each item is there exactly once, with its title and its tick. Raises `MalFeil` for an own template, else `Tapt`."""
    read = les(text)
    wanted = {r.id: r for r in ark.rader()}
    counts = Counter(p.id for p in read.punkter)
    wrong = [i for i in wanted if counts[i] != 1] + [i for i in counts if i not in wanted]
    wrong += [
        p.id
        for p in read.punkter
        if p.id in wanted and (p.haket != wanted[p.id].haket or not _samme(p.tittel, wanted[p.id]))
    ]
    if not wrong:
        return
    own = next((n for n in (navn, MAL) if maler.egen(n)), None)
    if own is not None:
        raise MalFeil(
            f"templates/{own}{ENDELSE}",
            1,
            f"Malen skriver ikke hvert punkt nøyaktig én gang: {', '.join(dict.fromkeys(wrong[:5]))}.",
            "Skriv hvert punkt med {{ punkt(p) }}, og skriv ingen andre linjer som ligner.",
        )
    raise Tapt(", ".join(dict.fromkeys(wrong[:5])))


def _samme(tittel: str, rad: Rad) -> bool:
    """Whether a title was read back; one with nothing to show stands with the item's id."""
    return _uten(tittel) in {_uten(ren(rad.tittel, tegn.GRENSE)), _uten(rad.id)}


def _uten(tekst: str) -> str:
    """A title without the signs that escaping may drop or break."""
    return "".join(c for c in vanlig(tekst) if c.isalnum())

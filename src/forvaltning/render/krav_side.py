"""One requirement for a reader: its metadata, and its page with the metadata on top."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from forvaltning import __version__
from forvaltning.krav.katalog import OMRADER
from forvaltning.krav.typer import Krav
from forvaltning.model.kinds import KINDS
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.kontrakt_oversikt import KravJson, KravlisteJson


def felter(krav: Krav) -> list[str]:
    """The fields the requirement rests on, each once, in the order the rules name them."""
    return list(dict.fromkeys(f for r in krav.regler for f in r.felter))


def som_json(krav: Krav) -> KravJson:
    """One requirement in the form of the contract."""
    return {
        "nummer": krav.nummer,
        "tittel": krav.tittel,
        "omrade": krav.omrade,
        "omradetittel": OMRADER[krav.omrade],
        "ansvarlig": [{"type": a.type, "kode": a.kode, "navn": a.navn} for a in krav.ansvarlig],
        "gjelder": [k.kind for k in krav.gjelder],
        "avgjores": [s.value for s in krav.avgjores],
        "lov": krav.lov,
        "felter": felter(krav),
    }


def liste_json(krav: Iterable[Krav]) -> KravlisteJson:
    """All requirements in the form of the contract."""
    return {"versjon": VERSJON, "verktoy": f"forvaltning {__version__}", "krav": [som_json(k) for k in krav]}


def kildefil(krav: Krav) -> Path | None:
    """The page beside the requirement's module, None when there is none."""
    module = sys.modules.get(krav.modul)
    where = getattr(module, "__file__", None)
    page = Path(where).with_suffix(".md") if where else None
    return page if page is not None and page.is_file() else None


def metadata(krav: Krav) -> list[tuple[str, str]]:
    """What stands on top of the page: heading and text."""
    kinds = ", ".join(KINDS[k.kind].kind for k in krav.gjelder)
    law = "Ja. Avvik kan ikke gi fritak fra loven." if krav.lov else "Nei. Avvik kan besluttes."
    return [
        ("Fagområde", f"{krav.omrade} {OMRADER[krav.omrade]}"),
        ("Svarer", ", ".join(a.navn for a in krav.ansvarlig)),
        ("Gjelder", kinds),
        ("Avgjøres", ", ".join(s.value for s in krav.avgjores)),
        ("Følger av lov", law),
        ("Hviler på", hviler_pa(krav)),
    ]


def hviler_pa(krav: Krav) -> str:
    """The fields it rests on, in short: the record's own, then the kinds it looks at besides."""
    names = felter(krav)
    own = dict.fromkeys(f.split(".")[0] for f in names if ":" not in f)
    other = dict.fromkeys(f.split(":")[0] for f in names if ":" in f)
    return "; ".join(part for part in (", ".join(own), f"også {', '.join(other)}" if other else "") if part)


def markdown(krav: Krav) -> str:
    """The page as Markdown with the metadata below its title."""
    page = kildefil(krav)
    text = page.read_text(encoding="utf-8") if page is not None else f"# {krav.nummer} {krav.tittel}\n"
    title, _, body = text.partition("\n")
    rows = metadata(krav)
    rows[-1] = ("Hviler på", ", ".join(f"`{f}`" for f in felter(krav)) or "–")
    table = "\n".join(f"| **{head}** | {value} |" for head, value in rows)
    return f"{title.strip()}\n\n| | |\n| --- | --- |\n{table}\n\n{body.strip()}\n"

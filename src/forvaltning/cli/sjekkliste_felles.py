"""What the verbs that show a checklist share: words for it, one of three formats, and the exit code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from forvaltning.cli import felles, utskrift
from forvaltning.cli.stopp import Stopp, verktoyfeil
from forvaltning.cli.valg import format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.documents.grunnlag import Grunnlag
    from forvaltning.documents.mal import Maler
    from forvaltning.documents.sjekkliste import Ark
    from forvaltning.engine.sjekkliste.typer import Sjekkliste, Sted
    from forvaltning.model.sjekklister import Listedef

FORMATER = ("markdown", "html", "json")
Format = Annotated[str, format_valg(FORMATER)]


def lister(okt: Okt) -> dict[str, Listedef]:
    """The checklists in force. Their faults are found when the settings are read."""
    from forvaltning.source.sjekklister import les_lister

    return les_lister(okt.innstillinger)


def maler(okt: Okt) -> Maler:
    """The templates: the registry's own before those that ship."""
    from forvaltning.cli.report import MAPPE
    from forvaltning.documents.mal import Maler

    own = Path(okt.rot) / MAPPE
    return Maler(own if own.is_dir() else None)


def grunnlag(okt: Okt) -> Grunnlag:
    """Names and head for a document that is made from no verdicts of the whole registry."""
    from forvaltning.cli.rapportgrunnlag import hode
    from forvaltning.documents.grunnlag import Grunnlag

    return Grunnlag(register=okt.register, dommer=(), problemer=(), hode=hode(okt, []))


def ark(okt: Okt, s: Sjekkliste) -> Ark:
    """A checklist in words."""
    from forvaltning.documents.om import om
    from forvaltning.documents.sjekkliste import Ordlegger

    g = grunnlag(okt)
    about = om(g.hode)
    return Ordlegger(s, g, lambda sted: hvor(okt, sted)).ark(about.forbehold, about.linje)


def markdown(okt: Okt, s: Sjekkliste) -> str:
    """A checklist as Markdown. Raises `Stopp`."""
    from forvaltning.documents import sjekkliste_md
    from forvaltning.documents.mal import MalFeil

    try:
        return sjekkliste_md.markdown(ark(okt, s), maler(okt))
    except MalFeil as error:
        raise Stopp(f"{okt.fra_her(error.fil)}:{error.linje}: {error.melding}", error.tiltak) from None
    except sjekkliste_md.Tapt as error:
        raise verktoyfeil("Sjekklisten holdt ikke hvert punkt nøyaktig én gang.", str(error)) from error


def skriv(okt: Okt, s: Sjekkliste, format_: str, output: str | None) -> int:
    """Write a checklist in a format; the exit code: 1 when a file of the registry could not be read. Raises `Stopp`."""
    from forvaltning.cli.report import si_fra_om_uleste

    felles.lever(_tekst(okt, s, format_), output, okt.rot, "json" if format_ == "json" else "tekst")
    stopp = felles.si_fra_om_svikt(list(s.svikt))
    if stopp is not None:
        raise stopp
    return si_fra_om_uleste([u.fil for u in okt.register.uleselige()])


def _tekst(okt: Okt, s: Sjekkliste, format_: str) -> Iterator[str]:
    if format_ == "json":
        from forvaltning.documents.sjekkliste_json import som_json

        return iter([som_json(s, grunnlag(okt).hode, lambda sted: hvor(okt, sted))])
    text = markdown(okt, s)
    if format_ == "markdown":
        return iter([text])
    from forvaltning.documents import sjekkliste_md

    return sjekkliste_md.html(ark(okt, s), maler(okt))


def hvor(okt: Okt, sted: Sted) -> str:
    """File and line of a place, from the top of the Git repository: the same list wherever it is made."""
    from forvaltning.cli import rapportgrunnlag

    if "/" not in sted.post:
        return sted.felt
    fil = f"{sted.post}.yaml"
    line = okt.steder.finn(fil, sted.path).line
    folder = rapportgrunnlag.mappe(okt) or okt.rot.resolve().name
    return f"{folder}/{fil}:{line}"


def vis_liste(rader: dict[str, str]) -> Iterator[str]:
    """Names with what they are for, in the width of the screen."""
    import textwrap

    from forvaltning.source.text import safe

    wide = max(map(len, rader)) + 2
    for navn, text in rader.items():
        lines = textwrap.wrap(safe(text, 300), max(30, utskrift.bredde() - wide)) or [""]
        yield f"{safe(navn, 80):<{wide}}{lines[0]}\n"
        for line in lines[1:]:
            yield f"{'':<{wide}}{line}\n"

"""`forvaltning graph [ID]`: the landscape as a picture, whole or around one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.valg import AsOf, At, Enhet, Output, Registry, format_valg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forvaltning.cli.okt import Okt
    from forvaltning.engine.landskap import Landskap

HJELP = """Tegn tjenester, systemer, dataflyter, leverandører, felleskomponenter og eksterne parter, og hva som binder dem sammen.

Med ID tegnes bare posten og det som ligger rundt den. Kritikalitet, personopplysninger og avvikling står i ord og
vises med kanten, aldri med farge alene. Avsluttede poster er ikke med, men telles."""
EKSEMPEL = (
    "forvaltning graph --format svg --output kart.svg",
    "forvaltning graph bk360 --dybde 2",
    "forvaltning graph --enhet sdi --format dot",
    "forvaltning graph --kind systemer --kind leverandorer --format mermaid",
)
FORMATER = ("mermaid", "dot", "svg")
DYBDER = tuple(map(str, range(21)))


def kjor(
    ident: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=fullfor.poster,
            help="Posten i midten: id, slag/id, sti eller en felleskomponent. Uten: hele landskapet.",
            show_default=False,
        ),
    ] = None,
    dybde: Annotated[
        str,
        typer.Option(
            "--dybde",
            metavar="N",
            help="Ledd ut fra posten, eller fra enhetens poster, 0 til 20. Uten valget: 1.",
            show_default=False,
        ),
    ] = "1",
    enhet: Enhet = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="SLAG",
            help="Bare disse slagene: tjenester, systemer, integrasjoner, leverandorer, felleskomponenter, eksterne.",
        ),
    ] = None,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "mermaid",
    output: Output = None,
) -> int:
    """Draw; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    kinds = felles.biter(kind)
    if dybde not in DYBDER:
        raise typer.BadParameter(f"«{dybde}» etter «--dybde» er ikke et tall fra 0 til 20.")
    from forvaltning.engine.landskap import SLAG

    for k in kinds:
        felles.ett_av("--kind", k, SLAG)
    from forvaltning.cli import frister_felles
    from forvaltning.cli.fremdrift import Fremdrift

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        x, middle = _utsnitt(okt, ident, int(dybde), enhet or [], kinds)
        bar.ferdig()
        words = (*(f"enheten {e}" for e in enhet or ()), *(f"slaget {k}" for k in kinds))
        felles.lever(_tegn(okt, x, middle, format_, words), output, okt.rot)
        _si_fra(x, format_)
        return frister_felles.uleste(okt)


def _utsnitt(
    okt: Okt, ident: str | None, dybde: int, enheter: list[str], kinds: list[str]
) -> tuple[Landskap, str | None]:
    """The part of the landscape asked for, and the key in the middle."""
    from forvaltning.cli import landskap_felles, velg
    from forvaltning.engine import landskap_utsnitt as motor
    from forvaltning.engine.landskap import landskap
    from forvaltning.model.viser import normaliser

    x = landskap(okt.register)
    middle: str | None = None
    if ident is not None:
        middle = landskap_felles.finn_lesbar(okt, ident)
        x = motor.rundt(x, motor.midtpunkt(okt.register, x, middle), dybde)
    elif enheter:
        units = velg.enheter(okt, enheter)
        mine = [n.key for n in motor.levende(x).noder.values() if n.enhet and normaliser(n.enhet) in units]
        x = motor.rundt(x, mine, dybde)
    else:
        x = motor.levende(x)
    if kinds:
        if "integrasjoner" not in kinds:
            x = motor.uten_flyter(x)
        x = motor.delmengde(x, [n.key for n in x.noder.values() if n.slag in kinds])
    return x, middle


def _tegn(okt: Okt, x: Landskap, middle: str | None, format_: str, utvalg: tuple[str, ...]) -> Iterator[str]:
    from forvaltning.cli import rapportgrunnlag
    from forvaltning.cli.hode import postnavn
    from forvaltning.documents import graf_dot, graf_mermaid, graf_ord, graf_svg

    owner = okt.innstillinger.kommune
    name = x.noder[middle].navn if middle in x.noder else postnavn(okt, middle) if middle else ""
    title = graf_ord.tittel(name, owner.navn if owner else "")
    classes = okt.innstillinger.koder["kritikalitet"]
    draw = {"mermaid": graf_mermaid.mermaid, "dot": graf_dot.dot, "svg": graf_svg.svg}[format_]
    return draw(x, title, classes, graf_ord.kilde(rapportgrunnlag.hode(okt, [], utvalg), x))


def _si_fra(x: Landskap, format_: str) -> None:
    """What the picture does not show, on stderr."""
    from forvaltning.documents.graf_mermaid import MANGE
    from forvaltning.source.text import quoted

    if x.ukjente:
        named = ", ".join(f"{post} → {quoted(to, 60)}" for post, to in x.ukjente[:5])
        more = f" og {len(x.ukjente) - 5} til" if len(x.ukjente) > 5 else ""
        utskrift.meld(
            f"Merk: {len(x.ukjente)} henvisninger leder ikke til noe som kan leses, og er ikke tegnet: {named}{more}."
        )
    if format_ == "mermaid" and len(x.kanter) > MANGE:
        utskrift.meld(
            f"Merk: Mermaid tegner vanligvis ikke mer enn {MANGE} piler, og kartet har {len(x.kanter)}.",
            "Velg ut mindre med ID, --enhet eller --kind, eller bruk --format svg.",
        )
    elif len(x.noder) > MANGE:
        utskrift.meld(f"Merk: kartet har {len(x.noder)} bokser. Velg ut mindre med ID, --enhet eller --kind.")

"""`forvaltning handover ID`: the handover checklist, filled in as far as the registry knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor
from forvaltning.cli.sjekkliste_felles import FORMATER, Format, lister, skriv
from forvaltning.cli.stopp import Stopp, eller, ukjent
from forvaltning.cli.valg import AsOf, At, Output, Registry

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.sjekkliste.typer import Sjekkliste
    from forvaltning.model.base import Post
    from forvaltning.model.hendelser import Overlevering

HJELP = """Vis sjekklisten for overlevering til forvaltning, utfylt så langt registeret vet.

ID er en tjeneste, et system, en integrasjon, en overlevering, eller en rolle som skifter innehaver. Er overleveringen
ikke startet, vises listen slik den blir. Kravene vurderes som om løsningen var i produksjon."""
EKSEMPEL = (
    "forvaltning handover tilskuddsportalen",
    "forvaltning handover digifrid --format html --output digifrid.html",
    "forvaltning handover gammelt-intranett --type avvikling",
    "forvaltning handover systemeier-bk360",
)
GJELDER = ("tjenester", "systemer", "integrasjoner")


def kjor(
    ident: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            autocompletion=fullfor.poster,
            help="Det som overleveres, eller overleveringens id.",
            show_default=False,
        ),
    ],
    type_: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="SLAG",
            help="Slaget, når overleveringen ikke er startet: ny, endring, kritisk_feil, anskaffelse, avvikling.",
        ),
    ] = None,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Format = "markdown",
    output: Output = None,
) -> int:
    """Show; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.overlevering_fullfort import fullfort_ved

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        checklist = lag(okt, ident, type_)
        bar.ferdig()
        done, why = fullfort_ved(okt, checklist) if checklist.overlevering is not None else (None, "")
        if done is None:
            told = (*checklist.merknader, *([why] if why else []))
            return skriv(okt, replace(checklist, merknader=told), format_, output)
        with felles.apne(registry, as_of, rot=okt.rot, at=done[0]) as then:
            return skriv(then, lag(then, done[1]), format_, output)


def lag(okt: Okt, ident: str, type_: str | None = None) -> Sjekkliste:
    """The checklist for a record, a handover or a role. Raises `Stopp`."""
    from forvaltning.cli import velg
    from forvaltning.engine.sjekkliste.rolleskifte import lag_rolleskifte
    from forvaltning.model.hendelser import Overlevering
    from forvaltning.model.rolle import Rolle

    key = velg.post(okt, ident)
    found = okt.register.oppforing(key.partition("/")[2])
    if found is None:
        raise Stopp(
            f"{key}.yaml kan ikke leses.", f"«forvaltning check --post {key}» sier hva som er galt.", kode=1
        )
    post = found.post
    if isinstance(post, Overlevering):
        about = okt.register.oppforing(post.gjelder)
        if about is None:
            raise Stopp(
                f"«{post.gjelder}», som «{post.id}» gjelder, finnes ikke eller kan ikke leses.",
                "Rett «gjelder», eller filen det vises til.",
                kode=1,
            )
        return _overlevering(okt, about.post, post, type_)
    if isinstance(post, Rolle):
        return lag_rolleskifte(okt.register, okt.dato, post, okt.rapport().dommer)
    if post.kind not in GJELDER:
        raise Stopp(
            f"«{key}» er {post.tittel_entall}, og det overleveres ikke.",
            f"Velg en post i {eller(GJELDER)}, en overlevering eller en rolle.",
        )
    return _overlevering(okt, post, nyeste(okt, post, type_), type_)


def nyeste(okt: Okt, post: Post, type_: str | None) -> Overlevering | None:
    """The handover to show: of the kind asked for, an open one before a completed one, then the last started."""
    from forvaltning.engine.endring_beslutning import fullfort

    found = [o for o in okt.register.overleveringer_av(post) if type_ in {None, o.type}]

    def order(o: Overlevering) -> tuple[bool, str, str]:
        day = o.startet or o.produksjon
        return (not fullfort(o), day.isoformat() if day else "", o.id)

    return max(found, key=order, default=None)


def _overlevering(okt: Okt, post: Post, o: Overlevering | None, type_: str | None) -> Sjekkliste:
    from forvaltning.engine.sjekkliste.bygg import lag_overlevering

    known = okt.innstillinger.kodelister["overleveringstype"]
    if type_ is not None and type_ not in known:
        raise ukjent("slaget", type_, known, f"Velg {eller(list(known))}.")
    try:
        return lag_overlevering(
            okt.register, okt.dato, lister(okt), post, overlevering=o, type_=type_ or _slag(post, o)
        )
    except LookupError as error:
        raise Stopp(
            f"Ingen sjekkliste er for overleveringer av slaget «{error.args[0]}».",
            "En rolle som skifter innehaver, vises med «forvaltning handover ROLLE».",
        ) from None


def _slag(post: Post, o: Overlevering | None) -> str:
    """The natural kind of a handover that does not say: taking out of service when that has begun, else new."""
    ends = getattr(post, "tilstand", None) in {"under_avvikling", "avviklet", "avsluttet"}
    return "avvikling" if o is None and ends else "ny"

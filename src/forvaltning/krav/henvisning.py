"""What rules share about references: found or not, readable or not, and a role that is filled when it must be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from forvaltning.findings import FieldPath
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle

P = TypeVar("P", bound=Post)


def forslag(ctx: Kontekst, ident: str, *kinds: str) -> str:
    """The nearest ids as a sentence to append, or nothing."""
    near = ctx.register.forslag(ident, *kinds)
    return f" Mente du {' eller '.join(f'«{n}»' for n in near)}?" if near else ""


def slaa_opp(
    ctx: Kontekst,
    post: Post,
    felt: FieldPath,
    ident: str,
    cls: type[P],
    *,
    hva: str,
    i: Post | None = None,
) -> Iterator[Observasjon]:
    """Observations when `ident` does not resolve to a record of kind `cls`; none when it does.

    A file that can not be read is *ikke avgjort*; an unknown id or one of the wrong kind is *feil*.
    `hva` names the field in the message, e.g. ``"systemeier"``.
    """
    found = ctx.register.finn(ident)
    if isinstance(found, cls):
        return
    if isinstance(found, Uleselig):
        yield Uavklart(felt, f"«{ident}» ({hva}) kan ikke leses, se {found.fil}.", i=i)
    elif found is None and (now := ctx.register.naa(ident)) is not None:
        yield Feil(
            felt,
            "ukjent-henvisning",
            f"«{ident}» ({hva}) heter nå «{now}».",
            f"Skriv «{now}».",
            om=ident,
            i=i,
        )
    elif found is None:
        yield Feil(
            felt,
            "ukjent-henvisning",
            f"«{ident}» ({hva}) finnes ikke i registeret.",
            f"Rett id-en, eller opprett {cls.kind}/{ident}.yaml.{forslag(ctx, ident, cls.kind)}",
            om=ident,
            i=i,
        )
    else:
        yield Feil(
            felt,
            "feil-slag-henvisning",
            f"«{ident}» ({hva}) er {found.tittel_entall}, ikke {cls.tittel_entall}.",
            f"Vis til en post i mappen {cls.kind}.",
            om=ident,
            i=i,
        )


def krev_rolle(
    ctx: Kontekst,
    post: Post,
    felt: FieldPath,
    ident: str | None,
    *typer: str,
    hva: str,
    dato: date | None = None,
    i: Post | None = None,
    vilkar: str = "",
) -> Iterator[Observasjon]:
    """A role is named, resolves, is of one of the types and is filled on the check date.

    With `dato` the role is asked for on that date, the day someone acted, instead of the check date.
    No types given: any role type will do.
    """
    name = vilkar or str(felt[0])
    if not ident:
        yield Mangler(
            felt, f"{name}-mangler", f"Det mangler {hva}.", f"Skriv id-en til rollen i «{felt[-1]}».", i=i
        )
        return
    problems = list(slaa_opp(ctx, post, felt, ident, Rolle, hva=hva, i=i))
    if problems:
        yield from problems
        return
    rolle = ctx.register.hent(ident, Rolle)
    if rolle is None:  # pragma: no cover - slaa_opp has told
        return
    if typer and rolle.type not in typer:
        names = " eller ".join(ctx.innstillinger.navn("rolletype", t).lower() for t in typer)
        yield Feil(
            felt,
            f"{name}-feil-rolletype",
            f"«{ident}» er {ctx.innstillinger.navn('rolletype', rolle.type).lower()}, ikke {names}.",
            f"Vis til en rolle av typen {names}.",
            om=ident,
            i=i,
        )
    if dato is not None:
        if (rolle.fra is not None and dato < rolle.fra) or (rolle.til is not None and dato > rolle.til):
            yield Feil(
                felt,
                f"{name}-ikke-virksom",
                f"Rollen «{ident}» gjaldt ikke {norsk_dato(dato)}.",
                "Vis til rollen som gjaldt den dagen.",
                om=ident,
                i=i,
            )
        return
    if rolle.fra is not None and not ctx.register.dag.nadd(rolle.fra):
        yield Feil(
            felt,
            f"{name}-ikke-virksom",
            f"Rollen «{ident}» gjelder først fra {norsk_dato(rolle.fra)}.",
            "Vis til en rolle som gjelder nå.",
            om=ident,
            i=i,
        )
    if rolle.til is not None:
        yield Utloper(
            felt,
            f"{name}-utlopt",
            rolle.til,
            f"Rollen «{ident}» ({hva}) gjaldt til {norsk_dato(rolle.til)}.",
            "Vis til rollen som har overtatt.",
            om=ident,
            i=i,
        )

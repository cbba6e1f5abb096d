"""Requirement 2.1: the events a handover is asked for: establishment and each larger change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forvaltning.findings import FieldPath
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Endring
from forvaltning.model.historie import FunnetEndring
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

IKKE_ENDRING = frozenset({"retting", "sen_registrering"})
"""Declared types that mend the registry and change nothing in the world."""


@dataclass(frozen=True, slots=True)
class Hendelse:
    """One event: its production date, what it is called, and the field a finding about it points to."""

    nokkel: str
    dato: date
    hva: str
    felt: FieldPath
    slag: str
    """``etablering``, ``erklaert`` or ``funnet``."""
    i: Post | None = None
    opphav: str | None = None
    vekt_ukjent: bool = False


def etablering(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Hendelse | Observasjon]:
    """Being taken into use; not judged before `gjelder_fra`."""
    start = post.produksjon_fra
    if start is None:
        dager = [o.produksjon for o in ctx.register.overleveringer_av(post) if o.produksjon is not None]
        yield Mangler(
            ("produksjon_fra",),
            "produksjon-fra-mangler",
            "Det står ikke når dette ble tatt i bruk, så overleveringen kan ikke holdes mot datoen.",
            "Skriv dagen det ble tatt i bruk, i «produksjon_fra».",
        )
        if not dager:
            return
        start = min(dager)
    elif not ctx.register.dag.nadd(start):
        yield from i_fortiden(
            ctx, ("produksjon_fra",), start, hva="Produksjonssettingen", vilkar="produksjon-fra"
        )
        return
    if ctx.register.etter_gjelder_fra(start):
        yield Hendelse(
            "etablering",
            start,
            f"produksjonssettingen {norsk_dato(start)}",
            ("produksjon_fra",),
            "etablering",
        )


def etter_etablering(post: System | Tjeneste, dato: date, ctx: Kontekst) -> bool:
    """True for a change that came after first use, and on or after `gjelder_fra`."""
    start = post.produksjon_fra
    return (start is None or dato > start) and ctx.register.etter_gjelder_fra(dato)


def _kan_telle(post: System | Tjeneste, endring: Endring, ctx: Kontekst) -> bool:
    """A declared change that is larger, or whose weight or date is not known."""
    if endring.type in IKKE_ENDRING or endring.vekt == "mindre":
        return False
    return endring.virkning is None or etter_etablering(post, endring.virkning, ctx)


def erklaerte(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Hendelse | Observasjon]:
    """The declared changes of larger weight."""
    for e in ctx.register.endringer_av(post):
        if not _kan_telle(post, e, ctx):
            continue
        navn = f"«{e.navn or e.id}»"
        if e.virkning is None:
            yield Mangler(
                ("virkning",),
                "virkning-mangler",
                f"Endringen {navn} sier ikke når den får virkning, så overleveringen kan ikke holdes mot datoen.",
                "Skriv dagen i «virkning».",
                om=e.id,
                i=e,
            )
            continue
        yield Hendelse(
            f"endring {e.id}",
            e.virkning,
            f"endringen {navn} {norsk_dato(e.virkning)}",
            ("virkning",),
            "erklaert",
            i=e,
            opphav=e.id,
            vekt_ukjent=e.vekt is None,
        )


def treffer(merke: str, felt: str) -> bool:
    """True when a field is the marked one or lies below it."""
    return felt == merke or felt.startswith((f"{merke}.", f"{merke}["))


def _erstattet(funn: FunnetEndring, endringer: tuple[Endring, ...], dager: int) -> bool:
    """A declared change of the same record and field within the window takes the found one's place."""
    return any(
        e.virkning is not None
        and abs((e.virkning - funn.dato).days) <= dager
        and (not e.felter or any(treffer(f, funn.felt) or treffer(funn.felt, f) for f in e.felter))
        for e in endringer
    )


def funne(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Hendelse]:
    """Changes found in Git in fields that the model marks, one event for each day they were committed."""
    funn = [
        f
        for f in ctx.register.historie.for_post(post.key)
        if any(treffer(merke, f.felt) for merke in type(post).STORRE_FELT)
        and etter_etablering(post, f.dato, ctx)
        and ctx.register.dag.nadd(f.dato)
    ]
    if not funn:
        return
    endringer = ctx.register.endringer_av(post)
    dager = ctx.innstillinger.dager["endring_erstatter"]
    etter_dag: dict[date, list[FunnetEndring]] = {}
    for f in funn:
        if not _erstattet(f, endringer, dager):
            etter_dag.setdefault(f.dato, []).append(f)
    for dato, gruppe in etter_dag.items():
        felter = ", ".join(dict.fromkeys(f"«{f.felt}»" for f in gruppe))
        merke = next(m for m in type(post).STORRE_FELT if treffer(m, gruppe[0].felt))
        kilde = f"Git {gruppe[0].commit[:8]}" if gruppe[0].commit else "ikke sjekket inn"
        yield Hendelse(
            f"funnet {dato.isoformat()}",
            dato,
            f"endringen av {felter} {norsk_dato(dato)} ({kilde})",
            tuple(merke.split(".")),
            "funnet",
        )


def har_hendelse(post: System | Tjeneste, ctx: Kontekst) -> bool:
    """True when there is something to judge, or an unreadable change may hold it."""
    if post.produksjon_fra is None or ctx.register.etter_gjelder_fra(post.produksjon_fra):
        return True
    endringer = ctx.register.endringer_av(post)
    if endringer.uleselig is not None or any(_kan_telle(post, e, ctx) for e in endringer):
        return True
    return any(True for _ in funne(post, ctx))

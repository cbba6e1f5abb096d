"""Requirement 4.2: a decided ROS before use, for every change that can affect security, and for control."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_bekreftelse
from forvaltning.krav.frist import frist_etter_klasse
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade4.k4_2_ros_adressesperre import adressesperre
from forvaltning.krav.omrade4.k4_2_ros_endringer import endringer_dekket
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import beslutningsdato, i_kraft
from forvaltning.krav.omrade4.k4_2_ros_scenarier import risiko_handtert
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import KOMMUNALDIREKTOR, PROSJEKTEIER, SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.oppforing import Treff
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        "tilstand",
        "produksjon_fra",
        "kritikalitet.klasse",
        "ros:gjelder",
        "ros:tilstand",
        "ros:dato",
        "ros:besluttet",
        "ros:erstatter",
        "ros:sammendrag.arkivsak",
    ),
)
def ros_besluttet(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """A decided ROS is in force, was there before first use, and is renewed for control."""
    treff = ctx.register.ros_for(post)
    gjeldende = i_kraft(treff, ctx)
    ufullstendige = list(_ufullstendige(treff, ctx, alle=not gjeldende))
    yield from ufullstendige
    if gjeldende:
        yield from _beslutning(gjeldende[0], ctx)
        yield from _for_bruk(post, treff, ctx)
        yield from _fornyet(post, gjeldende[0], treff, ctx)
    elif treff.uleselig is not None:
        yield Uavklart(("tilstand",), f"{treff.uleselig.fil} kan ikke leses og kan være ROS-en.")
    elif not ufullstendige:
        grunn = {"utkast": "Den er et utkast.", "erstattet": "Den er erstattet."}
        yield Mangler(
            ("tilstand",),
            "ros-mangler",
            f"Det finnes ingen besluttet ROS i kraft for dette ({post.tittel_entall}), som er i bruk.",
            f"Gjennomfør en ROS, få den besluttet, og før den opp i ros/ med «{post.id}» i «gjelder».",
            se=tuple(
                Place(r.key, ("tilstand",), grunn.get(r.tilstand or "", "Den er erstattet.")) for r in treff
            ),
        )


def _ufullstendige(treff: Treff[Ros], ctx: Kontekst, *, alle: bool) -> Iterator[Observasjon]:
    """ROS that say they are decided, or nothing of it, but without a day that is reached."""
    for r in treff:
        if r.tilstand not in {"besluttet", None}:
            continue
        dato = r.besluttet.dato if r.besluttet else None
        framtid = dato is not None and not ctx.register.dag.nadd(dato)
        if framtid or (alle and dato is None):
            yield from krev_bekreftelse(
                ctx,
                r,
                ("besluttet",),
                r.besluttet,
                hva=f"Beslutningen av «{r.navn}»",
                vilkar="ros-besluttet",
                tiltak="Skriv når og av hvem ROS-en ble besluttet, i «besluttet».",
                i=r,
            )
        elif alle and r.tilstand is None:
            yield Mangler(
                ("tilstand",),
                "ros-tilstand-mangler",
                f"«{r.navn}» sier ikke om den er et utkast, besluttet eller erstattet.",
                "Skriv det i «tilstand».",
                i=r,
            )


def _beslutning(ros: Ros, ctx: Kontekst) -> Iterator[Observasjon]:
    """The newest decision was made by somebody, on a day that has been, and its document can be found."""
    b = ros.besluttet or Bekreftelse.model_construct()
    if not b.referanse and ros.sammendrag is not None and ros.sammendrag.arkivsak:
        b = b.model_copy(update={"referanse": ros.sammendrag.arkivsak})
    yield from krev_bekreftelse(
        ctx,
        ros,
        ("besluttet",),
        b,
        hva=f"Beslutningen av «{ros.navn}»",
        vilkar="ros-besluttet",
        tiltak="Skriv hvor den besluttede ROS-en ligger, i «besluttet.referanse», eller beslutt den på nytt.",
        i=ros,
    )
    yield from i_fortiden(ctx, ("dato",), ros.dato, hva="Risikovurderingen", vilkar="ros-dato", i=ros)


def _for_bruk(post: System | Tjeneste, treff: Treff[Ros], ctx: Kontekst) -> Iterator[Observasjon]:
    """A ROS was decided no later than first use; judged only for first use after `gjelder_fra`."""
    dato, forste = min(
        ((d, r) for r in treff for d in [beslutningsdato(r, ctx)] if d), key=lambda t: (t[0], t[1].id)
    )
    start = post.produksjon_fra
    if start is None:
        if ctx.register.etter_gjelder_fra(dato):
            yield Mangler(
                ("produksjon_fra",),
                "produksjon-fra-mangler",
                "Det står ikke når dette ble tatt i bruk, så det går ikke å se om ROS-en kom først.",
                "Skriv dagen det ble tatt i bruk, i «produksjon_fra».",
            )
        return
    yield from i_fortiden(
        ctx, ("produksjon_fra",), start, hva="Produksjonssettingen", vilkar="produksjon-fra"
    )
    if dato <= start or not ctx.register.etter_gjelder_fra(start):
        return
    if treff.uleselig is not None:
        yield Uavklart(
            ("produksjon_fra",), f"{treff.uleselig.fil} kan ikke leses og kan være den første ROS-en."
        )
        return
    yield Feil(
        ("produksjon_fra",),
        "ros-etter-bruk",
        f"Tatt i bruk {norsk_dato(start)}, men den første ROS-en ble besluttet {norsk_dato(dato)}.",
        "Finnes en tidligere ROS, før den opp som erstattet. Ellers gjøres det opp med et lukket avvik for sent dokument.",
        se=(Place(forste.key, ("besluttet", "dato"), "Den første beslutningen."),),
        sent=True,
    )


def _fornyet(post: System | Tjeneste, ros: Ros, treff: Treff[Ros], ctx: Kontekst) -> Iterator[Observasjon]:
    """Renewed for control within the months of the criticality class."""
    dato = beslutningsdato(ros, ctx)
    if dato is None:  # pragma: no cover - only ROS in force come here
        return
    for obs in frist_etter_klasse(
        ctx,
        ("besluttet", "dato"),
        "ros-fornyes",
        dato,
        ctx.register.klasser_for(post),
        lambda k: k.ros_maneder,
        lambda siste: f"ROS-en for «{post.navn}» skulle vært fornyet innen {norsk_dato(siste)}.",
        "Gå gjennom risikoen på nytt, og før opp den nye ROS-en som erstatter denne.",
        i=ros,
    ):
        if treff.uleselig is not None and isinstance(obs, Utloper) and ctx.register.dag.passert(obs.siste):
            yield Uavklart(("tilstand",), f"{treff.uleselig.fil} kan ikke leses og kan være en nyere ROS.")
        else:
            yield obs


KRAV_4_2 = Krav(
    "4.2",
    tittel="Risikoen er vurdert før bruk, ved endringer og for kontroll",
    ansvarlig=(KOMMUNALDIREKTOR, SYSTEMEIER, PROSJEKTEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(ros_besluttet, endringer_dekket, risiko_handtert, adressesperre),
    modul=__name__,
)

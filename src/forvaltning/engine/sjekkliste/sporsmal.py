"""The named questions that derived items ask of the registry: one fixed table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, Svar, bevis, sted
from forvaltning.engine.sjekkliste.sporsmal_avvikling import AVVIKLING
from forvaltning.engine.sjekkliste.sporsmal_flyt import flyt_ros
from forvaltning.engine.sjekkliste.svar import apent, fraverd, rolle_plassert, ukjent, utfort
from forvaltning.engine.sjekkliste.typer import Mangel, Punkttilstand, Sted
from forvaltning.findings import Strength
from forvaltning.krav.omrade4.k4_2_ros_erklaert import dekket
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import beslutningsdato, navngir
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Endring, Overlevering
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Treff, Uleselig
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

_DEKKES_AV = {"drift_og_forvaltning": ("tjenestebilag",)}
"""Where Ansattservice runs it, the tjenestebilag answers for operations and management (5.3)."""
Sporsmal = Callable[[Grunnlag, Post], Svar]


def avtale(g: Grunnlag, post: Post, kategori: str) -> Svar:
    """An agreement of one category is in force for the record, or for a system the service rests on."""
    treff = list(_avtaler(g, post))
    uleselig = next((t.uleselig for t in treff if t.uleselig is not None), None)
    slag = {kategori, *_DEKKES_AV.get(kategori, ())}
    av_slaget = {a.id: a for t in treff for a in t if slag.intersection(a.kategorier)}
    gjelder = [a for a in av_slaget.values() if g.register.er_i_kraft(a)]
    navn = g.innstillinger.navn("avtalekategori", kategori)
    if gjelder:
        belegg = tuple(
            bevis(a, ("signert",), Strength.DOKUMENTERT, a.signert, a.kontraktsreferanse or a.id)
            for a in gjelder
        )
        frister = [d for d in (g.register.siste_gyldige_dag(a) for a in gjelder) if d is not None]
        open_end = len(frister) < len(gjelder)
        return Svar(Punkttilstand.UTFORT, belegg, frist=None if open_end or not frister else max(frister))
    if uleselig is not None:
        return ukjent(uleselig)
    if av_slaget:
        a = next(iter(av_slaget.values()))
        return apent(
            f"Avtalen «{a.navn}» ({navn.lower()}) gjelder ikke i dag.",
            "Signer eller forny den, og rett «tilstand», «signert» og datoene.",
            sted(a, ("tilstand",)),
        )
    return apent(
        f"Ingen avtale av slaget «{navn}» gjelder for løsningen.",
        f"Registrer avtalen i avtaler/ med kategorien {kategori}, eller begrunn at den ikke trengs.",
        Sted("", (), "avtaler/"),
    )


def _avtaler(g: Grunnlag, post: Post) -> Iterator[Treff[Avtale]]:
    yield g.register.avtaler_for(post)
    if isinstance(post, Tjeneste):
        for system in g.register.hent_alle(post.systemer, System):
            yield g.register.avtaler_for(system)


def ansvar_plassert(g: Grunnlag, post: Post) -> Svar:
    """The owner, and who answers for the service and its personal data, are roles that hold today."""
    if isinstance(post, Tjeneste):
        felter = ["eier", "tjenesteansvarlig"]
    elif isinstance(post, System):
        felter = ["systemeier", "systemkoordinator"]
    else:
        felter = ["eier"]
    if isinstance(post, Tjeneste | System) and (post.personopplysninger or post.behandlingsansvarlige):
        felter.append("behandlingsansvarlige")
    return rolle_plassert(g, post, felter)


def systemforvaltning(g: Grunnlag, post: Post) -> Svar:
    """Every system that is touched has a tjenestebilag in force."""
    if isinstance(post, Tjeneste):
        ids, felt = list(post.systemer), "systemer"
    elif isinstance(post, Integrasjon):
        ids, felt = [e.system for e in (post.fra, post.til) if e is not None and e.system], "fra"
    else:
        return fraverd("Punktet gjelder tjenester og integrasjoner.")
    if not ids:
        return fraverd("Ingen registrerte systemer berøres.")
    belegg, mangler = [], []
    for ident in ids:
        system = g.register.finn(ident)
        if isinstance(system, Uleselig):
            return ukjent(system)
        if not isinstance(system, System):
            mangler.append(Mangel(f"Systemet «{ident}» finnes ikke.", f"Rett «{felt}».", sted(post, (felt,))))
            continue
        alle = g.register.avtaler_for(system)
        bilag = [a for a in alle if "tjenestebilag" in a.kategorier and g.register.er_i_kraft(a)]
        if bilag:
            a = bilag[0]
            belegg.append(
                bevis(a, ("signert",), Strength.DOKUMENTERT, a.signert, a.kontraktsreferanse or a.id)
            )
        elif alle.uleselig is not None:
            return ukjent(alle.uleselig)
        else:
            mangler.append(
                Mangel(
                    f"Systemet «{system.navn}» har ikke tjenestebilag som gjelder.",
                    "Inngå det med Ansattservice, og registrer det i avtaler/ med kategorien tjenestebilag.",
                    Sted("", (), "avtaler/"),
                )
            )
    if mangler:
        return Svar(Punkttilstand.APENT, mangler=tuple(mangler), hvor=mangler[0].sted)
    return Svar(Punkttilstand.UTFORT, tuple(belegg))


def endring_ros(g: Grunnlag, post: Post) -> Svar:
    """The declared change says whether security is affected; where it is, a decided ROS covers it."""
    endring = g.endring
    if endring is None:
        return apent(
            "Overleveringen sier ikke hvilken endring den kommer fra.",
            "Opprett en post i endringer/, og skriv id-en i «opphav».",
            g.i_overleveringen(("opphav",), "opphav"),
        )
    if endring.sikkerhet is None:
        return apent(
            "Endringen sier ikke om den kan påvirke sikkerheten.",
            "Skriv ja eller nei i «sikkerhet».",
            sted(endring, ("sikkerhet",)),
        )
    if endring.sikkerhet is False:
        if not endring.sikkerhet_begrunnelse:
            return apent(
                "Endringen sier at sikkerheten ikke påvirkes, men ikke hvorfor.",
                "Skriv grunnen i «sikkerhet_begrunnelse».",
                sted(endring, ("sikkerhet_begrunnelse",)),
            )
        return utfort(bevis(endring, ("sikkerhet_begrunnelse",), Strength.BEKREFTET, endring.virkning))
    motsagt = f"Endringen «{endring.id}» sier at sikkerheten kan påvirkes."
    found = g.register.finn(endring.ros) if endring.ros else None
    if isinstance(found, Uleselig):
        return ukjent(found)
    ctx = Kontekst(g.register)
    navngitt, egne = navngir(endring, ctx), g.register.ros_for(post)
    for ros in (*navngitt, *egne):
        dato = beslutningsdato(ros, ctx)
        if dato is not None and (ros in navngitt or _i_tide(endring, dato, ctx)):
            return utfort(bevis(ros, ("besluttet",), Strength.DOKUMENTERT, dato, _referanse(ros)))
    uleselig = navngitt.uleselig or egne.uleselig
    if uleselig is not None:
        return ukjent(uleselig)
    return apent(
        "Ingen besluttet ROS tar med endringen.",
        "Gjennomfør ROS-en, og skriv den i «ros» på endringen.",
        sted(endring, ("ros",)),
        motsagt,
    )


def _i_tide(endring: Endring, besluttet: date, ctx: Kontekst) -> bool:
    """A ROS of the record itself was decided so late that it takes the change with it, as in 4.2."""
    return endring.virkning is not None and dekket(endring.virkning, [besluttet], ctx)


def _referanse(ros: Ros) -> str:
    return (ros.besluttet.referanse if ros.besluttet else None) or ros.id


def innmelder_orientert(g: Grunnlag, post: Post) -> Svar:
    """The one who reported the need has been told."""
    endring = g.endring
    if endring is None:
        return apent(
            "Overleveringen sier ikke hvilken endring den kommer fra.",
            "Opprett en post i endringer/, og skriv id-en i «opphav».",
            g.i_overleveringen(("opphav",), "opphav"),
        )
    where = sted(endring, ("innmelder_orientert",))
    if endring.innmelder_orientert is None:
        return apent(
            "Det står ikke når innmelderen fikk svar.", "Skriv dagen i «innmelder_orientert».", where
        )
    if endring.innmelder_orientert > g.dato:
        return apent("Dagen er ikke kommet ennå.", "Rett «innmelder_orientert».", where)
    return utfort(bevis(endring, ("innmelder_orientert",), Strength.BEKREFTET, endring.innmelder_orientert))


def prosjekt_overlevert(g: Grunnlag, post: Post) -> Svar:
    """A handover with the project as its origin has closed its first two gates."""
    treff = g.register.viser_til(post, Overlevering, "opphav")
    apne: list[Overlevering] = []
    belegg = []
    for o in treff:
        lukket = {p.id: p.lukket for p in o.porter if p.lukket is not None and p.lukket <= g.dato}
        if {"for_produksjon", "ved_overlevering"} <= set(lukket):
            belegg.append(bevis(o, ("porter",), Strength.DOKUMENTERT, lukket["ved_overlevering"], o.id))
        else:
            apne.append(o)
    if apne:
        return apent(
            f"Overleveringen «{apne[0].id}» er ikke ferdig.",
            "Lukk portene «for_produksjon» og «ved_overlevering».",
            sted(apne[0], ("porter",)),
            f"Overleveringen «{apne[0].id}» kommer fra prosjektet.",
        )
    if belegg:
        return Svar(Punkttilstand.UTFORT, tuple(belegg))
    if treff.uleselig is not None:
        return ukjent(treff.uleselig)
    return apent(
        "Ingen overlevering har prosjektet som opphav.",
        "Start den med «forvaltning handover start».",
        Sted("", (), "overleveringer/"),
    )


SPORSMAL: Mapping[str, Sporsmal] = {
    "ansvar_plassert": ansvar_plassert,
    "endring_ros": endring_ros,
    "flyt_ros": flyt_ros,
    "innmelder_orientert": innmelder_orientert,
    "prosjekt_overlevert": prosjekt_overlevert,
    "systemforvaltning": systemforvaltning,
    **AVVIKLING,
}
"""Name → question. ``avtale.<kategori>`` is asked through `spor`."""


def spor(g: Grunnlag, navn: str, post: Post) -> Svar:
    """The answer to a named question."""
    head, dot, kategori = navn.partition(".")
    if head == "avtale" and dot:
        return avtale(g, post, kategori)
    return SPORSMAL[navn](g, post)

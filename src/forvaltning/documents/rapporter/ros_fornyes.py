"""What the report `ros` says of renewal: taken from the verdicts of 4.2, and from the dates of what is in force."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import felles, felles_ros
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.findings import Finding, Outcome, Verdict
from forvaltning.model.ros import Ros
from forvaltning.model.viser import normaliser

FORNYES = frozenset(
    {
        "ros-fornyes",
        "endring-uten-ros",
        "endring-sikkerhet-mangler",
        "funnet-endring-uten-ros",
        "virkning-mangler",
    }
)
"""The conditions of 4.2 that a new ROS mends: it is too old, or something changed that it does not cover."""
KOMMER_MANEDER = 12
GJELDER = Kolonne("gjelder", "System eller tjeneste")


def funn(dom: Verdict) -> list[Finding]:
    """Why the ROS of one record must be renewed; empty when it need not."""
    return [f for f in dom.funn if f.vilkar in FORNYES]


def uten(g: Grunnlag, dom: Verdict, dekket: Collection[str]) -> Finding | None:
    """What 4.2 says of a record that no ROS in force covers; None when one does, or a lost file may be it.

    `dekket`: normalised ids of what the ROS in force cover.
    """
    ident = dom.post.partition("/")[2]
    if normaliser(ident) in dekket or g.register.viser_til(ident, Ros, "gjelder").uleselig is not None:
        return None
    return next((f for f in dom.funn if f.vilkar.startswith("ros-")), None)


def ma_fornyes(g: Grunnlag, dommer: Sequence[Verdict]) -> Tabell:
    """Systems and services whose ROS is past its date or does not cover a change, and why."""
    return Tabell(
        "ma_fornyes",
        "Må fornyes nå, og hvorfor",
        (
            GJELDER,
            Kolonne("kritikalitet", "Kritikalitet"),
            Kolonne("hvorfor", "Hvorfor"),
            Kolonne("tiltak", "Slik rettes det"),
            Kolonne("avvik", "Dekket av avvik"),
        ),
        tuple(
            (
                g.navn(v.post),
                klasse(g, v.post),
                f.melding,
                f.tiltak,
                felles.post(g, f.avvik) if f.avvik else "Nei",
            )
            for v, f in _etter_rang(g, dommer)
        ),
        tom="Alle gjeldende ROS-er er fornyet i tide og dekker endringene som er sett.",
        forklaring="Fra krav 4.2: ROS-en er for gammel for kritikaliteten, eller noe er endret uten at en ROS dekker det.",
    )


def andre(g: Grunnlag, dommer: Sequence[Verdict]) -> Tabell:
    """What else 4.2 found: measures, acceptance, protected addresses, what the ROS itself lacks; each ROS once."""
    funnet: dict[tuple[str, str], tuple[Verdict, Finding]] = {}
    for v in sorted(dommer, key=lambda v: -felles.rang(g, v.post)):
        for f in v.funn:
            if f.vilkar not in FORNYES and f.vilkar != "ros-mangler":
                funnet.setdefault((f.place.post, f.melding), (v, f))
    return Tabell(
        "andre_funn",
        "Andre funn i krav 4.2",
        (
            GJELDER,
            Kolonne("hva", "Hva som er galt"),
            Kolonne("tiltak", "Slik rettes det"),
            Kolonne("ansvarlig", "Ansvarlig"),
            Kolonne("avvik", "Dekket av avvik"),
        ),
        tuple(
            (g.navn(v.post), f.melding, f.tiltak, g.svarer(v), felles.post(g, f.avvik) if f.avvik else "Nei")
            for v, f in funnet.values()
        ),
        tom="Ingen andre funn.",
    )


def _etter_rang(g: Grunnlag, dommer: Sequence[Verdict]) -> Iterator[tuple[Verdict, Finding]]:
    for v in sorted(dommer, key=lambda v: -felles.rang(g, v.post)):
        for f in funn(v):
            yield v, f


def kommer(g: Grunnlag, i_kraft: Sequence[Ros]) -> Tabell:
    """ROS in force that fall due within twelve months, soonest first."""
    siste = felles.om_maneder(g, KOMMER_MANEDER)
    rader: list[tuple[Verdi, ...]] = []
    for r in i_kraft:
        neste = felles_ros.fornyes(g, r, felles_ros.dekker(g, r))
        if neste is not None and g.dato <= neste[0] <= siste:
            rader.append(
                (
                    neste[0],
                    felles.om(g, neste[0]),
                    r.navn,
                    neste[1],
                    felles.rolle(g, r.besluttet.av if r.besluttet else None),
                )
            )
    rader.sort(key=lambda r: (r[0] if isinstance(r[0], date) else date.max, str(r[2])))
    return Tabell(
        "fornyes_neste_ar",
        "Fornyes innen 12 måneder",
        (
            Kolonne("frist", "Fornyes innen", "dato"),
            Kolonne("igjen", "Igjen"),
            Kolonne("ros", "ROS"),
            Kolonne("hvorfor", "Hvorfor"),
            Kolonne("besluttet_av", "Sist besluttet av"),
        ),
        tuple(rader),
        tom="Ingen ROS skal fornyes de neste 12 månedene.",
    )


def uten_ros(g: Grunnlag, dommer: Sequence[Verdict], dekket: Collection[str]) -> Tabell:
    """What is in use and has no ROS in force, most critical first."""
    return Tabell(
        "uten_ros",
        "I bruk uten gjeldende ROS",
        (
            GJELDER,
            Kolonne("slag", "Slag"),
            Kolonne("kritikalitet", "Kritikalitet"),
            Kolonne("enhet", "Enhet"),
            Kolonne("ansvarlig", "Ansvarlig"),
            Kolonne("avvik", "Dekket av avvik"),
        ),
        tuple(
            (
                g.navn(v.post),
                "System" if v.post.startswith("systemer/") else "Tjeneste",
                klasse(g, v.post),
                g.enhetsnavn(v.enhet),
                g.svarer(v),
                felles.post(g, f.avvik) if f.avvik else "Nei",
            )
            for v in sorted(dommer, key=lambda v: -felles.rang(g, v.post))
            for f in [uten(g, v, dekket)]
            if f is not None
        ),
        tom="Ingen systemer eller tjenester i bruk mangler ROS, så langt registeret kan leses.",
    )


def ikke_avgjort(g: Grunnlag, dommer: Sequence[Verdict]) -> Tabell:
    """What 4.2 could not decide, and why, also where it is broken in other ways; never counted as covered."""
    return Tabell(
        "ikke_avgjort",
        "Kunne ikke avgjøres i krav 4.2",
        (GJELDER, Kolonne("utfall", "Krav 4.2", "utfall"), Kolonne("hvorfor", "Hvorfor")),
        tuple(
            (g.navn(v.post), v.utfall.value, v.begrunnelse)
            for v in dommer
            if v.begrunnelse and v.utfall is not Outcome.IKKE_AKTUELT
        ),
        tom="Alt i krav 4.2 er avgjort.",
    )


def klasse(g: Grunnlag, key: str) -> str:
    """The criticality class of a system or service in words."""
    found = g.register.finn(key.partition("/")[2])
    return felles.kritikalitet(g, getattr(found, "kritikalitet", None))

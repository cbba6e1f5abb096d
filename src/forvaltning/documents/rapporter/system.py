"""The report `system`: everything about one system on a card that its owner would print."""

from __future__ import annotations

from collections.abc import Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import felles, felles_frister, felles_ros
from forvaltning.documents.rapporter import system_fakta as fakta
from forvaltning.documents.rapporter import system_rundt as rundt
from forvaltning.documents.rapporter.felles_frister import Frist
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.findings import Outcome
from forvaltning.model.ros import Ros
from forvaltning.model.system import System

KRAV = Kolonne("krav", "Krav")
TITTEL = Kolonne("tittel", "Hva kravet sier")


def visning(g: Grunnlag) -> Visning:
    """The system that `post` names. A file that could not be read gives a card that says so and shows no facts."""
    ident = (g.post or "").rpartition("/")[2]
    s = g.register.hent(ident, System)
    if s is None:
        return _uten_fakta(g, ident)
    ros = frozenset(r.id for r in felles_ros.i_kraft(g, g.register.alle(Ros)))
    frister = felles_frister.for_system(g, s, ros)
    st = felles.status(g.dommer_for(s))
    return Visning(
        "system",
        f"Systemkort: {s.navn}",
        tuple(x for x in (s.beskrivelse, s.merknad) if x),
        (
            Del("Det som må gjøres", tabeller=(_gjoremal(g, s, frister), _frister(g, frister))),
            Del("Roller", tabeller=(rundt.roller(g, s),)),
            Del("Fakta", tabeller=fakta.tabeller(g, s)),
            Del("Tjenester og dataflyter", tabeller=(rundt.tjenester(g, s), rundt.flyter(g, s))),
            Del("Avtaler", tabeller=(rundt.avtaler(g, s),)),
            Del(
                "Risiko og personvern",
                tabeller=(rundt.ros(g, s, ros), rundt.behandlinger(g, s), rundt.datasett(g, s)),
            ),
            Del("Avvik", tabeller=(_avvik(g, s),)),
            Del("Alle krav", tabeller=(_krav(g, s),)),
        ),
        (
            ("Tilstand", felles.tilstand(s.tilstand)),
            ("Kritikalitet", felles.kritikalitet(g, s.kritikalitet)),
            ("Systemeier", felles.rolle(g, s.systemeier)),
            ("Brudd", st.brudd),
            ("Ikke avgjort", st.ikke_avgjort),
            ("Avvik", st.avvik),
            ("Snart", st.snart),
            ("Oppfylt", st.oppfylt),
            ("Neste frist", felles_frister.neste(g, frister)),
        ),
    )


def _uten_fakta(g: Grunnlag, ident: str) -> Visning:
    """What is left to say of a system whose file could not be read or is not there."""
    grunn = felles.uleste(g, "systemer") or (f"Systemet {ident} finnes ikke i registeret.",)
    problemer = tuple(p.melding for p in g.problemer if p.post == g.post or p.fil == f"{g.post}.yaml")
    return Visning("system", f"Systemkort: {ident}", grunn, (Del("Det som må gjøres", punkter=problemer),))


def _gjoremal(g: Grunnlag, s: System, frister: Sequence[Frist]) -> Tabell:
    """What is broken, open or runs out, worst first."""
    return Tabell(
        "gjoremal",
        "Det som haster",
        (
            Kolonne("utfall", "Utfall", "utfall"),
            KRAV,
            Kolonne("hva", "Hva"),
            Kolonne("tiltak", "Slik gjør du"),
            Kolonne("frist", "Frist", "dato"),
            Kolonne("ansvarlig", "Ansvarlig"),
        ),
        tuple(
            (x.utfall, x.krav, x.hva, x.tiltak, x.frist, x.ansvarlig)
            for x in felles_frister.gjoremal(g, [s], [frister])
        ),
        tom="Ingenting haster. Ingen krav er brutt eller uavgjort, og ingenting går ut snart.",
    )


def _frister(g: Grunnlag, frister: Sequence[Frist]) -> Tabell:
    return Tabell(
        "frister",
        "Alt som går ut, det nærmeste først",
        (
            Kolonne("dato", "Dato", "dato"),
            Kolonne("igjen", "Igjen"),
            Kolonne("hva", "Hva"),
            Kolonne("ansvarlig", "Ansvarlig"),
        ),
        tuple((f.dato, felles.om(g, f.dato), f.hva, f.ansvarlig) for f in frister),
        tom="Ingenting i registeret går ut.",
    )


def _avvik(g: Grunnlag, s: System) -> Tabell:
    """The deviations that name the system, and whether they cover anything now."""
    dekker = {f.avvik for v in g.dommer_for(s) for f in v.funn if f.avvik}
    rader: list[tuple[Verdi, ...]] = []
    for a in felles_frister.avvik_for(g, s):
        b = a.besluttet
        forum = g.rolletittel(b.forum) if b and b.forum else felles.MANGLER
        rader.append(
            (
                a.navn or a.id,
                a.krav,
                felles.tilstand(a.tilstand),
                a.grunn,
                a.kompenserende_tiltak,
                forum if b else "Ikke besluttet",
                a.gyldig_til or a.lukket,
                "ja" if a.id in dekker else "nei",
            )
        )
    return Tabell(
        "avvik",
        "Avvik",
        (
            Kolonne("avvik", "Avvik"),
            KRAV,
            Kolonne("tilstand", "Tilstand"),
            Kolonne("grunn", "Grunn"),
            Kolonne("kompenserende_tiltak", "Kompenserende tiltak", "liste"),
            Kolonne("besluttet_av", "Besluttet av"),
            Kolonne("til", "Til", "dato"),
            Kolonne("dekker", "Dekker noe nå"),
        ),
        tuple(rader),
        tom="Ingen avvik gjelder systemet.",
    )


def _krav(g: Grunnlag, s: System) -> Tabell:
    """Every requirement with its outcome and what it rests on."""
    return Tabell(
        "krav",
        "Alle krav",
        (
            KRAV,
            TITTEL,
            Kolonne("utfall", "Utfall", "utfall"),
            Kolonne("styrke", "Hviler på"),
            Kolonne("frist", "Frist", "dato"),
            Kolonne("ansvarlig", "Ansvarlig"),
            Kolonne("merknad", "Merknad"),
        ),
        tuple(
            (
                v.krav,
                felles.krav(v.krav),
                v.utfall.value,
                felles.STYRKE.get(v.styrke.value) if v.styrke else None,
                v.frist,
                felles_frister.roller(g, v.ansvarlig) if v.ansvarlig else None,
                _merknad(v.begrunnelse, v.lovbrudd, v.avvik, v.utfall),
            )
            for v in g.dommer_for(s)
        ),
        tom="Ingen krav er vurdert.",
    )


def _merknad(begrunnelse: str | None, lovbrudd: bool, avvik: str | None, utfall: Outcome) -> str | None:
    if lovbrudd:
        return f"Lovbrudd under oppfølging i avviket {avvik}."
    if utfall is Outcome.AVVIK and avvik:
        return f"Dekket av avviket {avvik}."
    return begrunnelse

"""The report `systemeier`: one owner's systems on one page, with what to do first; else one part for each owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, nokkel
from forvaltning.documents.rapporter import felles, felles_frister, felles_ros
from forvaltning.documents.rapporter.felles_frister import Frist
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.viser import normaliser

FORST = 10
"""How many things to do the page names for each owner; the rest is counted."""
MANEDER = 12
EIER = Kolonne("systemeier", "Systemeier")
SYSTEM = Kolonne("system", "System")
SYSTEMER = (
    EIER,
    SYSTEM,
    Kolonne("tilstand", "Tilstand"),
    Kolonne("kritikalitet", "Kritikalitet"),
    Kolonne("brudd", "Brudd", "tall"),
    Kolonne("ikke_avgjort", "Ikke avgjort", "tall"),
    Kolonne("avvik", "Avvik", "tall"),
    Kolonne("snart", "Snart", "tall"),
    Kolonne("oppfylt", "Oppfylt", "tall"),
    Kolonne("neste_frist", "Neste frist", "dato"),
)
GJOREMAL = (
    EIER,
    SYSTEM,
    Kolonne("utfall", "Utfall", "utfall"),
    Kolonne("krav", "Krav"),
    Kolonne("hva", "Hva"),
    Kolonne("tiltak", "Slik gjør du"),
    Kolonne("frist", "Frist", "dato"),
)
FRISTER = (
    EIER,
    Kolonne("dato", "Dato", "dato"),
    Kolonne("igjen", "Igjen"),
    Kolonne("naar", "Når"),
    SYSTEM,
    Kolonne("hva", "Hva"),
    Kolonne("ansvarlig", "Ansvarlig"),
)


def visning(g: Grunnlag) -> Visning:
    """The owners that were asked for (`post` or `rolle`), else every owner of a system that was asked for."""
    valgt = _valgte(g)
    eide: dict[str, list[System]] = defaultdict(list)
    for s in g.poster(System) if valgt is None else g.sortert(g.register.alle(System)):
        key = normaliser(s.systemeier or "")
        if s.tilstand != "avviklet" and (valgt is None or key in valgt) and _i_enhet(g, s):
            eide[key].append(s)
    for key in valgt or ():
        eide.setdefault(key, [])
    ros = frozenset(r.id for r in felles_ros.i_kraft(g, g.register.alle(Ros)))
    rekke = sorted(eide, key=lambda k: (not k, nokkel(_tittel(g, k)), k))
    frister = {k: [felles_frister.for_system(g, s, ros) for s in eide[k]] for k in rekke}
    deler = tuple(_eier(g, k, eide[k], frister[k]) for k in rekke)
    alle = [s for k in rekke for s in eide[k]]
    st = felles.status(v for s in alle for v in g.dommer_for(s))
    en = len(rekke) == 1
    return Visning(
        "systemeier",
        f"Systemer hos {_tittel(g, rekke[0])}" if en and rekke[0] else "Systemeiere",
        (
            "Systemene du eier, hva som haster, og hva som går ut det neste året."
            if en
            else "Systemene til hver systemeier, hva som haster, og hva som går ut det neste året.",
            *felles.uleste(g, "systemer", "roller"),
        ),
        deler or (Del("Ingen systemer", ("Ingen systemer passer med det som er valgt.",)),),
        (
            *(() if en else (("Systemeiere", len([k for k in rekke if k])),)),
            ("Systemer", len(alle)),
            ("Brudd", st.brudd),
            ("Ikke avgjort", st.ikke_avgjort),
            ("Avvik", st.avvik),
            ("Snart", st.snart),
            ("Neste frist", felles_frister.neste(g, (f for k in rekke for fs in frister[k] for f in fs))),
        ),
    )


def _valgte(g: Grunnlag) -> frozenset[str] | None:
    """Normalised ids of the role records that were asked for, None for all owners."""
    if g.post is not None:
        return frozenset([normaliser(g.post.rpartition("/")[2])])
    found = g.register.oppforing(g.rolle) if g.rolle else None
    return frozenset([normaliser(found.id)]) if found is not None and found.kind == "roller" else None


def _i_enhet(g: Grunnlag, s: System) -> bool:
    """Within the units that were asked for; the role has chosen the systems already."""
    if g.enheter is None:
        return True
    unit = g.register.enhet_for(s)
    return unit is not None and normaliser(unit) in g.enheter


def _tittel(g: Grunnlag, key: str) -> str:
    return felles.rolle(g, _ident(g, key)) if key else "Uten systemeier"


def _ident(g: Grunnlag, key: str) -> str:
    """The id as the record has it; the key itself when there is no such record."""
    found = g.register.oppforing(key)
    return found.id if found is not None else key


# --- one owner -------------------------------------------------------------------------------------


def _eier(g: Grunnlag, key: str, systemer: Sequence[System], frister: Sequence[Sequence[Frist]]) -> Del:
    navn = _tittel(g, key)
    return Del(
        navn,
        _om(g, key, len(systemer)),
        tabeller=(
            _gjoremal(g, navn, systemer, frister),
            _systemer(g, navn, systemer, frister),
            _frister(g, navn, systemer, frister),
        ),
    )


def _om(g: Grunnlag, key: str, n: int) -> tuple[str, ...]:
    role = g.register.hent(_ident(g, key), Rolle) if key else None
    kontakt = f" Kontakt: {role.kontakt}." if role is not None and role.kontakt else ""
    ident = f" Rolle: {role.id}." if role is not None else ""
    return (f"{antall(n, 'system', 'systemer')}.{ident}{kontakt}",)


def _systemer(
    g: Grunnlag, navn: str, systemer: Sequence[System], frister: Sequence[Sequence[Frist]]
) -> Tabell:
    rader: list[tuple[Verdi, ...]] = []
    for s, datert in zip(systemer, frister, strict=True):
        st = felles.status(g.dommer_for(s))
        rader.append(
            (
                navn,
                s.navn,
                felles.tilstand(s.tilstand),
                felles.kritikalitet(g, s.kritikalitet),
                st.brudd,
                st.ikke_avgjort,
                st.avvik,
                st.snart,
                st.oppfylt,
                felles_frister.neste(g, datert),
            )
        )
    return Tabell("systemer", "Systemene", SYSTEMER, tuple(rader), tom="Ingen systemer.")


def _gjoremal(
    g: Grunnlag, navn: str, systemer: Sequence[System], frister: Sequence[Sequence[Frist]]
) -> Tabell:
    """What to do first: what is broken, then what is open, then what runs out soonest."""
    alle = felles_frister.gjoremal(g, systemer, frister)
    mer = len(alle) - FORST
    return Tabell(
        "forst",
        "Gjør dette først",
        GJOREMAL,
        tuple((navn, x.system.navn, x.utfall, x.krav, x.hva, x.tiltak, x.frist) for x in alle[:FORST]),
        tom="Ingen krav er brutt eller uavgjort, og ingenting går ut snart.",
        forklaring=f"De {FORST} første. {mer} til står i «forvaltning todo»." if mer > 0 else "",
    )


def _frister(
    g: Grunnlag, navn: str, systemer: Sequence[System], frister: Sequence[Sequence[Frist]]
) -> Tabell:
    """What has run out and what runs out within a year, soonest first."""
    siste = felles.om_maneder(g, MANEDER)
    alle = [
        (f, s.navn) for s, datert in zip(systemer, frister, strict=True) for f in datert if f.dato <= siste
    ]
    alle.sort(key=lambda p: (p[0].dato, nokkel(p[1]), nokkel(p[0].hva)))
    return Tabell(
        "frister",
        f"Frister de neste {MANEDER} månedene",
        FRISTER,
        tuple(
            (
                navn,
                f.dato,
                felles.om(g, f.dato),
                _naar(felles.dager(g, f.dato), g.hode.varslingsvindu_dager),
                system,
                f.hva,
                f.ansvarlig,
            )
            for f, system in alle
        ),
        tom=f"Ingenting går ut de neste {MANEDER} månedene.",
    )


def _naar(dager: int, vindu: int) -> str:
    if dager < 0:
        return "Over frist"
    return f"Innen {vindu} dager" if dager <= vindu else f"Innen {MANEDER} måneder"

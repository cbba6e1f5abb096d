"""What stands around a system on its card: roles, services, flows, agreements, risk, processing and data."""

from __future__ import annotations

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.norsk import nokkel
from forvaltning.documents.rapporter import behandlingsprotokoll_felt, felles, felles_ros
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.model.integrasjon import Endepunkt, Integrasjon
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System
from forvaltning.model.viser import normaliser


def roller(g: Grunnlag, s: System) -> Tabell:
    """Everyone with a role around the system, with unit and contact."""
    rader: list[tuple[Verdi, ...]] = [
        _rolle(g, "Systemeier", s.systemeier),
        _rolle(g, "Systemkoordinator", s.systemkoordinator),
        *(_rolle(g, "Behandlingsansvarlig", i) for i in s.behandlingsansvarlige),
        *(_rolle(g, "Annen rolle", a.rolle, a.beskrivelse or a.id) for a in s.andre_roller),
    ]
    if s.personopplysninger and not s.behandlingsansvarlige:
        rader.append(_rolle(g, "Behandlingsansvarlig", None))
    return Tabell(
        "roller",
        "Roller",
        (
            Kolonne("rolle", "Rolle"),
            Kolonne("hvem", "Hvem"),
            Kolonne("enhet", "Enhet"),
            Kolonne("kontakt", "Kontakt"),
            Kolonne("gjor", "Gjør"),
        ),
        tuple(rader),
    )


def _rolle(g: Grunnlag, tittel: str, ident: str | None, gjor: str | None = None) -> tuple[Verdi, ...]:
    r = g.register.hent(ident, Rolle)
    if r is None:
        return (tittel, felles.rolle(g, ident), None, None, gjor)
    virksom = "" if g.register.er_virksom(r) else " (ikke besatt)"
    return (tittel, g.rollenavn(r.id) + virksom, g.enhetsnavn(r.enhet), r.kontakt or felles.MANGLER, gjor)


def tjenester(g: Grunnlag, s: System) -> Tabell:
    """The services that use the system: who is hit when it stops."""
    return Tabell(
        "tjenester",
        "Tjenester som bruker systemet",
        (
            Kolonne("tjeneste", "Tjeneste"),
            Kolonne("tilstand", "Tilstand"),
            Kolonne("kritikalitet", "Kritikalitet"),
            Kolonne("enhet", "Enhet"),
            Kolonne("tjenesteansvarlig", "Tjenesteansvarlig"),
        ),
        tuple(
            (
                t.navn,
                felles.tilstand(t.tilstand),
                felles.kritikalitet(g, t.kritikalitet),
                g.enhet(t),
                felles.rolle(g, t.tjenesteansvarlig),
            )
            for t in g.sortert(g.register.tjenester_med(s))
        ),
        tom="Ingen tjenester i registeret bruker systemet.",
    )


def flyter(g: Grunnlag, s: System) -> Tabell:
    """Flows in and out, with the other end."""
    rader = [_flyt(g, s, f) for f in g.sortert(g.register.integrasjoner_for(s))]
    return Tabell(
        "dataflyter",
        "Dataflyter inn og ut",
        (
            Kolonne("vei", "Vei"),
            Kolonne("motpart", "Motpart"),
            Kolonne("innhold", "Hva"),
            Kolonne("mekanisme", "Mekanisme"),
            Kolonne("personopplysninger", "Personopplysninger"),
            Kolonne("tilstand", "Tilstand"),
        ),
        tuple(sorted(rader, key=lambda r: (str(r[0]), nokkel(str(r[1]))))),
        tom="Ingen dataflyter er registrert.",
    )


def _flyt(g: Grunnlag, s: System, f: Integrasjon) -> tuple[Verdi, ...]:
    ut = f.fra is not None and normaliser(f.fra.system or "") == normaliser(s.id)
    begge = f.retning == "begge_veier"
    return (
        "Begge veier" if begge else "Ut" if ut else "Inn",
        motpart(g, f.til if ut else f.fra),
        f.innhold or f.navn,
        g.kode("mekanisme", f.mekanisme) or felles.MANGLER,
        felles.ja_nei(f.personopplysninger),
        felles.tilstand(f.tilstand),
    )


def motpart(g: Grunnlag, ende: Endepunkt | None) -> str:
    """One end of a flow in words."""
    if ende is None:
        return felles.MANGLER
    if ende.system:
        return felles.post(g, ende.system)
    if ende.felleskomponent:
        return f"{g.kode('felleskomponent', ende.felleskomponent)} (felleskomponent)"
    if ende.leverandor:
        return felles.post(g, ende.leverandor)
    return f"{ende.ekstern} (ekstern)" if ende.ekstern else felles.MANGLER


def avtaler(g: Grunnlag, s: System) -> Tabell:
    """The agreements that cover the system."""
    rader: list[tuple[Verdi, ...]] = []
    for a in g.sortert(g.register.avtaler_for(s)):
        oppsigelse = felles.siste_dag_for_oppsigelse(g, a)
        rader.append(
            (
                a.navn,
                felles.koder(g, "avtalekategori", a.kategorier),
                felles.avtalepart(g, a),
                felles.avtaletilstand(g, a),
                g.register.siste_gyldige_dag(a) or "Løpende",
                oppsigelse,
                felles.rolle(g, a.avtaleeier),
            )
        )
    return Tabell(
        "avtaler",
        "Avtaler",
        (
            Kolonne("avtale", "Avtale"),
            Kolonne("kategorier", "Kategori", "liste"),
            Kolonne("part", "Part"),
            Kolonne("tilstand", "Tilstand"),
            Kolonne("slutter", "Slutter", "dato"),
            Kolonne("si_opp_innen", "Si opp innen", "dato"),
            Kolonne("avtaleeier", "Avtaleeier"),
        ),
        tuple(rader),
        tom="Ingen avtaler dekker systemet.",
    )


def ros(g: Grunnlag, s: System, i_kraft: frozenset[str]) -> Tabell:
    """The ROS that cover the system, those in force first."""
    alle = sorted(g.sortert(g.register.ros_for(s)), key=lambda r: r.id not in i_kraft)
    rader: list[tuple[Verdi, ...]] = []
    for r in alle:
        gjelder = r.id in i_kraft
        linjer = felles_ros.linjer(g, [r]) if gjelder else []
        sammendrag = r.sammendrag.over_aksept if r.sammendrag and not r.scenarier else None
        over = sum(x.over is True for x in linjer) if r.scenarier else sammendrag
        neste = felles_ros.fornyes(g, r, [s]) if gjelder else None
        rader.append(
            (
                r.navn,
                "Gjelder" if gjelder else felles.tilstand(r.tilstand),
                r.besluttet.dato if r.besluttet else None,
                over if gjelder else None,
                neste[0] if neste else None,
                (r.besluttet.referanse if r.besluttet else None),
            )
        )
    return Tabell(
        "ros",
        "ROS",
        (
            Kolonne("ros", "ROS"),
            Kolonne("tilstand", "Tilstand"),
            Kolonne("besluttet", "Besluttet", "dato"),
            Kolonne("over_aksept", "Over akseptert nivå", "tall"),
            Kolonne("fornyes_innen", "Fornyes innen", "dato"),
            Kolonne("referanse", "Referanse"),
        ),
        tuple(rader),
        tom="Ingen ROS dekker systemet.",
    )


def behandlinger(g: Grunnlag, s: System) -> Tabell:
    """The processing activities in the system, with their assessments."""
    return Tabell(
        "behandlinger",
        "Behandlinger av personopplysninger",
        (
            Kolonne("behandling", "Behandling"),
            Kolonne("tilstand", "Tilstand"),
            Kolonne("dpia", "Terskelvurdering og DPIA", "liste"),
            Kolonne("bekreftet", "Sist bekreftet"),
        ),
        tuple(
            (
                b.navn,
                felles.tilstand(b.tilstand),
                behandlingsprotokoll_felt.dpia(g, b),
                norsk_dato(b.bekreftet.dato) if b.bekreftet and b.bekreftet.dato else felles.MANGLER,
            )
            for b in g.sortert(g.register.behandlinger_i(s))
        ),
        tom="Ingen behandlinger i protokollen skjer i systemet.",
    )


def datasett(g: Grunnlag, s: System) -> Tabell:
    """The datasets that the system holds."""
    grunn = s.ingen_datasett.grunn if s.ingen_datasett else None
    return Tabell(
        "datasett",
        "Datasett",
        (
            Kolonne("datasett", "Datasett"),
            Kolonne("tilgang", "Tilgang"),
            Kolonne("konfidensialitet", "Konfidensialitet"),
            Kolonne("personopplysninger", "Personopplysninger"),
            Kolonne("arkivverdi", "Arkivverdi"),
        ),
        tuple(
            (
                d.navn,
                g.kode("tilgangsniva", d.tilgang) or felles.MANGLER,
                felles.kit(g, d.kit, "konfidensialitet"),
                felles.ja_nei(d.personopplysninger),
                g.kode("bevaring", d.arkivverdi) or felles.MANGLER,
            )
            for d in g.sortert(g.register.datasett_i(s))
        ),
        tom=f"Ingen datasett: {grunn}" if grunn else "Ingen datasett er registrert.",
    )

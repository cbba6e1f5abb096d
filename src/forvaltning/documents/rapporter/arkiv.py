"""The report `arkiv`: documentation duty, where it is archived, what is kept or deleted, and how ended systems ended (3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.findings import Finding
from forvaltning.model.datasett import Datasett
from forvaltning.model.system import Arkiv, System
from forvaltning.model.viser import normaliser

SYSTEM = Kolonne("system", "System")


def visning(g: Grunnlag) -> Visning:
    """What is not decided first, then every system in use, then datasets that are kept, then what has ended."""
    alle = g.poster(System)
    i_bruk = [s for s in alle if s.tilstand is None or g.register.i_bruk(s)]
    slutt = [s for s in alle if s.tilstand == "avviklet"]
    kommende = len(alle) - len(i_bruk) - len(slutt)
    bevaring = [s.arkiv.bevaring if s.arkiv else None for s in i_bruk]
    plikt = [s.arkiv.dokumentasjonspliktig if s.arkiv else None for s in i_bruk]
    return Visning(
        "arkiv",
        "Arkiv",
        (
            "Hvilke systemer som har dokumentasjonsplikt, hvor det arkiveres, og hva som bevares og slettes.",
            *felles.uleste(g, "systemer", "datasett"),
        ),
        (
            Del("Dette må avgjøres", tabeller=(_brudd(g, [*i_bruk, *slutt]),)),
            Del("Systemer i bruk", tabeller=(_arkivering(g, i_bruk), _bevaring(g, i_bruk))),
            Del("Uten dokumentasjonsplikt", tabeller=(_fritak(g, i_bruk),)),
            Del("Datasett som skal bevares", tabeller=(_datasett(g),)),
            Del("Avviklede systemer", tabeller=(_avviklet(g, slutt),)),
        ),
        (
            ("Systemer i bruk", len(i_bruk)),
            ("Med dokumentasjonsplikt", plikt.count(True)),
            ("Dokumentasjonsplikt er ikke oppgitt", plikt.count(None)),
            ("Bevares", bevaring.count("bevares")),
            ("Kasseres", bevaring.count("kasseres")),
            ("Bevaring er ikke besluttet", bevaring.count("ikke_besluttet") + bevaring.count(None)),
            ("Avviklet", len(slutt)),
            ("Ikke tatt i bruk ennå, og ikke med her", kommende),
        ),
    )


def _funn(g: Grunnlag, system: System) -> tuple[Finding, ...]:
    return tuple(registerord.funn(g.dom(system, "3.1"), "arkiv", "avviklet", "ingen_datasett"))


def _brudd(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    return Tabell(
        "brudd",
        "Det som mangler eller er galt om arkivet (3.1)",
        (
            SYSTEM,
            Kolonne("tilstand", "Tilstand"),
            *registerord.FUNN,
        ),
        tuple(
            (s.navn, felles.tilstand(s.tilstand), *rad)
            for s in systemer
            for rad in registerord.funnrader(g, g.dom(s, "3.1"), _funn(g, s))
        ),
        tom="Ingen funn om arkiv i krav 3.1 i utvalget.",
    )


def _arkivering(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    kjerner = {normaliser(k) for k in g.register.innstillinger.arkivkjerner}

    def godkjent(system: System, a: Arkiv) -> str:
        if not a.arkivkjerne:
            return ""
        if normaliser(a.arkivkjerne) in kjerner:
            return "Godkjent i innstillingene"
        return felles.bekreftet(g, a.arkivkjerne_godkjent)

    def en(s: System) -> tuple[Verdi, ...]:
        a = s.arkiv or Arkiv()
        kjerne = felles.post(g, a.arkivkjerne) if a.arkivkjerne else ""
        return (
            s.navn,
            s.id,
            felles.rolle(g, s.systemeier),
            felles.ja_nei(a.dokumentasjonspliktig),
            kjerne or (felles.MANGLER if a.dokumentasjonspliktig else ""),
            godkjent(s, a),
            registerord.utfall(g.dom(s, "3.1")),
        )

    return Tabell(
        "arkivering",
        "Dokumentasjonsplikt og arkivkjerne",
        (
            SYSTEM,
            Kolonne("id", "Id"),
            Kolonne("systemeier", "Systemeier"),
            Kolonne("plikt", "Dokumentasjonsplikt"),
            Kolonne("arkivkjerne", "Arkiveres i"),
            Kolonne("godkjent", "Arkivkjernen er godkjent"),
            Kolonne("krav_3_1", "Krav 3.1", "utfall"),
        ),
        tuple(en(s) for s in systemer),
        forklaring="Krav 3.1 gjelder også hjemmel, lagring og overføring, så det kan være brutt av andre grunner enn arkivet.",
    )


def _bevaring(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    return Tabell(
        "bevaring",
        "Bevaring, oppbevaring og sletting",
        (
            SYSTEM,
            Kolonne("bevaring", "Bevaring"),
            Kolonne("oppbevaring", "Regel for oppbevaring og sletting"),
            Kolonne("hjemmel", "Hjemmel"),
        ),
        tuple(
            (
                s.navn,
                g.kode("bevaring", s.arkiv.bevaring if s.arkiv else None) or felles.MANGLER,
                (s.arkiv.oppbevaring if s.arkiv else None) or felles.MANGLER,
                (s.arkiv.hjemmel if s.arkiv else None) or registerord.IKKE_OPPGITT,
            )
            for s in systemer
        ),
    )


def _fritak(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    """Systems that say no, with the reason, who said so and when."""
    nei = [(s, s.arkiv) for s in systemer if s.arkiv and s.arkiv.dokumentasjonspliktig is not True]
    return Tabell(
        "fritak",
        "Hvorfor de ikke har dokumentasjonsplikt",
        (
            SYSTEM,
            Kolonne("grunn", "Grunn"),
            Kolonne("av", "Bestemt av"),
            Kolonne("dato", "Dato", "dato"),
        ),
        tuple(
            (
                s.navn,
                (a.ikke_aktuelt.grunn if a.ikke_aktuelt else None) or felles.MANGLER,
                felles.rolle(g, a.ikke_aktuelt.av) if a.ikke_aktuelt else felles.MANGLER,
                (a.ikke_aktuelt.dato if a.ikke_aktuelt else None) or felles.MANGLER,
            )
            for s, a in nei
            if a.dokumentasjonspliktig is False or a.ikke_aktuelt is not None
        ),
        tom="Ingen systemer i bruk sier at de er uten dokumentasjonsplikt.",
    )


def _datasett(g: Grunnlag) -> Tabell:
    return Tabell(
        "datasett",
        "Datasett med arkivverdi",
        (Kolonne("datasett", "Datasett"), Kolonne("system", "System"), Kolonne("eier", "Eier")),
        tuple(
            (d.navn, felles.post(g, d.system), felles.rolle(g, d.eier) if d.eier else g.enhet(d))
            for d in g.poster(Datasett)
            if d.arkivverdi == "bevares"
        ),
        tom="Ingen datasett i utvalget er ført opp med «bevares».",
    )


def _avviklet(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    def en(s: System) -> tuple[Verdi, ...]:
        a = s.arkiv or Arkiv()
        return (
            s.navn,
            s.avviklet or felles.MANGLER,
            g.kode("bevaring", a.bevaring) or felles.MANGLER,
            registerord.dokument(a.avlevert),
            registerord.dokument(a.slettet),
            registerord.dokument(a.leverandor_bekreftet),
            registerord.utfall(g.dom(s, "3.1")),
        )

    return Tabell(
        "avviklet",
        "Hva som ble av dataene",
        (
            SYSTEM,
            Kolonne("avviklet", "Avviklet", "dato"),
            Kolonne("bevaring", "Bevaring"),
            Kolonne("avlevert", "Avlevert"),
            Kolonne("slettet", "Slettet"),
            Kolonne("leverandor_bekreftet", "Leverandøren har bekreftet"),
            Kolonne("krav_3_1", "Krav 3.1", "utfall"),
        ),
        tuple(en(s) for s in systemer),
        tom="Ingen systemer i utvalget er avviklet.",
    )

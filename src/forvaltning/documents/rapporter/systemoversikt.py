"""`systemoversikt`: every system with its roles, its state and when the entry was last gone through (requirement 1.6)."""

from __future__ import annotations

from collections import Counter

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.findings import Outcome
from forvaltning.model.system import System

KRAV = "1.6"
KOLONNER = (
    Kolonne("navn", "System"),
    Kolonne("id", "Id"),
    Kolonne("tilstand", "Tilstand"),
    Kolonne("enhet", "Enhet"),
    Kolonne("systemeier", "Systemeier"),
    Kolonne("systemkoordinator", "Systemkoordinator"),
    Kolonne("leverandor", "Leverandør"),
    Kolonne("drift", "Drift"),
    Kolonne("kritikalitet", "Kritikalitet"),
    Kolonne("personopplysninger", "Personopplysninger"),
    Kolonne("i_produksjon", "I produksjon fra", "dato"),
    Kolonne("gjennomgatt", "Sist gjennomgått", "dato"),
    Kolonne("frist", "Neste frist", "dato"),
    Kolonne("utfall", "Krav 1.6", "utfall"),
)


def visning(g: Grunnlag) -> Visning:
    """The inventory: systems in use and on their way, those that have ended, and those that are only named."""
    systems = g.poster(System)
    ended = [s for s in systems if s.tilstand == "avviklet"]
    present = [s for s in systems if s.tilstand != "avviklet"]
    verdicts = [v for s in present for v in [g.dom(s, KRAV)] if v is not None]
    outcome = Counter(v.utfall for v in verdicts)
    return Visning(
        "systemoversikt",
        "Systemoversikt",
        (
            (
                f"Oversikten har {antall(len(present), 'system', 'systemer')} som er i bruk eller på vei, og "
                f"{len(ended)} som er avviklet. Krav 1.6 ber om at hvert system står her med roller og organisering, og at "
                "innføringen er gått gjennom innen fristen."
            ),
            *felles.uleste(g, "systemer"),
        ),
        (
            Del("I bruk og på vei", tabeller=(_tabell(g, "systemer", "I bruk og på vei", present),)),
            Del("Det som må rettes", tabeller=(_rettes(g),)),
            Del("Nevnt, men ikke i oversikten", tabeller=(_nevnt(g),)),
            Del("Avviklet", tabeller=(_tabell(g, "avviklet", "Avviklet", ended),)),
        ),
        (
            ("Systemer", len(present)),
            ("Systemer der krav 1.6 er oppfylt", outcome[Outcome.OPPFYLT] + outcome[Outcome.SNART]),
            ("Systemer der krav 1.6 er brutt", outcome[Outcome.BRUDD]),
            ("Systemer der krav 1.6 ikke er avgjort", outcome[Outcome.IKKE_AVGJORT]),
            ("Systemer der et avvik dekker bruddet", outcome[Outcome.AVVIK]),
            ("Avviklede systemer", len(ended)),
        ),
    )


def _tabell(g: Grunnlag, navn: str, tittel: str, systemer: list[System]) -> Tabell:
    return Tabell(navn, tittel, KOLONNER, tuple(_rad(g, s) for s in systemer))


def _rad(g: Grunnlag, s: System) -> tuple[Verdi, ...]:
    verdict = g.dom(s, KRAV)
    run = g.kode("driftsform", s.drift.form) if s.drift else ""
    by = s.drift.leverandor if s.drift else None
    return (
        s.navn,
        s.id,
        felles.tilstand(s.tilstand),
        g.enhet(s),
        felles.rolle(g, s.systemeier),
        felles.rolle(g, s.systemkoordinator),
        felles.post(g, s.leverandor) if s.leverandor else None,
        f"{run}: {felles.post(g, by)}"
        if run and by
        else run or (felles.post(g, by) if by else felles.MANGLER),
        felles.kritikalitet(g, s.kritikalitet),
        felles.ja_nei(s.personopplysninger),
        s.produksjon_fra,
        s.systemoversikt.dato if s.systemoversikt else None,
        verdict.frist if verdict is not None else None,
        verdict.utfall.value if verdict is not None else None,
    )


def _rettes(g: Grunnlag) -> Tabell:
    rows = [
        (g.navn(v.post), g.enhetsnavn(v.enhet), f.melding, f.tiltak, f.dato, g.svarer(v))
        for v in g.dommer
        if v.krav == KRAV and v.post.startswith("systemer/")
        for f in v.funn
        if f.avvik is None
    ]
    rows += [
        (
            g.navn(v.post),
            g.enhetsnavn(v.enhet),
            v.begrunnelse or "",
            "Gjør det mulig å avgjøre kravet.",
            None,
            g.svarer(v),
        )
        for v in g.dommer
        if v.krav == KRAV and v.post.startswith("systemer/") and v.utfall is Outcome.IKKE_AVGJORT
    ]
    return Tabell(
        "rettes",
        "Det som må rettes",
        (
            Kolonne("system", "System"),
            Kolonne("enhet", "Enhet"),
            Kolonne("hva", "Hva"),
            Kolonne("tiltak", "Gjør dette"),
            Kolonne("frist", "Gjaldt til", "dato"),
            Kolonne("svarer", "Svarer"),
        ),
        tuple(rows),
        tom="Ingenting. Alt som krav 1.6 ber om, er på plass.",
    )


def _nevnt(g: Grunnlag) -> Tabell:
    """Systems that a service, flow or agreement names and the registry does not hold: 1.6 is broken where they are named."""
    rows = tuple(
        (g.navn(v.post), v.post.partition("/")[0], g.enhetsnavn(v.enhet), f.melding, f.tiltak)
        for v in g.dommer
        if v.krav == KRAV and not v.post.startswith("systemer/")
        for f in v.funn
        if f.avvik is None
    )
    return Tabell(
        "nevnt",
        "Nevnt, men ikke i oversikten",
        (
            Kolonne("post", "Nevnt i"),
            Kolonne("slag", "Slag"),
            Kolonne("enhet", "Enhet"),
            Kolonne("hva", "Hva"),
            Kolonne("tiltak", "Gjør dette"),
        ),
        rows,
        tom="Ingen. Alle systemer som tjenester, dataflyter og avtaler nevner, står i oversikten.",
    )

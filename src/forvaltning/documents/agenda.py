"""What a forum's next meeting has to decide, from the register and its verdicts (domain.md, 4 and 5).

Which kinds of items a forum has stands in the settings (`fora.<kode>.saker` and `.krav`), not here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forvaltning.documents import agenda_avvik, agenda_prosjekter, agenda_skifter, agenda_vurderinger
from forvaltning.documents.agenda_sak import Mote, Sak, Slag
from forvaltning.documents.norsk import antall
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Del, Kolonne, Tabell, Visning
from forvaltning.engine.deviations import ALLTID_RADET
from forvaltning.findings import Outcome
from forvaltning.krav.katalog import ETTER_NUMMER

if TYPE_CHECKING:
    from forvaltning.documents.grunnlag import Grunnlag

PROSJEKTSAKER = frozenset({"beslutningspunkter", "saker_til_radet"})
SLAG: dict[str, Slag] = {
    "storre_avvik": Slag(
        "Større avvik som venter på beslutning",
        "Avvik som er større eller gjelder 8.3, og som ikke er gyldig besluttet",
        agenda_avvik.storre,
    ),
    "mindre_avvik": Slag(
        "Mindre avvik som venter på beslutning",
        "Mindre avvik som ikke er gyldig besluttet",
        agenda_avvik.mindre,
    ),
    "avvik_som_utloper": Slag(
        "Avvik som går ut",
        "Avvik som forumet har besluttet, og som har gått ut eller går ut i perioden",
        agenda_avvik.utloper,
    ),
    "brudd_uu": Slag(
        "Brudd på universell utforming",
        "Løsninger med brudd på 8.3 som ikke er behandlet",
        agenda_vurderinger.brudd_uu,
    ),
    "beslutningspunkter": Slag(
        "Prosjekter før BP2 og BP3",
        "Digitaliseringsprosjekter uten anbefaling før neste beslutningspunkt",
        agenda_prosjekter.beslutningspunkter,
    ),
    "saker_til_radet": Slag(
        "Prosjekter på vei til Digitaliseringsrådet",
        "Digitaliseringsprosjekter som skal ha rådets anbefaling",
        agenda_prosjekter.til_radet,
    ),
    "meldte_prosjekter": Slag(
        "Prosjekter som er meldt", "Prosjekter som er meldt og ikke begynt", agenda_prosjekter.meldte
    ),
    "endringer": Slag(
        "Større endringer",
        "Større endringer med virkning i perioden, eller uten dato",
        agenda_skifter.endringer,
    ),
    "systemskifter": Slag(
        "Systemer og tjenester på vei inn eller ut",
        "Systemer og tjenester som testes, avvikles eller skifter tilstand i perioden",
        agenda_skifter.systemskifter,
    ),
    "egne_krav": Slag(
        "Forumets egne krav",
        "Brudd og frister i krav som reglementet eller enheten gir forumet",
        agenda_vurderinger.egne,
    ),
}
"""The kinds of items, by the names in the settings (`Sakstype`)."""
FULGTE = Slag(
    "Krav som forumet følger",
    "Brudd og frister i kravene som innstillingene gir forumet",
    agenda_vurderinger.fulgte,
)


def visning(g: Grunnlag, kode: str, til: date) -> Visning:
    """The agenda of forum `kode` for what has to be decided by `til`. The forum must be in the settings."""
    mote = Mote(kode, g.register.innstillinger.fora[kode], til)
    slag = [SLAG[s] for s in mote.forum.saker] + ([FULGTE] if mote.forum.krav else [])
    funnet = [(s, s.lag(g, mote)) for s in slag]
    alle = [sak for _, saker in funnet for sak in saker]
    return Visning(
        "agenda",
        f"Saksliste for {mote.forum.navn}",
        _ingress(g, mote, alle, slag),
        (
            Del("Sakene", tabeller=(_saksliste(alle, funnet),)),
            *_deler(funnet),
            *_orientering(g, mote),
            Del("Dette er sett etter", tabeller=(_sett_etter(funnet),), avsnitt=_usett(g, mote)),
        ),
        (("Saker", len(alle)), *((s.tittel, len(saker)) for s, saker in funnet)),
    )


def _ingress(g: Grunnlag, mote: Mote, alle: list[Sak], slag: list[Slag]) -> tuple[str, ...]:
    f = mote.forum
    out = [
        f"Det registeret viser at forumet må ta stilling til, med frister fra {norsk_dato(g.dato)} til {norsk_dato(mote.til)}.",
        " ".join(
            x
            for x in (
                f"Møtes: {f.rytme.rstrip('.')}." if f.rytme else "",
                f"Deltakere: {f.deltakere.rstrip('.')}." if f.deltakere else "",
                f"Sekretariat: {f.ansvar}." if f.ansvar else "",
            )
            if x
        ),
    ]
    if not slag:
        out.append(
            "Innstillingene sier ikke hvilke saker dette forumet har. Skriv dem i «saker» eller «krav» under "
            f"fora.{mote.kode} i forvaltning.yaml."
        )
    elif not alle:
        out.append("Ingenting i registeret venter på forumet i denne perioden.")
    return tuple(x for x in out if x)


def _saksliste(alle: list[Sak], funnet: list[tuple[Slag, list[Sak]]]) -> Tabell:
    slag = [s.tittel for s, saker in funnet for _ in saker]
    return Tabell(
        "saker",
        "Sakene",
        (
            Kolonne("nr", "Nr.", "tall"),
            Kolonne("slag", "Slag"),
            Kolonne("sak", "Sak"),
            Kolonne("krav", "Krav"),
            Kolonne("post", "Post"),
            Kolonne("frist", "Frist", "dato"),
            Kolonne("ansvarlig", "Ansvarlig"),
            Kolonne("forslag", "Det som skal avgjøres"),
        ),
        tuple(
            (n, slag[n - 1], s.tittel, s.krav, s.post, s.frist, s.ansvarlig, s.forslag)
            for n, s in enumerate(alle, start=1)
        ),
        tom="Ingen saker.",
    )


def _deler(funnet: list[tuple[Slag, list[Sak]]]) -> list[Del]:
    out: list[Del] = []
    n = 0
    for slag, saker in funnet:
        if saker:
            out.append(Del(slag.tittel, deler=tuple(s.som_del(n + i) for i, s in enumerate(saker, start=1))))
            n += len(saker)
    return out


def _orientering(g: Grunnlag, mote: Mote) -> list[Del]:
    """What is no item now, but what those who plan the meeting should know."""
    tabeller = []
    if "brudd_uu" in mote.forum.saker:
        tabeller.append(
            Tabell(
                "behandlede_brudd",
                "Brudd på universell utforming som er behandlet, men ikke rettet",
                (
                    Kolonne("navn", "System eller tjeneste"),
                    Kolonne("brudd", "Brudd", "liste"),
                    Kolonne("ansvarlig", "Ansvarlig"),
                ),
                tuple(
                    (
                        g.navn(v.post),
                        tuple(f"{b.id}: {b.sak}" for b in agenda_vurderinger.apne(g, v)),
                        g.svarer(v),
                    )
                    for v in agenda_vurderinger.behandlede(g)
                ),
            )
        )
    if PROSJEKTSAKER & set(mote.forum.saker):
        tabeller.append(agenda_prosjekter.senere(g, mote))
    return [Del("Til orientering", tabeller=tuple(tabeller))] if tabeller else []


def _sett_etter(funnet: list[tuple[Slag, list[Sak]]]) -> Tabell:
    return Tabell(
        "sett_etter",
        "Hva registeret er søkt etter",
        (Kolonne("slag", "Slag"), Kolonne("sett_etter", "Sett etter"), Kolonne("saker", "Saker", "tall")),
        tuple((s.tittel, s.sett_etter, len(saker)) for s, saker in funnet),
        tom="Ingenting: forumet har ingen slag av saker i innstillingene.",
        forklaring="Innstillingene sier hvilke saker hvert forum har. Saker som ikke står i registeret, er ikke med.",
    )


def _usett(g: Grunnlag, mote: Mote) -> tuple[str, ...]:
    """What could not be seen and might have been an item."""
    krav = set(mote.forum.krav) | (set(ALLTID_RADET) if "brudd_uu" in mote.forum.saker else set())
    krav |= {"6.2"} if PROSJEKTSAKER & set(mote.forum.saker) else set()
    ukjent = [v for v in g.dommer if v.utfall is Outcome.IKKE_AVGJORT and v.krav in krav]
    ukjente = [k for k in mote.forum.krav if k not in ETTER_NUMMER]
    out = [f"Innstillingene gir forumet krav som ikke finnes: {', '.join(ukjente)}."] if ukjente else []
    out += felles.uleste(g, "avvik", "prosjekter", "systemer", "tjenester", "endringer")
    if ukjent:
        out.append(
            f"{antall(len(ukjent), 'vurdering', 'vurderinger')} av krav som forumet behandler, kunne ikke avgjøres: "
            + "; ".join(f"{v.krav} for {g.navn(v.post)}" for v in ukjent[:20])
            + ("." if len(ukjent) <= 20 else f" og {len(ukjent) - 20} til.")
        )
    return tuple(out)

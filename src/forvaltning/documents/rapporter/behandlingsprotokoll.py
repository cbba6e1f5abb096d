"""The report `behandlingsprotokoll`: the record of processing activities (GDPR article 30 no. 1, requirement 4.4).

The columns follow what Datatilsynet's template for controllers asks for, in its order: what article 30 makes
mandatory in one table, what is voluntary in another. What is asked for and not stated says «mangler».
"""

from __future__ import annotations

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall
from forvaltning.documents.rapporter import behandlingsprotokoll_felt as felt
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.model.behandling import Behandling
from forvaltning.model.rolle import Rolle

BEHANDLING = Kolonne("behandling", "Behandling")
OBLIGATORISK = (
    BEHANDLING,
    Kolonne("id", "Id"),
    Kolonne("enhet", "Enhet"),
    Kolonne("behandlingsansvarlige", "Behandlingsansvarlig og kontakt", "liste"),
    Kolonne("felles_behandlingsansvarlige", "Felles behandlingsansvarlige", "liste"),
    Kolonne("personvernombud", "Personvernombud og kontakt"),
    Kolonne("formal", "Formål", "liste"),
    Kolonne("registrerte", "Kategorier av registrerte", "liste"),
    Kolonne("opplysninger", "Kategorier av personopplysninger", "liste"),
    Kolonne("mottakere", "Kategorier av mottakere", "liste"),
    Kolonne("tredjeland", "Overføring til tredjeland, med grunnlag og garantier", "liste"),
    Kolonne("sletting", "Slettefrister", "liste"),
    Kolonne("sikkerhetstiltak", "Sikkerhetstiltak"),
)
"""Article 30 no. 1 (a) to (g)."""
FRIVILLIG = (
    BEHANDLING,
    Kolonne("id", "Id"),
    Kolonne("grunnlag", "Behandlingsgrunnlag (artikkel 6, 9 og 10)", "liste"),
    Kolonne("hjemmel", "Nasjonal hjemmel", "liste"),
    Kolonne("databehandlere", "Databehandlere og avtale", "liste"),
    Kolonne("systemer", "Systemer", "liste"),
    Kolonne("tjenester", "Tjenester og dataflyter", "liste"),
    Kolonne("dpia", "Terskelvurdering og DPIA", "liste"),
    Kolonne("behandling_fra", "Startet", "dato"),
    Kolonne("bekreftet", "Sist bekreftet"),
    Kolonne("krav_4_4", "Krav 4.4", "utfall"),
)
"""What the template leaves to the controller."""


def visning(g: Grunnlag) -> Visning:
    """The activities that were asked for: those under way, those planned, and those ended apart."""
    alle = g.poster(Behandling)
    planlagt = [b for b in alle if b.tilstand == "planlagt"]
    avsluttet = [b for b in alle if b.tilstand == "avsluttet"]
    aktive = [b for b in alle if b.tilstand not in ("planlagt", "avsluttet")]
    mangler = _mangler(g, [*aktive, *planlagt])
    return Visning(
        "behandlingsprotokoll",
        "Behandlingsprotokoll",
        (
            "Protokollen etter personvernforordningen artikkel 30 nr. 1, for kommunen som behandlingsansvarlig.",
            *felles.uleste(g, "behandlinger", "dpia", "avtaler", "roller"),
        ),
        (
            Del("Behandlingsansvarlig virksomhet", tabeller=(_virksomhet(g),)),
            Del("Mangler og brudd i protokollen", tabeller=(mangler,)),
            *_gruppe(g, "Aktive behandlinger", "aktive", aktive),
            *_gruppe(g, "Planlagte behandlinger", "planlagte", planlagt),
            *_gruppe(g, "Avsluttede behandlinger", "avsluttede", avsluttet),
        ),
        (
            ("Aktive behandlinger", len(aktive)),
            ("Planlagte", len(planlagt)),
            ("Avsluttede", len(avsluttet)),
            ("Med særlige kategorier eller straffbare forhold", sum(felt.sarlige(b) for b in aktive)),
            ("Med overføring til tredjeland", sum(bool(felt.tredjeland_utenfor(g, b)) for b in aktive)),
            (
                "Uten ført overføring, men med system utenfor EØS",
                sum(bool(felt.ikke_fort(g, b)) for b in aktive),
            ),
            ("Med mangler eller brudd (4.4)", len({r[0] for r in mangler.rader})),
        ),
    )


def _virksomhet(g: Grunnlag) -> Tabell:
    """Who the controller is and how to reach it and the data protection officer: (a) of article 30."""
    s = g.register.innstillinger
    ombud = [r for r in g.register.alle(Rolle) if r.type == "personvernombud" and g.register.er_virksom(r)]
    return felles.faktatabell(
        "virksomhet",
        "Behandlingsansvarlig virksomhet",
        (
            ("Navn", s.kommune.navn if s.kommune else felles.MANGLER),
            ("Organisasjonsnummer", (s.kommune.organisasjonsnummer if s.kommune else None) or felles.MANGLER),
            ("Kontaktpunkter", tuple(f"{k}: {v}" for k, v in s.kontaktpunkter.items()) or felles.MANGLER),
            ("Personvernombud", tuple(felt.med_kontakt(g, r.id) for r in g.sortert(ombud)) or felles.MANGLER),
        ),
    )


def _mangler(g: Grunnlag, behandlinger: list[Behandling]) -> Tabell:
    """What 4.4 found wrong or could not decide, activity by activity."""
    rader: list[tuple[Verdi, ...]] = []
    for b in behandlinger:
        rader += [
            (b.navn, s.dom.utfall.value, s.hva, s.tiltak, g.svarer(s.dom))
            for s in felles.uoppfylt(g.dom(b, "4.4"))
        ]
    return Tabell(
        "mangler",
        "Mangler og brudd i protokollen",
        (
            BEHANDLING,
            Kolonne("utfall", "Krav 4.4", "utfall"),
            Kolonne("hva", "Hva som er galt"),
            Kolonne("tiltak", "Slik rettes det"),
            Kolonne("ansvarlig", "Ansvarlig"),
        ),
        tuple(rader),
        tom="Krav 4.4 er oppfylt for alle behandlingene som det gjelder for.",
    )


def _gruppe(g: Grunnlag, tittel: str, navn: str, behandlinger: list[Behandling]) -> tuple[Del, ...]:
    """The two tables of one group; nothing for a group without activities, except the first."""
    if not behandlinger and navn != "aktive":
        return ()
    ord_ = tittel.partition(" ")[0]
    tekst = f"{antall(len(behandlinger), 'behandling', 'behandlinger')}."
    return (
        Del(
            tittel,
            (tekst,),
            tabeller=(
                Tabell(
                    f"{navn}_obligatorisk",
                    f"{ord_}, artikkel 30",
                    OBLIGATORISK,
                    tuple(felt.obligatorisk(g, b) for b in behandlinger),
                    tom="Ingen behandlinger.",
                ),
                Tabell(
                    f"{navn}_frivillig",
                    f"{ord_}, frivillig",
                    FRIVILLIG,
                    tuple(felt.frivillig(g, b) for b in behandlinger),
                    tom="Ingen behandlinger.",
                ),
            ),
        ),
    )

"""The cells of the record of processing activities: one function for each column that takes more than a look."""

from __future__ import annotations

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles
from forvaltning.documents.rapporter.lagring_utenfor import nas_utenfra
from forvaltning.documents.visning import Verdi
from forvaltning.model.behandling import Behandling, Behandlingsgrunnlag, Databehandler, Tredjeland
from forvaltning.model.dpia import Dpia
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System

SARLIGE = frozenset({"saerlig", "straffbare_forhold"})
INGEN_KONTAKT = "kontakt mangler"


def obligatorisk(g: Grunnlag, b: Behandling) -> tuple[Verdi, ...]:
    """One row of what article 30 no. 1 (a) to (g) makes mandatory."""
    return (
        b.navn,
        b.id,
        g.enhet(b),
        tuple(med_kontakt(g, i) for i in b.behandlingsansvarlige) or felles.MANGLER,
        b.felles_behandlingsansvarlige or "Ingen registrert",
        med_kontakt(g, b.personvernombud),
        b.formal or felles.MANGLER,
        felles.koder(g, "registrertgruppe", b.registrerte) or felles.MANGLER,
        tuple(_opplysning(g, o.kategori, o.art) for o in b.opplysninger) or felles.MANGLER,
        b.mottakere or b.mottakere_begrunnelse or felles.MANGLER,
        tredjeland(g, b),
        _sletting(b),
        b.sikkerhetstiltak or _grunn("Ikke beskrevet", b.sikkerhetstiltak_begrunnelse),
    )


def frivillig(g: Grunnlag, b: Behandling) -> tuple[Verdi, ...]:
    """One row of what is voluntary in the template, and how 4.4 comes out."""
    dom = g.dom(b, "4.4")
    return (
        b.navn,
        b.id,
        tuple(_grunnlag(g, x) for x in b.behandlingsgrunnlag) or felles.MANGLER,
        tuple(dict.fromkeys(x.hjemmel for x in b.behandlingsgrunnlag if x.hjemmel)) or felles.MANGLER,
        tuple(_databehandler(g, d) for d in b.databehandlere) or "Ingen registrert",
        felles.poster(g, b.systemer) or "Ingen registrert",
        felles.poster(g, (*b.tjenester, *b.integrasjoner)) or "Ingen registrert",
        dpia(g, b),
        b.behandling_fra,
        felles.bekreftet(g, b.bekreftet),
        dom.utfall.value if dom is not None else None,
    )


def med_kontakt(g: Grunnlag, ident: str | None) -> str:
    """A role with its contact, else that of the nearest unit; says so when there is none."""
    name = felles.rolle(g, ident)
    role = g.register.finn(ident)
    if not isinstance(role, Rolle):
        return name
    if role.kontakt:
        return f"{name}: {role.kontakt}"
    unit = next((e for e in g.register.overordnede(role.enhet) if e.kontakt), None)
    return f"{name}: {unit.kontakt} ({unit.navn})" if unit is not None else f"{name}: {INGEN_KONTAKT}"


def sarlige(b: Behandling) -> bool:
    """True when special categories or criminal offences are among the data."""
    return any(o.art in SARLIGE for o in b.opplysninger)


def _opplysning(g: Grunnlag, kategori: str, art: str | None) -> str:
    return f"{kategori} ({g.kode('opplysningsart', art).lower() or 'art mangler'})"


def _grunn(ord_: str, grunn: str | None) -> str:
    """A reason why something is not stated; «mangler» when there is none."""
    return f"{ord_}: {grunn}" if grunn else felles.MANGLER


def tredjeland_utenfor(g: Grunnlag, b: Behandling) -> list[Tredjeland]:
    """The transfers that leave the EEA."""
    return [t for t in b.tredjeland if not g.register.innstillinger.i_eos(t.land)]


def tredjeland(g: Grunnlag, b: Behandling) -> Verdi:
    """Each country with basis and safeguards; «Ingen» when no transfer is registered."""
    out = []
    for t in b.tredjeland:
        land = g.kode("land", t.land)
        if g.register.innstillinger.i_eos(t.land):
            out.append(f"{land}: i EØS")
            continue
        basis = g.kode("overforingsgrunnlag", t.grunnlag) or "grunnlag mangler"
        out.append(f"{land}: {basis}" + (f", {t.garantier}" if t.garantier else ""))
    return (*out, *ikke_fort(g, b)) or "Ingen registrert"


def ikke_fort(g: Grunnlag, b: Behandling) -> tuple[str, ...]:
    """Countries outside the EEA that a system of the activity lies in or is reached from, and no transfer names."""
    told = {g.kode("land", t.land) for t in b.tredjeland}
    return tuple(
        f"{land}: ikke ført her, men {s.navn} ligger i eller kan nås fra landet"
        for s in g.register.hent_alle(b.systemer, System)
        if s.lagring is not None
        for land in nas_utenfra(g, s.lagring)
        if land not in told
    )


def _sletting(b: Behandling) -> Verdi:
    if not b.sletting:
        return _grunn("Ikke oppgitt", b.sletting_begrunnelse)
    out = []
    for s in b.sletting:
        frist = s.frist or (
            f"ikke oppgitt: {b.sletting_begrunnelse}" if b.sletting_begrunnelse else "frist mangler"
        )
        out.append(f"{s.kategori}: {frist}" + (f", regnet fra: {s.hendelse}" if s.hendelse else ""))
    return tuple(out)


def _grunnlag(g: Grunnlag, x: Behandlingsgrunnlag) -> str:
    deler = []
    if x.art6:
        deler.append(f"Artikkel 6 nr. 1 bokstav {x.art6} ({g.kode('art6', x.art6).lower()})")
    if x.art9:
        deler.append(f"artikkel 9 nr. 2 bokstav {x.art9} ({g.kode('art9', x.art9).lower()})")
    if x.art10:
        deler.append(f"artikkel 10: {x.art10}")
    return ", ".join(deler) or "artikkel mangler"


def _databehandler(g: Grunnlag, d: Databehandler) -> str:
    navn = felles.post(g, d.leverandor)
    rolle = g.kode("databehandlerrolle", d.rolle).lower() or "rolle mangler"
    if d.rolle == "databehandler":
        return f"{navn}: {rolle}, avtale: {felles.post(g, d.avtale)}"
    return f"{navn}: {rolle}" + (f" ({d.begrunnelse})" if d.begrunnelse else "")


def dpia(g: Grunnlag, b: Behandling) -> Verdi:
    """The assessments of an activity with state and conclusion, replaced ones left out."""
    treff = g.register.dpia_for(b)
    out = [_vurdering(g, d) for d in g.sortert(treff) if d.tilstand != "erstattet"]
    if isinstance(treff.uleselig, Uleselig):
        out.append(f"{treff.uleselig.fil} kan ikke leses")
    return tuple(out) or felles.MANGLER


def _vurdering(g: Grunnlag, d: Dpia) -> str:
    slag = "Terskelvurdering" if d.type == "terskelvurdering" else "DPIA"
    naar = norsk_dato(d.besluttet.dato) if d.besluttet and d.besluttet.dato else "ikke besluttet"
    if d.type == "terskelvurdering":
        sier = g.kode("dpia_konklusjon", d.konklusjon) or "konklusjon mangler"
    else:
        sier = f"restrisiko: {g.kode('restrisiko', d.restrisiko).lower() or 'mangler'}"
    return f"{slag} {naar}: {sier}"

"""Agenda items about deviations: those that wait for a decision, and those that run out (domain.md, 4)."""

from __future__ import annotations

from datetime import date

from forvaltning.documents.agenda_sak import Mote, Sak, etter_frist, innen, med_dager
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.norsk import og
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Verdi
from forvaltning.engine.deviations import ALLTID_RADET
from forvaltning.findings import Verdict
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.model.hendelser import Avvik

VENTER = {
    "avvik.ubesluttet": "Avviket er ikke besluttet.",
    "avvik.feil_forum": "Avviket er besluttet av et forum som ikke kan gjøre det.",
    "avvik.uten_utlop": "Avviket er besluttet uten sluttdato.",
}
"""Problems with a deviation that a decision mends, and how the item begins."""
VEKT = {"mindre": "Mindre", "storre": "Større", None: "Ikke satt, og behandles derfor som større"}


def _storre(avvik: Avvik) -> bool:
    """Larger ones, those without a weight, and those that always go to Digitaliseringsrådet."""
    return avvik.vekt != "mindre" or avvik.krav in ALLTID_RADET


def storre(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Larger deviations that wait for a decision."""
    return [_venter(g, mote, a, regel) for a, regel in _med_problem(g, *VENTER) if _storre(a)]


def mindre(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Smaller deviations that wait for a decision."""
    return [_venter(g, mote, a, regel) for a, regel in _med_problem(g, *VENTER) if not _storre(a)]


def utloper(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Deviations that this forum decided and that have run out, or run out within the window."""
    gikk_ut = {a.id for a, _ in _med_problem(g, "avvik.utlopt")}
    tomme = {a.id for a, _ in _med_problem(g, "avvik.tomt")}
    annet = {a.id for a, _ in _med_problem(g, *VENTER, "avvik.framtid", "avvik.ukjent_krav")}
    out = []
    for a in g.register.alle(Avvik):
        if (
            a.tilstand != "besluttet"
            or a.besluttet is None
            or a.besluttet.forum != mote.kode
            or a.id in annet
        ):
            continue
        if a.gyldig_til is not None and (a.id in gikk_ut or innen(g, mote, a.gyldig_til)):
            out.append(_utloper(g, mote, a, a.gyldig_til, tom=a.id in tomme))
    return etter_frist(out)


def _med_problem(g: Grunnlag, *regler: str) -> list[tuple[Avvik, str]]:
    """Deviations with one of these problems, longest waiting first."""
    found = []
    for p in g.problemer:
        if p.regel in regler and p.post:
            a = g.register.hent(p.post.partition("/")[2], Avvik)
            if a is not None:
                found.append((a, p.regel))
    return sorted(found, key=lambda t: (t[0].meldt or date.max, t[0].id))


def _dommer(g: Grunnlag, a: Avvik) -> list[Verdict]:
    out = []
    for ident in a.gjelder:
        o = g.register.oppforing(ident)
        dom = g.dom(o.key, a.krav) if o is not None else None
        if dom is not None:
            out.append(dom)
    return out


def _tittel(g: Grunnlag, a: Avvik) -> str:
    return a.navn or f"Avvik fra {a.krav} for {og([felles.post(g, i) for i in a.gjelder])}"


def _fakta(g: Grunnlag, a: Avvik) -> list[tuple[str, Verdi]]:
    """What every decision on a deviation needs to know."""
    dommer = _dommer(g, a)
    b = a.besluttet
    tidligere = ", ".join(
        x for x in ((g.kode("forum", b.forum), norsk_dato(b.dato) if b.dato else "", b.sak) if b else ()) if x
    )
    return [
        ("Krav", g.kravtittel(a.krav)),
        ("Gjelder", felles.poster(g, a.gjelder)),
        ("Felt", a.felt),
        ("Grunn", a.grunn or felles.MANGLER),
        ("Vekt", VEKT[a.vekt]),
        ("Kompenserende tiltak", a.kompenserende_tiltak or (felles.MANGLER,)),
        ("Brutt nå", _brutt(g, dommer)),
        ("Hvem som svarer for kravet", og(list(dict.fromkeys(g.svarer(d) for d in dommer))) or None),
        ("Meldt", med_dager(g, a.meldt) or felles.MANGLER),
        ("Besluttet før", tidligere or None),
        ("Gjelder til", med_dager(g, a.gyldig_til)),
        ("Sak", a.sak or (b.sak if b else None) or felles.MANGLER),
        ("Avviket i registeret", a.id),
    ]


def _brutt(g: Grunnlag, dommer: list[Verdict]) -> tuple[str, ...]:
    """What is wrong today at the records the deviation is about."""
    out = tuple(f"{g.navn(d.post)}: {f.melding}" for d in dommer for f in d.funn)
    return out or ("Registeret viser ikke noe brudd på kravet for disse postene.",)


def _lov(a: Avvik) -> bool:
    krav = ETTER_NUMMER.get(a.krav)
    return krav is not None and krav.lov


def _venter(g: Grunnlag, mote: Mote, a: Avvik, regel: str) -> Sak:
    hva = {
        "avvik.ubesluttet": "om avviket skal besluttes, og til hvilken dag det i så fall skal gjelde.",
        "avvik.feil_forum": "avviket på nytt, fordi det er besluttet av et forum som ikke kan gjøre det.",
        "avvik.uten_utlop": "til hvilken dag avviket skal gjelde.",
    }[regel]
    folge = (
        "Kravet er lov, og ingen i kommunen kan gi fritak. Uten beslutning står det som lovbrudd uten oppfølging."
        if _lov(a)
        else "Avviket dekker ingenting før det er gyldig besluttet."
        + (" Til da teller det som brudd." if any(d.funn for d in _dommer(g, a)) else "")
    )
    return Sak(
        _tittel(g, a),
        f"{mote.forum.navn} skal ta stilling til {hva}",
        (("Hvorfor saken er her", VENTER[regel]), *_fakta(g, a), ("Hvis det ikke blir avgjort", folge)),
        a.key,
        a.krav,
        a.gyldig_til,
        _ansvarlig(g, a),
    )


def _utloper(g: Grunnlag, mote: Mote, a: Avvik, siste: date, *, tom: bool) -> Sak:
    forbi = siste < g.dato
    if tom:
        forslag = "om avviket kan lukkes, fordi det ikke dekker noe brudd lenger."
    elif forbi:
        forslag = (
            f"om avviket, som gikk ut {norsk_dato(siste)}, skal fornyes, eller når bruddet skal være rettet."
        )
    else:
        forslag = (
            f"om avviket skal gjelde etter {norsk_dato(siste)}, eller om bruddet skal være rettet innen da."
        )
    folge = (
        "Ingenting er brutt i dag."
        if tom
        else "Bruddet er ikke lenger dekket."
        if forbi
        else f"Fra dagen etter {norsk_dato(siste)} er bruddet ikke lenger dekket."
    )
    return Sak(
        _tittel(g, a),
        f"{mote.forum.navn} skal ta stilling til {forslag}",
        (
            ("Hvorfor saken er her", f"Avviket {'gikk' if forbi else 'går'} ut {norsk_dato(siste)}."),
            *_fakta(g, a),
            ("Hvis det ikke blir avgjort", folge),
        ),
        a.key,
        a.krav,
        siste,
        _ansvarlig(g, a),
    )


def _ansvarlig(g: Grunnlag, a: Avvik) -> str:
    return "; ".join(dict.fromkeys(g.svarer(d) for d in _dommer(g, a)))

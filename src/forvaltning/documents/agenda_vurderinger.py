"""Agenda items from the verdicts: breaches of accessibility (8.3), and the requirements that a forum follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from forvaltning.documents.agenda_sak import Mote, Sak, etter_frist, forfalt, med_dager
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, nokkel, og
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.engine.deviations import ALLTID_RADET
from forvaltning.findings import Outcome, Verdict
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.model.deler import Nett, UuBrudd

GRONNE = (Outcome.SNART, Outcome.OPPFYLT)
VIS = 8
"""Units named in an item; more than these are only counted."""
KJENT_BRUDD = "uu-brudd"
"""The condition of 8.3 that is about a known break; one that the council has treated is no new item."""


def brudd_uu(g: Grunnlag, mote: Mote) -> list[Sak]:
    """One item for each system or service that breaks 8.3 with something the council has not treated."""
    return etter_frist(_uu(g, mote, v) for v in _brudd(g) if not behandlet(g, v))


def behandlede(g: Grunnlag) -> list[Verdict]:
    """Breaches of 8.3 where everything that is wrong has been treated by the council and is still not mended."""
    return [v for v in _brudd(g) if behandlet(g, v)]


def _brudd(g: Grunnlag) -> list[Verdict]:
    return [v for v in g.dommer if v.krav in ALLTID_RADET and v.utfall is Outcome.BRUDD]


def apne(g: Grunnlag, dom: Verdict) -> list[UuBrudd]:
    """The known breaks of the record that are not mended on the check date."""
    o = g.register.oppforing(dom.post.partition("/")[2])
    nett = getattr(o.post, "nett", None) if o is not None else None
    found = nett.brudd if isinstance(nett, Nett) else ()
    return [b for b in found if b.rettet is None or b.rettet > g.dato]


def behandlet(g: Grunnlag, dom: Verdict) -> bool:
    """True when all that is wrong is known breaks, each with a case that the council has treated."""
    known = apne(g, dom)
    return (
        bool(known) and all(f.vilkar == KJENT_BRUDD for f in dom.funn) and all(_ferdig(g, b) for b in known)
    )


def _ferdig(g: Grunnlag, b: UuBrudd) -> bool:
    return bool(b.sak) and b.behandlet is not None and b.behandlet <= g.dato


def _uu(g: Grunnlag, mote: Mote, dom: Verdict) -> Sak:
    navn = g.navn(dom.post)
    brudd = apne(g, dom)
    funn = [f for f in dom.funn if not f.vilkar.startswith(KJENT_BRUDD)]
    oppfolging = (
        f"Lovbrudd under oppfølging i avviket {dom.avvik}."
        if dom.lovbrudd and dom.avvik
        else "Ingen avvik følger det opp."
    )
    fakta: tuple[tuple[str, Verdi], ...] = (
        ("Krav", g.kravtittel(dom.krav)),
        ("Gjelder", f"{navn} ({dom.post})"),
        ("Enhet", g.enhetsnavn(dom.enhet)),
        ("Kjente brudd", tuple(_bruddtekst(g, b) for b in brudd)),
        ("Annet som er galt", tuple(f.melding for f in funn)),
        ("Slik rettes det", tuple(dict.fromkeys(f.tiltak for f in dom.funn))),
        ("Oppfølging", oppfolging),
        ("Hvem som svarer", g.svarer(dom)),
        ("Frist", med_dager(g, forfalt(dom))),
        (
            "Hvis det ikke blir avgjort",
            "Kravet følger av forskrift, og kommunen kan ikke gi fritak. Bruddet blir stående til løsningen er rettet.",
        ),
    )
    return Sak(
        f"Universell utforming i {navn}",
        f"{mote.forum.navn} skal ta stilling til bruddene på universell utforming i {navn}, og til hvordan og når de rettes.",
        fakta,
        dom.post,
        dom.krav,
        forfalt(dom),
        g.svarer(dom),
    )


def _bruddtekst(g: Grunnlag, b: UuBrudd) -> str:
    sak = (
        f"behandlet {norsk_dato(b.behandlet)}, {b.sak}"
        if b.behandlet is not None and _ferdig(g, b)
        else f"sak {b.sak}, ikke behandlet"
        if b.sak
        else "ingen sak"
    )
    deler = [
        b.id,
        f"kriterium {b.kriterium}" if b.kriterium else "kriteriet er ikke oppgitt",
        f"følge for brukerne: {b.konsekvens}" if b.konsekvens else "følgen for brukerne er ikke oppgitt",
        f"plan: {b.plan}" if b.plan else "ingen plan",
        f"funnet {norsk_dato(b.funnet)}" if b.funnet else "",
        sak,
    ]
    return ", ".join(d for d in deler if d)


# --- the requirements a forum follows ------------------------------------------------------------------


def egne(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Requirements that the regulation gives this forum, or that concern records of the unit that it is."""
    return _samlet(g, mote, _mitt(g, mote))


def _mitt(g: Grunnlag, mote: Mote) -> Callable[[Verdict], bool]:
    enhet = g.register.funksjon(mote.kode)
    under = {e: g.register.er_under(e, enhet) for e in {v.enhet for v in g.dommer}} if enhet else {}
    return lambda v: under.get(v.enhet, False) or any(a.rolle == mote.kode for a in v.ansvarlig)


def fulgte(g: Grunnlag, mote: Mote) -> list[Sak]:
    """The requirements that the settings give this forum, without what it has as its own already."""
    numre = frozenset(mote.forum.krav)
    alt = _mitt(g, mote) if "egne_krav" in mote.forum.saker else lambda _: False
    return _samlet(g, mote, lambda v: v.krav in numre and not alt(v))


def _samlet(g: Grunnlag, mote: Mote, med: Callable[[Verdict], bool]) -> list[Sak]:
    """One item for each requirement that is broken or runs out by the end of the window, its records in one table."""
    etter_krav: dict[str, list[Verdict]] = defaultdict(list)
    for v in g.dommer:
        if (v.utfall is Outcome.BRUDD or _gar_ut(v, mote)) and med(v):
            etter_krav[v.krav].append(v)
    return [_krav(g, mote, nummer, etter_krav[nummer]) for nummer in ETTER_NUMMER if nummer in etter_krav]


def _gar_ut(v: Verdict, mote: Mote) -> bool:
    return v.utfall in GRONNE and v.frist is not None and v.frist <= mote.til


def _krav(g: Grunnlag, mote: Mote, nummer: str, dommer: list[Verdict]) -> Sak:
    brudd = sum(1 for v in dommer if v.utfall is Outcome.BRUDD)
    snart = len(dommer) - brudd
    deler = [antall(brudd, "brudd", "brudd")] if brudd else []
    deler += [antall(snart, "frist som går ut", "frister som går ut")] if snart else []
    hva = ", og ".join(
        (["hvordan og når det som er brutt, skal rettes"] if brudd else [])
        + (["hvem som fornyer før fristen"] if snart else [])
    )
    folger = (["Det som er brutt, blir stående."] if brudd else []) + (
        ["Det som går ut, blir brudd dagen etter fristen."] if snart else []
    )
    if ETTER_NUMMER[nummer].lov:
        folger.append("Kravet er lov, og ingen i kommunen kan gi fritak.")
    enheter = {v.enhet for v in dommer}
    return Sak(
        f"Krav {g.kravtittel(nummer)}: {og(deler)}",
        f"{mote.forum.navn} skal ta stilling til {hva}.",
        (
            (
                "Enheter",
                len(enheter) if len(enheter) > VIS else tuple(sorted(map(g.enhetsnavn, enheter), key=nokkel)),
            ),
            ("Hvis det ikke blir avgjort", " ".join(folger)),
        ),
        "",
        nummer,
        min((day for v in dommer if (day := _frist(v)) is not None), default=None),
        _svarer(g, dommer),
        (_poster(g, nummer, dommer),),
    )


def _frist(v: Verdict) -> date | None:
    return forfalt(v) if v.utfall is Outcome.BRUDD else v.frist


def _poster(g: Grunnlag, nummer: str, dommer: Iterable[Verdict]) -> Tabell:
    """The records: those broken first with what is wrong, then those that run out, soonest first."""
    rader: list[tuple[Verdi, ...]] = []
    for v in sorted(dommer, key=lambda v: (v.utfall is not Outcome.BRUDD, _frist(v) or date.max, v.post)):
        if v.utfall is Outcome.BRUDD:
            apne = [f for f in v.funn if f.avvik is None or v.lovbrudd]
            hva = tuple(f.melding for f in apne)
            tiltak = tuple(dict.fromkeys(f.tiltak for f in apne))
        else:
            hva, tiltak = (f"Går ut {norsk_dato(v.frist)}." if v.frist else "",), ("Forny før fristen.",)
        rader.append(
            (g.navn(v.post), g.enhetsnavn(v.enhet), v.utfall.value, hva, tiltak, _frist(v), g.svarer(v))
        )
    return Tabell(
        f"krav_{nummer.replace('.', '_')}",
        f"Poster i krav {nummer}",
        (
            Kolonne("post", "Post"),
            Kolonne("enhet", "Enhet"),
            Kolonne("utfall", "Utfall", "utfall"),
            Kolonne("hva", "Hva", "liste"),
            Kolonne("tiltak", "Slik rettes det", "liste"),
            Kolonne("frist", "Frist", "dato"),
            Kolonne("ansvarlig", "Ansvarlig"),
        ),
        tuple(rader),
    )


def _svarer(g: Grunnlag, dommer: Iterable[Verdict]) -> str:
    return og(list(dict.fromkeys(g.rolletittel(a.rolle) for v in dommer for a in v.ansvarlig)))

"""A checklist put together: its items answered, its gates counted, its receivers found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from forvaltning.engine.sjekkliste import felt as feltsvar
from forvaltning.engine.sjekkliste import forte, kravpunkter
from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, sted
from forvaltning.engine.sjekkliste.mottakere import mottakere
from forvaltning.engine.sjekkliste.som import som_om
from forvaltning.engine.sjekkliste.sporsmal import spor
from forvaltning.engine.sjekkliste.typer import (
    Portstand,
    Punkt,
    Punkttilstand,
    Sjekkliste,
)
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Overlevering, Port
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.sjekklister import Listedef, Punktdef

Lister = Mapping[str, Listedef]
AV_ENDRING = frozenset({"endring", "kritisk_feil"})
"""Kinds of handover that are about a change to what is in production already."""
PORTER = ("for_produksjon", "ved_overlevering", "etter")


def liste_for(lister: Lister, overleveringstype: str) -> tuple[str, Listedef] | None:
    """The list for a kind of handover: a registry's own before the one that ships, since it was made later."""
    found = [(n, v) for n, v in lister.items() if overleveringstype in v.overleveringstyper]
    return found[-1] if found else None


def lag_overlevering(
    register: Register,
    dato: date,
    lister: Lister,
    post: Post,
    *,
    overlevering: Overlevering | None = None,
    type_: str | None = None,
) -> Sjekkliste:
    """The checklist of one handover, or what it would be when it is not started.

    `type_`: the kind of handover, where the record does not say. Raises `LookupError` when no list is for it.
    """
    kind = (overlevering.type if overlevering is not None else None) or type_ or "ny"
    found = liste_for(lister, kind)
    if found is None:
        raise LookupError(kind)
    g = Grunnlag(register, dato, found[1], found[0], post, kind, overlevering)
    return _lag(g)


def lag_sjekkliste(
    register: Register, dato: date, navn: str, liste: Listedef, post: Post | None
) -> Sjekkliste:
    """Another checklist, filled in from one record, or empty."""
    return _lag(Grunnlag(register, dato, liste, navn, post))


def _lag(g: Grunnlag) -> Sjekkliste:
    merknader: list[str] = []
    items = _punkter(g, merknader)
    order = list(g.liste.grupper)
    items = [p for navn in order for p in items if p.gruppe == navn]
    o = g.overlevering
    porter = tuple(_port(g, navn, [p for p in items if p.gruppe == navn]) for navn in order)
    who = mottakere(g) if g.liste.overleveringstyper else ()
    signed = [m for m in who if m.signert is not None and not m.mangler]
    merknader += _merknader(g, {p.id for p in items})
    post = g.post
    return Sjekkliste(
        navn=g.navn,
        tittel=g.liste.tittel or g.navn,
        hjelp=g.liste.hjelp or "",
        post=post.key if post is not None else None,
        postnavn=str(getattr(post, "navn", None) or post.id) if post is not None else "",
        type=g.type,
        overlevering=o.id if o is not None else None,
        opphav=o.opphav if o is not None else None,
        avgiver=o.avgiver if o is not None else None,
        startet=o.startet if o is not None else None,
        produksjon=_produksjon(g),
        mottakere=who,
        porter=porter,
        punkter=tuple(items),
        merknader=tuple(merknader),
        svikt=tuple(g.svikt),
        fullfort=o is not None
        and all(p.lukket is not None for p in porter)
        and len(signed) == len(who)
        and bool(who),
    )


# --- items ---------------------------------------------------------------------------------------------


def _gjelder(g: Grunnlag, p: Punktdef) -> bool:
    if g.post is not None and p.slag and g.post.kind not in p.slag:
        return False
    return not p.overleveringstyper or g.type is None or g.type in p.overleveringstyper


def _punkter(g: Grunnlag, merknader: list[str]) -> list[Punkt]:
    egne = [(i, p) for i, p in g.liste.punkter.items() if _gjelder(g, p)]
    out: list[Punkt] = []
    for gruppe in g.liste.grupper:
        out += _produkter(g, gruppe)
        for ident, p in egne:
            if p.gruppe == gruppe:
                found = _ett(g, ident, p, merknader)
                out += [found] if found is not None else []
    out += kravpunkter.punkter(g, egne)
    return out


def _ett(g: Grunnlag, ident: str, p: Punktdef, merknader: list[str]) -> Punkt | None:
    if g.post is None:
        return forte.manuelt(g, ident, p)
    if p.krav is not None:
        found = kravpunkter.delpunkt(g, ident, p)
        return found and replace(found, ansvarlig=found.ansvarlig or g.ansvarlig(p))
    if p.avledet is None and g.post.kind not in p.felt:
        return forte.manuelt(g, ident, p)
    g.register.nullstill()
    svar = spor(g, p.avledet, g.post) if p.avledet is not None else feltsvar.svar(g, p, g.post)
    if svar.tilstand is Punkttilstand.APENT and svar.grunn is None and g.register.sett_uleselig:
        lost = ", ".join(sorted(g.register.sett_uleselig))
        svar = replace(svar, tilstand=Punkttilstand.IKKE_AVGJORT, grunn=f"{lost} kan ikke leses.")
    item, told = forte.avledet(g, ident, p, svar)
    merknader += told
    return item


def _produkter(g: Grunnlag, gruppe: str) -> Iterator[Punkt]:
    """The mandatory products that are new in a phase of the project handbook."""
    fase = g.liste.grupper[gruppe].produkter
    if fase is None:
        return
    faser = [v.produkter for v in g.liste.grupper.values() if v.produkter]
    earlier = {k for f in faser[: faser.index(fase)] for k in g.innstillinger.prosjektprodukter.get(f, ())}
    for kode in g.innstillinger.prosjektprodukter.get(fase, ()):
        if kode in earlier:
            continue
        navn = g.innstillinger.navn("prosjektprodukt", kode)
        p = Punktdef(
            tittel=f"{navn} er godkjent",
            hjelp="Produktet er obligatorisk fra denne fasen.",
            gruppe=gruppe,
            rolle="prosjektleder",
            felt={"prosjekter": f"produkter[{kode}]"},
        )
        ident = f"produkt-{kode}"
        if isinstance(g.post, Prosjekt):
            yield forte.avledet(g, ident, p, feltsvar.svar(g, p, g.post))[0]
        else:
            yield forte.manuelt(g, ident, p)


# --- gates ---------------------------------------------------------------------------------------------


def _produksjon(g: Grunnlag) -> date | None:
    """The day it goes into production: as the handover says, else the record (what is new) or the change."""
    own = g.overlevering.produksjon if g.overlevering is not None else None
    if own is not None or g.type is None:
        return own
    if g.type in AV_ENDRING:
        return g.endring.virkning if g.endring is not None else None
    felter = ("avviklet", "avsluttet") if g.type == "avvikling" else ("produksjon_fra", "aktiv_fra")
    return next((d for d in (getattr(g.post, f, None) for f in felter) if d is not None), None)


def _port(g: Grunnlag, navn: str, items: list[Punkt]) -> Portstand:
    gruppe = g.liste.grupper[navn]
    relevant = [p for p in items if p.tilstand is not Punkttilstand.IKKE_AKTUELT]
    gates = [p for p in (g.overlevering.porter if g.overlevering is not None else ()) if p.id == navn]
    closed = next((p for p in gates if p.lukket is not None and p.lukket <= g.dato), None)
    return Portstand(
        id=navn,
        tittel=gruppe.tittel or navn,
        port=bool(g.liste.overleveringstyper),
        utfort=sum(1 for p in relevant if p.tilstand is Punkttilstand.UTFORT),
        antall=len(relevant),
        ikke_aktuelle=len(items) - len(relevant),
        blokkerer=tuple(p.id for p in items if p.blokkerer),
        lukket=closed.lukket if closed is not None else None,
        av=closed.av if closed is not None else None,
        frist=_frist(g, navn),
        hjelp=gruppe.hjelp or "",
        lukkes_av=gruppe.lukkes_av,
    )


def _frist(g: Grunnlag, navn: str) -> date | None:
    """Gate one by the production date, gate two some days after (a setting); the last has none."""
    start = _produksjon(g)
    if start is None or not g.liste.overleveringstyper or navn not in PORTER[:2]:
        return None
    if navn == PORTER[0]:
        return start
    days = g.innstillinger.dager["overlevering"]
    return start + timedelta(days=days) if (date.max - start).days > days else date.max


# --- what a reader must know ---------------------------------------------------------------------------


def _merknader(g: Grunnlag, kjente: set[str]) -> Iterator[str]:
    o = g.overlevering
    if g.som is not g.register and g.liste.krav is not None:
        yield som_om(g.post, g.liste.krav.som or "")
    if o is not None:
        for e in o.punkter:
            if e.id not in kjente:
                yield f"Overleveringen har et punkt som ikke står i listen: «{e.id}»."
        for p in o.porter:
            yield from _portmerknad(g, o, p)
        if o.type is None:
            yield "Overleveringen sier ikke hva slags overlevering den er. Listen for «ny» er brukt."
        if o.opphav and g.opphav is None:
            yield f"Opphavet «{o.opphav}» finnes ikke, eller kan ikke leses."
        if o.avgiver and not isinstance(g.register.finn(o.avgiver), Rolle):
            yield f"Avgiveren «{o.avgiver}» finnes ikke, eller kan ikke leses."


def _portmerknad(g: Grunnlag, o: Overlevering, p: Port) -> Iterator[str]:
    """A gate that the list does not have, or whose closing does not hold."""
    if p.id not in g.liste.grupper:
        yield f"Overleveringen har en port som ikke står i listen: «{p.id}»."
        return
    title = g.liste.grupper[p.id].tittel
    if p.lukket is not None and p.lukket > g.dato:
        yield f"Porten «{title}» er ført som lukket på en dag som ikke er kommet."
    elif p.lukket is not None:
        wrong = g.rollefeil(p.av, p.lukket, sted(o, ("porter",)))
        if wrong is not None:
            yield f"Porten «{title}» er lukket, men rollen holder ikke: {wrong.melding}"


__all__ = ["lag_overlevering", "lag_sjekkliste", "liste_for"]

"""Items that are requirements: judged as if in production, each at its gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from forvaltning.engine.run import Motor
from forvaltning.engine.sjekkliste.grunnlag import Grunnlag
from forvaltning.engine.sjekkliste.typer import Art, Mangel, Punkt, Punkttilstand, Sted
from forvaltning.findings import WEAKNESS, Evidence, Outcome, Strength, Verdict
from forvaltning.krav.katalog import ALLE, ETTER_NUMMER
from forvaltning.krav.typer import Krav
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.datasett import Datasett
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Treff
from forvaltning.model.register import Register
from forvaltning.model.sjekklister import Kravsett, Punktdef
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

VED_OVERLEVERING = "ved_overlevering"
"""The gate whose requirements fall due some days after production; they are shown as missing from the start."""
_GRONN = frozenset({Outcome.OPPFYLT, Outcome.SNART, Outcome.AVVIK})
_VERST = (
    Outcome.BRUDD,
    Outcome.IKKE_AVGJORT,
    Outcome.AVVIK,
    Outcome.SNART,
    Outcome.OPPFYLT,
    Outcome.IKKE_AKTUELT,
)


def punkter(g: Grunnlag, egne: Iterable[tuple[str, Punktdef]]) -> Iterator[Punkt]:
    """Every requirement of the list that gives a verdict for the record or for what comes with it.

    `egne`: the items that are part of a requirement; their rules are left out of the requirement's own item.
    """
    sett = g.liste.krav
    if sett is None or g.post is None:
        return
    tatt: dict[str, set[str]] = {}
    for _, p in egne:
        if p.krav is not None:
            tatt.setdefault(p.krav, set()).update(p.regler)
    for krav in ALLE:
        if krav.nummer in sett.utenom or (sett.bare and krav.nummer not in sett.bare):
            continue
        gruppe = sett.unntak.get(krav.nummer) or sett.gruppe or next(iter(g.liste.grupper))
        rest = tuple(r for r in krav.regler if r.navn not in tatt.get(krav.nummer, ()))
        dommer = _dommer(g, replace(krav, regler=rest), gruppe, sett)
        if dommer is None:
            continue
        ident = f"krav-{krav.nummer}"
        yield _samlet(g, ident, gruppe, krav.tittel, "", krav, dommer)


def delpunkt(g: Grunnlag, ident: str, p: Punktdef) -> Punkt | None:
    """An item that is a part of a requirement: just those rules. None when they give no verdict for the record."""
    krav = ETTER_NUMMER.get(p.krav or "")
    if krav is None or g.post is None:
        return None
    part = replace(krav, regler=tuple(r for r in krav.regler if not p.regler or r.navn in p.regler))
    gruppe = p.gruppe or ""
    v = _en(g, part, g.post, gruppe)
    if v is None:
        return None
    return _samlet(g, ident, gruppe, p.tittel or ident, p.hjelp or "", krav, [v])


def _register(g: Grunnlag, gruppe: str) -> Register:
    return g.uten_frist if gruppe == VED_OVERLEVERING else g.som


def _en(g: Grunnlag, krav: Krav, post: Post, gruppe: str) -> Verdict | None:
    if not isinstance(post, krav.gjelder) or not krav.regler:
        return None
    register = _register(g, gruppe)
    found = register.oppforing(post.id)
    result = Motor((krav,), register).dom_post(found.post if found is not None else post)
    g.svikt += result.svikt
    return result.dommer[0] if result.dommer else None


def _dommer(g: Grunnlag, krav: Krav, gruppe: str, sett: Kravsett) -> list[Verdict] | None:
    """The verdicts behind one item; None when the requirement has nothing to do with the record."""
    assert g.post is not None  # noqa: S101 - asked for records only
    own = _en(g, krav, g.post, gruppe)
    mine = [] if own is None else [own]
    kind = sett.medfolgende.get(krav.nummer)
    treff = medfolgende(g.register, g.post, kind) if kind is not None else None
    if treff is None:
        return mine or None
    out = mine + [v for p in treff for v in [_en(g, krav, p, gruppe)] if v is not None]
    if treff.uleselig is not None:
        out.append(
            Verdict(
                krav.nummer,
                g.post.key,
                None,
                Outcome.IKKE_AVGJORT,
                begrunnelse=f"{treff.uleselig.fil} kan ikke leses.",
            )
        )
    if out:
        return out
    return [
        Verdict(
            krav.nummer,
            g.post.key,
            None,
            Outcome.IKKE_AKTUELT,
            begrunnelse=f"Ingen {kind} følger med løsningen.",
        )
    ]


def medfolgende(register: Register, post: Post, kind: str) -> Treff[Post] | None:
    """The records of a kind that come with what is handed over; None when the kind has no place there."""
    found: Treff[Datasett] | Treff[Behandling] | Treff[Avtale] | Treff[Integrasjon]
    if kind == "datasett" and isinstance(post, System):
        found = register.datasett_i(post)
    elif kind == "behandlinger" and isinstance(post, System | Tjeneste | Integrasjon):
        found = register.behandlinger_i(post)
    elif kind == "integrasjoner" and isinstance(post, System):
        found = register.integrasjoner_for(post)
    elif kind == "avtaler":
        found = register.avtaler_for(post)
    else:
        return None
    return Treff(found, found.uleselig)


def _samlet(
    g: Grunnlag, ident: str, gruppe: str, tittel: str, hjelp: str, krav: Krav, dommer: list[Verdict]
) -> Punkt:
    """One item of one or more verdicts: the worst decides, what is missing is gathered."""
    egen = g.post.key if g.post is not None else None
    verst = min(dommer, key=lambda v: _VERST.index(v.utfall))
    utfall = verst.utfall
    tilstand = Punkttilstand.UTFORT
    if utfall is Outcome.BRUDD:
        tilstand = Punkttilstand.APENT
    elif utfall is Outcome.IKKE_AVGJORT:
        tilstand = Punkttilstand.IKKE_AVGJORT
    elif utfall is Outcome.IKKE_AKTUELT:
        tilstand = Punkttilstand.IKKE_AKTUELT
    done = utfall in _GRONN
    belegg = tuple(b for v in dommer if v.utfall in _GRONN for b in v.bevis) if done else ()
    missing = tuple(
        m
        for v in dommer
        if v.utfall is Outcome.BRUDD
        for m in mangler(v, flere=len(dommer) > 1 and v.post != egen)
    )
    ansvarlig = tuple(dict.fromkeys(r for v in dommer for r in v.ansvarlig))
    grunner = [
        v.begrunnelse for v in dommer if v.begrunnelse and (v.utfall is utfall or v.utfall is Outcome.BRUDD)
    ]
    return Punkt(
        id=ident,
        gruppe=gruppe,
        tittel=tittel,
        hjelp=hjelp,
        art=Art.KRAV,
        tilstand=tilstand,
        krav=krav.nummer,
        dato=seneste(belegg),
        styrke=svakeste(belegg) if utfall in {Outcome.OPPFYLT, Outcome.SNART} else None,
        bevis=belegg,
        mangler=missing,
        hvor=missing[0].sted if missing else None,
        ansvarlig=ansvarlig,
        grunn=" ".join(dict.fromkeys(grunner)) or None if not done else _avvik(verst),
        frist=min((v.frist for v in dommer if v.frist is not None), default=None),
        avvik=next((v.avvik for v in dommer if v.avvik), None),
    )


def _avvik(v: Verdict) -> str | None:
    return f"Dekket av avviket «{v.avvik}»." if v.utfall is Outcome.AVVIK else None


def mangler(v: Verdict, *, flere: bool) -> Iterator[Mangel]:
    """What is wrong in a verdict and not covered; `flere`: name the record, since there are more than one."""
    for f in v.funn:
        if f.avvik is not None and not v.lovbrudd:
            continue
        navn = f" ({v.post})" if flere else ""
        yield Mangel(f"{f.melding}{navn}", f.tiltak, Sted(f.place.post, f.place.path, f.felt), f.art)


def svakeste(belegg: Iterable[Evidence]) -> Strength:
    """The strength a done item rests on: the weakest of its evidence."""
    return max((b.styrke for b in belegg), key=lambda s: WEAKNESS[s], default=Strength.MASKINELL)


def seneste(belegg: Iterable[Evidence]) -> date | None:
    """The newest day of the evidence."""
    return max((b.dato for b in belegg if b.dato is not None), default=None)

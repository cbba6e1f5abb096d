"""Items that a field of the record answers: filled in, dated, and with roles that hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from forvaltning.engine.endring_rolle import SLUTTET
from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, Svar, bevis, sted
from forvaltning.engine.sjekkliste.typer import Mangel, Punkttilstand, Sted
from forvaltning.findings import FieldPath, Strength
from forvaltning.model.base import Del, Post
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle
from forvaltning.model.sjekklister import Punktdef, steg
from forvaltning.model.viser import felttyper


def svar(g: Grunnlag, punkt: Punktdef, post: Post) -> Svar:
    """The answer of the field that the item names for this kind of record."""
    felt = punkt.felt[post.kind]
    verdi, path, rundt, ref = _hent(post, felt)
    where = Sted(post.key, path, felt)
    if verdi is None or verdi in ("", ()):
        return _apent(where, "Det er ikke fylt ut.", f"Fyll ut «{felt}».")
    if verdi is False and not punkt.finnes:
        return _apent(where, "Svaret er nei.", f"Gjør det som mangler, og rett «{felt}».")
    if isinstance(verdi, date) and verdi > g.dato and not punkt.finnes:
        return _apent(where, "Dagen er ikke kommet ennå.", f"Rett «{felt}», eller vent til det er gjort.")
    if ref:
        feil = _henvisning(g, verdi, where, levende=getattr(post, "tilstand", None) not in SLUTTET)
        if feil is not None:
            return feil
    kilde = verdi if isinstance(verdi, Del) else rundt
    if kilde is not None and "dato" in type(kilde).model_fields:
        return _datert(g, post, path, where, kilde, selv=kilde is verdi)
    dag = verdi if isinstance(verdi, date) else None
    return Svar(Punkttilstand.UTFORT, (bevis(post, path, Strength.MASKINELL, dag),), hvor=where)


def _apent(where: Sted, melding: str, tiltak: str) -> Svar:
    return Svar(Punkttilstand.APENT, mangler=(Mangel(melding, tiltak, where),), hvor=where)


def _hent(post: Post, felt: str) -> tuple[Any, FieldPath, Del | None, bool]:
    """The value, its path as far as it is there, the nearest part around it that has a date, and if it refers."""
    here: Any = post
    path: FieldPath = ()
    rundt: Del | None = None
    ref = False
    for navn, ident in steg(felt) or ():
        model: type[Post] = type(here)
        known = felttyper(model).get(navn)
        ref = known is not None and known.ref is not None
        path = (*path, navn)
        value = getattr(here, navn, None)
        if ident is not None:
            items: tuple[Any, ...] = value or ()
            index = next((n for n, v in enumerate(items) if _er(v, ident)), None)
            if index is None:
                return None, path, rundt, False
            path, value = (*path, index), items[index]
        if value is None:
            return None, path, rundt, ref
        if isinstance(here, Del) and not isinstance(here, Post) and "dato" in type(here).model_fields:
            rundt = here
        here = value
    return here, path, rundt, ref


def _er(item: Any, ident: str) -> bool:
    return isinstance(item, Del) and str(getattr(item, item.identitet[0], None)) == ident


def _henvisning(g: Grunnlag, verdi: Any, where: Sted, *, levende: bool) -> Svar | None:
    """What is wrong when a reference does not lead to a record, or to a role that is not filled.

    What has ended may name a role that ended after it.
    """
    for ident in verdi if isinstance(verdi, tuple) else (verdi,):
        found = g.register.finn(ident)
        if isinstance(found, Uleselig):
            return Svar(Punkttilstand.IKKE_AVGJORT, hvor=where, grunn=f"{found.fil} kan ikke leses.")
        if found is None:
            return _apent(where, f"«{ident}» finnes ikke i registeret.", f"Rett «{where.felt}».")
        if levende and isinstance(found, Rolle) and not g.register.er_virksom(found):
            return _apent(
                where,
                f"Rollen «{ident}» gjelder ikke i dag.",
                f"Skriv en rolle som gjelder, i «{where.felt}».",
            )
    return None


def _datert(g: Grunnlag, post: Post, path: FieldPath, where: Sted, kilde: Any, *, selv: bool) -> Svar:
    """Something with a date: the day has come, and it is documented or vouched for."""
    dato: date | None = kilde.dato
    at = sted(post, (*path, "dato")) if selv else where
    if selv and dato is None:
        return _apent(at, "Det står ikke når det ble gjort.", f"Skriv dagen i «{at.felt}».")
    if dato is not None and dato > g.dato:
        return _apent(at, "Dagen er ikke kommet ennå.", f"Rett dagen i «{at.felt}».")
    referanse: str | None = getattr(kilde, "referanse", None)
    av = getattr(kilde, "av", None) or getattr(kilde, "arkitekt", None)
    styrke = (
        Strength.DOKUMENTERT
        if referanse and dato
        else Strength.BEKREFTET
        if selv or (av and dato)
        else Strength.MASKINELL
    )
    if styrke is Strength.BEKREFTET and selv:
        feil = g.rollefeil(av, dato, where)
        if feil is not None:
            return Svar(Punkttilstand.APENT, mangler=(feil,), hvor=where)
    return Svar(Punkttilstand.UTFORT, (bevis(post, path, styrke, dato, referanse),), hvor=where)

"""Small answers that the named questions share."""

from __future__ import annotations

from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, Svar, bevis, sted
from forvaltning.engine.sjekkliste.typer import Mangel, Punkttilstand, Sted
from forvaltning.findings import Evidence, Strength
from forvaltning.model.base import Post
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle


def utfort(*belegg: Evidence) -> Svar:
    """Done, with what it rests on."""
    return Svar(Punkttilstand.UTFORT, belegg)


def apent(melding: str, tiltak: str, where: Sted, motsagt: str | None = None) -> Svar:
    """Open, with one thing missing."""
    return Svar(Punkttilstand.APENT, mangler=(Mangel(melding, tiltak, where),), hvor=where, motsagt=motsagt)


def fraverd(grunn: str) -> Svar:
    """Not relevant, by what the registry holds."""
    return Svar(Punkttilstand.IKKE_AKTUELT, grunn=grunn)


def ukjent(fil: Uleselig) -> Svar:
    """Not decided, since a file can not be read."""
    return Svar(Punkttilstand.IKKE_AVGJORT, grunn=f"{fil.fil} kan ikke leses.")


def rolle_plassert(g: Grunnlag, post: Post, felter: list[str]) -> Svar:
    """Every one of the fields names a role that is filled on the check date."""
    belegg: list[Evidence] = []
    mangler: list[Mangel] = []
    for felt in felter:
        value = getattr(post, felt)
        ids = value if isinstance(value, tuple) else (value,) if value else ()
        where = sted(post, (felt,))
        if not ids:
            mangler.append(Mangel(f"«{felt}» er ikke satt.", f"Skriv rollen i «{felt}».", where))
        for ident in ids:
            found = g.register.finn(ident)
            if isinstance(found, Uleselig):
                return ukjent(found)
            if not isinstance(found, Rolle):
                mangler.append(Mangel(f"Rollen «{ident}» finnes ikke.", f"Rett «{felt}».", where))
            elif not g.register.er_virksom(found):
                mangler.append(
                    Mangel(f"Rollen «{ident}» gjelder ikke i dag.", f"Skriv en ny rolle i «{felt}».", where)
                )
            else:
                belegg.append(bevis(post, (felt,), Strength.MASKINELL, None, ident))
    if mangler:
        return Svar(Punkttilstand.APENT, mangler=tuple(mangler), hvor=mangler[0].sted)
    return Svar(Punkttilstand.UTFORT, tuple(belegg))

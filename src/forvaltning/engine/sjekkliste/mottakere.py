"""The two receivers of a handover: the department or unit, and Ansattservice."""

from __future__ import annotations

from datetime import date

from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, sted
from forvaltning.engine.sjekkliste.typer import Mangel, Mottakerstand
from forvaltning.model.enhet import Enhet
from forvaltning.model.hendelser import Mottaker
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle
from forvaltning.model.tjeneste import Tjeneste

AVDELING = "avdeling"
ANSATTSERVICE = "ansattservice"


def mottakere(g: Grunnlag) -> tuple[Mottakerstand, ...]:
    """Both places, filled or not, the department first; any further receivers after them.

    An owner inside Ansattservice is the second receiver itself: then both lie there.
    """
    given = list(enumerate(g.overlevering.mottakere)) if g.overlevering is not None else []
    service = [(n, m) for n, m in given if g.register.er_ansattservice(m.enhet)]
    others = [(n, m) for n, m in given if not g.register.er_ansattservice(m.enhet)]
    if not others and len(service) > 1:
        others, service = service[:1], service[1:]
    first = _en(g, AVDELING, *others[0]) if others else _tom(g, AVDELING)
    second = _en(g, ANSATTSERVICE, *service[0]) if service else _tom(g, ANSATTSERVICE)
    rest = (_en(g, AVDELING, n, m) for n, m in (*others[1:], *service[1:]))
    return (first, second, *rest)


def _tom(g: Grunnlag, plass: str) -> Mottakerstand:
    ident = g.register.funksjon("ansattservice") if plass == ANSATTSERVICE else _tar_over(g)
    unit = g.register.hent(ident, Enhet)
    who = "Ansattservice" if plass == ANSATTSERVICE else "avdelingen eller enheten som tar over"
    where = g.i_overleveringen(("mottakere",), "mottakere")
    return Mottakerstand(
        plass,
        None,
        unit.navn if unit is not None else "",
        ident,
        mangler=(
            Mangel(f"Overleveringen har ikke {who} som mottaker.", "Før opp enheten i «mottakere».", where),
        ),
    )


def _tar_over(g: Grunnlag) -> str | None:
    """The unit that takes over: SDI where it holds tjenesteansvaret, else the record's own."""
    if isinstance(g.post, Tjeneste):
        role = g.register.hent(g.post.tjenesteansvarlig, Rolle)
        sdi = g.register.funksjon("sdi")
        if role is not None and g.register.er_under(role.enhet, sdi):
            return sdi
    return g.register.enhet_for(g.post) if g.post is not None else None


def _en(g: Grunnlag, plass: str, n: int, m: Mottaker) -> Mottakerstand:
    assert g.overlevering is not None  # noqa: S101 - the receiver stands in it
    found = g.register.finn(m.enhet)
    mangler: list[Mangel] = []
    where = sted(g.overlevering, ("mottakere", n, "enhet"))
    if isinstance(found, Uleselig):
        mangler.append(Mangel(f"Enheten «{m.enhet}» kan ikke leses ({found.fil}).", "Rett filen.", where))
    elif not isinstance(found, Enhet):
        mangler.append(Mangel(f"Enheten «{m.enhet}» finnes ikke.", "Rett «enhet».", where))
    signert: date | None = m.signert
    at = sted(g.overlevering, ("mottakere", n, "signert"))
    if signert is None:
        mangler.append(Mangel("Ikke signert.", "Skriv dagen i «signert» og rollen i «av».", at))
    elif signert > g.dato:
        mangler.append(Mangel("Dagen for signaturen er ikke kommet ennå.", "Rett «signert».", at))
    elif (
        m.av
        and (feil := g.rollefeil(m.av, signert, sted(g.overlevering, ("mottakere", n, "av")))) is not None
    ):
        mangler.append(feil)
    navn = found.navn if isinstance(found, Enhet) else m.enhet
    return Mottakerstand(plass, m.enhet, navn, None, signert, m.av, tuple(mangler))

"""Whom a record's file is asked of: the `kodeeier` of its owner roles, else of its unit and those above it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forvaltning.findings import Problem, Severity
from forvaltning.model.enhet import Enhet
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.register import EIERFELT, Register
from forvaltning.model.rolle import Rolle
from forvaltning.source.innhold_kontakt import finn_epost

EIERE = (*EIERFELT, "behandlingsansvarlige")
"""Fields of a record that name its owner roles, in the order they are asked."""
GJELDER = {
    "ros": ("gjelder",),
    "dpia": ("behandlinger",),
    "endringer": ("gjelder",),
    "overleveringer": ("gjelder",),
    "avvik": ("gjelder",),
    "datasett": ("system",),
    "integrasjoner": ("fra.system", "til.system"),
}
"""Kinds that belong to those who own what they are about."""
LEDERE = ("resultatenhetsleder", "kommunaldirektor", "digitaliseringskoordinator")
"""Role types that answer for a unit, when the unit itself names no `kodeeier`."""
_LAG = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_.-]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9_.-]{0,99}){1,8}")
_EPOST = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}"
)


def gyldig(kodeeier: str) -> bool:
    """True for a team (``@org/team``) or a shared e-mail address; a person is refused."""
    if _LAG.fullmatch(kodeeier):
        return True
    return bool(_EPOST.fullmatch(kodeeier)) and next(finn_epost(kodeeier), None) is None


def ugyldige(register: Register) -> list[Problem]:
    """A problem for every `kodeeier` that is no team and no shared address. Its text is not repeated."""
    out: list[Problem] = []
    for o in register.oppforinger():
        if o.kind not in {Rolle.kind, Enhet.kind}:
            continue
        value = getattr(o.post, "kodeeier")  # noqa: B009 - both kinds have it
        if value is None or gyldig(value):
            continue
        person = re.fullmatch(r"@[^/\s]+", value) is not None or next(finn_epost(value), None) is not None
        why = "er en enkeltperson" if person else "er verken et lag eller en e-postadresse"
        out.append(
            Problem(
                "codeowners.ugyldig_eier",
                Severity.FEIL,
                o.fil,
                f"«kodeeier» {why}.",
                'Skriv et lag, som "@bergen/sdi" (i anførselstegn), eller en felles e-postadresse.',
                path=("kodeeier",),
                post=o.key,
                felt="kodeeier",
            )
        )
    return sorted(out, key=lambda p: p.fil)


class Eiere:
    """Who is asked about each record: its owner roles, else those of what it is about, else its unit's."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._poster: dict[str, tuple[str, ...]] = {}
        self._enheter: dict[str, tuple[str, ...]] = {}

    def for_post(self, o: Oppforing) -> tuple[str, ...]:
        """The handles of one record, first the one that owns it most."""
        if o.key not in self._poster:
            self._poster[o.key] = ()  # a circle of records ends here
            self._poster[o.key] = self._for_post(o)
        return self._poster[o.key]

    def _for_post(self, o: Oppforing) -> tuple[str, ...]:
        if o.kind == Enhet.kind:
            return self.for_enhet(o.id)
        if o.kind == Rolle.kind:
            return self._for_rolle(o.id)
        own = _unike(h for ident in _til(o, EIERE) for h in self._for_rolle(ident))
        if own:
            return own
        about = (self._register.oppforing(i) for i in _til(o, GJELDER.get(o.kind, ())))
        theirs = _unike(h for other in about if other is not None for h in self.for_post(other))
        return theirs or _unike(h for e in _til(o, ("enhet",)) for h in self.for_enhet(e))

    def _for_rolle(self, ident: str) -> tuple[str, ...]:
        """The role's own handle while it is filled, else its unit's."""
        found = self._register.oppforing(ident)
        rolle = found.post if found is not None and found.kind == Rolle.kind else None
        if not isinstance(rolle, Rolle):
            return ()
        if _brukbar(rolle.kodeeier) and self._register.er_virksom(rolle):
            return (str(rolle.kodeeier),)
        return self.for_enhet(rolle.enhet)

    def for_enhet(self, ident: str | None) -> tuple[str, ...]:
        """The unit's own handle, else that of those who lead it, else the same one step up."""
        if not ident:
            return ()
        if ident not in self._enheter:
            self._enheter[ident] = self._for_enhet(ident)
        return self._enheter[ident]

    def _for_enhet(self, ident: str) -> tuple[str, ...]:
        for unit in self._register.overordnede(ident):
            if _brukbar(unit.kodeeier):
                return (str(unit.kodeeier),)
            for kind in LEDERE:
                ledere = self._register.roller_i(unit.id, kind)
                found = _unike(str(r.kodeeier) for r in ledere if _brukbar(r.kodeeier))
                if found:
                    return found
        return ()

    def standard(self) -> tuple[str, ...]:
        """Who is asked when nobody else is: the unit that fills the function SDI, else the top of the tree."""
        found = self.for_enhet(self._register.funksjon("sdi"))
        if found:
            return found
        tops = (
            o for o in self._register.oppforinger() if o.kind == Enhet.kind and not _til(o, ("forelder",))
        )
        return next((h for o in sorted(tops, key=lambda o: o.id) if (h := self.for_enhet(o.id))), ())


def _til(o: Oppforing, felter: Iterable[str]) -> list[str]:
    """The ids that a record names in some fields, in the order of the fields."""
    return [h.til for felt in felter for h in o.henvisninger if h.felt == felt]


def _brukbar(kodeeier: str | None) -> bool:
    return kodeeier is not None and gyldig(kodeeier)


def _unike(handles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(handles))

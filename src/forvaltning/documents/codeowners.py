"""CODEOWNERS from the roles: the owner is asked about what is theirs. Pure: Register → text.

Later lines win in CODEOWNERS, so the default comes first and each record after it. What lies outside
our marked block is never touched. The pattern language is the part that GitHub and GitLab share.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator

from forvaltning.findings import START, Problem, Severity
from forvaltning.model.enhet import Enhet
from forvaltning.model.kinds import KINDS
from forvaltning.model.oppslag import Oppforing
from forvaltning.model.register import EIERFELT, Register
from forvaltning.model.rolle import Rolle
from forvaltning.source.innhold_kontakt import finn_epost

PLASSER = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where the services look; the first that exists is the one in use."""
MAKS_BYTE = 3_000_000
"""GitHub takes no notice of a larger file."""
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


class UklareMerker(ValueError):  # noqa: N818 - named in the domain's words
    """The marks of our block do not come in one pair, so nobody knows which lines are ours."""


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


class _Eiere:
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


# --- the block ------------------------------------------------------------------------------------------


def monster(sti: str) -> str:
    """A path from the top of the repository as a pattern that matches it.

    A blank is escaped. What GitHub can not escape, or reads as more than itself, becomes ``?``: any one sign.
    """
    return "/" + "".join(r"\ " if c == " " else c if _bokstavelig(c) else "?" for c in sti)


def _bokstavelig(c: str) -> bool:
    return (c.isalnum() or c in "/._-+@") if c.isascii() else c.isprintable()


def linjer(register: Register, prefix: str) -> list[str]:
    """The rules, without marks; empty when no role and no unit has a `kodeeier`."""
    who = _Eiere(register)
    default = who.standard()
    base = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    out: list[str] = []
    if default:
        out.append(f"CODEOWNERS {' '.join(default)}")
        # A registry at the top of its repository does not speak for what else lies there.
        places = [base] if base else ["forvaltning.yaml", *(f"{kind}/" for kind in KINDS)]
        out += [f"{monster(p)} {' '.join(default)}" for p in places]
    for o in sorted(register.oppforinger(), key=lambda o: o.fil):
        handles = who.for_post(o)
        if handles and handles != default:
            out.append(f"{monster(base + o.fil)} {' '.join(handles)}")
    return out


def uten_eier(register: Register) -> list[str]:
    """The files of records that nobody is asked about."""
    who = _Eiere(register)
    if who.standard():
        return []
    return sorted(o.fil for o in register.oppforinger() if not who.for_post(o))


def kommando(prefix: str) -> str:
    """The command that makes the block, run from the top of the repository."""
    where = prefix.strip("/")
    known = where in {"", "registry"} or not where.isprintable()
    return "forvaltning codeowners" + ("" if known else f" --registry {shlex.quote(where)}")


def _merker(prefix: str) -> tuple[str, str]:
    where = monster(f"{prefix.strip('/')}/" if prefix.strip("/") else "")
    return f"# >>> forvaltning codeowners: {where}", f"# <<< forvaltning codeowners: {where}"


def blokk(register: Register, prefix: str) -> str:
    """Our lines between their marks; empty when there are none."""
    rules = linjer(register, prefix)
    if not rules:
        return ""
    start, slutt = _merker(prefix)
    head = f"# Laget fra rollene i registeret med «{kommando(prefix)}». Rett rollene og kjør den på nytt, ikke her."
    return "\n".join([start, head, *rules, slutt]) + "\n"


def _spenn(lines: list[str], prefix: str) -> tuple[int, int] | None:
    """The first line of our block and the one after it, None when it is not there. Raises `UklareMerker`."""
    start, slutt = _merker(prefix)
    bare = [line.strip() for line in lines]
    at = [i for i, line in enumerate(bare) if line == start]
    end = [i for i, line in enumerate(bare) if line == slutt]
    if not at and not end:
        return None
    if len(at) != 1 or len(end) != 1 or end[0] < at[0]:
        raise UklareMerker
    return at[0], end[0] + 1


def flett(tekst: str, blokk_: str, prefix: str) -> str:
    """The file with our block put in its place, or at the end; other lines are as they were.

    Raises `UklareMerker`.
    """
    newline = "\r\n" if "\r\n" in tekst else "\n"
    ours = blokk_.replace("\n", newline)
    lines = tekst.splitlines(keepends=True)
    span = _spenn(lines, prefix)
    if span is not None:
        return "".join([*lines[: span[0]], ours, *lines[span[1] :]])
    if not tekst or not ours:
        return tekst + ours
    gap = newline if tekst.endswith("\n") else newline * 2
    return tekst + gap + ours


def foreldet(tekst: str | None, register: Register, prefix: str, fil: str = PLASSER[0]) -> Problem | None:
    """The remark that CODEOWNERS does not say what the roles say, None when it does.

    `tekst`: the file, None when there is none. `fil`: what to call it. Nothing is said while nobody uses it: no
    `kodeeier` in the registry and no block in the file. What can not be read, or is no valid owner, is a problem of
    its own, and is told first.
    """
    if register.uleselige() or ugyldige(register):
        return None
    made = blokk(register, prefix)
    try:
        span = _spenn((tekst or "").splitlines(), prefix)
    except UklareMerker:
        return _problem(
            f"Merkene rundt blokken fra forvaltning i {fil} kommer ikke i ett par.",
            f"Fjern dem, og kjør «{kommando(prefix)}».",
        )
    if span is None:
        if not made:
            return None
        return _problem(
            f"{fil} mangler reglene som rollene gir, så eierne blir ikke spurt.",
            f"Kjør «{kommando(prefix)}».",
        )
    if list(_innhold(tekst or "", span)) == made.splitlines():
        return None
    todo = f"Kjør «{kommando(prefix)}»." if made else "Fjern blokken: ingen rolle har «kodeeier» lenger."
    return _problem(f"{fil} er foreldet: den sier noe annet enn rollene i registeret.", todo)


def _innhold(tekst: str, span: tuple[int, int]) -> Iterator[str]:
    return (line.rstrip() for line in tekst.splitlines()[span[0] : span[1]])


def _problem(melding: str, tiltak: str) -> Problem:
    # CODEOWNERS lies outside the registry, where no position can be shown: the settings stand in for it.
    return Problem(
        "codeowners.foreldet",
        Severity.MERKNAD,
        "forvaltning.yaml",
        melding,
        tiltak,
        position=START,
        felt="codeowners",
    )

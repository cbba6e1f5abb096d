"""What a change does: records added, changed and gone, what depends on them, and which verdicts it moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forvaltning.engine.omdoping import omskrevet
from forvaltning.findings import Outcome, Verdict
from forvaltning.history.felt import FeltEndring, endringer
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Overlevering
from forvaltning.model.register import Register
from forvaltning.model.ros import Ros
from forvaltning.model.viser import normaliser

GODKJENT = {Ros: "ROS", Dpia: "DPIA", Avtale: "avtale", Overlevering: "overlevering"}
"""Kinds that somebody approves: when what they are about changes, the approval may no longer fit."""


@dataclass(frozen=True, slots=True)
class Postendring:
    """One record that a change touches. `slag`: ny, endret, avsluttet, slettet, omdopt, uleselig or lesbar."""

    post: str
    navn: str
    slag: str
    felter: tuple[FeltEndring, ...] = ()
    avhengige: tuple[str, ...] = ()
    """Keys of records that refer to it."""


@dataclass(frozen=True, slots=True)
class Kravendring:
    """A requirement that comes out otherwise for one record."""

    krav: str
    post: str
    enhet: str | None
    fra: Outcome | None
    til: Outcome | None


@dataclass(frozen=True, slots=True)
class Foreldet:
    """An approval that a change may have made stale: of what kind, which, because of what."""

    slag: str
    post: str
    grunn: str


@dataclass(slots=True)
class Virkning:
    """The report of one change."""

    poster: list[Postendring] = field(default_factory=list)
    krav: list[Kravendring] = field(default_factory=list)
    foreldet: list[Foreldet] = field(default_factory=list)


ENDER = frozenset({"avviklet", "avsluttet", "utlopt", "sagt_opp", "erstattet", "lukket", "stanset"})


def postendringer(
    gammel: Register, ny: Register, nokler: Iterable[str], navn: Mapping[str, str]
) -> list[Postendring]:
    """The changes to the records named by `nokler` (``kind/id``, of either state), in order."""
    out: list[Postendring] = []
    renamed = {normaliser(v): k for k, v in navn.items()}
    for key in sorted(set(nokler)):
        ident = key.partition("/")[2]
        now = ny.oppforing(ident)
        was = gammel.oppforing(renamed.get(normaliser(ident), ident))
        if now is not None and now.key != key:
            now = None
        if was is not None and now is not None and was.kind != now.kind:
            was = None
        if now is None:
            if was is not None and normaliser(ident) not in navn:
                slag = "uleselig" if _er_uleselig(ny, key) else "slettet"
                out.append(Postendring(key, was.navn, slag, avhengige=_avhengige(ny, ident)))
            continue
        if was is None:
            slag = "lesbar" if _er_uleselig(gammel, key) else "ny"
            out.append(Postendring(key, now.navn, slag, avhengige=_avhengige(ny, ident)))
            continue
        changed = tuple(endringer(was.post, now.post))
        if changed or was.id != now.id:
            out.append(Postendring(key, now.navn, _slag(was.post, now.post), changed, _avhengige(ny, ident)))
    return out


def _er_uleselig(register: Register, key: str) -> bool:
    """Whether a record lies there in a file that nobody can read."""
    return any(u.fil == f"{key}.yaml" for u in register.uleselige())


def _slag(was: Post, now: Post) -> str:
    state = getattr(now, "tilstand", None)
    if state in ENDER and getattr(was, "tilstand", None) != state:
        return "avsluttet"
    return "omdopt" if was.id != now.id else "endret"


def _avhengige(register: Register, ident: str) -> tuple[str, ...]:
    return tuple(sorted({o.key for o, _ in register.innkommende(ident)}))


def kravendringer(
    gamle: Iterable[Verdict], nye: Iterable[Verdict], navn: Mapping[str, str]
) -> list[Kravendring]:
    """The verdicts that differ in outcome between two states."""

    def key(v: Verdict) -> tuple[str, str]:
        kind, _, ident = v.post.partition("/")
        return v.krav, f"{kind}/{navn.get(normaliser(ident), ident)}"

    before = {key(v): v for v in gamle}
    after = {(v.krav, v.post): v for v in nye}
    out: list[Kravendring] = []
    for k in sorted(before.keys() | after.keys(), key=lambda k: (k[1], _nummer(k[0]))):
        old, new = before.get(k), after.get(k)
        if (old and old.utfall) != (new and new.utfall):
            shown = new or old
            unit = shown.enhet if shown else None
            out.append(
                Kravendring(k[0], k[1], unit, old.utfall if old else None, new.utfall if new else None)
            )
    return out


def _nummer(krav: str) -> tuple[int, ...]:
    return tuple(int(n) for n in krav.split("."))


def foreldede(
    poster: Iterable[Postendring], gammel: Register, ny: Register, navn: Mapping[str, str]
) -> list[Foreldet]:
    """Approvals in force that concern a record whose weighty fields a change touches.

    A reference that only follows a record to its new id is no change. `navn`: old id → new id of renamed ones.
    """
    before = {normaliser(v): k for k, v in navn.items()}
    out: dict[tuple[str, str], Foreldet] = {}
    for change in poster:
        entry = ny.oppforing(change.post.partition("/")[2])
        if entry is None or change.slag not in {"endret", "omdopt", "avsluttet"}:
            continue
        marks = {*getattr(entry.post, "SIKKERHETSFELT", ()), *getattr(entry.post, "STORRE_FELT", ())}
        if not marks:
            continue
        was = gammel.oppforing(before.get(normaliser(entry.id), entry.id))
        fields = (
            endringer(omskrevet(was.post, navn), entry.post) if navn and was is not None else change.felter
        )
        heavy = [f for f in fields if _tung(f.felt, marks)]
        if not heavy:
            continue
        for other, _ in ny.innkommende(entry.id):
            slag = GODKJENT.get(type(other.post))
            if slag is not None and _i_kraft(other.post):
                words = f"{change.post}: {heavy[0].tittel.lower()} er endret"
                out.setdefault((other.key, change.post), Foreldet(slag, other.key, words))
    return [out[k] for k in sorted(out)]


def _tung(felt: str, marks: set[str]) -> bool:
    return any(felt == m or felt.startswith((m + ".", m + "[")) for m in marks)


def _i_kraft(post: Post) -> bool:
    if isinstance(post, Ros | Dpia):
        return post.tilstand == "besluttet"
    if isinstance(post, Avtale):
        return post.tilstand in {"signert", "i_kraft"}
    return isinstance(post, Overlevering) and any(p.lukket for p in post.porter)

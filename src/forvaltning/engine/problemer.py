"""Problems that concern the register as a whole: dangling references, reused ids, settings that point nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from forvaltning.findings import FieldPath, Problem, Severity
from forvaltning.model.kinds import KINDS
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.register import Register
from forvaltning.model.viser import felt_med_identitet, normaliser, tillatte_kinds

Sted = tuple[str, FieldPath]
Hengende = tuple[str, str, FieldPath, str]
"""Id of a record, field, path, and the id it names."""


def hengende_i(register: Register, poster: Iterable[Oppforing]) -> list[Hengende]:
    """The references of some records that lead nowhere or to the wrong kind."""
    out: list[Hengende] = []
    entry = register.oppforing
    for o in poster:
        kinds = tillatte_kinds(KINDS[o.kind])
        for felt, path, til in o.henvisninger:
            target = entry(til)
            if (target is None or target.kind not in kinds[felt]) and er_hengende(register, o, felt, til):
                out.append((o.id, felt, path, til))
    return out


def er_hengende(register: Register, o: Oppforing, felt: str, til: str) -> bool:
    """True when nothing that `felt` may name has this id, and no file that can not be read may have it."""
    target = register.oppforing(til)
    if target is not None:
        return target.kind not in tillatte_kinds(KINDS[o.kind])[felt]
    return not register.kan_vaere_tapt(til)


def hengende(register: Register, funnet: Iterable[Hengende], meldt: Collection[Sted]) -> Iterator[Problem]:
    """Dangling references in words, unless a requirement has told of them.

    `meldt`: the (record, path) of every finding, so that a dangling reference is reported once.
    """
    for ident, felt, path, til in funnet:
        o = register.oppforing(ident)
        if o is None or (o.key, path) in meldt:
            continue
        allowed = tillatte_kinds(KINDS[o.kind])[felt]
        yield _henvisning(register, o, felt, path, til, register.oppforing(til), allowed)


def _henvisning(
    register: Register,
    o: Oppforing,
    felt: str,
    path: FieldPath,
    til: str,
    target: Oppforing | None,
    allowed: tuple[str, ...],
) -> Problem:
    stable = felt_med_identitet(o.post, path)
    where = " eller ".join(allowed)
    if target is not None:
        return Problem(
            "referanse.feil_slag",
            Severity.FEIL,
            o.fil,
            f"«{felt}» viser til «{til}», som ligger i mappen {target.kind}.",
            f"Vis til en post i {where}.",
            path=path,
            post=o.key,
            felt=stable,
        )
    now = register.naa(til)
    near = [now] if now else register.forslag(til, *allowed)
    hint = f" Mente du {' eller '.join(f'«{n}»' for n in near)}?" if near else ""
    if now:
        return Problem(
            "referanse.ukjent",
            Severity.FEIL,
            o.fil,
            f"«{felt}» viser til «{til}», som nå heter «{now}».",
            f"Skriv «{now}».",
            path=path,
            post=o.key,
            felt=stable,
        )
    return Problem(
        "referanse.ukjent",
        Severity.FEIL,
        o.fil,
        f"«{felt}» viser til «{til}», som ikke finnes.",
        f"Rett id-en, eller opprett posten i {where}.{hint}",
        path=path,
        post=o.key,
        felt=stable,
    )


def gjenbrukte_id(register: Register) -> Iterator[Problem]:
    """An id that one record has left must not name another, nor be claimed by two (domain.md: never reused)."""
    claimed: dict[str, Oppforing] = {}
    for o in sorted((o for o in register.oppforinger() if o.tidligere), key=lambda o: o.fil):
        for i, old in enumerate(o.tidligere):
            other = register.oppforing(old)
            first = claimed.setdefault(normaliser(old), o)
            if first is not o:
                yield Problem(
                    "id.to_arvinger",
                    Severity.FEIL,
                    o.fil,
                    f"Id-en «{old}» er ført som tidligere id både her og på {first.key}.",
                    "La den stå bare på posten som hadde id-en før.",
                    path=("tidligere_id", i),
                    post=o.key,
                )
            if other is not None and other is not o:
                yield Problem(
                    "id.gjenbrukt",
                    Severity.FEIL,
                    o.fil,
                    f"Id-en «{old}» er en tidligere id for denne posten, men brukes nå av {other.key}.",
                    "Gi den andre posten en id som aldri har vært brukt.",
                    path=("tidligere_id", i),
                    post=o.key,
                )


KRETSREGLER = frozenset({"enhet.krets", "prosjekt.krets"})
KRETSFELT = {"enheter": ("forelder", "enhet.krets"), "prosjekter": ("del_av", "prosjekt.krets")}
"""Kinds that form a tree: the field that points upward, and the rule's name."""


def kretser(register: Register) -> Iterator[Problem]:
    """Units and projects that lie below themselves."""
    up = {
        normaliser(o.id): normaliser(h.til)
        for o in register.oppforinger()
        if o.kind in KRETSFELT
        for h in o.henvisninger
        if h.felt == KRETSFELT[o.kind][0]
    }
    for o in register.oppforinger():
        if o.kind not in KRETSFELT:
            continue
        start = normaliser(o.id)
        here = up.get(start, "")
        for _ in range(len(up)):
            if here in ("", start):
                break
            here = up.get(here, "")
        if here == start:
            felt, regel = KRETSFELT[o.kind]
            yield Problem(
                regel,
                Severity.FEIL,
                o.fil,
                f"«{o.id}» ligger under seg selv når «{felt}» følges oppover.",
                f"Rett «{felt}» slik at kjeden ender på toppen.",
                path=(felt,),
                post=o.key,
            )


def innstillingsproblemer(register: Register, fil: str) -> Iterator[Problem]:
    """Settings that name records which are not there."""
    settings = register.innstillinger
    asked: list[tuple[FieldPath, str, str]] = [
        (("funksjoner", k), v, "enheter") for k, v in settings.funksjoner.items()
    ]
    asked += [(("arkivkjerner", i), v, "systemer") for i, v in enumerate(settings.arkivkjerner)]
    for path, ident, kind in asked:
        found = register.oppforing(ident)
        if (found is not None and found.kind == kind) or register.kan_vaere_tapt(ident):
            continue
        near = register.forslag(ident, kind)
        yield Problem(
            "innstilling.ukjent_post",
            Severity.FEIL,
            fil,
            f"«{path[0]}» viser til «{ident}», som ikke finnes i {kind}.",
            f"Rett id-en, eller opprett posten.{f' Mente du «{near[0]}»?' if near else ''}",
            path=path,
        )

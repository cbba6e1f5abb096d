"""What `diff` tells of: the records that differ between two states of a registry, renames followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forvaltning.cli.historikk_felles import Historisk
    from forvaltning.cli.mot import Mot
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.virkning import Kravendring, Postendring
    from forvaltning.history.spor import Feltspor, Postspor
    from forvaltning.model.base import Post
    from forvaltning.model.oppforing import Uleselig
    from forvaltning.model.register import Register
    from forvaltning.source.entries import FileEntry


def flyttede(
    h: Historisk, gammel: str, ny: str | None, old: Okt, new: Okt, mot: Mot
) -> dict[str, tuple[str, str]]:
    """Records that got a new id and do not say so, as Git sees it: key now → key and id before."""
    from forvaltning.git.historikk import forskjell
    from forvaltning.history.versjoner import postnokkel

    slag = {p.post: p.slag for p in mot.virkning.poster}
    if "ny" not in slag.values() or "slettet" not in slag.values():
        return {}
    if ny is not None:
        changes = forskjell(h.tre, (gammel, h.mappe), (ny, h.mappe))
        pairs = [(f.gammel_sti, f.ny_sti) for f in changes if f.status == "R"]
    else:
        pairs = _mot_arbeidstreet(h, gammel, old, new, slag)
    out: dict[str, tuple[str, str]] = {}
    for before, after in pairs:
        a, b = postnokkel(before), postnokkel(after)
        if a is None or b is None or a[0] != b[0]:
            continue
        was, now_ = old.register.oppforing(a[1]), new.register.oppforing(b[1])
        if (
            was is not None
            and now_ is not None
            and (slag.get(was.key), slag.get(now_.key)) == ("slettet", "ny")
        ):
            out[now_.key] = (was.key, was.id)
    return out


def _mot_arbeidstreet(
    h: Historisk, gammel: str, old: Okt, new: Okt, slag: Mapping[str, str]
) -> list[tuple[str | None, str | None]]:
    """Files gone and files that are theirs now in the work tree: as Git sees those committed, then the most alike."""
    from forvaltning.git.historikk import forskjell
    from forvaltning.git.objekter import GitFeil
    from forvaltning.history.likhet import like_filer
    from forvaltning.history.versjoner import postnokkel

    def filer(okt: Okt, what: str) -> dict[str, FileEntry]:
        wanted = {postnokkel(f"{key}.yaml") for key, s in slag.items() if s == what}
        return {f.path: f for f in okt.filer.files if postnokkel(f.path) in wanted}

    def les(okt: Okt, entry: FileEntry) -> bytes:
        data = okt.kilde.les(entry)
        return data if isinstance(data, bytes) else b""

    gone, here = filer(old, "slettet"), filer(new, "ny")
    try:
        changes = forskjell(h.tre, (gammel, h.mappe), (h.hode, h.mappe))
    except GitFeil:  # HEAD need not hold the registry
        changes = ()
    out: dict[str | None, str | None] = {
        f.ny_sti: f.gammel_sti
        for f in changes
        if f.status == "R" and f.ny_sti in here and f.gammel_sti in gone
    }
    found = like_filer(
        gone.keys() - out.values(),
        here.keys() - out.keys(),
        lambda p: les(old, gone[p]),
        lambda p: les(new, here[p]),
    )
    return [(was, now) for now, was in (out | found).items()]


def krav(endringer: Iterable[Kravendring], moved: dict[str, tuple[str, str]]) -> Iterator[Kravendring]:
    """The requirements that come out otherwise; a record under a new id is held against what it was."""
    rows = list(endringer)
    was = {key: now for now, (key, _) in moved.items()}
    before = {(was[k.post], k.krav): k.fra for k in rows if k.post in was}
    for k in rows:
        if k.post in was:
            continue
        if k.post in moved:
            k = replace(k, fra=before.get((k.post, k.krav)))  # noqa: PLW2901 - the same change, seen whole
        if k.fra is not k.til:
            yield k


def poster(old: Okt, new: Okt, mot: Mot, moved: dict[str, tuple[str, str]]) -> Iterator[Postspor]:
    """The records that differ, those that can not be read in either state among them; the settings come first."""
    from forvaltning.engine.sammenligning import omdopte
    from forvaltning.engine.virkning_innstillinger import INNSTILLINGER
    from forvaltning.history.felt import innhold
    from forvaltning.history.spor import Feltspor, Postspor
    from forvaltning.model.viser import normaliser

    lost_now = {normaliser(u.id): u for u in new.register.uleselige()}
    lost_then = {normaliser(u.id): u for u in old.register.uleselige()}
    renamed = {normaliser(v): k for k, v in omdopte(old.register, new.register).items()}
    told: set[str] = set()
    for p in mot.virkning.poster:
        if p.post == INNSTILLINGER:
            yield Postspor(p.post, p.navn, p.slag, p.post, tuple(Feltspor(c) for c in p.felter))
            continue
        ident = normaliser(p.post.partition("/")[2])
        told.add(ident)
        was = old.register.oppforing(renamed.get(ident, ident))
        now = new.register.oppforing(ident)
        fil = f"{p.post}.yaml"
        if now is None and ident in lost_now:
            yield Postspor(p.post, p.navn, "uleselig", fil, merknad=_hvorfor(new, lost_now[ident].fil))
            continue
        if p.slag == "slettet" and any(p.post == key for key, _ in moved.values()):
            continue
        if now is None:
            yield Postspor(p.post, p.navn, "slettet", fil)
            continue
        if p.post in moved:
            yield _flyttet(p, now.post, *moved[p.post], old.register, new.register)
            continue
        fra = f"{was.kind}/{was.id}" if was is not None and was.id != now.id else None
        if p.slag in {"ny", "lesbar"}:
            slag = "lesbar" if ident in lost_then else "opprettet"
            fields = tuple(_navngitt(c, now.post, old.register, new.register) for c in innhold(now.post))
            note = _hvorfor(old, lost_then[ident].fil, "Kunne ikke leses før: ") if slag == "lesbar" else ""
            yield Postspor(p.post, p.navn, slag, fil, fields, merknad=note)
            continue
        fields = tuple(_navngitt(c, now.post, old.register, new.register) for c in p.felter)
        yield Postspor(p.post, p.navn, _slag(p), fil, fields, fra)
    yield from _uleselige(old, new, lost_then, lost_now, told)


def _flyttet(p: Postendring, post: Post, key: str, ident: str, old: Register, new: Register) -> Postspor:
    """A record under a new id that only Git knows of."""
    from forvaltning.history.felt import endringer
    from forvaltning.history.spor import Postspor

    earlier = old.oppforing(ident)
    changes = endringer(earlier.post, post) if earlier is not None else []
    fields = tuple(_navngitt(c, post, old, new) for c in changes)
    note = f"Skriv «tidligere_id: [{ident}]» i posten, så kravene og «check» også vet det."
    return Postspor(p.post, p.navn, "omdopt", f"{p.post}.yaml", fields, key, note)


def _uleselige(
    old: Okt,
    new: Okt,
    lost_then: Mapping[str, Uleselig],
    lost_now: Mapping[str, Uleselig],
    told: set[str],
) -> Iterator[Postspor]:
    """The files that can not be read in one of the states, and that nothing else told of."""
    from forvaltning.history.spor import Postspor

    for ident, u in sorted(lost_now.items()):
        before = lost_then.get(ident)
        changed = before is None or _bytes(old, before.fil) != _bytes(new, u.fil)
        if ident not in told and changed:
            yield Postspor(f"{u.kind}/{u.id}", u.id, "uleselig", u.fil, merknad=_hvorfor(new, u.fil))
    for ident, u in sorted(lost_then.items()):
        if ident not in told and ident not in lost_now and new.register.oppforing(ident) is None:
            note = _hvorfor(old, u.fil, "Kunne ikke leses før: ")
            yield Postspor(f"{u.kind}/{u.id}", u.id, "slettet", u.fil, merknad=note)


def _bytes(okt: Okt, fil: str) -> object:
    entry = next((f for f in okt.filer.files if f.path == fil), None)
    return okt.kilde.les(entry) if entry is not None else None


def _slag(p: Postendring) -> str:
    return p.slag if p.slag in {"omdopt", "avsluttet"} else "endret"


def _hvorfor(okt: Okt, fil: str, start: str = "") -> str:
    found = next((p for p in okt.innlest.problemer if p.fil == fil), None)
    return f"{start}{found.melding}" if found is not None else "Filen kan ikke leses."


def _navngitt(change: Any, post: Post, old: Register, new: Register) -> Feltspor:
    """A change with the names of what it refers to, as they were in each state."""
    from forvaltning.history.spor import Feltspor

    if not change.henvisning:
        return Feltspor(change)
    was = old.oppforing(change.gammel) if change.gammel else None
    now = new.oppforing(change.ny) if change.ny else None
    return Feltspor(change, was.navn if was is not None else None, now.navn if now is not None else None)

"""`forvaltning diff REV [REV2]`: what changed in the records between two states, and what it did."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forvaltning.cli import felles, utskrift
from forvaltning.cli.felles import AsOf, NoColor, Output, Registry
from forvaltning.cli.stopp import Stopp

if TYPE_CHECKING:
    from forvaltning.cli.mot import Mot
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.virkning import Postendring
    from forvaltning.history.spor import Feltspor, Postspor
    from forvaltning.model.base import Post
    from forvaltning.model.register import Register

HJELP = """Vis hva som er endret mellom to tilstander av registeret: felt for felt, og hva det gjorde med kravene.

REV er det Git forstår: en innsjekking, en gren, et merke, HEAD~3. Uten REV2 sammenlignes det med filene slik
de er nå, også det som ikke er sjekket inn. Begge tilstander vurderes på samme sjekkdato. Kommandoen
rapporterer bare; «forvaltning check --against» er den som blokkerer."""
EKSEMPEL = (
    "forvaltning diff HEAD",
    "forvaltning diff main",
    "forvaltning diff v2025 v2026 --format markdown --output endringer.md",
)


def kjor(
    rev: Annotated[str, typer.Argument(metavar="REV", help="Tilstanden før.", show_default=False)],
    rev2: Annotated[
        str | None,
        typer.Argument(
            metavar="[REV2]", help="Tilstanden etter. Uten den: filene slik de er nå.", show_default=False
        ),
    ] = None,
    as_of: AsOf = None,
    registry: Registry = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|markdown",
            show_default=False,
            help="Tekst, JSON eller Markdown. Uten valget: text.",
        ),
    ] = "text",
    output: Output = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Vis alle felt i nye poster.")] = False,
    no_color: NoColor = False,
) -> int:
    """Compare; returns the exit code."""
    felles.ett_av("--format", format_, ("text", "json", "markdown"))
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.render import diff
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt:
        found = sammenlign(okt, rev, rev2)
        if format_ == "json":
            pieces: Iterator[str] = diff.som_json(found.utskrift)
        elif format_ == "markdown":
            pieces = diff.som_markdown(found.utskrift)
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            pieces = diff.som_tekst(found.utskrift, stil, alt=verbose)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        stopp = felles.si_fra_om_svikt(found.svikt)
        if stopp is not None:
            raise stopp
    return 0


@dataclass(frozen=True, slots=True)
class Funnet:
    """What to write, and rules of ours that failed."""

    utskrift: Any
    svikt: list[Any]


def sammenlign(okt: Okt, rev: str, rev2: str | None) -> Funnet:
    """Compare two states. Raises `Stopp` (exit 2) when one of them can not be seen."""
    from forvaltning.cli import historikk_felles
    from forvaltning.cli.mot import okt_ved, sammenlign_med
    from forvaltning.git.base import Base, IngenBase
    from forvaltning.git.filspor import er_grunn
    from forvaltning.git.objekter import losne
    from forvaltning.render.diff import Utskrift
    from forvaltning.source.kilde import Revisjon

    with historikk_felles.apne(okt) as h:

        def commit(text: str) -> str:
            found = losne(h.tre, text)
            if found is None:
                more = f" {historikk_felles.GRUNN[0]}" if er_grunn(h.tre) else ""
                raise Stopp(f"Fant ikke revisjonen «{text[:80]}».", f"Se etter stavemåten.{more}")
            return found

        old_id, new_id = commit(rev), commit(rev2) if rev2 is not None else None
        new = okt if new_id is None else okt_ved(okt, new_id)
        old = okt_ved(okt, old_id)
        try:
            for one, ident in ((old, old_id), (new, new_id)):
                if "forvaltning.yaml" not in one.filer_sti():
                    raise Stopp(
                        f"Registeret fantes ikke ved {(ident or 'nå')[:12]}.", "Velg en nyere revisjon."
                    )
            try:
                mot = sammenlign_med(new, Base(old_id, rev))
            except IngenBase as error:
                raise Stopp(error.melding, error.tiltak) from None
            records = tuple(_poster(old, new, mot))
            return Funnet(
                Utskrift(
                    okt.visningssti,
                    okt.dato,
                    okt.datokilde,
                    (rev, old_id),
                    (rev2, new_id) if rev2 is not None and new_id is not None else None,
                    records,
                    mot.sammenligning,
                    tuple(mot.virkning.krav),
                    _innhold(old) != _innhold(new),
                ),
                new.kontroll.svikt,
            )
        finally:
            for one in {id(s): s for s in (old, new)}.values():
                if isinstance(one.kilde, Revisjon):
                    one.kilde.lukk()


def _innhold(okt: Okt) -> bytes | None:
    entry = next((f for f in okt.filer.files if f.path == "forvaltning.yaml"), None)
    data = okt.kilde.les(entry) if entry is not None else None
    return data if isinstance(data, bytes) else None


def _poster(old: Okt, new: Okt, mot: Mot) -> Iterator[Postspor]:
    """The records that differ, those that can not be read in either state among them."""
    from forvaltning.engine.sammenligning import omdopte
    from forvaltning.history.felt import innhold
    from forvaltning.history.spor import Postspor
    from forvaltning.model.viser import normaliser

    lost_now = {normaliser(u.id): u for u in new.register.uleselige()}
    lost_then = {normaliser(u.id): u for u in old.register.uleselige()}
    renamed = {normaliser(v): k for k, v in omdopte(old.register, new.register).items()}
    told: set[str] = set()
    for p in mot.virkning.poster:
        ident = normaliser(p.post.partition("/")[2])
        told.add(ident)
        was = old.register.oppforing(renamed.get(ident, ident))
        now = new.register.oppforing(ident)
        fil = f"{p.post}.yaml"
        if p.slag == "slettet" and ident in lost_now:
            yield Postspor(p.post, p.navn, "uleselig", fil, merknad=_hvorfor(new, lost_now[ident].fil))
            continue
        if now is None:
            yield Postspor(p.post, p.navn, "slettet", fil)
            continue
        fra = f"{was.kind}/{was.id}" if was is not None and was.id != now.id else None
        if p.slag == "ny":
            slag = "lesbar" if ident in lost_then else "opprettet"
            fields = tuple(_navngitt(c, now.post, old.register, new.register) for c in innhold(now.post))
            note = _hvorfor(old, lost_then[ident].fil, "Kunne ikke leses før: ") if slag == "lesbar" else ""
            yield Postspor(p.post, p.navn, slag, fil, fields, merknad=note)
            continue
        fields = tuple(_navngitt(c, now.post, old.register, new.register) for c in p.felter)
        yield Postspor(p.post, p.navn, _slag(p), fil, fields, fra)
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

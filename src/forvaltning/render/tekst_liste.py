"""A table of the records of one kind, with the columns that say most about that kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forvaltning.findings import Outcome
from forvaltning.model.base import Post
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.kinds import KINDS
from forvaltning.model.viser import felttyper
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.kontrakt_oversikt import PostlisteJson
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, dag, ren, tabell


@dataclass(frozen=True, slots=True)
class Linje:
    """One record in the list; `post` is None when its file can not be read."""

    id: str
    navn: str
    fil: str
    tilstand: str | None
    enhet: str | None
    utfall: Mapping[str, int]
    post: Post | None


NAVN, TILSTAND, ENHET = ("Navn", "@navn"), ("Tilstand", "@tilstand"), ("Enhet", "@enhet")
KOLONNER: dict[str, tuple[tuple[str, str], ...]] = {
    "roller": (("Rolletype", "type"), ENHET),
    "enheter": (NAVN, ("Type", "type"), ("Under", "forelder")),
    "leverandorer": (NAVN, ("Land", "land")),
    "avtaler": (NAVN, TILSTAND, ("Gyldig til", "gyldig_til")),
    "ros": (NAVN, TILSTAND, ("Besluttet", "besluttet.dato")),
    "dpia": (NAVN, ("Type", "type"), TILSTAND, ("Besluttet", "besluttet.dato")),
    "datasett": (NAVN, ("System", "system"), ENHET),
    "begreper": (NAVN, ENHET, ("Gjennomgått", "gjennomgatt.dato")),
    "integrasjoner": (NAVN, TILSTAND, ("Fra", "fra.system"), ("Til", "til.system")),
    "endringer": (NAVN, ("Gjelder", "gjelder"), ("Virkning", "virkning")),
    "overleveringer": (NAVN, ("Gjelder", "gjelder"), ("Startet", "startet")),
    "avvik": (("Krav", "krav"), ("Gjelder", "gjelder"), TILSTAND, ("Gyldig til", "gyldig_til")),
}
"""Kind → heading and field of each column between id and breaches; the rest show name, state and unit."""
VANLIGE = (NAVN, TILSTAND, ENHET)


def som_tekst(
    slag: str,
    linjer: Sequence[Linje],
    innstillinger: Innstillinger,
    stil: Stil,
    dato: date | None = None,
    ved: str = "",
    historie_ukjent: str = "",
) -> Iterator[str]:
    """The table in pieces of text. `dato` is said when it is not today, and the commit `ved` when it is one.

    `historie_ukjent`: why history could not be seen, said where something could not be decided.
    """
    if not linjer:
        yield f"Ingen poster i {slag} svarer til utvalget.\n"
        return
    columns = KOLONNER.get(slag, VANLIGE)
    judged = any(r.utfall for r in linjer)
    heads = ["Id", *(head for head, _ in columns), *(["Brudd"] if judged else [])]
    rows = [
        [r.id, *(_celle(r, field, innstillinger) for _, field in columns), *([_brudd(r)] if judged else [])]
        for r in linjer
    ]
    yield from tabell(heads, rows, stil, hoyre=frozenset({len(heads) - 1}) if judged else frozenset())
    broken = sum(r.utfall.get(Outcome.BRUDD, 0) > 0 for r in linjer)
    said = f", {broken or 'ingen'} har brudd" if judged else ""
    lost = sum(r.post is None for r in linjer)
    said += f", {lost} kan ikke leses" if lost else ""
    undecided = sum(r.utfall.get(Outcome.IKKE_AVGJORT, 0) for r in linjer)
    rest = f" {antall(undecided, 'vurdering', 'vurderinger')} kunne ikke avgjøres." if undecided else ""
    when = f" Slik det var ved innsjekking {ved[:10]}." if ved else ""
    when += f" Regnet per {dag(dato)}." if dato is not None else ""
    yield "\n"
    yield from avsnitt(f"{antall(len(linjer), 'post', 'poster')}{said}.{rest}{when}", stil)
    if undecided and historie_ukjent:
        yield from avsnitt(historie_ukjent, stil, 0, stil("? ", "gul"))


def _brudd(r: Linje) -> str:
    if r.post is None:
        return "kan ikke leses"
    return str(r.utfall.get(Outcome.BRUDD, 0) or "–")


def _celle(r: Linje, felt: str, innstillinger: Innstillinger) -> str:
    if felt.startswith("@"):
        return str(getattr(r, felt[1:]) or "–")
    if r.post is None:
        return "–"
    value = _verdi(r.post, felt)
    if isinstance(value, date):
        return dag(value)
    if isinstance(value, tuple):
        return ", ".join(str(v) for v in value) or "–"
    code = felttyper(KINDS[r.post.kind])[felt].kode if "." not in felt else None
    if code is not None and isinstance(value, str):
        return ren(innstillinger.navn(code.liste, value))
    return str(value or "–")


def _verdi(post: Post, felt: str) -> object:
    value: object = post
    for part in felt.split("."):
        value = getattr(value, part, None)
    return value


def som_json(slag: str, linjer: Sequence[Linje], hode: dict[str, str]) -> PostlisteJson:
    """The list in the form of the contract."""
    return {
        "versjon": VERSJON,
        "registry": hode["registry"],
        "dato": hode["dato"],
        "datokilde": hode["datokilde"],
        "slag": slag,
        "poster": [
            {
                "id": r.id,
                "navn": r.navn,
                "fil": r.fil,
                "tilstand": r.tilstand,
                "enhet": r.enhet,
                "lesbar": r.post is not None,
                "utfall": dict(sorted(r.utfall.items())),
            }
            for r in linjer
        ],
    }

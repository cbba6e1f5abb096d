"""Where the fields of a record come from: as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forvaltning.history.opphav import Opphav
from forvaltning.render.historikk_kontrakt import FeltopphavJson, OpphavJson
from forvaltning.render.historikk_ord import KORT, csv_rader, dato_av, iso, liste, trygg_json, verdi, vist
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, dag, overskrift, postlinje, tabell
from forvaltning.source.maske import maskert

KOLONNER = ("felt", "tittel", "verdi", "navn", "tid", "commit", "forfatter", "emne", "sikker")


def felt_som_json(o: Opphav) -> FeltopphavJson:
    """One field in the form of the contract."""
    e, c = o.felt.endring, o.innsjekking
    return {
        "felt": e.felt,
        "tittel": e.tittel,
        "verdi": maskert(e.ny or ""),
        "navn": o.felt.nytt_navn,
        "commit": c.oid if c is not None else None,
        "tid": iso(c.tid) if c is not None else None,
        "forfatter": c.forfatter if c is not None else None,
        "emne": maskert(c.emne) if c is not None else None,
        "sikker": o.sikker,
    }


def som_json(hode: OpphavJson, felter: Sequence[Opphav]) -> Iterator[str]:
    """The record in the form of the contract. `hode`: everything, with no fields in it."""
    yield trygg_json({**hode, "felter": [felt_som_json(o) for o in felter]}, 1) + "\n"


def som_csv(felter: Sequence[Opphav]) -> Iterator[str]:
    """One row for each field."""

    def row(o: Opphav) -> list[str]:
        j = felt_som_json(o)
        commit = f"git:{j['commit']}" if j["commit"] else ""
        values = (j["felt"], j["tittel"], j["verdi"], j["navn"], j["tid"], commit, j["forfatter"], j["emne"])
        return [*(v or "" for v in values), "ja" if o.sikker else "nei"]

    return csv_rader(KOLONNER, (row(o) for o in felter))


def som_tekst(
    post: str, navn: str, felter: Sequence[Opphav], stil: Stil, slutt: Sequence[str] = ()
) -> Iterator[str]:
    """A table for people."""
    yield from postlinje(post, vist(navn) if navn != post.partition("/")[2] else "", stil)
    yield "\n"
    unsure = False
    rows = []
    for o in felter:
        e, c = o.felt.endring, o.innsjekking
        single = bool(e.path) and isinstance(e.path[-1], int) and bool(e.ny)
        title = vist(liste(e.tittel) if single else e.tittel)
        mark = "" if o.sikker else "*"  # in one word with the day: a star must not wrap
        unsure = unsure or not o.sikker
        when = f"{dag(dato_av(c.tid))}{mark}" if c is not None else "ikke sjekket inn"
        rows.append((title, verdi(e.ny, o.felt.nytt_navn, "–"), when, c.oid[:KORT] if c is not None else "–"))
    yield from tabell(("Felt", "Verdi", "Satt", "Commit"), rows, stil)
    yield from _innsjekkinger(felter, stil)
    yield "\n"
    commits = len({o.innsjekking.oid for o in felter if o.innsjekking is not None})
    from_where = antall(commits, "innsjekking", "innsjekkinger")
    yield from avsnitt(f"{antall(len(felter), 'felt', 'felt')} fra {from_where}.", stil)
    if unsure:
        text = "* Verdien kan være eldre: det som kom før, kan ikke leses eller er ikke hentet."
        yield from avsnitt(text, stil, farge="gul")
    for line in slutt:
        yield from avsnitt(line, stil, farge="gul")


def _innsjekkinger(felter: Sequence[Opphav], stil: Stil) -> Iterator[str]:
    """The commits of the table, newest first: who and why."""
    commits = {o.innsjekking.oid: o.innsjekking for o in felter if o.innsjekking is not None}
    if not commits:
        return
    yield overskrift("Innsjekkingene", stil)
    yield "\n"
    for c in sorted(commits.values(), key=lambda c: (-c.tid, c.oid)):
        lead = f"{dag(dato_av(c.tid))} {c.oid[:KORT]} "
        who = vist(c.forfatter) or "(uten navn)"
        yield from avsnitt(f"{who}: {vist(c.emne) or '(uten emne)'}", stil, 0, stil(lead, "svak"))

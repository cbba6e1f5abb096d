"""`forvaltning log [ID]`: who changed what in the records, when and why, field by field."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from forvaltning.cli import felles, fullfor, historikk_felles, utskrift
from forvaltning.cli.historikk_felles import GRUNN, Fra, Historisk, Til, TilDag
from forvaltning.cli.stopp import Stopp, eller, mente_du
from forvaltning.cli.valg import Enhet, NoColor, Output, Registry, format_valg
from forvaltning.git.underveis import Underveis

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.git.historikk import Steg
    from forvaltning.history.spor import Innslag, Postspor, Spor

Begynt: TypeAlias = "tuple[str, Underveis[list[Steg]]] | None"
_ENKEL = re.compile(r"[a-z0-9][a-z0-9-]*")
"""An id that stands in a file's name as it is written."""

HJELP = """Vis hvem som endret hva i postene, når og hvorfor: felt for felt, med verdien før og etter.

Uten ID vises hele registeret. Nye navn på filer og «tidligere_id» følges, og det som bare er flyttet på eller
formatert om, vises ikke. Navn på det et felt viser til, er slik de var da. En fletting teller som én
endring. Datoer er innsjekkingens, i UTC. Det som ikke er sjekket inn, er ikke med."""
EKSEMPEL = (
    "forvaltning log bk360",
    "forvaltning log --enhet sdi --since 2026-01-01",
    "forvaltning log --krav 4.2 --format csv --output endringer.csv",
)

FORMATER = ("text", "json", "csv", "markdown")


def kjor(
    ident: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...",
            autocompletion=fullfor.poster,
            help="Postenes id, slag/id eller sti. Tidligere id-er og slettede poster virker også.",
            show_default=False,
        ),
    ] = None,
    enhet: Enhet = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="SLAG",
            autocompletion=fullfor.slag,
            help="Bare poster av dette slaget, som systemer.",
        ),
    ] = None,
    since: Fra = None,
    until: Til = None,
    krav: Annotated[
        list[str] | None,
        typer.Option(
            "--krav",
            metavar="NUMMER",
            autocompletion=fullfor.krav,
            help="Bare felt som disse kravene bygger på, som 4.2.",
        ),
    ] = None,
    as_of: TilDag = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "text",
    output: Output = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Vis alle felt i nye poster.")] = False,
    no_color: NoColor = False,
) -> int:
    """Tell; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    first, last = historikk_felles.periode(since, until)
    kinds = _slag(felles.biter(kind))
    from forvaltning.cli.fremdrift import Fremdrift

    with Fremdrift() as bar, felles.apne(registry, None, bar) as okt, historikk_felles.apne(okt, as_of) as h:
        begun = _begynn(okt, h, felles.biter(ident))
        from forvaltning.render import historikk  # while Git answers
        from forvaltning.render.historikk_tekst import som_tekst
        from forvaltning.render.tekst_stil import Stil

        files = [historikk_felles.filsti(okt, h, i) for i in felles.biter(ident)]
        choice = _Utvalg(first, last, kinds, _enheter(okt, enhet), _krav(felles.biter(krav)))
        entries = _innslag(okt, h, files, choice, begun)
        end = GRUNN if h.grunn else ()
        keys = [f.removesuffix(".yaml") for f in files]
        if format_ == "json":
            pieces = historikk.som_json(historikk.hode(okt.visningssti, h.hode, h.historie, keys), entries)
        elif format_ == "csv":
            pieces = historikk.som_csv(entries)
        elif format_ == "markdown":
            title = f"Historikken til {', '.join(keys)}" if keys else "Historikken til registeret"
            pieces = historikk.som_markdown(title, entries, end)
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            pieces = som_tekst(entries, stil, alt=verbose, slutt=end)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        if end and format_ == "csv":  # a table has no room for it
            utskrift.meld(*end)
    return 0


def _slag(valgt: list[str]) -> frozenset[str]:
    if not valgt:
        return frozenset()
    from forvaltning.model.kinds import KINDS

    for k in valgt:
        if k not in KINDS:
            raise Stopp(f"Slaget «{k}» finnes ikke.{mente_du(k, KINDS)}", f"Velg {eller(tuple(KINDS))}.")
    return frozenset(valgt)


def _enheter(okt: Okt, valgt: list[str] | None) -> frozenset[str] | None:
    from forvaltning.cli import velg

    return velg.enheter(okt, valgt) if valgt else None


def _krav(numre: list[str]) -> dict[str, frozenset[str]] | None:
    """Kind → the fields that the requirements rest on; None for no narrowing."""
    if not numre:
        return None
    from forvaltning.cli import velg
    from forvaltning.krav.katalog import ETTER_NUMMER

    out: dict[str, set[str]] = {}
    for n in velg.krav(numre):
        for r in ETTER_NUMMER[n].regler:
            for f in r.felter:
                kind, sign, name = f.partition(":")
                for k in [kind] if sign else [cls.kind for cls in r.gjelder]:
                    out.setdefault(k, set()).add(name if sign else f)
    return {k: frozenset(v) for k, v in out.items()}


@dataclass(frozen=True, slots=True)
class _Utvalg:
    """What was asked for."""

    fra: date | None
    til: date | None
    slag: frozenset[str]
    enheter: frozenset[str] | None
    felt: dict[str, frozenset[str]] | None

    def commit(self, tid: int) -> bool:
        """True when the day is among those asked for."""
        from forvaltning.render.historikk_ord import dato_av

        day = dato_av(tid)
        return (self.fra is None or day >= self.fra) and (self.til is None or day <= self.til)

    def post(self, okt: Okt, p: Postspor) -> Postspor | None:
        """The record narrowed to what was asked for; None when nothing is left."""
        kind = p.post.partition("/")[0]
        if self.slag and kind not in self.slag:
            return None
        if self.enheter is not None and not historikk_felles.enhet_i(
            okt, self.enheter, iter((p.gammel, p.ny))
        ):
            return None
        if self.felt is None:
            return p
        mine = self.felt.get(kind)
        if mine is None:
            return None
        kept = tuple(f for f in p.felter if any(_hviler(f.nokkel, m) for m in mine))
        if not kept and p.slag == "endret":  # whatever else happens to a record, a rule that reads it sees
            return None
        return replace(p, felter=kept)


def _hviler(felt: str, regelfelt: str) -> bool:
    """True when a field is the one a rule names, a part of it, or holds it."""
    return felt == regelfelt or felt.startswith(regelfelt + ".") or regelfelt.startswith(felt + ".")


def _begynn(okt: Okt, h: Historisk, ider: list[str]) -> Begynt:
    """Ask Git for the commits of the one record that is asked for, before any model is imported."""
    from forvaltning.cli.finn import MAPPER, SETTINGS_FILE
    from forvaltning.git.filspor import filhistorikk

    if len(ider) != 1 or not _ENKEL.fullmatch(ider[0]):
        return None
    there = [f"{m}/{ider[0]}.yaml" for m in MAPPER if (okt.rot / m / f"{ider[0]}.yaml").is_file()]
    if len(there) != 1:
        return None
    (fil,) = there
    return fil, Underveis(lambda: list(filhistorikk(h.tre, h.mappe, (fil, SETTINGS_FILE), h.hode)))


def _innslag(
    okt: Okt, h: Historisk, filer: list[str], valg: _Utvalg, begynt: Begynt = None
) -> Iterator[Innslag]:
    """The commits asked for, newest first, with the records asked for."""
    trail, wanted = spor_for(okt, h, filer, begynt)
    for i in trail.innslag(
        lambda c: valg.commit(c.tid),
        lambda f: (
            wanted is None
            or any((c, s) in wanted for s in (f.ny_sti, f.gammel_sti) for c in (f.ny_oid, f.gammel_oid))
        ),
    ):
        told = tuple(p for p in (valg.post(okt, p) for p in i.poster) if p is not None)
        if told:
            yield replace(i, poster=told)


def spor_for(
    okt: Okt, h: Historisk, filer: list[str], begynt: Begynt = None
) -> tuple[Spor, set[tuple[str | None, str | None]] | None]:
    """The trail of some files, and which versions of which paths are theirs (None: every one).

    `begynt`: a file, and the commits of it that Git has been asked for.
    """
    from forvaltning.history import fillinje, linje

    if not filer:
        return historikk_felles.lag_spor(okt, h, linje.hele(h.tre, h.mappe, h.hode)), None
    if len(filer) == 1:
        known = begynt[1].svar() if begynt is not None and begynt[0] == filer[0] else None
        mine_ = fillinje.for_fil(h.tre, h.mappe, filer[0], h.hode, known)
        steps = _med_tidligere(okt, h, filer[0], mine_)
    else:
        steps = linje.hele(h.tre, h.mappe, h.hode)
    trail = historikk_felles.lag_spor(okt, h, steps)
    mine: set[tuple[str | None, str | None]] = set()
    for sti in [s for f in filer for s in (f, *tidligere_stier(okt, f))]:
        for one in trail.kjede(sti):
            f = one.fil
            mine |= {(f.ny_oid, f.ny_sti), (f.gammel_oid, f.gammel_sti)} - {(None, None)}
    return trail, mine


def tidligere_stier(okt: Okt, fil: str) -> list[str]:
    """The files a record had under the ids it says it had before."""
    from forvaltning.model.viser import normaliser
    from forvaltning.source.yaml_parser import parse

    kind = fil.partition("/")[0]
    data = historikk_felles.innhold_na(okt, fil)
    value = (parse(data).value or {}).get("tidligere_id") if isinstance(data, bytes) else None
    ids = value if isinstance(value, list) else [value]
    return [f"{kind}/{normaliser(i)}.yaml" for i in ids if isinstance(i, str) and i and "/" not in i]


def _med_tidligere(okt: Okt, h: Historisk, fil: str, steg: list[Steg]) -> list[Steg]:
    """The steps of one file, with those of files it had before that Git sees no rename from."""
    from forvaltning.git.filspor import linje
    from forvaltning.history.fillinje import for_fil

    seen = {f.ny_sti for x in steg for f in x.filer}
    extra = [for_fil(h.tre, h.mappe, old, h.hode) for old in tidligere_stier(okt, fil) if old not in seen]
    if not any(extra):
        return steg
    order = {oid: n for n, (oid, _, _) in enumerate(linje(h.tre, h.hode))}
    merged = {x.innsjekking.oid: x for x in steg}
    for x in (x for one in extra for x in one):
        known = merged.get(x.innsjekking.oid)
        files = dict.fromkeys((*known.filer, *x.filer)) if known is not None else dict.fromkeys(x.filer)
        merged[x.innsjekking.oid] = x._replace(filer=tuple(files))
    return sorted(merged.values(), key=lambda x: order.get(x.innsjekking.oid, len(order)))

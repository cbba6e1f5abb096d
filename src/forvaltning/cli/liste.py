"""`forvaltning list [SLAG]`: the records of one kind in a table, or the kinds with their counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.stopp import Stopp, eller, mente_du, ukjent
from forvaltning.cli.valg import TEKST_JSON, AsOf, At, Enhet, NoColor, Output, Registry, TekstEllerJson

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.render.tekst_liste import Linje
    from forvaltning.render.tekst_stil import Stil

HJELP = """Vis postene av ett slag i en tabell, med antall brudd. Uten SLAG vises slagene og hvor mange det er av hvert.

En liste stopper ingenting: sluttkoden er 1 bare når en post det ble spurt om, ikke kan leses."""
EKSEMPEL = (
    "forvaltning list",
    "forvaltning list systemer --enhet sdi",
    "forvaltning list avtaler --tilstand i_kraft --format json",
    "forvaltning list systemer --at HEAD~20",
)


def kjor(
    slag: Annotated[
        str | None,
        typer.Argument(
            metavar="[SLAG]",
            autocompletion=fullfor.slag,
            help="Mappen postene ligger i, som systemer.",
            show_default=False,
        ),
    ] = None,
    enhet: Enhet = None,
    tilstand: Annotated[
        list[str] | None,
        typer.Option("--tilstand", metavar="TILSTAND", help="Bare poster i denne tilstanden."),
    ] = None,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: TekstEllerJson = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """List; returns the exit code."""
    felles.krev_format(TEKST_JSON, format_)
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.model.kinds import KINDS
    from forvaltning.render.tekst_stil import Stil

    if slag is not None and slag not in KINDS:
        raise Stopp(f"Slaget «{slag}» finnes ikke.{mente_du(slag, KINDS)}", f"Velg {eller(tuple(KINDS))}.")
    if slag is None and (enhet or tilstand):
        raise Stopp(
            "--enhet og --tilstand trenger et slag.",
            "Skriv for eksempel «forvaltning list systemer --enhet sdi».",
        )
    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
        rows: list[Linje] = []
        if slag is None:
            pieces = _slagene(okt, format_, stil)
        else:
            rows = _valgte(okt, slag, enhet or [], felles.biter(tilstand))
            pieces = _postene(okt, slag, rows, format_, stil)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot, "json" if format_ == "json" else "tekst")
        return _uleste(okt, slag, {r.fil for r in rows})


def _uleste(okt: Okt, slag: str | None, vist: set[str]) -> int:
    """The exit code: 1 when a record asked for can not be read; those that the list does not show are said."""
    from forvaltning.cli.report import si_fra_om_uleste

    lost = [u.fil for u in okt.register.uleselige() if slag in (None, u.kind)]
    si_fra_om_uleste([fil for fil in lost if fil not in vist], "listen")
    return int(bool(lost))


def _slagene(okt: Okt, format_: str, stil: Stil) -> Iterator[str]:
    from forvaltning.model.kinds import KINDS
    from forvaltning.render.kontrakt import VERSJON
    from forvaltning.render.tekst_stil import tabell

    counts = dict.fromkeys(KINDS, 0)
    for kind in [o.kind for o in okt.register.oppforinger()] + [u.kind for u in okt.register.uleselige()]:
        counts[kind] += 1
    if format_ == "json":
        rows = [{"slag": k, "entall": KINDS[k].tittel_entall, "antall": n} for k, n in counts.items()]
        head = {"versjon": VERSJON, "registry": okt.visningssti, "slag": rows}
        return iter([json.dumps(head, ensure_ascii=False, indent=1) + "\n"])
    return tabell(("Slag", "Poster"), [(k, str(n)) for k, n in counts.items()], stil, hoyre=frozenset({1}))


def _valgte(okt: Okt, slag: str, enheter: list[str], tilstander: list[str]) -> list[Linje]:
    """The records asked for. Raises `Stopp` for a unit or a state that there is none of."""
    from forvaltning.cli import velg
    from forvaltning.model.viser import normaliser

    units = velg.enheter(okt, enheter) if enheter else None
    rows = linjer(okt, slag)
    states = sorted({r.tilstand for r in rows if r.tilstand})
    for t in tilstander:
        if t not in states:
            known = _tilstander(slag)
            if t not in known:
                raise ukjent(
                    "tilstanden", t, [*states, *known], f"Her finnes {eller(states, 'og')}." if states else ""
                )
    if units is not None:
        rows = [r for r in rows if r.enhet and normaliser(r.enhet) in units]
    if tilstander:
        rows = [r for r in rows if r.tilstand in tilstander]
    return rows


def _postene(okt: Okt, slag: str, rows: list[Linje], format_: str, stil: Stil) -> Iterator[str]:
    from forvaltning.cli import hode
    from forvaltning.render import tekst_liste

    if format_ == "json":
        head = {"registry": okt.visningssti, "dato": okt.dato.isoformat(), "datokilde": okt.datokilde}
        return iter([json.dumps(tekst_liste.som_json(slag, rows, head), ensure_ascii=False, indent=1) + "\n"])
    return tekst_liste.som_tekst(
        slag,
        rows,
        okt.innstillinger,
        stil,
        okt.dato if okt.datokilde != "i dag" else None,
        okt.ved or "",
        hode.historie_ukjent(okt),
    )


def _tilstander(slag: str) -> list[str]:
    """Every state that the kind can have."""
    from typing import get_args

    from forvaltning.model.kinds import KINDS
    from forvaltning.model.viser import felttyper

    field = felttyper(KINDS[slag]).get("tilstand")
    return [str(a) for a in get_args(field.type)] if field is not None else []


def linjer(okt: Okt, slag: str) -> list[Linje]:
    """One line for each record of a kind, those that can not be read too, sorted as Norwegian sorts names."""
    from forvaltning.render.tekst_liste import KOLONNER, NAVN, VANLIGE, Linje
    from forvaltning.render.tekst_stil import norsk

    counts: dict[str, dict[str, int]] = {}
    for v in okt.rapport().dommer:
        if v.post.startswith(slag + "/"):
            mine = counts.setdefault(v.post, {})
            mine[v.utfall.value] = mine.get(v.utfall.value, 0) + 1
    out = []
    for o in okt.register.oppforinger():
        if o.kind == slag:
            post = o.post
            unit = okt.register.enhet_for(post)
            out.append(
                Linje(
                    o.id, o.navn, o.fil, getattr(post, "tilstand", None), unit, counts.get(post.key, {}), post
                )
            )
    out += [
        Linje(u.id, u.id, u.fil, None, None, {}, None) for u in okt.register.uleselige() if u.kind == slag
    ]
    by_name = NAVN in KOLONNER.get(slag, VANLIGE)
    return sorted(out, key=lambda r: (norsk(r.navn) if by_name else "", norsk(r.id)))

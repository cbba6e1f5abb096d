"""`forvaltning show ID`: one record with what it refers to, what refers to it, and its verdicts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from forvaltning.cli import felles, utskrift
from forvaltning.cli.valg import TEKST_JSON, AsOf, At, EnPost, NoColor, Output, Registry, TekstEllerJson

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt, Rapport
    from forvaltning.model.oppforing import Oppforing
    from forvaltning.render.kontrakt_oversikt import HenvisningJson, PostJson
    from forvaltning.render.tekst_stil import Stil

HJELP = """Vis én post: feltene, hva den viser til, hva som viser til den, og hvordan kravene kommer ut for den."""
EKSEMPEL = (
    "forvaltning show bk360",
    "forvaltning show systemer/bk360 --format json",
    "forvaltning show bk360 --as-of 2027-06-30",
    "forvaltning show bk360 --at v1.0",
)


def kjor(
    ident: EnPost,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: TekstEllerJson = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """Show; returns the exit code."""
    felles.krev_format(TEKST_JSON, format_)
    from forvaltning.cli import velg
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.utvalg import Utvalg
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        key = velg.post(okt, ident)
        report = okt.rapport(Utvalg(poster=(key,)))
        if format_ == "json":
            pieces = iter([json.dumps(som_json(okt, key, report), ensure_ascii=False, indent=1) + "\n"])
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            pieces = som_tekst(okt, key, report, stil)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot, "json" if format_ == "json" else "tekst")
        stopp = felles.si_fra_om_svikt([s for s in report.svikt if s.post == key])
        if stopp is not None:
            raise stopp
        return 0 if _lest(okt, key) is not None else 1


def _lest(okt: Okt, key: str) -> Oppforing | None:
    """The record of a file; None when it can not be read, though another file with its id may be."""
    found = okt.register.oppforing(key.split("/")[1])
    return found if found is not None and found.key == key else None


def _kjent(okt: Okt, ident: str) -> tuple[str | None, str | None]:
    """The key and name of a record, None for both when it is not there."""
    from forvaltning.cli.hode import postnavn

    found = okt.register.oppforing(ident)
    return (None, None) if found is None else (f"{found.kind}/{found.id}", postnavn(okt, found.id))


def henvisninger(okt: Okt, fra: Oppforing) -> tuple[list[HenvisningJson], list[HenvisningJson]]:
    """What a record refers to, in its own order, and what refers to it, by record."""
    out: list[HenvisningJson] = []
    for felt, _, til in fra.henvisninger:
        key, name = _kjent(okt, til)
        out.append({"felt": felt, "id": til, "post": key, "navn": name})
    inn: list[HenvisningJson] = []
    for other, felt in sorted(
        okt.register.innkommende(fra.id), key=lambda pair: (pair[0].kind, pair[0].id, pair[1])
    ):
        key, name = _kjent(okt, other.id)
        inn.append({"felt": felt, "id": other.id, "post": key, "navn": name})
    return out, inn


def som_json(okt: Okt, key: str, report: Rapport) -> PostJson:
    """The record in the form of the contract."""
    from forvaltning.cli.hode import postnavn
    from forvaltning.render import kontrakt

    found = _lest(okt, key)
    out, inn = henvisninger(okt, found) if found is not None else ([], [])
    result: PostJson = {
        "versjon": kontrakt.VERSJON,
        "registry": report.registry,
        "dato": report.dato.isoformat(),
        "datokilde": report.datokilde,
        "post": key,
        "navn": postnavn(okt, key),
        "fil": f"{key}.yaml",
        "enhet": okt.register.enhet_for(found.post) if found is not None else None,
        "viser_til": out,
        "vises_til_av": inn,
        "resultater": [kontrakt.resultat(v, okt.steder) for v in report.dommer],
        "problemer": [kontrakt.problem(p, okt.steder) for p in report.problemer],
    }
    if found is not None:
        result["felter"] = found.post.model_dump(mode="json", exclude_defaults=True)
    return result


def som_tekst(okt: Okt, key: str, report: Rapport, stil: Stil) -> Iterator[str]:
    """The record for people."""
    from forvaltning.cli.hode import grunnlag
    from forvaltning.render import tekst_post
    from forvaltning.render.tekst import datolinje
    from forvaltning.render.tekst_stil import avsnitt

    g = grunnlag(okt, report)
    found = _lest(okt, key)
    if found is None:
        yield from tekst_post.tittel(key, "", f"{key}.yaml", g, stil)
        yield from avsnitt("Filen kan ikke brukes, så feltene vises ikke.", stil, farge="fet_rod")
        yield from tekst_post.dommer(g, stil)
    else:
        out, inn = henvisninger(okt, found)
        yield from tekst_post.vis(found.post, found.fil, okt.innstillinger.koder, out, inn, g, stil)
    if g.datokilde == "eksempel" or g.ved:
        yield "\n"
        yield from avsnitt(datolinje(g), stil, farge="gul")

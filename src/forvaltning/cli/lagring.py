"""Keep what was judged in the cache, so that the next run costs what changed."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import TYPE_CHECKING

from forvaltning.cli import historielager
from forvaltning.cli.forskjell import SIGNATURER, signaturer, skannproblemer
from forvaltning.cli.tvillinger import tvillinger
from forvaltning.cli.vurdering import Kontroll, oppsummer, synlige

if TYPE_CHECKING:
    from forvaltning.cli.registerokt import Registerokt
    from forvaltning.engine.resultat import Postdom
    from forvaltning.source.lager import Lager

ORD = "ord"
"""Where the cache keeps the words of the settings; they go with the settings they came from."""


def lagre(
    okt: Registerokt,
    lager: Lager,
    results: list[Postdom],
    out: Kontroll,
    *,
    fersk: bool,
    vinduer: list[tuple[int, int]] | None = None,
    borte: tuple[list[str], list[str], list[str]] = ([], [], []),
) -> None:
    """Write what was worked out; a cache that can not be written is done without.

    `borte`: paths that are gone, records that are gone, and records whose finished text no longer holds.
    """
    from forvaltning.engine.kodek import dommer_til_tekst
    from forvaltning.source.fakta import problem_til_liste
    from forvaltning.source.kjente import ny_indeks
    from forvaltning.source.lager import DomRad

    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def rad(r: Postdom) -> DomRad:
        visible = synlige(r.dommer)
        return DomRad(
            r.post,
            r.fra.toordinal(),
            r.til.toordinal(),
            "\n".join(r.spor),
            encode(oppsummer(r.dommer).verdier()),
            dommer_til_tekst(visible) if visible else "",
        )

    spans = list(vinduer or []) + [(r.fra.toordinal(), r.til.toordinal()) for r in results if vinduer is None]
    own = (out.vindu[0].toordinal(), out.vindu[1].toordinal())
    spans.append(own)
    twins = tvillinger(okt)
    samlet = {
        "sammendrag": out.sammendrag.verdier(),
        "problemer": [problem_til_liste(p) for p in out.problemer],
        "vindu": own,
        "brukte": sorted(out.brukte),
        "tvillinger": twins,
        "skann": skannproblemer(okt),
        "historie": historielager.lagret_nokkel(okt),
        "fra": max(s[0] for s in spans),
        "til": min(s[1] for s in spans),
    }
    read = okt.innlest
    indeks = read.indeks or ny_indeks({p: f for p, (f, _) in read.leste.items()}, ())
    indeks = indeks._replace(hengende=okt.hengende)
    seen = okt.bilde
    unread = set(read.filer) - read.leste.keys() - set(okt.kjente_stier()) if twins else set()
    times = dict.fromkeys(["forvaltning.yaml", *(p for p, (_, sha) in read.leste.items() if sha)], okt.start)
    try:
        with lager.endring():
            if not okt.eier(lager):
                # Another run has written since this one looked: what is kept there is of other files than these.
                okt.generasjon = None
                return
            if fersk:
                lager.tom_dommer()
                lager.slett_meta(ORD)
                lager.slett_filer([p for p in lager.filer() if p not in read.filer or p in unread])
            else:
                lager.slett_filer(borte[0])
                lager.slett_dommer(borte[1])
                lager.slett_tekster(borte[2])
            lager.legg_inn_filer(okt.filrader())
            lager.legg_inn_dommer(rad(r) for r in results)
            okt.lagre_innstillinger(lager)
            historielager.lagre(okt, lager)
            if seen is not None:
                lager.sett_meta(SIGNATURER, signaturer(seen.forskjell, okt.filer.files, times, unread))
            if indeks != okt.lest_indeks:
                lager.sett_meta("indeks", indeks.til_tekst())
            lager.sett_meta("samlet", json.dumps(samlet, ensure_ascii=False, separators=(",", ":")))
            okt.generasjon = str(time.time_ns())
            lager.sett_meta("generasjon", okt.generasjon)
    except sqlite3.Error:
        okt.glem_lager()

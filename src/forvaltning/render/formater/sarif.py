"""SARIF 2.1.0: one run, the requirements as rules, a result for each finding, problem and deadline.

GitHub takes every result for an open alert, also one that is mended or undecided. `sarif` therefore leaves
those out; `sarif_full` holds them, as the standard has it (`baselineState: absent`, `kind: open`).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from forvaltning.findings import fingerprint
from forvaltning.render.formater.grunnlag import SVIKT, Grunnlag
from forvaltning.render.formater.punkter import Niva, Punkt, punkter, rettede
from forvaltning.render.formater.sarif_regler import regler
from forvaltning.render.kontrakt import ResultatJson
from forvaltning.source.trygg import json_tekst, ren

SKJEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAKS = 5000
"""Most results of `sarif`, most important first: GitHub takes 25,000, and shows 5,000."""
_LENKE = re.compile(r"\](?=\()")
_PLASS = re.compile(r"\{(?=\d+\})")
_ROT = "SRCROOT"
UTELATT = "forvaltning.utelatt"


def sarif(g: Grunnlag) -> Iterator[str]:
    """For those who show every result as something to mend (GitHub code scanning)."""
    yield from _logg(g, full=False)


def sarif_full(g: Grunnlag) -> Iterator[str]:
    """With what is mended and what is undecided too, for those who follow the standard."""
    yield from _logg(g, full=True)


def _logg(g: Grunnlag, *, full: bool) -> Iterator[str]:
    alle = punkter(g)
    rules = regler(g, alle)
    index = {rule["id"]: n for n, rule in enumerate(rules)}
    head = json_tekst({"$schema": SKJEMA, "version": "2.1.0"})
    left = 0 if full else max(0, len(alle) - MAKS)
    if left:
        alle = alle[:MAKS]
    yield f'{head[:-1]},"runs":[\n{json_tekst(_kjoring(g, rules, left))[:-1]},"results":['
    first = True
    for result in _resultater(g, alle, index, full=full):
        yield ("\n" if first else ",\n") + json_tekst(result)
        first = False
    yield "\n]}]}\n"


def _kjoring(g: Grunnlag, rules: list[dict[str, Any]], utelatt: int) -> dict[str, Any]:
    name, _, version = str(g.hode["verktoy"]).partition(" ")
    driver: dict[str, Any] = {"name": name, "language": "nb-NO", "rules": rules}
    if version:
        driver |= {"version": version, "semanticVersion": version}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": "nb-NO",
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "forvaltning/"},
        "originalUriBaseIds": {_ROT: {"description": {"text": "Roten av Git-repositoriet."}}},
        "invocations": [_kall(g, utelatt)],
        "properties": {
            "dato": g.hode["dato"],
            "regelsett": g.hode["regelsett"],
            "commit": g.hode["commit"],
            "endret": g.hode["endret"],
            "historie": g.hode["historie"],
            "base": ren(g.base) or None,
            "rettet": len(rettede(g)),
            "utelatt": utelatt,
            "sammendrag": g.hode["sammendrag"],
        },
    }
    if g.hode["commit"] and not g.hode["endret"]:
        run["automationDetails"]["guid"] = _guid(g, str(g.hode["commit"]))
    if g.nye is not None and g.base:
        run["baselineGuid"] = _guid(g, g.base)
    return run


def _guid(g: Grunnlag, commit: str) -> str:
    """The run's identity: a check is a function of the commit, the date and the rules."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"forvaltning {commit} {g.hode['dato']} {g.hode['regelsett']}"))


def _kall(g: Grunnlag, utelatt: int) -> dict[str, Any]:
    out: dict[str, Any] = {"executionSuccessful": not g.svikt}
    said: list[dict[str, Any]] = [
        {"level": "error", "descriptor": {"id": SVIKT}, "message": {"text": melding(ren(text))}}
        for text in g.svikt
    ]
    if utelatt:
        text = f"De {MAKS} viktigste er med. Det er ikke plass til {utelatt} til: «forvaltning check» viser alle."
        said.append({"level": "warning", "descriptor": {"id": UTELATT}, "message": {"text": text}})
    if said:
        out["toolExecutionNotifications"] = said
    return out


def _resultater(
    g: Grunnlag, alle: list[Punkt], index: Mapping[str, int], *, full: bool
) -> Iterator[dict[str, Any]]:
    for p in alle:
        yield _resultat(g, p, index)
    if not full:
        return
    for p in rettede(g):
        yield _rettet(g, p, index)
    for v in g.resultater:
        if v["utfall"] == "ikke_avgjort":
            yield _apen(g, v, index)


def _resultat(g: Grunnlag, p: Punkt, index: Mapping[str, int]) -> dict[str, Any]:
    out = _felles(g, p.regel, index, p.tekst(), p.fingeravtrykk)
    out["level"] = "error" if p.niva is Niva.FEIL else "note"
    out["locations"] = [_sted(p.sti, p.linje, p.kolonne, p.post, p.felt)]
    if p.ny is not None:
        out["baselineState"] = "new" if p.ny else "unchanged"
    if p.se:
        out["relatedLocations"] = [
            {
                "id": n,
                "physicalLocation": _fysisk(g.sti(s["fil"]), s["linje"], s["kolonne"]),
                **({"message": {"text": melding(ren(s["melding"]))}} if s["melding"] else {}),
            }
            for n, s in enumerate(p.se, 1)
        ]
    if p.avvik:
        status = "underReview" if p.lovbrudd else "accepted"
        out["suppressions"] = [{"kind": "external", "status": status, "justification": p.avvik}]
    values = {
        "slag": p.slag,
        "post": p.post,
        "enhet": p.enhet,
        "felt": p.felt,
        "art": p.art,
        "vilkar": p.vilkar,
        "dato": p.dato,
        "svarer": p.svarer,
    }
    out["properties"] = {k: v for k, v in values.items() if v}
    return out


def _rettet(g: Grunnlag, p: Punkt, index: Mapping[str, int]) -> dict[str, Any]:
    out = _felles(g, p.regel or "rettet", index, p.melding, p.fingeravtrykk)
    out |= {"kind": "pass", "level": "none", "baselineState": "absent"}
    out["locations"] = [_sted(p.sti, p.linje, p.kolonne, p.post, p.felt)]
    return out


def _apen(g: Grunnlag, r: ResultatJson, index: Mapping[str, int]) -> dict[str, Any]:
    print_ = fingerprint(r["krav"], r["post"], "ikke_avgjort")
    out = _felles(g, r["krav"], index, f"Ikke avgjort: {ren(r['begrunnelse'])}", print_)
    out |= {"kind": "open", "level": "none"}
    out["locations"] = [_sted(g.sti(f"{r['post']}.yaml"), 1, 1, ren(r["post"]), "")]
    return out


def _felles(
    g: Grunnlag, regel: str, index: Mapping[str, int], tekst: str, fingeravtrykk: str
) -> dict[str, Any]:
    out: dict[str, Any] = {"ruleId": regel}
    if regel in index:
        out["ruleIndex"] = index[regel]
    out["message"] = {"text": melding(tekst) or g.tittel(regel)}
    if fingeravtrykk:
        out["partialFingerprints"] = {"forvaltning/v1": fingeravtrykk}
    return out


def _sted(sti: str, linje: int, kolonne: int, post: str, felt: str) -> dict[str, Any]:
    out: dict[str, Any] = {"physicalLocation": _fysisk(sti, linje, kolonne)}
    if post:
        name = f"{post}#{felt}" if felt else post
        out["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "member" if felt else "object"}]
    return out


def _fysisk(sti: str, linje: int, kolonne: int) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(sti, safe="/"), "uriBaseId": _ROT},
        "region": {"startLine": max(1, linje), "startColumn": max(1, kolonne)},
    }


def melding(tekst: str) -> str:
    """Message text without what SARIF would take for an embedded link or a placeholder."""
    return _PLASS.sub("{ ", _LENKE.sub("] ", tekst))

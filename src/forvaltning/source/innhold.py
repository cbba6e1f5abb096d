"""What must never stand in a registry: personal numbers, private contact points, secrets, security gradings.

`finn` reads the raw bytes of one file, comments and keys included, also of files that are not YAML, and is
a function of them alone. No message, remedy or fingerprint carries the value: a number is shown as
``01••••••••5``. What each rule takes and lets pass, and why, stands in docs/innhold.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from forvaltning.findings import START, Problem, Severity
from forvaltning.source import innhold_gradering as gradering
from forvaltning.source import innhold_hemmelig as hemmelig
from forvaltning.source import innhold_kontakt as kontakt
from forvaltning.source import innhold_tall as tall
from forvaltning.source import omriss
from forvaltning.source.innhold_tall import Slag, finn_tall, maskert_tall
from forvaltning.source.innhold_tillat import ALDRI, KAN, Merke, finn_merker
from forvaltning.source.limits import Lines
from forvaltning.source.text import quoted

SIFRE = 11
_BOM16 = (b"\xff\xfe", b"\xfe\xff")
MAKS = 100
"""Most problems of one rule in one file; the last one says how many more there are."""
_LEST = 2000
"""Most hits of one kind that are read in one file. What lies behind them counts as a fault."""
TILLATELSE = "innhold.tillatelse"
REGLER = (*sorted(ALDRI), *sorted(KAN), TILLATELSE)
"""Every rule that `finn` may name."""


class _Treff(NamedTuple):
    """One thing found: rule, fault or remark, where, masked form, message, remedy."""

    regel: str
    alvor: Severity
    start: int
    maske: str
    melding: str
    tiltak: str


def finn(data: bytes, fil: str) -> list[Problem]:
    """What must not stand in the registry, in one file.

    In: the raw bytes of the file, and its path relative to the registry. Out: the problems, by place.
    Never raises.
    """
    if b"\0" in data:
        data = _dekod(data).encode("utf-8", "surrogatepass")
    form = omriss.sifferform(data)
    kons = omriss.konsonanter(data)
    rest = omriss.uten_sma(data)
    store = omriss.store(rest)
    se = (
        omriss.kan_ha_tall(data, form),
        kontakt.kan_ha_telefon(data, form),
        b"@" in data and kontakt.kan_ha_epost(data),
        omriss.kan_ha_hemmelighet(data, rest, store, kons),
        gradering.kan_ha_gradering(data, store, kons),
        b"frvltnng:" in kons and b"tillat" in data,
    )
    return _les(_dekod(data), fil, se) if True in se else []


def finn_i_navn(fil: str) -> list[Problem]:
    """Personal numbers in a path relative to the registry; the problem itself names the path masked."""
    if sum(map(str.isdigit, fil)) < SIFRE:  # no personal number has fewer
        return []
    found = list(finn_tall(fil))
    shown = fil
    for t in found:
        for a, b in t.plasser[2:-1]:
            shown = shown[:a] + omriss.MASKE + shown[b:]
    count: Counter[str] = Counter()
    out: list[Problem] = []
    for t in found:
        hit = _tall(t)
        count[hit.maske] += 1
        melding = hit.melding.replace("Her står", "Filnavnet inneholder", 1)
        tiltak = f"Gi filen et annet navn. {hit.tiltak}"
        felt = f"filnavn {hit.maske}#{count[hit.maske]}"
        out.append(Problem(hit.regel, hit.alvor, shown, melding, tiltak, position=START, felt=felt))
    return out


def _dekod(data: bytes) -> str:
    """The text of any bytes: UTF-8, or UTF-16 where it looks like that; signs it can not read replaced."""
    if data.startswith(_BOM16):
        return data.decode("utf-16", "replace")
    if data.count(0) * 3 > len(data):
        wide = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(wide, "replace").removeprefix("\ufeff")
    return data.decode("utf-8-sig", "replace")


def _les(text: str, fil: str, se: tuple[bool, bool, bool, bool, bool, bool]) -> list[Problem]:
    numbers = list(islice(finn_tall(text), _LEST)) if se[0] else []
    hits = [_tall(t) for t in numbers]
    if se[1]:
        hits += islice(_telefoner(text, numbers), _LEST)
    if se[2]:
        hits += [_epost(e) for e in islice(kontakt.finn_epost(text), _LEST)]
    if se[3]:
        hits += _hemmeligheter(text)
    if se[4]:
        hits += [_gradering(g) for g in islice(gradering.finn_graderinger(text), _LEST)]
    if not hits and not se[5]:
        return []
    lines = Lines(text)
    marks = finn_merker(text, lines) if se[5] else []
    hits.sort(key=lambda h: (h.start, h.regel))
    return [*_problemer(hits, fil, lines, marks), *_merkeproblemer(marks, fil, lines)]


def _problemer(hits: list[_Treff], fil: str, lines: Lines, marks: list[Merke]) -> Iterator[Problem]:
    allowed = {(m.regel, m.linje): m for m in marks if not m.feil}
    ordinal: Counter[tuple[str, str]] = Counter()
    shown: Counter[str] = Counter()
    for h in hits:
        at = lines.at(h.start)
        mark = allowed.get((h.regel, at.line))
        if mark is not None:
            mark.brukt = True
            continue
        shown[h.regel] += 1
        if shown[h.regel] > MAKS:
            continue
        ordinal[h.regel, h.maske] += 1
        felt = f"{h.maske}#{ordinal[h.regel, h.maske]}"
        yield Problem(h.regel, h.alvor, fil, h.melding, h.tiltak, position=at, felt=felt)
    if len(hits) >= _LEST and not shown:
        melding, tiltak = "Filen har for mange tillatelser til å bli lest til endes.", "Del den opp."
        yield Problem(TILLATELSE, Severity.FEIL, fil, melding, tiltak, position=START, felt="flere")
    for regel, n in shown.items():
        if n > MAKS:
            melding = f"Minst {n - MAKS} til av samme slag står i filen, men er ikke vist."
            tiltak = "Rett dem som er vist, og kjør kontrollen på nytt."
            alvor = Severity.FEIL if regel != "innhold.testnummer" or len(hits) >= _LEST else Severity.MERKNAD
            yield Problem(regel, alvor, fil, melding, tiltak, position=START, felt="flere")


# --- each kind in words ----------------------------------------------------------------------------

_HISTORIE = "Er det alt delt med andre, må det også ut av Git-historikken; meld fra til personvernombudet."
_NAVN = {
    Slag.FODSELSNUMMER: ("innhold.fodselsnummer", "fødselsnummer"),
    Slag.D_NUMMER: ("innhold.d_nummer", "D-nummer"),
    Slag.H_NUMMER: ("innhold.h_nummer", "H-nummer (hjelpenummer)"),
    Slag.FH_NUMMER: ("innhold.h_nummer", "FH-nummer (felles hjelpenummer)"),
}


def _tall(t: tall.Tall) -> _Treff:
    mask = maskert_tall(t.siffer)
    if t.slag is Slag.TESTNUMMER:
        melding = f"Her står et oppdiktet testnummer ({mask})."
        tiltak = "Testnumre peker ikke på noen, men registeret trenger dem ikke. Slett det."
        return _Treff("innhold.testnummer", Severity.MERKNAD, t.start, mask, melding, tiltak)
    regel, navn = _NAVN[t.slag]
    if t.konto:
        melding = f"Her står et tall ({mask}) som kan være et kontonummer, men også et {navn}."
        tiltak = f"Er det et kontonummer, kan det stå. Er det et {navn}, så slett det. {_HISTORIE}"
        return _Treff(regel, Severity.MERKNAD, t.start, mask, melding, tiltak)
    tiltak = (
        f"Slett det. {_HISTORIE} Er det et kontonummer, så skriv det med punktum etter fire og seks siffer."
    )
    return _Treff(regel, Severity.FEIL, t.start, mask, f"Her står et gyldig {navn} ({mask}).", tiltak)


def _tillat(regel: str) -> str:
    return f"«# forvaltning: tillat {regel} – grunn»"


def _telefoner(text: str, numbers: list[tall.Tall]) -> Iterator[_Treff]:
    if not text.isascii():
        text = re.sub(r"(?![0-9])\d", lambda m: str(int(m[0])), text)
    taken = {i for t in numbers for a, b in t.plasser for i in range(a, b)}
    regel = "innhold.telefon"
    for k in kontakt.finn_telefon(text):
        if any(i in taken for i in range(k.start, k.slutt)):
            continue
        melding = f"Her står {'et' if k.feil else 'det som kan være et'} mobilnummer ({k.maskert})."
        tiltak = f"Skriv et felles telefonnummer eller kontaktpunkt. Er det en delt vakttelefon, sett {_tillat(regel)} på linjen."
        yield _Treff(
            regel, Severity.FEIL if k.feil else Severity.MERKNAD, k.start, k.maskert, melding, tiltak
        )


def _epost(e: kontakt.Kontakt) -> _Treff:
    if e.feil:
        melding = f"Her står en privat e-postadresse ({quoted(e.maskert)})."
        return _Treff(
            "innhold.epost",
            Severity.FEIL,
            e.start,
            e.maskert,
            melding,
            "Skriv en felles postkasse i kommunen.",
        )
    melding = f"E-postadressen {quoted(e.maskert)} ser ut til å tilhøre én person."
    tiltak = "Skriv en felles postkasse. Da er den riktig også når noen slutter."
    return _Treff("innhold.epost", Severity.MERKNAD, e.start, e.maskert, melding, tiltak)


def _hemmeligheter(text: str) -> Iterator[_Treff]:
    regel = "innhold.hemmelighet"
    tiltak = (
        "Bytt ut hemmeligheten nå, den er ikke lenger hemmelig. Skriv så hvor den er lagret, ikke hva den er. "
        f"Er det ingen hemmelighet, sett {_tillat(regel)} på linjen."
    )
    last = -1
    for h in sorted(islice(hemmelig.finn_hemmeligheter(text), _LEST), key=lambda h: (h.fra, -h.til)):
        if h.fra < last:
            continue
        last = max(h.til, h.fra + 1)
        melding = f"Her står det som ser ut som en hemmelighet: {h.navn}."
        yield _Treff(regel, Severity.FEIL, h.start, h.navn, melding, tiltak)


def _gradering(g: gradering.Gradering) -> _Treff:
    regel = "innhold.gradering"
    tiltak = (
        f"Gradert informasjon kan ikke ligge her. Er det ingen gradering, sett {_tillat(regel)} på linjen."
    )
    if g.feil:
        melding = f"Teksten er merket {quoted(g.ord)}, en gradering etter sikkerhetsloven."
        return _Treff(regel, Severity.FEIL, g.start, g.ord, melding, f"{tiltak} Varsle sikkerhetsleder.")
    melding = "Teksten omtaler noe som sikkerhetsgradert."
    return _Treff(regel, Severity.MERKNAD, g.start, g.ord, melding, tiltak)


_MERKEFEIL = {
    "nektet": (
        "Tillatelsen gjelder {0}, og det kan aldri tillates.",
        "Slett nummeret. Er det et kontonummer, så skriv det med punktum etter fire og seks siffer.",
    ),
    "ukjent": ("Tillatelsen nevner {0}, og det er ingen regel som kan tillates.", "Bruk én av: {1}."),
    "grunn": ("Tillatelsen for {0} mangler grunn.", "Skriv hvorfor etter regelen: – grunn."),
    "": (
        "Tillatelsen for {0} dekker ingenting.",
        "Slett den. Den gjelder linjen den står på, eller linjen under når den står alene.",
    ),
}


def _merkeproblemer(marks: list[Merke], fil: str, lines: Lines) -> Iterator[Problem]:
    count: Counter[str] = Counter()
    for mark in marks:
        if mark.brukt:
            continue
        melding, tiltak = _MERKEFEIL[mark.feil]
        # A word that is no rule could be anything, so it is not shown.
        navn = quoted(mark.regel) if mark.regel in ALDRI | KAN else "noe annet"
        felt = f"tillat {mark.regel if mark.regel in ALDRI | KAN else 'ukjent'} {mark.feil}"
        count[felt] += 1
        if count.total() > MAKS:
            return
        yield Problem(
            TILLATELSE,
            Severity.MERKNAD,
            fil,
            melding.format(navn),
            tiltak.format("", ", ".join(sorted(KAN))),
            position=lines.at(mark.start),
            felt=f"{felt}#{count[felt]}",
        )

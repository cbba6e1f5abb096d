"""Words and tables that the views on suppliers, flows, contingency, archive and storage share.

Nothing is judged: what is broken is read from the verdicts, by the field that a finding names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.findings import Finding, Outcome, Verdict
from forvaltning.model.base import Post
from forvaltning.model.deler import Dokument

_NORSKE = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
IKKE_OPPGITT = "ikke oppgitt"
"""For what no requirement asks for: nothing is missing, the registry just does not say."""


def maskinnavn(kode: str) -> str:
    """A code of the settings as part of a table's or column's name: ASCII, lower case, with _."""
    plain = (
        unicodedata.normalize("NFKD", kode.casefold().translate(_NORSKE)).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "uten_navn"


def ja_nei(verdi: bool | None) -> str:
    """Yes, no, or that the registry does not say."""
    return IKKE_OPPGITT if verdi is None else "ja" if verdi else "nei"


def land(g: Grunnlag, kode: str | None) -> str:
    """A country by name; «mangler» when it is not set."""
    return g.kode("land", kode) or felles.MANGLER


def klasse(g: Grunnlag, poster: Iterable[Post]) -> str:
    """The highest criticality class of some systems and services; how far it is known where one is not assessed.

    Empty text for none.
    """
    mulige = [g.register.klasser_for(p) for p in poster]
    if not mulige:
        return ""
    hoyest = max((k[0] for k in mulige if len(k) == 1), key=lambda k: k.rang, default=None)
    if all(len(k) == 1 for k in mulige) and hoyest is not None:
        return hoyest.navn
    return f"{hoyest.navn} eller høyere" if hoyest is not None else "Ikke vurdert"


def utfall(dom: Verdict | None) -> str | None:
    """The code of an outcome for a cell; None when the requirement was not judged in this selection."""
    return dom.utfall.value if dom is not None else None


def funn(dom: Verdict | None, *felter: str) -> Iterator[Finding]:
    """The findings of a verdict in some fields or below them, in all fields when none is named; covered ones too."""
    for f in dom.funn if dom is not None else ():
        if not felter or any(f.felt == x or f.felt.startswith((x + ".", x + "[")) for x in felter):
            yield f


def meldinger(funnene: Iterable[Finding]) -> tuple[str, ...]:
    """What findings say, each with the deviation that covers it."""
    return tuple(f"{f.melding} (avvik: {f.avvik})" if f.avvik else f.melding for f in funnene)


def saker(g: Grunnlag, navn: str, tittel: str, hvem: str, dommer: Iterable[Verdict], tom: str) -> Tabell:
    """What has to be done in some verdicts: worst first, then most critical, then soonest. `hvem`: what a record is."""
    return Tabell(
        navn,
        tittel,
        (
            Kolonne("navn", hvem),
            Kolonne("krav", "Krav"),
            Kolonne("utfall", "Utfall", "utfall"),
            Kolonne("hva", "Hva"),
            Kolonne("tiltak", "Slik rettes det"),
            Kolonne("frist", "Frist", "dato"),
            Kolonne("ansvarlig", "Ansvarlig"),
        ),
        tuple(
            (g.navn(s.dom.post), s.dom.krav, s.dom.utfall.value, s.hva, s.tiltak, s.frist, g.svarer(s.dom))
            for s in felles.viktigst(g, felles.saker(dommer))
        ),
        tom=tom,
    )


def er(dom: Verdict | None, *utfallene: Outcome) -> bool:
    """True when a verdict is there and came out as one of these."""
    return dom is not None and dom.utfall in utfallene


FUNN = (
    Kolonne("art", "Art"),
    Kolonne("hva", "Hva"),
    Kolonne("tiltak", "Slik rettes det"),
    Kolonne("avvik", "Følges opp i avvik"),
    Kolonne("ansvarlig", "Ansvarlig"),
)
"""The columns of `funnrader`."""


def funnrader(g: Grunnlag, dom: Verdict | None, funnene: Iterable[Finding]) -> Iterator[tuple[Verdi, ...]]:
    """One row for each finding; one that says so when the requirement could not be decided."""
    if dom is None:
        return
    hvem = g.svarer(dom)
    for f in funnene:
        yield (felles.ART[f.art.value], f.melding, f.tiltak, f.avvik or "", hvem)
    if dom.utfall is Outcome.IKKE_AVGJORT:
        yield ("Ikke avgjort", dom.begrunnelse or "", "Gjør det mulig å avgjøre kravet.", "", hvem)


def dokument(d: Dokument | None) -> str:
    """A dated document elsewhere: «30.05.2018, Byarkivet 2018/07»; empty text when nothing is said."""
    if d is None or (d.dato is None and not d.referanse):
        return ""
    return ", ".join(x for x in (norsk_dato(d.dato) if d.dato else "uten dato", d.referanse) if x)

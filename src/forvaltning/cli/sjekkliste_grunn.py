"""The checklist that an edited Markdown file was made from, made anew: from the registry now, or at the commit it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import typer

from forvaltning.cli import felles
from forvaltning.cli.stopp import Stopp
from forvaltning.documents.sjekkliste_tekst import vanlig

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.documents.sjekkliste_avslag import Avslag
    from forvaltning.documents.sjekkliste_flett import Redigering
    from forvaltning.documents.sjekkliste_les import LestListe, LestTekst
    from forvaltning.engine.sjekkliste.typer import Sjekkliste
    from forvaltning.model.deler import IkkeAktuelt
    from forvaltning.model.hendelser import Overlevering, Sjekkpunkt

_ID = re.compile(r"Overlevering: (\S+)")
_OM = re.compile(
    r"Registeret \S+?( for .+?)?(?:, innsjekking ([0-9a-f]{7,40}))?\. Sjekkdato (\d\d)\.(\d\d)\.(\d{4}) "
    r"\((?:valgt med --as-of|eksempelregisterets egen dato|dagen registeret ble sjekket inn slik|dagen rapporten ble laget)\)\."
)
ENDRET = "Registeret har endringer som ikke er sjekket inn."


@dataclass(frozen=True, slots=True)
class Grunn:
    """What came out of holding an edited file against what it was made from."""

    overlevering: Overlevering
    liste: Sjekkliste
    """As the registry answers it now."""
    redigeringer: list[Redigering]
    avslag: list[Avslag]
    fra_for: list[str]
    """Items that the file changes, and that the record has just so already: the file is read once more."""


@dataclass(frozen=True, slots=True)
class _Forsok:
    """One checklist that the file may have been made from: its record, and what was edited if it was."""

    overlevering: Overlevering
    redigeringer: list[Redigering]
    avslag: list[Avslag]


def grunn_for(okt: Okt, lest: LestListe, fil: str) -> Grunn:
    """Hold an edited checklist against the one it was made from. Raises `Stopp` when the file is no such checklist.

    The registry as it is comes first, then as it was on the day and at the commit that the file names; the one that
    leaves least to refuse is what it was made from.
    """
    from forvaltning.cli.overlevering_liste import sjekkliste

    o = _overlevering(okt, lest, fil)
    now = sjekkliste(okt, o)
    mine = _noytral(lest)
    best: _Forsok | None = None
    for found in _forsok(okt, o, now, mine, _om(lest)):
        if best is None or len(found.avslag) < len(best.avslag):
            best = found
        if not best.avslag:
            break
    if best is None:  # pragma: no cover - the registry as it is always gives one
        raise Stopp(f"«{fil}» kan ikke holdes mot registeret.")
    edits, no, same = _mot_na(best, o, now)
    if no and _om(lest) != _om(_lest(okt, now)):
        no.insert(0, _eldre(_om(lest), lest))
    return Grunn(o, now, edits, no, same)


def _overlevering(okt: Okt, lest: LestListe, fil: str) -> Overlevering:
    from forvaltning.model.hendelser import Overlevering

    ids = [m[1] for t in lest.tekster if (m := _ID.fullmatch(t.tekst))]
    if not lest.punkter or len(ids) != 1:
        raise Stopp(
            f"«{fil}» er ikke en sjekkliste for en overlevering som er startet.",
            "Lag listen med «forvaltning handover ID --output FIL», og rediger den.",
            kode=1,
        )
    found = okt.register.hent(ids[0], Overlevering)
    if found is None:
        raise Stopp(
            f"«{fil}» er laget av overleveringen «{ids[0]}», og den finnes ikke eller kan ikke leses.",
            "Se etter at du står i riktig register.",
            kode=1,
        )
    return found


# --- what it may have been made from --------------------------------------------------------------------


def _forsok(
    okt: Okt, o: Overlevering, now: Sjekkliste, mine: LestListe, om: tuple[date, str | None] | None
) -> Iterator[_Forsok]:
    yield _mot(okt, o, now, mine)
    if om is None:
        return
    for commit in dict.fromkeys((None, om[1])):
        found = _ved(okt, o.id, mine, om[0], commit)
        if found is not None:
            yield found


def _mot(okt: Okt, o: Overlevering, liste: Sjekkliste, mine: LestListe) -> _Forsok:
    from forvaltning.documents.sjekkliste_flett import flett

    edits, no = flett(_noytral(_lest(okt, liste)), mine, liste)
    return _Forsok(o, edits, no)


def _ved(okt: Okt, ident: str, mine: LestListe, dato: date, commit: str | None) -> _Forsok | None:
    """As `_mot`, with the registry of a day and a commit; None where that can not be seen."""
    from forvaltning.cli.overlevering_liste import sjekkliste
    from forvaltning.model.hendelser import Overlevering

    try:
        with felles.apne(None, dato.isoformat(), rot=okt.rot, at=commit) as then:
            o = then.register.hent(ident, Overlevering)
            return None if o is None else _mot(then, o, sjekkliste(then, o), mine)
    except Stopp:  # the commit is not here, or the registry of then can not be judged: the others decide
        return None


def _mot_na(
    found: _Forsok, o: Overlevering, now: Sjekkliste
) -> tuple[list[Redigering], list[Avslag], list[str]]:
    """The edits on the items as they are now; one that somebody else has changed since is refused.

    What the record has already, just as the file says it, is no edit; the ids of those come last.
    """
    from forvaltning.documents.sjekkliste_avslag import Avslag

    edits, no, same = [], list(found.avslag), []
    before = {p.id: p for p in found.overlevering.punkter}
    after = {p.id: p for p in o.punkter}
    for e in found.redigeringer:
        item = now.punkt(e.punkt.id)
        if item is None:
            no.append(
                Avslag(
                    e.linje, f"Punktet {e.punkt.id} står ikke i sjekklisten lenger.", "Lag listen på nytt."
                )
            )
        elif before.get(item.id) != after.get(item.id) and alt_fort(e, after.get(item.id)):
            same.append(item.id)
        elif before.get(item.id) != after.get(item.id):
            no.append(
                Avslag(
                    e.linje,
                    f"Punktet {item.id} er ført i registeret siden denne listen ble laget.",
                    "Lag listen på nytt, og se hva som står der nå.",
                )
            )
        else:
            edits.append(replace(e, punkt=item))
    return edits, no, same


def alt_fort(e: Redigering, fort: Sjekkpunkt | None) -> bool:
    """True when the record says of an item just what the edit would make it say. What the file leaves out may be anything."""
    from forvaltning.engine.sjekkliste.typer import Punkttilstand

    valg = fort.ikke_aktuelt if fort is not None else None
    who: Sjekkpunkt | IkkeAktuelt | None = valg if e.til is Punkttilstand.IKKE_AKTUELT else fort
    state = (fort.tilstand if fort is not None else None) or "apent"
    told = [
        (e.grunn, valg.grunn if valg is not None else None),
        (e.dokumentasjon, fort.dokumentasjon if fort is not None else None),
        (e.notat, fort.notat if fort is not None else None),
    ]
    if e.til in {Punkttilstand.UTFORT, Punkttilstand.IKKE_AKTUELT}:
        told.append((e.av and rollenavn(e.av), who.av if who is not None else None))
        told.append((e.dato and _iso(e.dato), str(who.dato) if who is not None else None))
    return (e.til is None or state == e.til.value) and all(
        new is None or vanlig(new) == vanlig(old or "") for new, old in told
    )


def rollenavn(skrevet: str) -> str:
    """The id of a role as somebody may write it in a checklist."""
    return skrevet.strip("`. ").removeprefix("roller/")


def _iso(skrevet: str) -> str:
    try:
        return str(felles.dato(skrevet.strip("`. ")))
    except typer.BadParameter:
        return skrevet


def _eldre(om: tuple[date, str | None] | None, lest: LestListe) -> Avslag:
    from forvaltning.documents.sjekkliste_avslag import Avslag

    line = next((t.linje for t in lest.tekster if _OM.fullmatch(t.tekst)), 1)
    if om is None:
        return Avslag(line, "Linjen om hva listen er laget av, er endret eller borte.", "Legg den tilbake.")
    at = f" ved innsjekking {om[1]}" if om[1] else ""
    return Avslag(
        line,
        f"Listen er laget {om[0].day:02}.{om[0].month:02}.{om[0].year}{at}, og registeret er endret siden.",
        "Stemmer ikke linjene under, så lag listen på nytt med «forvaltning handover ID --output FIL».",
    )


# --- the file's own words about itself ------------------------------------------------------------------


def _lest(okt: Okt, liste: Sjekkliste) -> LestListe:
    from forvaltning.cli.sjekkliste_felles import markdown
    from forvaltning.documents.sjekkliste_les import les

    return les(markdown(okt, liste))


def _om(lest: LestListe) -> tuple[date, str | None] | None:
    """Check date and commit from the foot; None when it is not there."""
    hits = [m for t in lest.tekster if (m := _OM.fullmatch(t.tekst))]
    if not hits:
        return None
    _, commit, day, month, year = hits[-1].groups()
    try:
        return date(int(year), int(month), int(day)), commit
    except ValueError:
        return None


def _noytral(lest: LestListe) -> LestListe:
    """Without what tells when and where the list was made, which differs without anybody having edited it."""
    return replace(lest, tekster=tuple(_uten_tid(t) for t in lest.tekster if t.tekst != ENDRET))


def _uten_tid(t: LestTekst) -> LestTekst:
    hit = _OM.fullmatch(t.tekst)
    return replace(t, tekst=f"Registeret{hit[1] or ''}.") if hit else t

"""An edited Markdown checklist held against the one it was made from: what was changed on purpose, and what must be refused.

Pure. Nothing is passed over: every block of the edited text is either the same as before, an edit that the record can
hold (a tick, a reason for *ikke aktuelt*, documentation, a note), or a refusal with its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forvaltning.documents.sjekkliste_ark import RAD
from forvaltning.documents.sjekkliste_avslag import Avslag, fritekst, lik, tekstavslag
from forvaltning.documents.sjekkliste_les import LestListe, LestPunkt
from forvaltning.documents.sjekkliste_tekst import vanlig
from forvaltning.documents.sjekkliste_tilstand import AV, DATO, DOK, IKKE, NOTAT, ny_tilstand, tapt
from forvaltning.engine.sjekkliste.typer import Punkt, Punkttilstand, Sjekkliste
from forvaltning.source.text import nearest, quoted


@dataclass(frozen=True, slots=True)
class Redigering:
    """What a person changed in one item. None in a field: not touched; an empty text: taken away."""

    punkt: Punkt
    linje: int
    til: Punkttilstand | None = None
    """The new state; None when the state is as it was."""
    grunn: str | None = None
    av: str | None = None
    av_linje: int = 0
    dato: str | None = None
    dato_linje: int = 0
    dokumentasjon: str | None = None
    notat: str | None = None

    @property
    def tom(self) -> bool:
        """True when nothing was changed."""
        return self.til is None and self.grunn is None and self.dokumentasjon is None and self.notat is None


def flett(for_: LestListe, etter: LestListe, liste: Sjekkliste) -> tuple[list[Redigering], list[Avslag]]:
    """What was changed between a checklist as it was made (`for_`) and as it was edited (`etter`).

    `liste`: the checklist behind `for_`. Out: the edits in the order of the file, and everything that is refused.
    """
    edits: list[Redigering] = []
    no: list[Avslag] = list(tekstavslag(for_, etter))
    old = {p.id: p for p in for_.punkter}
    seen: dict[str, LestPunkt] = {}
    for new in etter.punkter:
        before, item = old.get(new.id), liste.punkt(new.id)
        if before is None or item is None:
            no.append(_ukjent(new, old))
        elif new.id in seen:
            no.append(
                Avslag(
                    new.linje,
                    f"Punktet {new.id} står to ganger. Det står også på linje {seen[new.id].linje}.",
                    "Behold ett av dem.",
                )
            )
        else:
            seen[new.id] = new
            faults = [*_flyttet(for_, etter, before, new), *_faste(before, new)]
            edit = _ett(before, new, item, faults)
            no += faults
            if not edit.tom and not faults:
                edits.append(edit)
    no += _fjernet(for_, etter, seen)
    return edits, sorted(no, key=lambda a: a.linje)


# --- items ----------------------------------------------------------------------------------------------


def _ukjent(p: LestPunkt, kjente: dict[str, LestPunkt]) -> Avslag:
    near = nearest(p.id, kjente)
    return Avslag(
        p.linje,
        f"Punktet {quoted(p.id)} finnes ikke i sjekklisten.",
        f"Mente du {quoted(near)}?" if near else "Ta bort linjen. Nye punkter legges til i innstillingene.",
    )


def _fjernet(for_: LestListe, etter: LestListe, sett: dict[str, LestPunkt]) -> Iterator[Avslag]:
    """Items that are gone, told of at the item that stood before them."""
    line = 1
    for p in for_.punkter:
        if p.id in sett:
            line = sett[p.id].linje
        elif not any(q.id == p.id for q in etter.punkter):
            yield Avslag(
                line,
                f"Punktet {p.id} ({quoted(p.tittel)}) er tatt bort etter denne linjen.",
                "Legg det tilbake. Et punkt som ikke trengs, får en linje «Ikke aktuelt: » med grunnen.",
            )


def _overskrift(liste: LestListe, linje: int) -> str:
    found = [t.tekst for t in liste.tekster if t.slag.startswith("overskrift") and t.linje <= linje]
    return found[-1] if found else ""


def _flyttet(for_: LestListe, etter: LestListe, before: LestPunkt, new: LestPunkt) -> Iterator[Avslag]:
    home, now = _overskrift(for_, before.linje), _overskrift(etter, new.linje)
    if home != now and any(t.tekst == home for t in etter.tekster):
        yield Avslag(new.linje, f"Punktet {new.id} er flyttet fra {quoted(home)}.", "Flytt det tilbake.")


def _faste(before: LestPunkt, new: LestPunkt) -> Iterator[Avslag]:
    """The words of an item are the registry's, not the reader's."""
    if lik(before.tittel) != lik(new.tittel):
        yield Avslag(
            new.linje,
            f"Teksten i punktet {new.id} er endret til {quoted(new.tittel)}.",
            f"Skriv den tilbake: {quoted(before.tittel, 200)}. Det du vil si, skrives på en linje «Notat: ».",
        )
    lines = [text for text, _ in before.detaljer]
    left = Counter(map(lik, lines))
    for text, line in new.detaljer:
        if left[lik(text)] > 0:
            left[lik(text)] -= 1
        else:
            yield fritekst(text, line)
    for text in dict.fromkeys(lines):
        if left[lik(text)] > 0 and text != RAD:  # the advice may be written over by what it asks for
            yield Avslag(
                new.linje,
                f"Under punktet {new.id} er linjen {quoted(text, 80)} endret eller tatt bort.",
                "Legg den tilbake. Den er laget av det som står i registeret.",
            )


def _ett(before: LestPunkt, new: LestPunkt, item: Punkt, no: list[Avslag]) -> Redigering:
    """What was changed in one item; what it can not hold is added to `no`."""
    fields = {}
    for f in new.felter:
        if f.navn in fields:
            no.append(
                Avslag(f.linje, f"Punktet {new.id} har to linjer «{f.navn}».", "Slå dem sammen til én.")
            )
        fields[f.navn] = f
    text = {name: f.verdi for name, f in fields.items()}
    changed = {n for n in (IKKE, DOK, NOTAT) if vanlig(text.get(n, "")) != vanlig(before.felt(n) or "")}
    given = {n for n in (AV, DATO) if text.get(n)}
    to = ny_tilstand(before, new, item, text, no)
    out = Redigering(
        item,
        new.linje,
        to,
        grunn=text.get(IKKE, "") if IKKE in changed and to is Punkttilstand.IKKE_AKTUELT else None,
        av=text.get(AV) or None,
        av_linje=fields[AV].linje if AV in fields else 0,
        dato=text.get(DATO) or None,
        dato_linje=fields[DATO].linje if DATO in fields else 0,
        dokumentasjon=text.get(DOK, "") if DOK in changed else None,
        notat=text.get(NOTAT, "") if NOTAT in changed else None,
    )
    no += tapt(new, item, to, changed, given, fields)
    return out

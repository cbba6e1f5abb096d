"""An edited Markdown checklist held against the one it was made from: what was changed on purpose, and what must be refused.

Pure. Nothing is passed over: every block of the edited text is either the same as before, an edit that the record can
hold (a tick, a reason for *ikke aktuelt*, documentation, a note), or a refusal with its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forvaltning.documents.sjekkliste_avslag import Avslag, fritekst, lik, tekstavslag
from forvaltning.documents.sjekkliste_les import LestListe, LestPunkt, vanlig
from forvaltning.engine.sjekkliste.typer import Art, Punkt, Punkttilstand, Sjekkliste
from forvaltning.source.text import nearest, quoted

AV, DATO, DOK, IKKE, NOTAT = "Av", "Dato", "Dokumentasjon", "Ikke aktuelt", "Notat"


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
        if left[lik(text)] > 0:
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
    to = _tilstand(before, new, item, text, no)
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
    no += _lost(new, item, to, changed, given, fields)
    return out


def _lost(
    new: LestPunkt,
    item: Punkt,
    to: Punkttilstand | None,
    changed: set[str],
    given: set[str],
    fields: Mapping[str, object],
) -> Iterator[Avslag]:
    """Labels whose text would be dropped, since nothing is ticked or opted out of with it."""
    lines = {f.navn: f.linje for f in new.felter}
    for name in (AV, DATO):
        if name in given and to not in {Punkttilstand.UTFORT, Punkttilstand.IKKE_AKTUELT}:
            yield Avslag(
                lines[name],
                f"«{name}» står under punktet {new.id}, men punktet er ikke huket av nå.",
                "Huk av punktet, eller ta bort linjen.",
            )
    if DOK in changed and not (
        to is Punkttilstand.UTFORT
        or (to is None and item.art is Art.MANUELL and item.tilstand is Punkttilstand.UTFORT)
        or (to is Punkttilstand.APENT and DOK not in fields)
    ):
        yield Avslag(
            lines.get(DOK, new.linje),
            f"«{DOK}» under punktet {new.id} hører bare til et punkt som er huket av for hånd.",
            "Huk av punktet, eller skriv det på en linje «Notat: ».",
        )
    if IKKE in changed and to not in {Punkttilstand.IKKE_AKTUELT, Punkttilstand.APENT}:
        yield Avslag(
            lines.get(IKKE, new.linje),
            f"Grunnen til at punktet {new.id} ikke er aktuelt, er endret.",
            "Åpne punktet først med «forvaltning handover untick», og skriv den nye grunnen etterpå.",
        )


def _tilstand(
    before: LestPunkt, new: LestPunkt, item: Punkt, text: dict[str, str], no: list[Avslag]
) -> Punkttilstand | None:
    """The new state of an item, None when it is as it was."""
    reason, had = text.get(IKKE), before.felt(IKKE)
    if reason is not None and had is None:
        if not reason:
            no.append(
                Avslag(new.linje, f"«Ikke aktuelt» under punktet {new.id} har ingen grunn.", "Skriv grunnen.")
            )
        elif new.haket:
            no.append(
                Avslag(
                    new.linje,
                    f"Punktet {new.id} er både huket av og satt til ikke aktuelt.",
                    "Velg ett av dem.",
                )
            )
        return Punkttilstand.IKKE_AKTUELT
    if had is not None:
        if reason is not None:
            if new.haket is not None and new.haket != before.haket:
                no.append(
                    Avslag(
                        new.linje,
                        f"Punktet {new.id} er satt til ikke aktuelt, men har fått en boks.",
                        "Ta bort linjen «Ikke aktuelt» også, når punktet likevel er aktuelt.",
                    )
                )
            return None
        return Punkttilstand.UTFORT if new.haket else Punkttilstand.APENT
    if new.haket is None and before.haket is not None:
        no.append(
            Avslag(
                new.linje, f"Boksen foran punktet {new.id} er borte.", "Skriv [ ] eller [x] foran teksten."
            )
        )
        return None
    if new.haket == before.haket:
        return None
    if item.art is not Art.MANUELL and not new.haket:
        no.append(
            Avslag(
                new.linje,
                f"Punktet {new.id} er åpnet for hånd, men svaret hentes fra registeret.",
                "Huk det av igjen. Stemmer det ikke, så rett det i registeret.",
            )
        )
        return None
    return Punkttilstand.UTFORT if new.haket else Punkttilstand.APENT

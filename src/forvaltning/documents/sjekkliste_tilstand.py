"""What the lines below an edited item make of its state, and what of them would be lost. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forvaltning.documents.sjekkliste_avslag import Avslag, lik
from forvaltning.documents.sjekkliste_les import LestPunkt
from forvaltning.engine.sjekkliste.typer import Art, Punkt, Punkttilstand

AV, DATO, DOK, IKKE, NOTAT = "Av", "Dato", "Dokumentasjon", "Ikke aktuelt", "Notat"


def tapt(
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
    if (
        IKKE in changed
        and to not in {Punkttilstand.IKKE_AKTUELT, Punkttilstand.APENT}
        and not _regnet_ut(item)
    ):
        yield Avslag(
            lines.get(IKKE, new.linje),
            f"Grunnen til at punktet {new.id} ikke er aktuelt, er endret.",
            "Åpne punktet først med «forvaltning handover untick», og skriv den nye grunnen etterpå.",
        )


def ny_tilstand(
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
        return _var_ikke_aktuelt(before, new, item, reason, no)
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


def _var_ikke_aktuelt(
    before: LestPunkt, new: LestPunkt, item: Punkt, reason: str | None, no: list[Avslag]
) -> Punkttilstand | None:
    """The new state of an item that was not relevant."""
    had = before.felt(IKKE) or ""
    if _regnet_ut(item):
        if reason is None or lik(reason) != lik(had) or new.haket is not None:
            no.append(
                Avslag(
                    new.linje,
                    f"Punktet {new.id} er ikke aktuelt etter det som står i registeret, og kan ikke åpnes her.",
                    f"Skriv det tilbake uten boks, med linjen «{IKKE}: {had}». Stemmer det ikke, så rett registeret.",
                )
            )
        return None
    if reason is None:
        return Punkttilstand.UTFORT if new.haket else Punkttilstand.APENT
    if new.haket is not None and new.haket != before.haket:
        no.append(
            Avslag(
                new.linje,
                f"Punktet {new.id} er satt til ikke aktuelt, men har fått en boks.",
                "Ta bort linjen «Ikke aktuelt» også, når punktet likevel er aktuelt.",
            )
        )
    return None


def _regnet_ut(item: Punkt) -> bool:
    """True for an item that is not relevant because the registry says so, not because a role has opted out."""
    return item.tilstand is Punkttilstand.IKKE_AKTUELT and item.art is not Art.MANUELL and item.av is None

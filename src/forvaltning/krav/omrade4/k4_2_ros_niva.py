"""Requirement 4.2: the level of a risk, looked up in the matrix that its ROS names."""

from __future__ import annotations

from forvaltning.findings import FieldPath
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.typer import Kontekst
from forvaltning.model.innstillinger import Matrise
from forvaltning.model.ros import Risiko, Ros, Scenario


def ukjent_matrise(ros: Ros, ctx: Kontekst) -> Observasjon:
    """What to say of a ROS whose matrix is not named or not in the settings."""
    if not ros.matrise:
        return Mangler(
            ("matrise",),
            "matrise-mangler",
            f"«{ros.navn}» sier ikke hvilken risikomatrise den bruker.",
            "Skriv id-en til matrisen fra innstillingene i «matrise».",
            i=ros,
        )
    return Feil(
        ("matrise",),
        "matrise-ukjent",
        f"Matrisen «{ros.matrise}» finnes ikke i innstillingene.",
        f"Rett id-en, eller legg matrisen i forvaltning.yaml. Der står {', '.join(ctx.innstillinger.matriser)}.",
        i=ros,
    )


def niva_for(ros: Ros, felt: FieldPath, r: Risiko | None, matrise: Matrise, s: Scenario) -> str | Observasjon:
    """The level looked up in the matrix, or what hinders it."""
    hva = "før tiltak" if felt[-1] == "initial" else "etter tiltak"
    if r is None or r.sannsynlighet is None or r.konsekvens is None:
        return Mangler(
            felt,
            f"{felt[-1]}-mangler",
            f"Scenariet «{s.id}» mangler sannsynlighet eller konsekvens {hva}.",
            f"Skriv begge i «{felt[-1]}», på skalaen til matrisen.",
            i=ros,
        )
    niva = matrise.oppslag(r.sannsynlighet, r.konsekvens)
    if niva is None or matrise.rang(niva) is None:
        return Feil(
            felt,
            f"{felt[-1]}-utenfor-matrisen",
            f"Scenariet «{s.id}» har sannsynlighet {r.sannsynlighet} og konsekvens {r.konsekvens} {hva}, som "
            f"ikke står i matrisen «{matrise.navn}».",
            f"Bruk nivåene {', '.join(matrise.sannsynlighet)} og {', '.join(matrise.konsekvens)}.",
            i=ros,
        )
    return niva


def rang(matrise: Matrise, niva: str | Observasjon | None) -> int | None:
    """The rank of a level that was found."""
    return matrise.rang(niva) if isinstance(niva, str) else None


def navn(matrise: Matrise, niva: str | Observasjon | None) -> str:
    """The level in the words of the matrix."""
    return f"«{matrise.nivaer.get(niva, niva)}»" if isinstance(niva, str) else "«ukjent»"

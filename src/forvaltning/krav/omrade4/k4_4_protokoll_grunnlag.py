"""Requirement 4.4: the legal basis of a processing activity (GDPR articles 6, 9 and 10)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.model.behandling import Behandling

MED_HJEMMEL = frozenset({"c", "e"})
"""Article 6(3): these rest on national law, which must be named."""


def grunnlag(behandling: Behandling) -> Iterator[Observasjon]:
    """There is a basis in article 6, and in 9 or 10 where the data ask for it; national law is named."""
    yield from _artikkel_6(behandling)
    yield from _arter(behandling)
    yield from _saerskilt(
        behandling, "saerlig", "art9", "særlige kategorier av opplysninger", "grunnlag i artikkel 9"
    )
    yield from _saerskilt(
        behandling,
        "straffbare_forhold",
        "art10",
        "opplysninger om straffbare forhold",
        "grunnlag etter artikkel 10",
    )


def _artikkel_6(behandling: Behandling) -> Iterator[Observasjon]:
    alle = behandling.behandlingsgrunnlag
    if not alle:
        yield Mangler(
            ("behandlingsgrunnlag",),
            "behandlingsgrunnlag-mangler",
            "Behandlingen har ikke noe behandlingsgrunnlag.",
            "Skriv grunnlaget i artikkel 6, og hjemmelen, i «behandlingsgrunnlag».",
        )
    ingen = not any(g.art6 for g in alle)
    for n, g in enumerate(alle):
        felt = ("behandlingsgrunnlag", n)
        if g.art6 is None and (ingen or not (g.art9 or g.art10)):
            yield Mangler(
                (*felt, "art6"),
                "art6-mangler",
                "Behandlingsgrunnlaget sier ikke hvilken bokstav i artikkel 6 nr. 1 det bygger på.",
                "Skriv bokstaven i «art6».",
            )
        if g.art6 in MED_HJEMMEL and not g.hjemmel:
            yield Mangler(
                (*felt, "hjemmel"),
                "hjemmel-mangler",
                f"Grunnlaget i artikkel 6 nr. 1 bokstav {g.art6} mangler den nasjonale hjemmelen.",
                "Skriv loven og paragrafen i «hjemmel».",
            )
        if g.art6 == "f" and not g.utenfor_oppgaver:
            yield Feil(
                (*felt, "art6"),
                "berettiget-interesse",
                "Berettiget interesse (artikkel 6 nr. 1 bokstav f) er ikke åpen for kommunens oppgaver som "
                "offentlig myndighet.",
                "Finn et annet grunnlag. Er behandlingen ikke ledd i slike oppgaver, skriv «utenfor_oppgaver: ja».",
            )


def _arter(behandling: Behandling) -> Iterator[Observasjon]:
    """Which kind each category is decides whether articles 9 and 10 are asked for."""
    for n, o in enumerate(behandling.opplysninger):
        if o.art is None:
            yield Mangler(
                ("opplysninger", n, "art"),
                "opplysningsart-mangler",
                f"Det er ikke sagt om «{o.kategori}» er alminnelige, særlige eller gjelder straffbare forhold.",
                "Skriv hva slags opplysninger det er, i «art».",
            )


def _saerskilt(behandling: Behandling, art: str, felt: str, hva: str, grunnlag: str) -> Iterator[Observasjon]:
    med = [n for n, o in enumerate(behandling.opplysninger) if o.art == art]
    if not med or any(getattr(g, felt) for g in behandling.behandlingsgrunnlag):
        return
    yield Mangler(
        ("behandlingsgrunnlag",),
        f"{felt}-mangler",
        f"Behandlingen har {hva}, men ikke noe {grunnlag}.",
        f"Skriv grunnlaget i «{felt}» under «behandlingsgrunnlag».",
        se=tuple(Place(behandling.key, ("opplysninger", n), f"Her er det {hva}.") for n in med),
    )

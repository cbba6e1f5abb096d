"""The strategy in `portefolje`: which of its goals have a project or a service, by area of effort (domain.md, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forvaltning.documents import svg
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, nokkel, og
from forvaltning.documents.visning import Del, Figur, Kolonne, Tabell
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.tjeneste import Tjeneste

OVER = frozenset({"avsluttet", "stanset"})


@dataclass(frozen=True, slots=True)
class Mal:
    """One goal of the strategy and what refers to it, by name."""

    kode: str
    navn: str
    pagar: tuple[str, ...]
    """Projects that run."""
    over: tuple[str, ...]
    tjenester: tuple[str, ...]

    @property
    def omrade(self) -> str:
        """The area of effort: the number before the point."""
        return self.kode.partition(".")[0]

    @property
    def tom(self) -> bool:
        """True when no running project and no service refers to the goal."""
        return not self.pagar and not self.tjenester


def dekning(g: Grunnlag, prosjekter: Iterable[Prosjekt]) -> list[Mal]:
    """Every goal in the settings, in their order, with the projects and services of the selection."""
    pagar: dict[str, list[str]] = {}
    over: dict[str, list[str]] = {}
    tjenester: dict[str, list[str]] = {}
    for p in prosjekter:
        for kode in p.strategimal:
            (over if p.tilstand in OVER else pagar).setdefault(kode, []).append(p.navn)
    for t in g.poster(Tjeneste):
        if t.tilstand != "avviklet":
            for kode in t.strategimal:
                tjenester.setdefault(kode, []).append(t.navn)
    return [
        Mal(kode, navn, *(tuple(sorted(d.get(kode, ()), key=nokkel)) for d in (pagar, over, tjenester)))
        for kode, navn in g.register.innstillinger.koder["strategimal"].items()
    ]


def omrader(g: Grunnlag, malene: Sequence[Mal]) -> dict[str, list[Mal]]:
    """The goals by area of effort, named as the settings name it."""
    out: dict[str, list[Mal]] = {}
    navn = g.register.innstillinger.koder.get("strategiomrade", {})
    for m in malene:
        tittel = f"{m.omrade} {navn[m.omrade]}" if m.omrade in navn else f"Område {m.omrade}"
        out.setdefault(tittel, []).append(m)
    return out


def del_(g: Grunnlag, malene: Sequence[Mal]) -> Del:
    """The part of the report: what is not covered in words, the figure, and both tables."""
    uten = [m for m in malene if m.tom]
    tekst = (
        "Alle strategimålene har et prosjekt som pågår, eller en tjeneste."
        if not uten
        else f"Uten prosjekt som pågår og uten tjeneste: {og([f'{m.kode} {m.navn}' for m in uten])}."
    )
    return Del(
        "Strategien",
        avsnitt=(tekst,),
        tabeller=(_omradetabell(g, malene), _maltabell(malene)),
        figurer=(_figur(malene),),
    )


def _omradetabell(g: Grunnlag, malene: Sequence[Mal]) -> Tabell:
    return Tabell(
        "strategiomrader",
        "Innsatsområdene",
        (
            Kolonne("omrade", "Område"),
            Kolonne("mal", "Mål", "tall"),
            Kolonne("med_prosjekt", "Mål med prosjekt som pågår", "tall"),
            Kolonne("med_tjeneste", "Mål med tjeneste", "tall"),
            Kolonne("uten", "Mål uten noen av delene", "tall"),
        ),
        tuple(
            (
                tittel,
                len(gruppe),
                sum(1 for m in gruppe if m.pagar),
                sum(1 for m in gruppe if m.tjenester),
                sum(1 for m in gruppe if m.tom),
            )
            for tittel, gruppe in omrader(g, malene).items()
        ),
    )


def _maltabell(malene: Sequence[Mal]) -> Tabell:
    return Tabell(
        "strategimal",
        "Målene",
        (
            Kolonne("kode", "Nr."),
            Kolonne("mal", "Mål"),
            Kolonne("pagar", "Prosjekter som pågår", "liste"),
            Kolonne("tjenester", "Tjenester", "liste"),
            Kolonne("over", "Avsluttede prosjekter", "liste"),
        ),
        tuple((m.kode, m.navn, m.pagar, m.tjenester, m.over) for m in malene),
        forklaring="Et mål er dekket når et prosjekt eller en tjeneste viser til det. Det sier ikke hvor langt målet er nådd.",
    )


def _figur(malene: Sequence[Mal]) -> Figur:
    """How many running projects and services each goal has; a bar for every goal, empty ones too."""
    rader = [(f"{m.kode} {m.navn}", (len(m.pagar), len(m.tjenester))) for m in malene]
    beskrivelse = "Antall prosjekter som pågår, og tjenester for hvert strategimål. " + "; ".join(
        f"{m.kode}: {antall(len(m.pagar), 'prosjekt', 'prosjekter')}, {antall(len(m.tjenester), 'tjeneste', 'tjenester')}"
        for m in malene
    )
    return Figur(
        "strategidekning",
        "Prosjekter og tjenester for hvert strategimål",
        beskrivelse + ".",
        svg.stolper(
            "strategidekning",
            "Prosjekter og tjenester for hvert strategimål",
            beskrivelse + ".",
            (("prosjekt", "Prosjekter som pågår"), ("tjeneste", "Tjenester")),
            rader,
            {"prosjekt": svg.Stil("#004488", "skra"), "tjeneste": svg.Stil("#f2c14e", "", "#111111")},
        ),
    )

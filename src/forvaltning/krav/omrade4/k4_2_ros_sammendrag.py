"""Requirement 4.2: a ROS too sensitive for the registry is decided from its summary, and it says so."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.ros import Ros, RosSammendrag

SPORSMAL = {
    "over_aksept": "hvor mange scenarier som ligger over akseptabelt nivå",
    "forfalte_tiltak": "hvor mange tiltak som er forfalt",
    "rest_ikke_hoyere": "om risikoen etter tiltak aldri er høyere enn før",
    "konklusjon": "konklusjonen",
}


def sammendrag(ros: Ros, ctx: Kontekst) -> Iterator[Observasjon]:
    """What the summary says is within the requirement; it is whole unless the scenarios stand here too."""
    s = ros.sammendrag
    if s is None:
        return
    if not ros.scenarier:
        yield from _mangler(ros, s)
    yield from _sier(ros, s)
    if s.neste_frist is not None:
        yield Utloper(
            ("sammendrag", "neste_frist"),
            "tiltak-forfalt",
            s.neste_frist,
            f"Det neste tiltaket i «{ros.navn}» skulle vært gjort innen {norsk_dato(s.neste_frist)}.",
            "Gå gjennom tiltakene, og skriv den nye fristen i «neste_frist».",
            i=ros,
        )
    sak = s.arkivsak or (ros.besluttet.referanse if ros.besluttet else None)
    yield Bevis(
        ("sammendrag",),
        Strength.DOKUMENTERT if sak else Strength.BEKREFTET,
        ros.besluttet.dato if ros.besluttet else None,
        sak,
        i=ros,
    )


def _mangler(ros: Ros, s: RosSammendrag) -> Iterator[Observasjon]:
    asked = dict(SPORSMAL)
    if s.over_aksept:
        asked["uten_tiltak"] = "hvor mange av dem over akseptabelt nivå som verken har tiltak eller aksept"
        asked["neste_frist"] = "fristen for det neste tiltaket, eller dagen aksepten skal vurderes på nytt"
    if not (ros.besluttet and ros.besluttet.referanse):
        asked["arkivsak"] = "saken der vurderingen ligger"
    for felt, hva in asked.items():
        if getattr(s, felt) is None:
            yield Mangler(
                ("sammendrag", felt),
                f"sammendrag-{felt.replace('_', '-')}",
                f"Sammendraget av «{ros.navn}» sier ikke {hva}.",
                f"Skriv det i «sammendrag.{felt}».",
                i=ros,
            )


def _sier(ros: Ros, s: RosSammendrag) -> Iterator[Observasjon]:
    if s.uten_tiltak:
        yield Mangler(
            ("sammendrag", "uten_tiltak"),
            "over-aksept",
            f"«{ros.navn}» har {s.uten_tiltak} scenarier over akseptabelt nivå uten tiltak i arbeid og uten aksept.",
            "Sett i gang tiltak, eller få risikoen akseptert av kommunaldirektøren, og oppdater sammendraget.",
            i=ros,
        )
    if s.over_aksept is not None and (s.uten_tiltak or 0) > s.over_aksept:
        yield Feil(
            ("sammendrag", "uten_tiltak"),
            "sammendrag-motsagt",
            f"Sammendraget av «{ros.navn}» har flere scenarier uten tiltak ({s.uten_tiltak}) enn over akseptabelt "
            f"nivå ({s.over_aksept}).",
            "Rett tallene.",
            i=ros,
        )
    if s.forfalte_tiltak:
        yield Feil(
            ("sammendrag", "forfalte_tiltak"),
            "tiltak-forfalt",
            f"«{ros.navn}» har {s.forfalte_tiltak} tiltak der fristen er ute.",
            "Gjør dem ferdige, eller la den som eier risikoen, beslutte nye frister. Oppdater sammendraget.",
            i=ros,
        )
    if s.rest_ikke_hoyere is False:
        yield Feil(
            ("sammendrag", "rest_ikke_hoyere"),
            "rest-hoyere",
            f"«{ros.navn}» har scenarier med høyere risiko etter tiltak enn før.",
            "Rett vurderingen, eller velg andre tiltak.",
            i=ros,
        )

"""What every machine format is made from: the JSON contract's own values, and what they are compared with.

So a report can be made from a stored JSON report too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from forvaltning.findings import Outcome, Summary
from forvaltning.render.kontrakt import ProblemJson, ResultatJson
from forvaltning.source.trygg import ren, ren_sti

INNSTILLINGSFIL = "forvaltning.yaml"
PROBLEMTITLER = {
    "avvik": "Avviket kan ikke gjelde slik det står",
    "eier": "Kodeeierne stemmer ikke med rollene",
    "endring": "Endringen er ikke lov",
    "fil": "Filen kan ikke leses slik den står",
    "id": "Id-en kan ikke brukes",
    "innhold": "Innhold som aldri skal inn i registeret",
    "innstilling": "Innstillingen er feil",
    "modell": "Posten har feil form",
    "referanse": "Henvisningen er feil",
    "verktoy": "Feil i forvaltning",
}
"""Title of a named rule by the word before its first dot."""
SVIKT = "verktoy.svikt"


class RettetJson(TypedDict, total=False):
    """What the change mended: a finding of the base with its requirement and record, or a problem with its rule."""

    krav: str
    post: str
    regel: str
    art: str
    vilkar: str
    melding: str
    tiltak: str
    fil: str
    linje: int
    kolonne: int
    felt: str
    fingeravtrykk: str


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """A judged registry in the form of the JSON contract, and what it is compared with.

    `hode`: the head of the JSON report. `resultater`: the verdicts to tell of, all or some. `prefiks`: the
    registry folder from the root of the repository, with ``/``, empty when they are the same. `nye`:
    fingerprints of what is new against `base`, None without a comparison. `krav` and `omrader`: titles by
    number. `virkning`: what the change does (`endringer`, `krav`, `foreldet` of the contract's `mot`). `svikt`: faults of ours (exit code 3), told of as errors. `roller`: names of role types, fora and
    functions by code.
    """

    hode: Mapping[str, Any]
    resultater: Sequence[ResultatJson]
    problemer: Sequence[ProblemJson]
    prefiks: str = ""
    nye: frozenset[str] | None = None
    rettet: Sequence[RettetJson] = ()
    base: str | None = None
    krav: Mapping[str, str] = field(default_factory=dict)
    omrader: Mapping[str, str] = field(default_factory=dict)
    svikt: Sequence[str] = ()
    roller: Mapping[str, str] = field(default_factory=dict)
    virkning: Mapping[str, Any] | None = None

    def sti(self, fil: str) -> str:
        """The path a forge knows; the settings file when there is none."""
        name = ren_sti(fil) or INNSTILLINGSFIL
        prefix = self.prefiks.strip("/")
        return f"{prefix}/{name}" if prefix not in {"", "."} else name

    def er_ny(self, fingeravtrykk: str) -> bool | None:
        """Whether this is new; None without a comparison."""
        return None if self.nye is None else fingeravtrykk in self.nye

    def tittel(self, regel: str) -> str:
        """The title of a requirement or a named rule."""
        known = self.krav.get(regel)
        return ren(known) if known else PROBLEMTITLER.get(regel.partition(".")[0], "Problem i registeret")

    def rollenavn(self, kode: str) -> str:
        """What people call a role type, forum or function; the code in plain words when nobody has named it."""
        return self.roller.get(kode) or kode.replace("_", " ").capitalize()

    def antall(self, utfall: str) -> int:
        """How many verdicts came out so, those that are not told of too."""
        return int(self.hode["sammendrag"]["utfall"].get(utfall, 0))

    @property
    def ingenting_avgjort(self) -> bool:
        """Whether nothing that applies could be decided; asked where there is nothing to compare with."""
        return self.nye is None and Summary(self.hode["sammendrag"]["utfall"]).ingenting_avgjort

    @property
    def uavgjort(self) -> str:
        """What to say of verdicts that could not be decided; empty when there are none."""
        n = self.antall(Outcome.IKKE_AVGJORT.value)
        if not n:
            return ""
        words = "vurdering" if n == 1 else "vurderinger"
        return f"{n} {words} kunne ikke avgjøres. «forvaltning check --utfall ikke_avgjort» sier hvorfor."

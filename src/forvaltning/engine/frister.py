"""Everything in a registry that runs out, as plain values: deadlines of verdicts, and dates that stand in records.

Verdicts come first. A date in a record is told where no requirement looks, or where it looks at many dates and
keeps only the nearest (the measures of a ROS). Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.frister_felt import feltfrister
from forvaltning.engine.frister_verdier import Feltfrist
from forvaltning.findings import FieldPath, FindingKind, Outcome, Place, Responsible, Verdict, fingerprint
from forvaltning.model.hendelser import Avvik
from forvaltning.model.innstillinger import legg_til_maneder
from forvaltning.model.register import Register
from forvaltning.model.viser import felt_med_identitet, normaliser


@dataclass(frozen=True, slots=True)
class Frist:
    """One date that something must be done by, or that something ends on.

    `dato`: the last good day. `krav`: the requirement that asks, None when only the record tells. `felt`: the field
    in its stable form, empty for a verdict's deadline, which may rest on several. `tiltak`: what to do.
    """

    post: str
    """Key of the record, ``kind/id``."""
    navn: str
    enhet: str | None
    dato: date
    hva: str
    tiltak: str
    krav: str | None
    felt: str = ""
    path: FieldPath = ()
    ansvarlig: tuple[Responsible, ...] = ()
    avvik: str | None = None
    sted: Place | None = None
    """Where to write it, when that is another record's field."""

    @property
    def id(self) -> str:
        """Identity that survives a moved date: requirement, record and field."""
        return fingerprint("frist", self.krav or "", self.post, self.felt)

    def dager(self, fra: date) -> int:
        """Days left on a day; negative when overdue."""
        return (self.dato - fra).days


def frister(register: Register, dommer: Sequence[Verdict], titler: Mapping[str, str]) -> list[Frist]:
    """Every deadline, soonest first; what has run out and still stands comes before what is to come.

    In: the register, every verdict, requirement number → title. Out: sorted by date, record, requirement, field.
    """
    out = [*_fra_dommer(register, dommer, titler), *_fra_felt(register, dommer)]
    return sorted(out, key=lambda f: (f.dato, f.post, _nummer(f.krav), f.felt))


def _nummer(krav: str | None) -> tuple[int, ...]:
    return tuple(int(n) for n in krav.split(".")) if krav else (99,)


def _fra_dommer(register: Register, dommer: Iterable[Verdict], titler: Mapping[str, str]) -> Iterator[Frist]:
    """The deadline of each verdict. Those that a deviation sets are told by the deviation itself."""
    for v in dommer:
        if v.frist is None or v.utfall in {Outcome.AVVIK, Outcome.IKKE_AKTUELT}:
            continue
        title = titler.get(v.krav, "")
        late = [f for f in v.funn if f.art is FindingKind.UTLOPT and f.dato == v.frist and f.avvik is None]
        yield Frist(
            v.post,
            _navn(register, v.post),
            v.enhet,
            v.frist,
            late[0].melding if late else title,
            late[0].tiltak
            if late
            else "Gjør det på nytt innen fristen, og skriv den nye datoen i registeret.",
            v.krav,
            ansvarlig=v.ansvarlig,
            sted=late[0].place if late else None,
        )


def _fra_felt(register: Register, dommer: Sequence[Verdict]) -> Iterator[Frist]:
    answers: dict[tuple[str, str], tuple[Responsible, ...]] | None = None
    for f in feltfrister(register):
        entry = register.oppforing(f.post.id)
        if entry is None:
            continue
        who = f.ansvarlig
        if isinstance(f.post, Avvik):
            if answers is None:
                answers = {(v.post.partition("/")[2], v.krav): v.ansvarlig for v in dommer}
            who = _avvikets(f.post, answers)
        yield _som_frist(register, f, who)


def _som_frist(register: Register, f: Feltfrist, who: tuple[Responsible, ...]) -> Frist:
    return Frist(
        f.post.key,
        _navn(register, f.post.key),
        register.enhet_for(f.post) or (who[0].enhet if who else None),
        f.dato,
        f.hva,
        f.tiltak,
        f.krav,
        f.felt or felt_med_identitet(f.post, f.path),
        f.path,
        who,
        f.post.id if isinstance(f.post, Avvik) else None,
    )


def _avvikets(
    avvik: Avvik, svarer: Mapping[tuple[str, str], tuple[Responsible, ...]]
) -> tuple[Responsible, ...]:
    """Who answers for what a deviation covers: a deviation has no owner of its own."""
    found = [a for ident in avvik.gjelder for a in svarer.get((ident, avvik.krav), ())]
    return tuple(dict.fromkeys(found))


def _navn(register: Register, key: str) -> str:
    entry = register.oppforing(key.partition("/")[2])
    return entry.navn if entry is not None else key


def innen(fra: date, lengde: str) -> date:
    """The last day of «90d», «6m» or «1y» (also «1å») from a day. Raises `ValueError` for anything else."""
    number, unit = lengde[:-1], lengde[-1:].lower()
    if not (number.isascii() and number.isdigit()) or len(number) > 5:
        raise ValueError(lengde)
    n = int(number)
    if unit == "d":
        return date.fromordinal(min(fra.toordinal() + n, date.max.toordinal()))
    if unit in {"m", "y", "å"}:
        return legg_til_maneder(fra, n if unit == "m" else 12 * n)
    raise ValueError(lengde)


def utvalg(
    alle: Iterable[Frist],
    *,
    til: date | None = None,
    enheter: frozenset[str] | None = None,
    roller: tuple[str, ...] = (),
    poster: tuple[str, ...] = (),
) -> list[Frist]:
    """The deadlines asked for: no later than `til`, of these units (normalised ids), answered for by these roles, of these records."""
    return [
        f
        for f in alle
        if (til is None or f.dato <= til)
        and (enheter is None or (f.enhet is not None and normaliser(f.enhet) in enheter))
        and (not roller or any(a.rolle in roller or a.post in roller for a in f.ansvarlig))
        and (not poster or f.post in poster)
    ]

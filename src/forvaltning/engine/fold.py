"""Observations to one verdict: dates compared, deviations applied, the worst outcome kept.

Precedence: brudd > ikke avgjort > avvik > snart > oppfylt (domain.md, section 1). A breach of law stays
*brudd* under a deviation, marked as *lovbrudd under oppfølging* (section 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from forvaltning.engine.deviations import avvik_for, dekker
from forvaltning.findings import (
    WEAKNESS,
    Evidence,
    FieldPath,
    Finding,
    FindingKind,
    Outcome,
    Place,
    Responsible,
    Strength,
    Verdict,
    fingerprint,
)
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.typer import Krav
from forvaltning.model.base import Post
from forvaltning.model.register import Register
from forvaltning.model.viser import ENKLE, felt_med_identitet


class Folder:
    """Gathers the observations of one requirement for one record."""

    def __init__(self, krav: Krav, post: Post, register: Register) -> None:
        self.krav = krav
        self.post = post
        self._key = post.key
        self._dag = register.dag
        self._vindu = register.innstillinger.varslingsvindu_dager
        self.register = register
        self.funn: list[tuple[Finding, bool]] = []
        self.bevis: list[Evidence] = []
        self.uavklart: list[str] = []
        self.frist: date | None = None
        self.snart = False
        self._seen: dict[str, int] = {}
        self._oppgjort = True
        """Whether every covered finding is a late document that a closed deviation settles."""
        self._avviksfrist: date | None = None
        """The last day of the first deviation to run out, of those that cover something."""

    def legg_til(self, observasjoner: Iterable[Observasjon]) -> None:
        """Take in what a rule yields."""
        for o in observasjoner:
            if isinstance(o, Bevis):
                path = o.felt
                owner = o.i or self.post
                key = self._key if owner is self.post else owner.key
                felt = ENKLE.get(path) or felt_med_identitet(owner, path)
                self.bevis.append(Evidence(o.styrke, Place(key, path), felt, o.dato, o.referanse))
            elif isinstance(o, Utloper):
                self._utloper(o)
            elif isinstance(o, Uavklart):
                self.uavklart.append(o.grunn)
            else:
                art = FindingKind.MANGLER if isinstance(o, Mangler) else FindingKind.FEIL
                self._funn(art, o, None, isinstance(o, Feil) and o.sent)

    def _sted(self, path: FieldPath, i: Post | None) -> tuple[Place, str]:
        owner = i or self.post
        felt = felt_med_identitet(owner, path)
        return Place(owner.key, path), felt

    def _utloper(self, o: Utloper) -> None:
        if self.frist is None or o.siste < self.frist:
            self.frist = o.siste
        if self._dag.passert(o.siste):
            self._funn(FindingKind.UTLOPT, o, o.siste, False)
        elif self._dag.innen_vindu(o.siste, self._vindu):
            self.snart = True

    def _funn(self, art: FindingKind, o: Mangler | Feil | Utloper, dato: date | None, sent: bool) -> None:
        place, felt = self._sted(o.felt, o.i)
        where = felt if o.i is None or o.i.key == self.post.key else f"{o.i.key}:{felt}"
        base = (self.krav.nummer, self.post.key, o.vilkar, where, o.om)
        nth = self._seen.get("\x1f".join(base), 0)
        if nth and any(f.melding == o.melding and f.place == place for f, _ in self.funn):
            return
        self._seen["\x1f".join(base)] = nth + 1
        key = (*base, *((str(nth),) if nth else ()))
        self.funn.append(
            (
                Finding(
                    art, o.vilkar, o.melding, o.tiltak, place, felt, fingerprint(*key), dato, o.se, nokkel=key
                ),
                sent,
            )
        )

    def dom(self, enhet: str | None, ansvarlig: tuple[Responsible, ...]) -> Verdict:
        """The verdict: worst outcome, deviations applied."""
        funn, used = self._dekket()
        open_ = [f for f in funn if f.avvik is None]
        lovbrudd = False
        if open_:
            utfall = Outcome.BRUDD
        elif used and self.krav.lov and not self._oppgjort:
            utfall, lovbrudd = Outcome.BRUDD, True
        elif self.uavklart:
            utfall = Outcome.IKKE_AVGJORT
        elif used:
            utfall = Outcome.AVVIK
        else:
            utfall = Outcome.SNART if self.snart else Outcome.OPPFYLT
        green = utfall in (Outcome.OPPFYLT, Outcome.SNART)
        frist = self.frist
        if utfall is Outcome.AVVIK:
            frist = self._avviksfrist or frist
        return Verdict(
            self.krav.nummer,
            self._key,
            enhet,
            utfall,
            styrke=self._styrke() if green else None,
            begrunnelse=" ".join(dict.fromkeys(self.uavklart)) or None,
            frist=frist,
            ansvarlig=ansvarlig,
            avvik=used[0] if used else None,
            lovbrudd=lovbrudd,
            bevis=tuple(self.bevis),
            funn=tuple(funn),
        )

    def _dekket(self) -> tuple[list[Finding], list[str]]:
        if not self.funn:
            return [], []
        # Closed ones first: they settle a late document for good, which one that runs out only covers.
        avvik = sorted(
            avvik_for(self.register, self.post.id, self.krav.nummer), key=lambda a: a.tilstand != "lukket"
        )
        out: list[Finding] = []
        used: list[str] = []
        for f, sent in self.funn:
            by = next((a for a in avvik if dekker(a, f, sent, self.register)), None)
            if by is not None:
                if by.id not in used:
                    used.append(by.id)
                self._oppgjort &= by.tilstand == "lukket"
                if by.gyldig_til and by.tilstand == "besluttet":
                    self._avviksfrist = min(self._avviksfrist or by.gyldig_til, by.gyldig_til)
                out.append(replace(f, avvik=by.id))
            else:
                out.append(f)
        return out, used

    def _styrke(self) -> Strength:
        weakest = Strength.MASKINELL
        for b in self.bevis:
            if WEAKNESS[b.styrke] > WEAKNESS[weakest]:
                weakest = b.styrke
        return weakest

"""What the items of one checklist are answered from: the register as if in production, and the handover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from forvaltning.engine.ansvar import ansvarlige
from forvaltning.engine.resultat import Svikt
from forvaltning.engine.sjekkliste.som import I_PRODUKSJON, som, som_felt, som_startet
from forvaltning.engine.sjekkliste.typer import Mangel, Punkttilstand, Sted
from forvaltning.findings import Evidence, FieldPath, Place, Responsible, Strength
from forvaltning.krav import typer as kravtyper
from forvaltning.krav.typer import Ansvar
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.enhet import Enhet
from forvaltning.model.hendelser import Endring, Overlevering
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.sjekklister import Listedef, Punktdef
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import felt_med_identitet

_ROLLER: Mapping[str, Ansvar] = {
    a.kode: a
    for a in (
        kravtyper.BEHANDLINGSANSVARLIG,
        kravtyper.SYSTEMEIER,
        kravtyper.SYSTEMKOORDINATOR,
        kravtyper.PROSJEKTEIER,
        kravtyper.PROSJEKTLEDER,
        kravtyper.AVTALEFORVALTER,
    )
}
_FELT: Mapping[str, tuple[str, ...]] = {
    "tjenesteansvarlig": ("tjenesteansvarlig", "systemeier", "eier"),
    "bestiller": ("bestiller", "bestilt_av"),
}


@dataclass(frozen=True, slots=True)
class Svar:
    """What the registry answers to one item."""

    tilstand: Punkttilstand
    bevis: tuple[Evidence, ...] = ()
    mangler: tuple[Mangel, ...] = ()
    hvor: Sted | None = None
    grunn: str | None = None
    frist: date | None = None
    motsagt: str | None = None
    """Why the item can not be opted out of, when other records say that it is relevant."""


@dataclass
class Grunnlag:
    """One checklist in the making.

    `register`: the registry as it is. `som`: the same with the record's state replaced. `post`: what it is about,
    None for an empty form. `uten_frist`: as `som`, but with nothing waiting for the days after production.
    """

    register: Register
    dato: date
    liste: Listedef
    navn: str
    post: Post | None
    type: str | None = None
    overlevering: Overlevering | None = None
    svikt: list[Svikt] = field(default_factory=list)

    @property
    def innstillinger(self) -> Innstillinger:
        """The settings in force."""
        return self.register.innstillinger

    @cached_property
    def som(self) -> Register:
        """The register in which the requirements are judged: as if in production, where the list says so."""
        return self._som({})

    @cached_property
    def uten_frist(self) -> Register:
        """As `som`, with the production date left out: what is due at handover shows as missing at once."""
        fields = type(self.post).model_fields if self.post is not None else {}
        return self._som({"produksjon_fra": None} if "produksjon_fra" in fields else {})

    def _som(self, ekstra: dict[str, Any]) -> Register:
        tilstand = self.liste.krav.som if self.liste.krav is not None else None
        if self.post is None or tilstand is None:
            return self.register
        own = som_felt(self.post, tilstand, self.dato)
        felt = {self.post.id: {**own, **ekstra}}
        if tilstand == I_PRODUKSJON and own.get("tilstand", self._tilstand) != self._tilstand:
            felt |= {p.id: som_startet(p, self.dato) for p in self._planlagt()}
        return som(self.register, self.dato, felt)

    @property
    def _tilstand(self) -> str | None:
        """The state that the record has now."""
        return getattr(self.post, "tilstand", None)

    def _planlagt(self) -> list[Behandling | Integrasjon]:
        """The planned activities and flows of the record, which start when it does."""
        if not isinstance(self.post, System | Tjeneste | Integrasjon):
            return []
        found: list[Behandling | Integrasjon] = list(self.register.behandlinger_i(self.post))
        if isinstance(self.post, System):
            found += self.register.integrasjoner_for(self.post)
        return [p for p in found if p.tilstand == "planlagt" and p.id != self.post.id]

    @cached_property
    def opphav(self) -> Post | None:
        """The project or change that the handover comes from, when it can be read."""
        ident = self.overlevering.opphav if self.overlevering is not None else None
        found = self.register.finn(ident)
        return found if isinstance(found, Post) else None

    @property
    def endring(self) -> Endring | None:
        """The declared change that is handed over, when the origin is one."""
        return self.opphav if isinstance(self.opphav, Endring) else None

    # --- who answers --------------------------------------------------------------------------------

    def ansvarlig(self, punkt: Punktdef) -> tuple[Responsible, ...]:
        """Who answers for an item: the role on the record, on its origin or up the unit tree; or a function's unit."""
        if punkt.funksjon is not None:
            ident = self.register.funksjon(punkt.funksjon)
            unit = self.register.hent(ident, Enhet)
            return (Responsible(punkt.funksjon, enhet=ident, kontakt=unit.kontakt if unit else None),)
        if punkt.rolle is None:
            return ()
        return self.rolle(punkt.rolle)

    def rolle(self, kode: str) -> tuple[Responsible, ...]:
        """Who fills a role type: on the record, its origin or up the tree, else the only one in the registry.

        An empty form is for any unit, so nobody is named there.
        """
        if self.post is None:
            return (Responsible(kode),)
        known = _ROLLER.get(kode)
        ansvar = known or Ansvar("rolle", kode, kode, _FELT.get(kode, (kode.replace("-", "_"),)))
        kandidater = [p for p in (self.post, self.opphav, *self._ender()) if p is not None]
        first: tuple[Responsible, ...] = ()
        for post in kandidater:
            found = ansvarlige(post, self.register.enhet_for(post), (ansvar,), self.register, {})
            first = first or found
            if any(r.post for r in found):
                return found
        alone = [r for r in self.register.alle(Rolle) if r.type == kode and self.register.er_virksom(r)]
        if len(alone) == 1:
            return (Responsible(kode, alone[0].id, alone[0].enhet, alone[0].kontakt),)
        return first or (Responsible(kode),)

    def _ender(self) -> list[Post]:
        """The registered ends of a flow."""
        if not isinstance(self.post, Integrasjon):
            return []
        ends = [e.system for e in (self.post.fra, self.post.til) if e is not None and e.system]
        return [p for p in (self.register.finn(i) for i in ends) if isinstance(p, Post)]

    def i_overleveringen(self, path: FieldPath, felt: str) -> Sted:
        """A place in the handover record; its file is not there yet while the handover is not started."""
        return Sted(self.overlevering.key if self.overlevering is not None else "", path, felt)

    # --- small answers -------------------------------------------------------------------------------

    def rollefeil(self, ident: str | None, dato: date | None, sted: Sted) -> Mangel | None:
        """What is wrong with a role that is said to have done something, None when it holds."""
        if not ident:
            return Mangel("Det står ikke hvilken rolle som har gjort det.", "Skriv rollen i «av».", sted)
        found = self.register.finn(ident)
        if isinstance(found, Uleselig):
            self.register.sett_uleselig.add(found.fil)
            return Mangel(f"Rollen «{ident}» kan ikke leses ({found.fil}).", "Rett filen.", sted)
        if not isinstance(found, Rolle):
            return Mangel(f"Rollen «{ident}» finnes ikke.", "Skriv id-en til en rolle.", sted)
        day = dato or self.dato
        if (found.fra is not None and day < found.fra) or (found.til is not None and day > found.til):
            return Mangel(
                f"Rollen «{ident}» gjaldt ikke den dagen.",
                "Skriv en rolle som gjaldt, eller rett dagen.",
                sted,
            )
        return None

    def datofeil(self, dato: date | None, sted: Sted) -> Mangel | None:
        """What is wrong with the day something was done, None when it holds."""
        if dato is None:
            return Mangel("Det står ikke når det ble gjort.", "Skriv dagen i «dato».", sted)
        if dato > self.dato:
            return Mangel("Dagen er ikke kommet ennå.", "Rett «dato», eller vent til det er gjort.", sted)
        return None


def sted(post: Post, path: FieldPath) -> Sted:
    """A place in a record that is there."""
    return Sted(post.key, path, felt_med_identitet(post, path))


def bevis(
    post: Post, path: FieldPath, styrke: Strength, dato: date | None = None, referanse: str | None = None
) -> Evidence:
    """Evidence that stands in a record."""
    return Evidence(styrke, Place(post.key, path), felt_med_identitet(post, path), dato, referanse)

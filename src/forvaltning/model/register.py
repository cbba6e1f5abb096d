"""`Register`: the questions the requirements ask, in the regulation's words.

What two requirements need to know stands here once. Every answer is noted by the primitives in
`Oppslag`, so that a verdict knows what it rested on.
"""

from __future__ import annotations

from datetime import date

from forvaltning.model.avtale import Avtale
from forvaltning.model.base import I_BRUK, LIVSLOP, Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.datasett import Datasett
from forvaltning.model.dpia import Dpia
from forvaltning.model.enhet import Enhet
from forvaltning.model.hendelser import Endring, Overlevering
from forvaltning.model.innstillinger import Klasse
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.oppforing import Oppforing, Treff, Uleselig
from forvaltning.model.oppslag import Oppslag
from forvaltning.model.ordliste import Ordliste
from forvaltning.model.prosjekt import Beslutningspunkt, Prosjekt
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser

__all__ = ["Oppforing", "Register", "Treff", "Uleselig"]

EIERFELT = (
    "systemeier",
    "eier",
    "prosjekteier",
    "avtaleeier",
    "tjenesteansvarlig",
)
"""Fields that name who owns a record, first one that is set counts."""


class Register(Oppslag):
    """All records of one registry and the questions asked of them."""

    # --- units and roles ---------------------------------------------------------------------------

    def enhet_for(self, post: Post) -> str | None:
        """The unit a record belongs to: its own, else its owner's, else none (domain.md, section 2)."""
        if isinstance(post, Enhet):
            return post.id
        fields = type(post).model_fields
        own = getattr(post, "enhet") if "enhet" in fields else None  # noqa: B009 - not on every kind
        if isinstance(own, str):
            return own
        for felt in EIERFELT:
            eier = getattr(post, felt) if felt in fields else None
            if isinstance(eier, str):
                rolle = self.hent(eier, Rolle)
                if rolle is not None and rolle.enhet:
                    return rolle.enhet
        if isinstance(post, Datasett):
            system = self.hent(post.system, System)
            return self.enhet_for(system) if system is not None else None
        return None

    def overordnede(self, enhet: str | None) -> list[Enhet]:
        """The unit and those above it, nearest first; a circle in the tree is cut."""
        return self.husk(("overordnede", enhet), lambda: self._overordnede(enhet)) if enhet else []

    def _overordnede(self, enhet: str | None) -> list[Enhet]:
        out: list[Enhet] = []
        seen: set[str] = set()
        while enhet and enhet not in seen:
            seen.add(enhet)
            unit = self.hent(enhet, Enhet)
            if unit is None:
                break
            out.append(unit)
            enhet = unit.forelder
        return out

    def byradsavdeling(self, enhet: str | None) -> Enhet | None:
        """The nearest byrådsavdeling at or above a unit."""
        return next((e for e in self.overordnede(enhet) if e.type == "byradsavdeling"), None)

    def er_virksom(self, rolle: Rolle) -> bool:
        """True when the role is filled on the check date."""
        return self.dag.gyldig(rolle.fra, rolle.til)

    def roller_i(self, enhet: str, rolletype: str) -> list[Rolle]:
        """The roles of one type that are filled in exactly this unit on the check date."""
        return [r for r in self.viser_til(enhet, Rolle, "enhet", stikkord=rolletype) if self.er_virksom(r)]

    def rolle_oppover(self, enhet: str | None, rolletype: str) -> Rolle | None:
        """The nearest filled role of a type, in the unit or above it."""
        if not enhet:
            return None
        return self.husk(("rolle", enhet, rolletype), lambda: self._rolle_oppover(enhet, rolletype))

    def _rolle_oppover(self, enhet: str, rolletype: str) -> Rolle | None:
        for unit in self.overordnede(enhet):
            roller = self.roller_i(unit.id, rolletype)
            if roller:
                return roller[0]
        return None

    def funksjon(self, navn: str) -> str | None:
        """The unit that fills a function such as ``ansattservice`` or ``sdi``, from the settings."""
        return self.innstillinger.funksjoner.get(navn)

    def er_ansattservice(self, enhet: str | None) -> bool:
        """True when the unit is Ansattservice or lies below it."""
        return self.er_under(enhet, self.funksjon("ansattservice"))

    def er_under(self, enhet: str | None, over: str | None) -> bool:
        """True when `enhet` is `over` or lies below it in the unit tree."""
        if over is None:
            return False
        key = normaliser(over)
        return any(normaliser(e.id) == key for e in self.overordnede(enhet))

    # --- life cycle --------------------------------------------------------------------------------

    def i_bruk(self, post: System | Tjeneste) -> bool:
        """True in production and while being phased out."""
        return post.tilstand in I_BRUK

    def minst(self, post: System | Tjeneste, tilstand: str) -> bool:
        """True when the record has come at least as far as `tilstand`, and has not ended."""
        if post.tilstand is None or post.tilstand == "avviklet":
            return False
        return LIVSLOP.index(post.tilstand) >= LIVSLOP.index(tilstand)

    def etter_gjelder_fra(self, dato: date | None) -> bool:
        """True when an event happened on or after `gjelder_fra`; always when none is set."""
        fra = self.innstillinger.gjelder_fra
        return fra is None or (dato is not None and dato >= fra)

    # --- criticality and KIT -----------------------------------------------------------------------

    def klasser_for(self, post: Post) -> tuple[Klasse, ...]:
        """The criticality classes a record may be in: one when assessed, several when open.

        An agreement or supplier takes the highest it covers. Where something it covers is not assessed,
        every class from the highest known one upward is possible. Nothing covered: all classes.
        """
        alle = tuple(sorted(self.innstillinger.kritikalitetsklasser.values(), key=lambda k: k.rang))
        if isinstance(post, System | Tjeneste):
            kode = post.kritikalitet.klasse if post.kritikalitet else None
            klasse = self.innstillinger.kritikalitetsklasser.get(kode or "")
            return (klasse,) if klasse else alle
        covered = self.dekkes_av(post)
        if not covered:
            return alle
        known = [k for p in covered for k in [self.klasser_for(p)] if len(k) == 1]
        highest = max((k[0].rang for k in known), default=0)
        if len(known) == len(covered):
            return (max((k[0] for k in known), key=lambda k: k.rang),)
        return tuple(k for k in alle if k.rang >= highest)

    def dekkes_av(self, post: Post) -> list[System | Tjeneste]:
        """The systems and services that an agreement, or a supplier's agreements, cover.

        For a supplier also what names it as supplier or operator.
        """
        if isinstance(post, Avtale):
            return self._dekkes_av_avtale(post)
        out: dict[str, System | Tjeneste] = {}
        if isinstance(post, Leverandor):
            for avtale in self.avtaler_med(post):
                if self.er_i_kraft(avtale):
                    out.update({p.id: p for p in self._dekkes_av_avtale(avtale)})
            out.update({s.id: s for s in self.systemer_hos(post)})
        return list(out.values())

    def _dekkes_av_avtale(self, avtale: Avtale) -> list[System | Tjeneste]:
        """What an agreement names, else what the contract it is attached to names."""
        out: dict[str, System | Tjeneste] = {s.id: s for s in self.hent_alle(avtale.systemer, System)}
        out.update({t.id: t for t in self.hent_alle(avtale.tjenester, Tjeneste)})
        if not out and avtale.vedlegg_til:
            kontrakt = self.hent(avtale.vedlegg_til, Avtale)
            if kontrakt is not None and kontrakt.id != avtale.id and not kontrakt.vedlegg_til:
                return self._dekkes_av_avtale(kontrakt)
        return list(out.values())

    # --- suppliers and agreements ------------------------------------------------------------------

    def systemer_hos(self, leverandor: Leverandor) -> Treff[System]:
        """The systems that name a supplier as supplier or operator."""
        return self.viser_til(leverandor, System, "leverandor", "drift.leverandor")

    def avtaler_med(self, leverandor: Leverandor | str) -> Treff[Avtale]:
        """Every agreement with an external party."""
        return self.viser_til(leverandor, Avtale, "leverandor")

    def avtaler_for(self, post: Post) -> Treff[Avtale]:
        """Every agreement that says it covers a system, service, flow or project."""
        return self.viser_til(post, Avtale, "systemer", "tjenester", "integrasjoner", "prosjekter")

    def vedlegg_til(self, avtale: Avtale) -> Treff[Avtale]:
        """The agreements attached to a contract."""
        return self.viser_til(avtale, Avtale, "vedlegg_til")

    def siste_gyldige_dag(self, avtale: Avtale) -> date | None:
        """The last day of an agreement with the options taken up by the check date, None when open."""
        end = avtale.gyldig_til
        if end is None:
            return None
        for o in avtale.opsjoner:
            if o.utlost is not None and self.dag.nadd(o.utlost) and o.til is not None:
                end = max(end, o.til)
        return end

    def er_i_kraft(self, avtale: Avtale) -> bool:
        """True when an agreement is signed, has started and has not ended on the check date."""
        if avtale.tilstand not in {"signert", "i_kraft", "sagt_opp"} or avtale.signert is None:
            return False
        if not self.dag.nadd(avtale.signert):
            return False
        end = self.siste_gyldige_dag(avtale)
        return self.dag.gyldig(avtale.gyldig_fra, end)

    def er_kontrakt(self, avtale: Avtale) -> bool:
        """True for an agreement with an external party that is more than a processing agreement."""
        if avtale.leverandor is None:
            return False
        return not avtale.kategorier or any(k != "databehandleravtale" for k in avtale.kategorier)

    def kontrakter_for(self, post: System | Tjeneste) -> Treff[Avtale]:
        """The contracts with an external party that cover a record: those in force, else those ever signed."""
        alle = self.avtaler_for(post)
        kontrakter = [a for a in alle if self.er_kontrakt(a) and a.tilstand != "utkast"]
        return Treff([a for a in kontrakter if self.er_i_kraft(a)] or kontrakter, alle.uleselig)

    def er_anskaffet(self, post: System | Tjeneste) -> bool:
        """True when it says so, is delivered or run by a supplier, or has a contract (2.2 and 8.3)."""
        if post.anskaffet or post.leverandor:
            return True
        drift = post.drift if isinstance(post, System) else None
        if drift is not None and (drift.leverandor or drift.form in {"leverandor", "sky"}):
            return True
        return bool(self.kontrakter_for(post))

    def tjenestebilag_for(self, post: System | Tjeneste) -> list[Avtale]:
        """The tjenestebilag that cover a system or service."""
        return [a for a in self.avtaler_for(post) if "tjenestebilag" in a.kategorier]

    # --- risk, data, privacy -----------------------------------------------------------------------

    def ros_for(self, post: Post) -> Treff[Ros]:
        """Every ROS that says it covers a record."""
        return self.viser_til(post, Ros, "gjelder")

    def besluttede_ros_for(self, post: Post) -> list[Ros]:
        """The decided and not replaced ROS that cover a record, newest decision first."""
        decided = [
            r for r in self.ros_for(post) if r.tilstand == "besluttet" and r.besluttet and r.besluttet.dato
        ]
        return sorted(decided, key=lambda r: (_besluttet(r), r.id), reverse=True)

    def datasett_i(self, system: System) -> Treff[Datasett]:
        """The datasets a system holds."""
        return self.viser_til(system, Datasett, "system")

    def integrasjoner_for(self, system: System) -> Treff[Integrasjon]:
        """The flows that start or end in a system."""
        return self.viser_til(system, Integrasjon, "fra.system", "til.system")

    def behandlinger_i(self, post: System | Tjeneste | Integrasjon) -> Treff[Behandling]:
        """The processing activities that take place in a system, service or flow."""
        return self.viser_til(post, Behandling, "systemer", "tjenester", "integrasjoner")

    def dpia_for(self, behandling: Behandling) -> Treff[Dpia]:
        """The threshold assessments and DPIAs of a processing activity."""
        return self.viser_til(behandling, Dpia, "behandlinger")

    def sier_personopplysninger(self, post: System | Tjeneste) -> list[Post]:
        """Other records that say that a system or service handles personal data (domain.md, section 2).

        Its datasets, its flows and the processing activities in it, those that have ended left out.
        """
        out: list[Post] = []
        if isinstance(post, System):
            out += [d for d in self.datasett_i(post) if d.personopplysninger]
            out += [
                f for f in self.integrasjoner_for(post) if f.personopplysninger and f.tilstand != "avsluttet"
            ]
        out += [b for b in self.behandlinger_i(post) if b.tilstand != "avsluttet"]
        return out

    # --- projects, changes, handovers --------------------------------------------------------------

    def prosjekter_for(self, post: System | Tjeneste) -> list[Prosjekt]:
        """The projects a system or service names as its own."""
        return self.hent_alle(post.prosjekter, Prosjekt)

    def beslutningspunkt(self, prosjekt: Prosjekt, punkt: str) -> Beslutningspunkt | None:
        """A decision point as the project records it, decided or planned."""
        return next((b for b in prosjekt.beslutningspunkter if b.punkt == punkt), None)

    def lignende_systemer(self, tekst: str, *utenom: str) -> list[tuple[System, tuple[str, ...]]]:
        """At most three systems in use that say most of the same words as `tekst`, and those words (9.2)."""
        ordliste = self.husk(("ordliste",), self._ordliste_for_systemer)
        likest = ordliste.likest(tekst, utenom, 3)
        return [(s, felles) for ident, felles in likest for s in self.hent_alle([ident], System)]

    def _ordliste_for_systemer(self) -> Ordliste:
        return Ordliste(self.omtaler(System))

    def tjenester_med(self, system: System) -> Treff[Tjeneste]:
        """The services that use a system."""
        return self.viser_til(system, Tjeneste, "systemer")

    def endringer_av(self, post: Post) -> Treff[Endring]:
        """The declared changes of a record."""
        return self.viser_til(post, Endring, "gjelder")

    def overleveringer_av(self, post: Post) -> Treff[Overlevering]:
        """The handovers of a record."""
        return self.viser_til(post, Overlevering, "gjelder")


def _besluttet(ros: Ros) -> date:
    return (ros.besluttet.dato if ros.besluttet else None) or date.min

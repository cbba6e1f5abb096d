"""Where an enquiry about a service or system goes, by the management model (domain.md, section 5, and 1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forvaltning.engine.rute_typer import Hvem, Rute, Steg
from forvaltning.engine.sjekkliste.grunnlag import sted
from forvaltning.engine.sjekkliste.typer import Mangel
from forvaltning.krav.omrade1.k1_5_henvendelser import ANSATTGRUPPER, INNBYGGERSERVICE, SERVICESENTERET
from forvaltning.model.enhet import Enhet
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

FUNKSJONSNAVN = {
    INNBYGGERSERVICE: "Innbyggerservice",
    SERVICESENTERET: "Servicesenteret",
    "ansattservice": "Ansattservice",
    "sdi": "SDI",
    "webgruppen": "WeB-gruppen",
}
"""What a function is called when no unit fills it."""


def rute(register: Register, post: System | Tjeneste) -> Rute:
    """The way of an enquiry about a service or system."""
    register.nullstill()
    r = _Ruter(register, post)
    steps = tuple(r.steg())
    return Rute(post.key, post.navn, steps, tuple(sorted(register.sett_uleselig)))


class _Ruter:
    def __init__(self, register: Register, post: System | Tjeneste) -> None:
        self.register = register
        self.post = post
        self.enhet = register.enhet_for(post)
        self.systemer = register.hent_alle(post.systemer, System) if isinstance(post, Tjeneste) else [post]

    def steg(self) -> Iterator[Steg]:
        """Every step, in order."""
        yield self._forst()
        yield self._videre()
        yield self._utvikling()
        if (external := self._leverandor()) is not None:
            yield external
        yield self._kritisk()
        yield self._ferdig()
        yield self._prosjekt()

    # --- the steps ---------------------------------------------------------------------------------

    def _forst(self) -> Steg:
        said = self.post.henvendelser.forstekontakt if self.post.henvendelser else None
        kode = said or self._vanlig()
        missing: list[Mangel] = []
        if said is None and isinstance(self.post, System):
            missing.append(
                Mangel(
                    "Systemet sier ikke hvem som er førstekontakt.",
                    "Skriv «henvendelser.forstekontakt».",
                    sted(self.post, ("henvendelser", "forstekontakt")),
                )
            )
        process, lack = self._prosess()
        missing += lack
        where = (
            "Innbyggere, næringsliv og organisasjoner melder fra til Innbyggerservice."
            if kode == INNBYGGERSERVICE
            else "Ansatte melder fra til Servicesenteret i Ansattservice."
            if kode == SERVICESENTERET
            else "Det er ikke kjent om brukerne er innbyggere eller ansatte. Er du i tvil, gå til Innbyggerservice "
            "for innbyggere og næringsliv, og til Ansattservice for ansatte."
        )
        text = (
            f"{where} Spørsmål og brukerstøtte løses med en gang der, og den som spurte, får svar. Kommer saken inn "
            "et annet sted, sendes den til digitaliseringskoordinatoren; er du i tvil, til førstekontakten."
        )
        who = (self._funksjon(kode),) if kode else ()
        return Steg("forstekontakt", "Først", text, who, process, tuple(missing))

    def _videre(self) -> Steg:
        who = [self._rolle("digitaliseringskoordinator")]
        if isinstance(self.post, Tjeneste):
            who.append(self._navngitt("tjenesteansvarlig", self.post.tjenesteansvarlig))
        else:
            who.append(self._navngitt("systemkoordinator", self.post.systemkoordinator))
        missing = tuple(
            Mangel(f"{h.navn}: ingen har rollen.", "Opprett rollen, eller skriv den i posten.")
            for h in who
            if not h.fylt
        )
        text = (
            "Det førstekontakten ikke kan løse, går til avdelingen. Mindre saker, feil i tekster og faglige spørsmål "
            "løses her, og den som spurte, får vite det."
        )
        return Steg("avdelingen", "Så", text, tuple(who), None, missing)

    def _utvikling(self) -> Steg:
        sdi = self._sdi_har_systemansvar()
        who = [self._funksjon("ansattservice")]
        if sdi:
            who.append(self._funksjon("webgruppen"))
        owners = [self._navngitt("systemeier", s.systemeier) for s in self.systemer]
        who += [h for h in dict.fromkeys(owners) if h.post is not None]
        text = "Feilretting og videreutvikling går til Ansattservice gjennom BkService, og den som spurte, får vite det. "
        if sdi:
            text += "SDI har systemansvaret, så WeB-gruppen mottar saken, sikrer kvaliteten og godkjenner bestillingen. "
        text += (
            "Så kommer estimat, prioriteringsmøte hver tredje uke, utvikling, enhetstest og kvalitetssjekk."
        )
        missing = tuple(
            Mangel(
                f"«{s.navn}» har ingen systemeier som kan leses.",
                "Skriv rollen i «systemeier».",
                sted(s, ("systemeier",)),
            )
            for s in self.systemer
            if self.register.hent(s.systemeier, Rolle) is None
        )
        return Steg("utvikling", "Når noe må utvikles eller rettes", text, tuple(who), None, missing)

    def _leverandor(self) -> Steg | None:
        ids = [s.drift.leverandor for s in self.systemer if s.drift and s.drift.leverandor]
        ids += [s.leverandor for s in self.systemer if s.leverandor]
        if isinstance(self.post, Tjeneste) and self.post.leverandor:
            ids.append(self.post.leverandor)
        if not ids:
            return None
        who: list[Hvem] = []
        missing: list[Mangel] = []
        for ident in dict.fromkeys(ids):
            found = self.register.hent(ident, Leverandor)
            if found is None:
                missing.append(Mangel(f"Leverandøren «{ident}» finnes ikke.", "Registrer leverandøren."))
            else:
                who.append(Hvem(found.navn, found.key))
        text = (
            "Ansattservice sender saken videre til leverandøren når feilen ligger der. Leverandøren følger egne rutiner, "
            "men kommunens krav gjelder."
        )
        return Steg("leverandor", "Når leverandøren må gjøre det", text, tuple(who), None, tuple(missing))

    def _kritisk(self) -> Steg:
        return Steg(
            "kritisk",
            "Når feilen er kritisk",
            "Rettingen settes i gang uten estimat og prioritering. Dokumentasjon, informasjonssikkerhet, enhetstest og "
            "kvalitetssjekk gjelder som ellers.",
        )

    def _ferdig(self) -> Steg:
        return Steg(
            "ferdig",
            "Når løsningen er klar",
            "Avdelingen tester og godkjenner. Ved større endringer brukes sjekklisten for overlevering: "
            f"«forvaltning handover {self.post.id}». Så får den som meldte saken, svar. Henvendelsen og svaret arkiveres eller "
            "journalføres.",
            (self._rolle("digitaliseringskoordinator"),),
        )

    def _prosjekt(self) -> Steg:
        forum = self.register.innstillinger.fora.get("digitaliseringsrad")
        council = (Hvem(forum.navn, None, forum.kontakt),) if forum is not None else ()
        return Steg(
            "prosjekt",
            "Når saken er stor",
            "Et større tiltak, og alt som må anskaffes, blir et prosjekt. Digitaliseringskoordinatoren melder det til "
            "Digitaliseringsplanen med en prosjektbegrunnelse i BkProsjekt. Porteføljekontoret vurderer, og "
            "Digitaliseringsrådet gir sin anbefaling ved BP2 og BP3.",
            (self._rolle("digitaliseringskoordinator"), *council),
        )

    # --- who ---------------------------------------------------------------------------------------

    def _vanlig(self) -> str | None:
        """The first contact that fits those who use it, when the record does not say."""
        if isinstance(self.post, Tjeneste):
            if self.post.type is None:
                return None
            return INNBYGGERSERVICE if self.post.type == "innbyggertjeneste" else SERVICESENTERET
        kinds = {t.type for t in self.register.tjenester_med(self.post)}
        groups: Iterable[str] = self.post.brukere
        if "innbyggertjeneste" in kinds or any(b not in ANSATTGRUPPER for b in groups):
            return INNBYGGERSERVICE
        return SERVICESENTERET if kinds - {None} or self.post.brukere else None

    def _prosess(self) -> tuple[str | None, list[Mangel]]:
        """The service process in BkService that the case follows, or that it is missing."""
        post = self.post
        if post.henvendelser is not None and post.henvendelser.bkservice:
            return post.henvendelser.bkservice, []
        if isinstance(post, Tjeneste):
            if post.serviceprosess:
                return post.serviceprosess, []
            inherited = [
                s.henvendelser.bkservice for s in self.systemer if s.henvendelser and s.henvendelser.bkservice
            ]
            if inherited:
                return inherited[0], []
            felt = ("serviceprosess",)
        else:
            if post.serviceprosess is not None and post.serviceprosess.bkservice:
                return post.serviceprosess.bkservice, []
            felt = ("henvendelser",)
        lack = Mangel("Ruten i BkService er ikke oppgitt.", "Skriv serviceprosessen.", sted(post, felt))
        return None, [lack]

    def _sdi_har_systemansvar(self) -> bool:
        sdi = self.register.funksjon("sdi")
        owners = [self.register.hent(s.systemeier, Rolle) for s in self.systemer]
        return any(r is not None and self.register.er_under(r.enhet, sdi) for r in owners) or any(
            self.register.er_under(s.enhet, sdi) for s in self.systemer
        )

    def _funksjon(self, kode: str) -> Hvem:
        unit = self.register.hent(self.register.funksjon(kode), Enhet)
        if unit is None:
            return Hvem(FUNKSJONSNAVN.get(kode, kode), fylt=False)
        return Hvem(unit.navn, unit.key, unit.kontakt)

    def _rolle(self, kode: str) -> Hvem:
        """The nearest role of a type, in the record's unit or above it."""
        found = self.register.rolle_oppover(self.enhet, kode)
        return self._som(kode, found)

    def _navngitt(self, kode: str, ident: str | None) -> Hvem:
        found = self.register.hent(ident, Rolle)
        return self._som(kode, found if found is not None and self.register.er_virksom(found) else None)

    def _som(self, kode: str, rolle: Rolle | None) -> Hvem:
        title = self.register.innstillinger.rolletyper.get(kode, kode)
        if rolle is None:
            return Hvem(title, fylt=False)
        unit = self.register.hent(rolle.enhet, Enhet)
        name = f"{title}, {unit.navn}" if unit is not None else title
        return Hvem(name, rolle.key, rolle.kontakt)


__all__ = ["Hvem", "Rute", "Steg", "rute"]

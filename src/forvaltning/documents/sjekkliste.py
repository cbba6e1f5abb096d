"""A filled-in checklist in words: each line, before anybody has decided how it looks (`sjekkliste_ark`)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, dato, og
from forvaltning.documents.sjekkliste_ark import FELTER, RAD, Ark, Bit, Finn, Gruppe, Linje, Rad, k, t
from forvaltning.engine.sjekkliste.typer import (
    Art,
    Mangel,
    Mottakerstand,
    Portstand,
    Punkt,
    Punkttilstand,
    Sjekkliste,
)
from forvaltning.findings import Responsible

MAKS_MANGLER = 12
"""Things missing that one item lists; the rest are counted."""
MAKS_BEVIS = 3


class Ordlegger:
    """Words for one checklist. `finn`: where a place stands."""

    def __init__(self, s: Sjekkliste, g: Grunnlag, finn: Finn) -> None:
        self.s = s
        self.g = g
        self.finn = finn

    def ark(self, forbehold: tuple[str, ...], om: str) -> Ark:
        """The whole sheet. `forbehold`: what the reader must know first. `om`: registry, commit and check date."""
        s = self.s
        title = f"{s.tittel}: {s.postnavn}" if s.postnavn else s.tittel
        return Ark(
            navn=s.navn,
            tittel=title,
            hjelp=s.hjelp,
            forbehold=(*forbehold, *s.merknader),
            topp=tuple(self._topp()),
            fremdrift=tuple(self._fremdrift(p) for p in s.porter),
            grupper=tuple(self._gruppe(p) for p in s.porter),
            signering=tuple(self._signatur(m) for m in s.mottakere),
            om=om,
        )

    # --- top ---------------------------------------------------------------------------------------

    def _topp(self) -> Iterator[Linje]:
        s = self.s
        if s.post is not None:
            yield (t(f"Gjelder: {s.postnavn} "), k(s.post))
        if s.type is None:
            return
        yield (t(f"Slag: {self.g.kode('overleveringstype', s.type)}"),)
        if s.overlevering is None:
            start = f"forvaltning handover start {(s.post or '').rpartition('/')[2]} --type {s.type}"
            yield (t("Overleveringen er ikke startet. Dette er slik listen blir. Start den med "), k(start))
        else:
            yield (t("Overlevering: "), k(s.overlevering))
        if s.opphav:
            yield (t(f"Kommer fra: {self.g.navn(s.opphav)} "), k(s.opphav))
        avgiver = (t(f"{self.g.rollenavn(s.avgiver)} "), k(s.avgiver)) if s.avgiver else (t("ikke oppgitt"),)
        yield (t("Fra: "), *avgiver)
        yield (t(f"Til: {og([_mottakernavn(m) for m in s.mottakere])}"),)
        if s.startet is not None:
            yield (t(f"Startet: {dato(s.startet)}"),)
        what = "Tatt ut av bruk" if s.type == "avvikling" else "Produksjon"
        yield (t(f"{what}: {dato(s.produksjon) if s.produksjon else 'ikke satt'}"),)
        if s.fullfort:
            yield (t("Overleveringen er fullført: alle portene er lukket, og begge mottakerne har signert."),)

    def _fremdrift(self, p: Portstand) -> Linje:
        if not p.antall and not p.ikke_aktuelle:
            return (t(f"{p.tittel}: ingenting."),)
        if self.s.navn == "rolleskifte":
            return (t(f"{p.tittel}: {p.antall}"),)
        text = f"{p.tittel}: {p.utfort} av {p.antall} er gjort"
        if p.ikke_aktuelle:
            text += f", {p.ikke_aktuelle} er ikke {'aktuelt' if p.ikke_aktuelle == 1 else 'aktuelle'}"
        if not p.blokkerer:
            return (t(f"{text}."),)
        word = "Dette stenger for porten: " if p.port and p.lukket is None else "Dette står åpent: "
        ids: list[Bit] = []
        for i, ident in enumerate(p.blokkerer):
            ids += [t(", "), k(ident)] if i else [k(ident)]
        return (t(f"{text}. {word}"), *ids)

    # --- items -------------------------------------------------------------------------------------

    def _gruppe(self, p: Portstand) -> Gruppe:
        items = self.s.i_gruppe(p.id)
        return Gruppe(
            p.tittel,
            p.hjelp,
            tuple(self._stand(p)),
            tuple(self._rad(i) for i in items if not _er_krav(i)),
            tuple(self._rad(i) for i in items if _er_krav(i)),
        )

    def _stand(self, p: Portstand) -> Iterator[Linje]:
        if not p.port:
            if not p.antall and not p.ikke_aktuelle:
                yield (t("Ingenting."),)
            return
        if p.lukket is not None:
            by: Linje = (t(" av "), k(p.av)) if p.av else ()
            yield (t(f"Porten ble lukket {dato(p.lukket)}"), *by, t("."))
            return
        if p.frist is not None:
            passed = p.frist < self.g.dato
            yield (t(f"Porten er åpen. Fristen {'var' if passed else 'er'} {dato(p.frist)}."),)
        else:
            yield (t("Porten er åpen."),)

    def _rad(self, p: Punkt) -> Rad:
        ticked = None if p.tilstand is Punkttilstand.IKKE_AKTUELT else p.tilstand is Punkttilstand.UTFORT
        title = f"Krav {p.krav}: {p.tittel}" if _er_krav(p) else p.tittel
        return Rad(ticked, title, p.id, tuple(self._detaljer(p)))

    def _detaljer(self, p: Punkt) -> Iterator[Linje]:
        if p.tilstand is Punkttilstand.UTFORT:
            yield from self._utfort(p)
        elif p.tilstand is Punkttilstand.IKKE_AKTUELT:
            yield (t(f"Ikke aktuelt: {_punktum(p.grunn or '')}"),)
            if p.av and p.dato is not None:
                yield (t(f"Bestemt {dato(p.dato)} av "), k(p.av))
        else:
            yield from self._apent(p)
        if p.notat:
            yield (t(f"Notat: {p.notat}"),)

    def _utfort(self, p: Punkt) -> Iterator[Linje]:
        if p.art is Art.MANUELL:
            by: Linje = (t(" av "), k(p.av)) if p.av else ()
            yield (t(f"Utført {dato(p.dato) if p.dato else ''}".rstrip()), *by, t(f", {p.styrke}."))
            if p.dokumentasjon:
                yield (t(f"Dokumentasjon: {p.dokumentasjon}"),)
            return
        if p.avvik is not None:
            until = f" Avviket gjelder til {dato(p.frist)}." if p.frist else ""
            yield (t("Dekket av avviket "), k(p.avvik), t(f".{until}"))
            return
        when = f" {dato(p.dato)}" if p.dato else ""
        until = f" Gjelder til {dato(p.frist)}." if p.frist else ""
        yield (t(f"I orden, {p.styrke}{when}.{until}"),)
        shown = list(dict.fromkeys((b.place.post, b.felt, b.referanse, b.dato) for b in p.bevis))
        for post, felt, ref, day in shown[:MAKS_BEVIS]:
            words = ", ".join(x for x in (ref or "", dato(day) if day else "") if x)
            where: Linje = (k(post), t(" "), k(felt)) if felt else (k(post),)
            yield (t("Bevis: "), *where, t(f": {words}" if words else ""))
        if len(shown) > MAKS_BEVIS:
            yield (t(f"Og {antall(len(shown) - MAKS_BEVIS, 'bevis', 'bevis')} til."),)

    def _apent(self, p: Punkt) -> Iterator[Linje]:
        if p.hjelp:
            yield (t(p.hjelp),)
        if p.tilstand is Punkttilstand.IKKE_AVGJORT:
            yield (t(f"Kan ikke avgjøres: {_punktum(p.grunn or 'grunnen er ikke kjent')}"),)
        elif p.grunn:
            yield (t(_punktum(p.grunn)),)
        # where there is no record to tick in, that an item is not answered is all there is to say
        told = p.art is Art.MANUELL and self.s.overlevering is None
        for m in () if told else p.mangler[:MAKS_MANGLER]:
            yield self._mangel(m)
        if len(p.mangler) > MAKS_MANGLER:
            yield (t(f"Og {len(p.mangler) - MAKS_MANGLER} til. «forvaltning check» viser alle."),)
        if p.frist is not None and p.frist >= self.g.dato:
            yield (t(f"Frist: {dato(p.frist)}"),)
        if p.ansvarlig:
            yield (t(f"Svarer: {'; '.join(self._hvem(r) for r in p.ansvarlig)}"),)
        if p.kan_fravelges and p.art is Art.AVLEDET:
            yield (t(RAD),)

    def _mangel(self, m: Mangel) -> Linje:
        text = f"Mangler: {m.melding} {m.tiltak}".rstrip()
        if m.sted is None or not (m.sted.post or m.sted.felt):
            return (t(text),)
        if not m.sted.post:
            inside = "" if m.sted.felt.endswith("/") else "overleveringen, felt "
            return (t(f"{text} Skrives i {inside}"), k(m.sted.felt))
        field: Linje = (t(", felt "), k(m.sted.felt)) if m.sted.felt else ()
        return (t(f"{text} Skrives i "), k(self.finn(m.sted)), *field)

    def _hvem(self, r: Responsible) -> str:
        """Who answers; an empty form is for anyone, so it names the role alone."""
        ledig = r.post is None and r.enhet is None and r.rolle in self.g.register.innstillinger.rolletyper
        if ledig and self.s.post is not None:
            return f"{self.g.rolletittel(r.rolle)} (ingen er ført opp)"
        return self.g.hvem(r)

    # --- signatures --------------------------------------------------------------------------------

    def _signatur(self, m: Mottakerstand) -> Linje:
        if m.enhet is None:
            who = m.navn or ("Ansattservice" if m.plass == "ansattservice" else "Avdelingen eller enheten")
            return (t(f"{who}: ikke ført opp som mottaker. Dato og rolle:"),)
        if m.signert is not None and not m.mangler:
            by: Linje = (t(" av "), k(m.av)) if m.av else ()
            return (t(f"{m.navn}: signert {dato(m.signert)}"), *by)
        wrong = " ".join(x.melding for x in m.mangler)
        return (t(f"{m.navn}: {wrong[:1].lower() + wrong[1:]} Dato og rolle:"),)


def _er_krav(p: Punkt) -> bool:
    return p.id.startswith("krav-")


def _punktum(tekst: str) -> str:
    return tekst if tekst.endswith((".", "!", "?")) else f"{tekst}."


def _mottakernavn(m: Mottakerstand) -> str:
    if m.enhet is None:
        return f"{m.navn} (ikke ført opp)" if m.navn else "en mottaker som ikke er ført opp"
    return m.navn


__all__ = ["FELTER", "Ark", "Gruppe", "Linje", "Ordlegger", "Rad", "k", "t"]

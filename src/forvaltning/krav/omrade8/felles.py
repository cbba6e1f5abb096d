"""What the requirements of area 8 share: whether anyone meets the solution on a screen, and the checklist."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import fritak, i_fortiden
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.typer import Kontekst
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

SELVBETJENT = frozenset({"delvis", "full"})


def _sier_imot(post: System | Tjeneste) -> list[str]:
    """What in the record says that somebody meets the solution on a screen after all."""
    out: list[str] = []
    if post.nett is not None and post.nett.nettlosning:
        out.append("den er en nettløsning")
    if post.nett is not None and post.nett.flater:
        out.append(f"den har flaten «{post.nett.flater[0].id}»")
    if isinstance(post, Tjeneste) and post.selvbetjening in SELVBETJENT:
        out.append("brukerne betjener seg selv")
    return out


def bare_fritak(post: System | Tjeneste) -> bool:
    """True when the record opts out and nothing in it says otherwise: then only the opt-out is judged."""
    return post.nett is not None and post.nett.ikke_aktuelt is not None and not _sier_imot(post)


def uten_skjerm(post: System | Tjeneste, ctx: Kontekst) -> str | None:
    """The reason why nobody meets the solution on a screen, when it is said whole and not contradicted."""
    if post.nett is None or post.nett.ikke_aktuelt is None or skjermfeil(post, ctx):
        return None
    return f"Ingen møter løsningen på skjerm: {post.nett.ikke_aktuelt.grunn}"


def skjermfeil(post: System | Tjeneste, ctx: Kontekst) -> list[Observasjon]:
    """What is wrong with `nett.ikke_aktuelt`: a part missing, or something else in the record against it."""
    if post.nett is None or post.nett.ikke_aktuelt is None:
        return []
    path = ("nett", "ikke_aktuelt")
    valg = fritak(ctx, post, path, post.nett.ikke_aktuelt, hva="At noen møter løsningen på skjerm,")
    feil: list[Observasjon] = [o for o in valg if not isinstance(o, Bevis | Utloper)]
    sier_imot = _sier_imot(post)
    if sier_imot:
        feil.append(
            Feil(
                path,
                "fritak-sier-imot",
                f"Posten sier at ingen møter løsningen på skjerm, men også at {' og at '.join(sier_imot)}.",
                "Ta bort «nett.ikke_aktuelt», eller rett det som ikke stemmer.",
            )
        )
    return feil


def sjekkliste(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """The usability checklist is gone through, fulfilled, documented and dated (8.1 and 8.3)."""
    path: FieldPath = ("nett", "brukskvalitet")
    liste = post.nett.brukskvalitet if post.nett else None
    if liste is None:
        yield Mangler(
            path,
            "sjekkliste-mangler",
            "Sjekklisten for brukskvalitet er ikke gjennomgått.",
            "Gå gjennom sjekklisten, og før opp dato, resultat og hvor den ligger, i «nett.brukskvalitet».",
        )
        return
    if liste.oppfylt is None:
        yield Mangler(
            (*path, "oppfylt"),
            "sjekkliste-resultat",
            "Det står ikke om sjekklisten for brukskvalitet er tilfredsstilt.",
            "Skriv ja eller nei i «nett.brukskvalitet.oppfylt».",
        )
    elif not liste.oppfylt:
        yield Feil(
            (*path, "oppfylt"),
            "sjekkliste-ikke-oppfylt",
            "Sjekklisten for brukskvalitet er ikke tilfredsstilt.",
            "Rett det sjekklisten viste, gå gjennom den på nytt, og skriv ny dato og ja i «nett.brukskvalitet».",
        )
    if liste.dato is None:
        yield Mangler(
            (*path, "dato"),
            "sjekkliste-dato",
            "Sjekklisten for brukskvalitet mangler dato.",
            "Skriv dagen den ble gjennomgått, i «nett.brukskvalitet.dato».",
        )
    yield from i_fortiden(
        ctx, (*path, "dato"), liste.dato, hva="Sjekklisten for brukskvalitet", vilkar="sjekkliste"
    )
    if not liste.referanse:
        yield Mangler(
            (*path, "referanse"),
            "sjekkliste-referanse",
            "Det står ikke hvor den utfylte sjekklisten for brukskvalitet ligger.",
            "Skriv arkivsak, adresse eller filnavn i «nett.brukskvalitet.referanse».",
        )
    if liste.av:
        yield from krev_rolle(
            ctx,
            post,
            (*path, "av"),
            liste.av,
            hva="rolle som gikk gjennom sjekklisten",
            dato=liste.dato,
            vilkar="sjekkliste",
        )
    if liste.referanse and liste.dato is not None:
        yield Bevis((*path, "referanse"), Strength.DOKUMENTERT, liste.dato, liste.referanse)

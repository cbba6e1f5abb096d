"""The named questions of taking something out of service."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, Svar, bevis, sted
from forvaltning.engine.sjekkliste.svar import apent, ukjent, utfort
from forvaltning.engine.sjekkliste.typer import Mangel, Punkttilstand
from forvaltning.findings import Strength
from forvaltning.model.base import I_BRUK, Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Treff
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


def _ingen(treff: Treff[Post], mangler: list[Mangel], post: Post) -> Svar:
    """Done when nothing is left, unless an unreadable file may hold some."""
    if mangler:
        return Svar(Punkttilstand.APENT, mangler=tuple(mangler), hvor=mangler[0].sted)
    if treff.uleselig is not None:
        return ukjent(treff.uleselig)
    return utfort(bevis(post, (), Strength.MASKINELL))


def ingen_er_avhengig(g: Grunnlag, post: Post) -> Svar:
    """No service in use names the system; no live flow names the service's or flow's end as its own."""
    treff: Treff[Tjeneste] = g.register.tjenester_med(post) if isinstance(post, System) else Treff(())
    mangler = [
        Mangel(
            f"Tjenesten «{t.navn}» er i bruk og bruker systemet.",
            "Flytt tjenesten til et annet system, eller avvikle den.",
            sted(t, ("systemer",)),
        )
        for t in treff
        if t.tilstand is None or t.tilstand in I_BRUK
    ]
    return _ingen(Treff(treff, treff.uleselig), mangler, post)


def bevaring_besluttet(g: Grunnlag, post: Post) -> Svar:
    """It is decided what is preserved and what is deleted, and by what rule."""
    if not isinstance(post, System):
        return Svar(Punkttilstand.IKKE_AKTUELT, grunn="Punktet gjelder systemer.")
    arkiv = post.arkiv
    if arkiv is None or arkiv.bevaring in {None, "ikke_besluttet"}:
        return apent(
            "Det er ikke besluttet om materialet skal bevares eller kasseres.",
            "Skriv bevares eller kasseres i «arkiv.bevaring».",
            sted(post, ("arkiv", "bevaring")),
        )
    if not arkiv.oppbevaring:
        return apent(
            "Regelen for oppbevaring og sletting mangler.",
            "Skriv regelen i «arkiv.oppbevaring».",
            sted(post, ("arkiv", "oppbevaring")),
        )
    return utfort(bevis(post, ("arkiv", "bevaring"), Strength.MASKINELL))


def avtaler_avsluttet(g: Grunnlag, post: Post) -> Svar:
    """No agreement that covers just this is in force."""
    treff = g.register.avtaler_for(post)
    mangler = [
        Mangel(
            f"Avtalen «{a.navn}» gjelder bare dette, og er i kraft.",
            "Si opp avtalen, og skriv tilstanden og siste dag.",
            sted(a, ("tilstand",)),
        )
        for a in treff
        if len({*a.systemer, *a.tjenester, *a.integrasjoner}) == 1 and g.register.er_i_kraft(a)
    ]
    return _ingen(Treff(treff, treff.uleselig), mangler, post)


def flyter_stanset(g: Grunnlag, post: Post) -> Svar:
    """No flow to or from it is planned or active."""
    if isinstance(post, System):
        treff = g.register.integrasjoner_for(post)
    else:
        treff = Treff((post,) if isinstance(post, Integrasjon) else ())
    mangler = [
        Mangel(
            f"Dataflyten «{f.navn}» er ikke avsluttet.",
            "Stans flyten, og skriv «tilstand: avsluttet» og dagen i «avsluttet».",
            sted(f, ("tilstand",)),
        )
        for f in treff
        if f.tilstand != "avsluttet"
    ]
    return _ingen(Treff(treff, treff.uleselig), mangler, post)


def behandlinger_avsluttet(g: Grunnlag, post: Post) -> Svar:
    """No live processing activity says that it takes place there."""
    treff = g.register.viser_til(post, Behandling, "systemer", "tjenester", "integrasjoner")
    mangler = [
        Mangel(
            f"Behandlingen «{b.navn}» sier fortsatt at den skjer her.",
            "Avslutt behandlingen, eller ta bort henvisningen.",
            sted(b, ("tilstand",)),
        )
        for b in treff
        if b.tilstand != "avsluttet"
    ]
    return _ingen(Treff(treff, treff.uleselig), mangler, post)


def markert_avviklet(g: Grunnlag, post: Post) -> Svar:
    """The record says that it has ended, and when."""
    ferdig, felt = ("avsluttet", "avsluttet") if isinstance(post, Integrasjon) else ("avviklet", "avviklet")
    if getattr(post, "tilstand", None) != ferdig:
        return apent(
            f"Tilstanden er ikke «{ferdig}».", f"Skriv «tilstand: {ferdig}».", sted(post, ("tilstand",))
        )
    dag = getattr(post, felt, None)
    if dag is None or dag > g.dato:
        return apent(
            "Dagen det tok slutt, mangler eller er ikke kommet.",
            f"Skriv dagen i «{felt}».",
            sted(post, (felt,)),
        )
    return utfort(bevis(post, (felt,), Strength.MASKINELL, dag))


AVVIKLING: Mapping[str, Callable[[Grunnlag, Post], Svar]] = {
    "avtaler_avsluttet": avtaler_avsluttet,
    "behandlinger_avsluttet": behandlinger_avsluttet,
    "bevaring_besluttet": bevaring_besluttet,
    "flyter_stanset": flyter_stanset,
    "ingen_er_avhengig": ingen_er_avhengig,
    "markert_avviklet": markert_avviklet,
}

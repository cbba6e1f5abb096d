"""Rules about change itself: what may not happen between two states of a registry, whatever the requirements say.

Each has a name (`endring.…`) and yields problems. Pure: the older register, the newer one, and renames.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from forvaltning.engine.endring_beslutning import besluttet
from forvaltning.engine.endring_livslop import livslop
from forvaltning.engine.endring_rolle import rolleskifte
from forvaltning.engine.endringsproblem import endringsproblem
from forvaltning.findings import Problem
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Avvik, Overlevering
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.register import Register
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser

SLUTT = {
    "systemer": "avviklet",
    "tjenester": "avviklet",
    "integrasjoner": "avsluttet",
    "behandlinger": "avsluttet",
    "avtaler": "utlopt eller sagt_opp",
    "ros": "erstattet",
    "dpia": "erstattet",
    "avvik": "lukket",
    "prosjekter": "avsluttet eller stanset",
}
"""The end state of each kind: where a record goes instead of being deleted."""


def endringsproblemer(
    gammel: Register, ny: Register, navn: Mapping[str, str], nokler: Collection[str] | None = None
) -> Iterator[Problem]:
    """Every breach of the rules about change. `navn`: old id → new id (normalised key) of renamed records.

    `nokler`: the records (``kind/id``, of either state) whose files differ; None looks at all.
    """
    unread = {u.fil for u in gammel.uleselige()}
    for o in gammel.oppforinger():
        if nokler is not None and o.key not in nokler:
            continue
        now = ny.oppforing(navn.get(normaliser(o.id), o.id))
        if now is not None and now.kind != o.kind and now.fil in unread:
            # Two shared the id, and only one of them was read. The other was there too: that it stays is the repair.
            yield from _slettet(o.post, None)
            continue
        if now is None or now.kind != o.kind:
            if not any(normaliser(u.id) == normaliser(o.id) for u in ny.uleselige()):
                yield from _slettet(o.post, ny)
            if now is not None:
                yield endringsproblem(
                    now.post,
                    "endring.id_gjenbrukt",
                    (),
                    f"Id-en «{o.id}» var {o.post.tittel_entall} og er nå {now.post.tittel_entall}. En id brukes aldri om igjen.",
                    "Gi den nye posten en id som aldri har vært brukt.",
                )
            continue
        if now.post != o.post:
            yield from livslop(o.post, now.post, ny)
            yield from besluttet(o.post, now.post, ny, navn)
            yield from rolleskifte(o.post, now.post, ny)


def _i_bruk(post: System | Tjeneste) -> bool:
    return post.tilstand in {"i_produksjon", "under_avvikling", "avviklet"} or post.produksjon_fra is not None


def _ledd_lukket(post: Overlevering) -> bool:
    return any(p.lukket for p in post.porter) or any(m.signert for m in post.mottakere)


VIRKET: tuple[tuple[type[Post], Callable[[Any], bool], str], ...] = (
    (System, _i_bruk, "har vært i produksjon"),
    (Tjeneste, _i_bruk, "har vært i produksjon"),
    (Avtale, lambda p: p.signert is not None or p.tilstand not in {None, "utkast"}, "er signert"),
    (Ros, lambda p: p.tilstand in {"besluttet", "erstattet"}, "er besluttet"),
    (Dpia, lambda p: p.tilstand in {"besluttet", "erstattet"}, "er besluttet"),
    (Avvik, lambda p: p.tilstand in {"besluttet", "avslatt", "lukket"}, "er behandlet"),
    (Integrasjon, lambda p: p.tilstand in {"aktiv", "avsluttet"}, "har vært aktiv"),
    (Behandling, lambda p: p.tilstand in {"aktiv", "avsluttet"}, "har vært aktiv"),
    (Overlevering, _ledd_lukket, "har lukkede porter eller signaturer"),
    (
        Prosjekt,
        lambda p: bool(p.beslutningspunkter) or p.tilstand in {"avsluttet", "stanset"},
        "har passert et beslutningspunkt",
    ),
)
"""When a record must stay: it has been in production, signed, decided or completed, and in which words."""


def har_virket(post: Post) -> str | None:
    """Why a record must stay; None when it may be deleted."""
    return next((why for kind, test, why in VIRKET if isinstance(post, kind) and test(post)), None)


def _slettet(post: Post, ny: Register | None) -> Iterator[Problem]:
    """A deleted record that must stay. `ny`: the newer state; None when what refers to its id has one to refer to."""
    why = har_virket(post)
    if why is not None:
        end = SLUTT.get(post.kind)
        yield endringsproblem(
            post,
            "endring.slettet",
            (),
            f"{post.key} er slettet, men {why}.",
            f"Legg filen tilbake og sett tilstanden til {end}. Har posten fått ny id, så skriv den gamle i «tidligere_id»."
            if end
            else "Legg filen tilbake. Det som er gjort, blir stående.",
        )
        return
    refs = sorted({f"{o.key} ({felt})" for o, felt in ny.innkommende(post.id)}) if ny is not None else []
    if refs:
        shown = ", ".join(refs[:5]) + (f" og {len(refs) - 5} til" if len(refs) > 5 else "")
        yield endringsproblem(
            post,
            "endring.slettet",
            (),
            f"{post.key} er slettet, men vises til av {shown}.",
            "Fjern henvisningene først, eller skriv den gamle id-en i «tidligere_id» når posten har fått en ny.",
        )

"""Rules about change itself: what may not happen between two states of a registry, whatever the requirements say.

Each has a name (`endring.…`) and yields problems. Pure: the older register, the newer one, and renames.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from forvaltning.findings import FieldPath, Problem, Severity
from forvaltning.history.felt import FeltEndring, endringer
from forvaltning.krav.byggesteiner import norsk_dato
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import LIVSLOP, Post
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

_NESTE: dict[type[Post], dict[str, frozenset[str]]] = {
    Avtale: {
        "utkast": frozenset({"signert", "i_kraft", "utlopt", "sagt_opp"}),
        "signert": frozenset({"i_kraft", "utlopt", "sagt_opp"}),
        "i_kraft": frozenset({"utlopt", "sagt_opp"}),
        "sagt_opp": frozenset({"utlopt"}),
    },
    Integrasjon: {"planlagt": frozenset({"aktiv", "avsluttet"}), "aktiv": frozenset({"avsluttet"})},
    Behandling: {"planlagt": frozenset({"aktiv", "avsluttet"}), "aktiv": frozenset({"avsluttet"})},
    Ros: {"utkast": frozenset({"besluttet", "erstattet"}), "besluttet": frozenset({"erstattet"})},
    Dpia: {"utkast": frozenset({"besluttet", "erstattet"}), "besluttet": frozenset({"erstattet"})},
    Avvik: {
        "meldt": frozenset({"besluttet", "avslatt"}),
        "besluttet": frozenset({"lukket"}),
        "avslatt": frozenset({"lukket", "meldt"}),
    },
    Prosjekt: {
        "meldt": frozenset({"konsept", "stanset"}),
        "konsept": frozenset({"planlegging", "stanset"}),
        "planlegging": frozenset({"gjennomforing", "stanset"}),
        "gjennomforing": frozenset({"avslutning", "stanset"}),
        "avslutning": frozenset({"avsluttet", "stanset"}),
    },
}
"""State → the states that may follow, for kinds that have a life of their own (domain.md, *States*)."""

FRI = {
    Ros: ("tilstand", "merknad", "tidligere_id", "enhet"),
    Dpia: ("tilstand", "merknad", "tidligere_id", "enhet", "gjennomgatt", "risiko_endret"),
    Avvik: ("tilstand", "merknad", "tidligere_id", "lukket", "sent_dokument"),
}
"""Fields outside what was decided: they may change without a new decision."""
FRI_I_TILTAK = (".tilstand", ".ferdig")
"""The progress of a measure is not part of the decision to take it."""


def _problem(post: Post, regel: str, path: FieldPath, melding: str, tiltak: str, felt: str = "") -> Problem:
    return Problem(
        regel, Severity.FEIL, f"{post.key}.yaml", melding, tiltak, path=path, post=post.key, felt=felt
    )


def endringsproblemer(
    gammel: Register, ny: Register, navn: Mapping[str, str], nokler: Collection[str] | None = None
) -> Iterator[Problem]:
    """Every breach of the rules about change. `navn`: old id → new id (normalised key) of renamed records.

    `nokler`: the records (``kind/id``, of either state) whose files differ; None looks at all.
    """
    for o in gammel.oppforinger():
        if nokler is not None and o.key not in nokler:
            continue
        now = ny.oppforing(navn.get(normaliser(o.id), o.id))
        if now is None or now.kind != o.kind:
            if not any(normaliser(u.id) == normaliser(o.id) for u in ny.uleselige()):
                yield from _slettet(o.post, ny)
            if now is not None:
                yield _problem(
                    now.post,
                    "endring.id_gjenbrukt",
                    (),
                    f"Id-en «{o.id}» var {o.post.tittel_entall} og er nå {now.post.tittel_entall}. En id brukes aldri om igjen.",
                    "Gi den nye posten en id som aldri har vært brukt.",
                )
            continue
        if now.post != o.post:
            yield from _livslop(o.post, now.post, ny)
            yield from _besluttet(o.post, now.post, navn)


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


def _slettet(post: Post, ny: Register) -> Iterator[Problem]:
    why = har_virket(post)
    if why is not None:
        end = SLUTT.get(post.kind)
        yield _problem(
            post,
            "endring.slettet",
            (),
            f"{post.key} er slettet, men {why}.",
            f"Legg filen tilbake og sett tilstanden til {end}. Har posten fått ny id, så skriv den gamle i «tidligere_id»."
            if end
            else "Legg filen tilbake. Det som er gjort, blir stående.",
        )
        return
    refs = sorted({f"{o.key} ({felt})" for o, felt in ny.innkommende(post.id)})
    if refs:
        shown = ", ".join(refs[:5]) + (f" og {len(refs) - 5} til" if len(refs) > 5 else "")
        yield _problem(
            post,
            "endring.slettet",
            (),
            f"{post.key} er slettet, men vises til av {shown}.",
            "Fjern henvisningene først, eller skriv den gamle id-en i «tidligere_id» når posten har fått en ny.",
        )


def _livslop(gammel: Post, ny: Post, register: Register) -> Iterator[Problem]:
    before, after = getattr(gammel, "tilstand", None), getattr(ny, "tilstand", None)
    if before == after or before is None:
        return
    if isinstance(ny, System | Tjeneste):
        yield from _bruk(ny, before, after, register)
        return
    nexts = _NESTE.get(type(ny))
    if nexts is not None and after not in nexts.get(before, frozenset()):
        allowed = " eller ".join(sorted(nexts.get(before, ()))) or "ingen annen tilstand"
        yield _problem(
            ny,
            "endring.livslop",
            ("tilstand",),
            f"Tilstanden gikk fra {before} til {after or 'ingen'}. Det følger ikke livsløpet.",
            f"Etter {before} kommer {allowed}.",
        )


def _bruk(post: System | Tjeneste, before: str, after: str | None, register: Register) -> Iterator[Problem]:
    """Services and systems go one step at a time; into production only through the first gate of a handover."""
    at = LIVSLOP.index(before)
    dropped = after == "avviklet" and at < LIVSLOP.index("i_produksjon")
    step = after is not None and LIVSLOP.index(after) == at + 1
    if not (step or dropped):
        follows = LIVSLOP[at + 1] if at + 1 < len(LIVSLOP) else "ingen annen tilstand"
        yield _problem(
            post,
            "endring.livslop",
            ("tilstand",),
            f"Tilstanden gikk fra {before} til {after or 'ingen'}. Det følger ikke livsløpet.",
            f"Etter {before} kommer {follows}. Ta ett steg om gangen.",
        )
        return
    if after == "i_produksjon" and not _port_lukket(post, register):
        yield _problem(
            post,
            "endring.livslop",
            ("tilstand",),
            f"{post.navn} er satt i produksjon uten at porten «før produksjon» i en overlevering er lukket.",
            "Lukk porten i overleveringen først: «porter» med id for_produksjon, dato og rolle.",
        )


def _port_lukket(post: System | Tjeneste, register: Register) -> bool:
    for handover in register.overleveringer_av(post):
        for port in handover.porter:
            if port.id == "for_produksjon" and port.lukket is not None and register.dag.nadd(port.lukket):
                return True
    return False


def _besluttet(gammel: Post, ny: Post, navn: Mapping[str, str]) -> Iterator[Problem]:
    if not isinstance(gammel, Ros | Dpia | Avvik) or not isinstance(ny, Ros | Dpia | Avvik):
        return
    if gammel.tilstand != "besluttet" or ny.tilstand == "utkast":
        return
    before = gammel.besluttet.dato if gammel.besluttet else None
    after = ny.besluttet.dato if ny.besluttet else None
    if before is not None and after is not None and after > before:
        return
    changed = [e for e in endringer(gammel, ny) if not _fri(gammel, e) and not _omdopt(e, navn)]
    if not changed:
        return
    first = changed[0]
    more = f" og {len(changed) - 1} felt til" if len(changed) > 1 else ""
    when = f" {norsk_dato(before)}" if before else ""
    yield _problem(
        ny,
        "endring.besluttet_innhold",
        first.path,
        f"{gammel.tittel_entall} ble besluttet{when}, men «{first.tittel}»{more} er endret uten en ny beslutning.",
        "Legg endringen fram og skriv den nye beslutningen i «besluttet», eller lag en ny post.",
        felt=first.felt,
    )


def _omdopt(e: FeltEndring, navn: Mapping[str, str]) -> bool:
    """A reference that only follows a record to its new id is no change of content."""
    if not e.henvisning:
        return False
    if e.gammel is not None and e.ny is not None:
        return navn.get(normaliser(e.gammel)) == e.ny
    return e.ny in navn.values() if e.ny is not None else normaliser(e.gammel or "") in navn


def _fri(post: Post, e: FeltEndring) -> bool:
    fields = FRI.get(type(post), ())
    if any(e.felt == f or e.felt.startswith((f + ".", f + "[")) for f in fields):
        return True
    return isinstance(post, Ros) and ".tiltak[" in e.felt and e.felt.endswith(FRI_I_TILTAK)

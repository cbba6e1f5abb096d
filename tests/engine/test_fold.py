"""Observations to a verdict: precedence, dates to the day, deviations, law, fingerprints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.hjelp import DATO, register

from forvaltning.engine.deviations import avviksproblemer
from forvaltning.engine.run import Motor
from forvaltning.findings import FindingKind, Outcome, Strength, Verdict
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, UtenDom, regel
from forvaltning.model.system import System

DAY = timedelta(days=1)
SYSTEM = {"systemer/s": {"navn": "S", "sertifikater": [{"id": "a"}, {"id": "b"}]}}


def krav(*observasjoner: Observasjon, lov: bool = False, naar: str | type[Exception] | None = None) -> Krav:
    def when(post: Any, ctx: Kontekst) -> str | None:
        if isinstance(naar, type):
            raise naar
        return naar

    @regel(System, naar=when, felter=("navn",))
    def rule(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
        yield from observasjoner

    return Krav("1.1", "Tittel", (SYSTEMEIER,), tuple(Strength), (rule,), __name__, lov=lov)


def dom(k: Krav, avvik: dict[str, Any] | None = None, dato: date = DATO, **kwargs: Any) -> Verdict:
    poster: dict[str, Any] = dict(SYSTEM)
    if avvik is not None:
        poster["avvik/a"] = avvik
    reg = register(poster, dato=dato, **kwargs)
    entry = reg.oppforing("s")
    assert entry is not None
    (verdict,) = Motor([k], reg).dom_post(entry.post).dommer
    return verdict


MANGLER = Mangler(("systemeier",), "uten", "m", "t")
FEIL = Feil(("systemeier",), "galt", "m", "t")
SENT = Feil(("produksjon_fra",), "for-sent", "m", "t", sent=True)
UAVKLART = Uavklart(("systemeier",), "vet ikke")
AVVIK = {
    "krav": "1.1",
    "gjelder": ["s"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "sdi", "dato": "2026-01-01"},
    "gyldig_til": "2026-12-31",
}


def test_nothing_to_say_is_fulfilled_by_the_registry_itself() -> None:
    verdict = dom(krav())
    assert (verdict.utfall, verdict.styrke) == (Outcome.OPPFYLT, Strength.MASKINELL)


def test_the_weakest_evidence_decides_the_strength() -> None:
    verdict = dom(krav(Bevis(("navn",), Strength.BEKREFTET), Bevis(("navn",), Strength.MASKINELL)))
    assert verdict.styrke is Strength.BEKREFTET


@pytest.mark.parametrize(
    ("observasjoner", "utfall"),
    [
        ((MANGLER, UAVKLART), Outcome.BRUDD),
        ((FEIL,), Outcome.BRUDD),
        ((UAVKLART, Utloper(("navn",), "x", DATO + DAY, "m", "t")), Outcome.IKKE_AVGJORT),
        ((Utloper(("navn",), "x", DATO + DAY, "m", "t"),), Outcome.SNART),
    ],
)
def test_the_worst_outcome_is_kept(observasjoner: tuple[Observasjon, ...], utfall: Outcome) -> None:
    assert dom(krav(*observasjoner)).utfall is utfall


@pytest.mark.parametrize(
    ("siste", "utfall"),
    [
        (DATO - DAY, Outcome.BRUDD),
        (DATO, Outcome.SNART),
        (DATO + DAY, Outcome.SNART),
        (DATO + 90 * DAY, Outcome.SNART),
        (DATO + 91 * DAY, Outcome.OPPFYLT),
        (date.max, Outcome.OPPFYLT),
        (date.min, Outcome.BRUDD),
    ],
)
def test_a_deadline_is_the_last_good_day(siste: date, utfall: Outcome) -> None:
    verdict = dom(krav(Utloper(("navn",), "x", siste, "m", "t")))
    assert verdict.utfall is utfall
    assert verdict.frist == siste
    assert [f.art for f in verdict.funn] == ([FindingKind.UTLOPT] if utfall is Outcome.BRUDD else [])


def test_a_decided_deviation_covers_and_stays_visible() -> None:
    verdict = dom(krav(MANGLER), AVVIK)
    assert (verdict.utfall, verdict.avvik, verdict.funn[0].avvik) == (Outcome.AVVIK, "a", "a")


@pytest.mark.parametrize(("dager", "utfall"), [(-1, Outcome.BRUDD), (0, Outcome.AVVIK), (1, Outcome.AVVIK)])
def test_a_deviation_covers_to_and_with_its_last_day(dager: int, utfall: Outcome) -> None:
    last = (DATO + dager * DAY).isoformat()
    assert dom(krav(MANGLER), {**AVVIK, "gyldig_til": last}).utfall is utfall


@pytest.mark.parametrize(
    "endring",
    [
        {"tilstand": "meldt"},
        {"tilstand": "avslatt"},
        {"tilstand": "lukket"},
        {"besluttet": {"forum": "sdi"}},
        {"besluttet": {"forum": "ikt-forum", "dato": "2026-01-01"}},
        {"besluttet": {"forum": "sdi", "dato": "2026-11-17"}},
        {"vekt": "storre"},
        {"vekt": None},
        {"gyldig_til": None},
        {"krav": "1.2"},
        {"gjelder": []},
        {"felt": "systemkoordinator"},
        {"felt": "systemeie"},
    ],
)
def test_a_deviation_that_is_not_in_order_covers_nothing(endring: dict[str, Any]) -> None:
    changed = {k: v for k, v in {**AVVIK, **endring}.items() if v is not None}
    assert dom(krav(MANGLER), changed).utfall is Outcome.BRUDD


def test_a_deviation_for_one_field_hides_nothing_else() -> None:
    other = Mangler(("systemkoordinator",), "uten", "m", "t")
    verdict = dom(krav(MANGLER, other), {**AVVIK, "felt": "systemeier"})
    assert verdict.utfall is Outcome.BRUDD
    assert [f.avvik for f in verdict.funn] == ["a", None]


def test_a_breach_of_law_stays_a_breach_under_a_deviation() -> None:
    verdict = dom(krav(MANGLER, lov=True), AVVIK)
    assert (verdict.utfall, verdict.lovbrudd, verdict.avvik) == (Outcome.BRUDD, True, "a")


LUKKET = {**AVVIK, "tilstand": "lukket", "sent_dokument": "ja", "gyldig_til": None}


def lukket() -> dict[str, Any]:
    return {k: v for k, v in LUKKET.items() if v is not None}


@pytest.mark.parametrize("lov", [False, True])
def test_a_closed_deviation_settles_a_late_document_also_under_law(lov: bool) -> None:
    verdict = dom(krav(SENT, lov=lov), lukket())
    assert (verdict.utfall, verdict.lovbrudd) == (Outcome.AVVIK, False)


@pytest.mark.parametrize("ident", ["0", "b"])
def test_a_closed_deviation_settles_a_late_document_whatever_else_covers_it(ident: str) -> None:
    poster = {**SYSTEM, "avvik/a": AVVIK, f"avvik/{ident}": lukket()}
    reg = register(poster)
    entry = reg.oppforing("s")
    assert entry is not None
    (verdict,) = Motor([krav(SENT, lov=True)], reg).dom_post(entry.post).dommer
    assert (verdict.utfall, verdict.lovbrudd, verdict.avvik) == (Outcome.AVVIK, False, ident)


def test_a_closed_deviation_settles_nothing_but_a_late_document() -> None:
    assert dom(krav(MANGLER), lukket()).utfall is Outcome.BRUDD


@pytest.mark.parametrize(("dager", "utfall"), [(0, Outcome.AVVIK), (-1, Outcome.AVVIK), (1, Outcome.BRUDD)])
def test_a_deviation_settles_a_late_document_from_the_day_it_is_closed(dager: int, utfall: Outcome) -> None:
    assert dom(krav(SENT), {**lukket(), "lukket": str(DATO + dager * DAY)}).utfall is utfall


@pytest.mark.parametrize(
    ("endring", "problem"),
    [
        ({}, None),
        ({"lukket": str(DATO)}, None),
        ({"lukket": str(DATO + DAY)}, ("avvik.framtid", ("lukket",))),
        ({"besluttet": None}, ("avvik.ubesluttet", ("besluttet",))),
        ({"besluttet": {"forum": "sdi"}}, ("avvik.ubesluttet", ("besluttet",))),
        ({"vekt": "storre"}, ("avvik.feil_forum", ("besluttet", "forum"))),
        (
            {"besluttet": {"forum": "sdi", "dato": str(DATO + DAY)}},
            ("avvik.framtid", ("besluttet", "dato")),
        ),
        ({"vekt": "storre", "sent_dokument": "nei"}, None),
        ({"vekt": "storre", "tilstand": "avslatt"}, None),
    ],
)
def test_a_closed_deviation_that_can_not_settle_a_late_document_says_why(
    endring: dict[str, Any], problem: tuple[str, tuple[str, ...]] | None
) -> None:
    changed = {k: v for k, v in {**lukket(), **endring}.items() if v is not None}
    found = list(avviksproblemer(register({**SYSTEM, "avvik/a": changed}), {"1.1"}, ()))
    assert [(p.regel, p.path) for p in found] == ([problem] if problem else [])
    if problem:
        assert dom(krav(SENT), changed).utfall is Outcome.BRUDD


def test_a_deviation_is_said_to_cover_nothing_only_where_its_records_can_be_read() -> None:
    tomt = {**AVVIK, "grunn": "x", "sak": "y", "kompenserende_tiltak": ["z"]}
    seen = avviksproblemer(register({**SYSTEM, "avvik/a": tomt}), {"1.1"}, ())
    assert [p.regel for p in seen] == ["avvik.tomt"]
    lost = register({"avvik/a": tomt}, uleselige={"systemer/s": None})
    assert list(avviksproblemer(lost, {"1.1"}, ())) == []


def test_a_larger_deviation_needs_digitaliseringsradet() -> None:
    large = {**AVVIK, "vekt": "storre", "besluttet": {"forum": "digitaliseringsrad", "dato": "2026-01-01"}}
    assert dom(krav(MANGLER), large).utfall is Outcome.AVVIK


def test_a_reason_not_to_apply_is_kept() -> None:
    verdict = dom(krav(MANGLER, naar="Avviklet."))
    assert (verdict.utfall, verdict.begrunnelse, verdict.styrke) == (Outcome.IKKE_AKTUELT, "Avviklet.", None)


def test_a_rule_may_carry_no_verdict() -> None:
    reg = register(SYSTEM)
    entry = reg.oppforing("s")
    assert entry is not None
    assert Motor([krav(naar=UtenDom)], reg).dom_post(entry.post).dommer == []


def test_an_exception_in_a_rule_is_never_green() -> None:
    @regel(System, felter=("navn",))
    def raises(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
        yield Bevis(("navn",), Strength.MASKINELL)
        raise ValueError("oops")

    reg = register(SYSTEM)
    entry = reg.oppforing("s")
    assert entry is not None
    result = Motor([Krav("1.1", "T", (), (), (raises,), __name__)], reg).dom_post(entry.post)
    assert result.dommer[0].utfall is Outcome.IKKE_AVGJORT
    assert (result.svikt[0].krav, result.svikt[0].post, result.svikt[0].regel) == (
        "1.1",
        "systemer/s",
        "raises",
    )


def test_list_items_are_named_by_identity_and_the_fingerprint_survives_reordering() -> None:
    second = dom(krav(Mangler(("sertifikater", 1, "utloper"), "uten", "m", "t"))).funn[0]
    assert second.felt == "sertifikater[b].utloper"
    turned = {"systemer/s": {"navn": "S", "sertifikater": [{"id": "b"}, {"id": "a"}]}}
    reg = register(turned)
    entry = reg.oppforing("s")
    assert entry is not None
    k = krav(Mangler(("sertifikater", 0, "utloper"), "uten", "m", "t"))
    assert Motor([k], reg).dom_post(entry.post).dommer[0].funn[0].fingeravtrykk == second.fingeravtrykk


def test_two_findings_never_share_a_fingerprint() -> None:
    twice = (Mangler(("navn",), "uten", "første", "t"), Mangler(("navn",), "uten", "andre", "t"))
    funn = dom(krav(*twice)).funn
    assert len({f.fingeravtrykk for f in funn}) == 2


def test_the_window_of_dates_holds_exactly_as_long_as_the_verdict() -> None:
    siste = DATO + 120 * DAY
    reg = register(SYSTEM)
    entry = reg.oppforing("s")
    assert entry is not None
    result = Motor([krav(Utloper(("navn",), "x", siste, "m", "t"))], reg).dom_post(entry.post)
    assert (result.fra, result.til) == (date.min, siste - 91 * DAY)

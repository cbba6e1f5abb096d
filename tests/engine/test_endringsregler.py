"""The rules about change, on small registers of plain values: what each stops, and what it lets through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.hjelp import DATO, endret, register

from forvaltning.engine.endringsregler import endringsproblemer
from forvaltning.engine.omdoping import omdopte, omskrevet
from forvaltning.engine.virkning import foreldede, postendringer

Poster = dict[str, dict[str, Any]]
ROLLE = {"type": "systemeier", "enhet": "sdi", "fra": "2020-01-01"}
START: Poster = {
    "enheter/sdi": {"navn": "SDI", "type": "seksjon"},
    "enheter/ansattservice": {"navn": "Ansattservice", "type": "seksjon"},
    "roller/eier": ROLLE,
    "roller/ny-eier": ROLLE,
    "systemer/a": {"navn": "A", "systemeier": "eier", "tilstand": "i_produksjon"},
    "ros/r": {
        "navn": "R",
        "gjelder": ["a"],
        "tilstand": "besluttet",
        "metode": "Matrise",
        "besluttet": {"dato": "2026-01-10", "av": "eier"},
        "scenarier": [
            {
                "id": "s1",
                "tiltak": [{"id": "t1", "ansvarlig": "eier", "tilstand": "pagar", "frist": "2027-01-01"}],
            }
        ],
    },
    "overleveringer/o": {
        "gjelder": "a",
        "avgiver": "eier",
        "porter": [
            {"id": "for_produksjon", "lukket": "2025-01-01", "av": "eier"},
            {"id": "ved_overlevering", "lukket": "2025-02-01", "av": "eier"},
            {"id": "etter", "lukket": "2025-03-01", "av": "eier"},
        ],
        "mottakere": [
            {"enhet": "sdi", "signert": "2025-02-01", "av": "eier"},
            {"enhet": "ansattservice", "signert": "2025-02-01", "av": "eier"},
        ],
    },
}


def med(poster: Poster, **felt: dict[str, Any]) -> Poster:
    """The records with dotted fields set; double underscores stand for the slash, one for a hyphen never."""
    out = dict(poster)
    for key, changes in felt.items():
        name = key.replace("__", "/")
        out[name] = endret(out[name], changes)
    return out


def brutt(gammel: Poster, ny: Poster, dato: date = DATO) -> list[tuple[str, str | None]]:
    """Rule and record of every problem the change brings."""
    old, new = register(gammel, dato=dato), register(ny, dato=dato)
    return [(p.regel, p.post) for p in endringsproblemer(old, new, omdopte(old, new))]


def omdop(poster: Poster, kind: str, old: str, new: str) -> Poster:
    """A rename as people make it: the file, every reference, and the former id."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: walk(v) for k, v in value.items()}
        if isinstance(value, list):
            return [walk(v) for v in value]
        return new if value == old else value

    out = {key: walk(data) for key, data in poster.items() if key != f"{kind}/{old}"}
    out[f"{kind}/{new}"] = {**walk(poster[f"{kind}/{old}"]), "tidligere_id": [old]}
    return out


# --- renames ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "old", "new"), [("systemer", "a", "arkiv"), ("roller", "eier", "sjef")])
def test_a_rename_and_taking_it_back_break_no_rule(kind: str, old: str, new: str) -> None:
    renamed = omdop(START, kind, old, new)
    assert brutt(START, renamed) == []
    assert brutt(renamed, START) == []


def test_a_rename_can_be_taken_back_to_any_of_the_former_ids() -> None:
    twice = omdop(omdop(START, "systemer", "a", "b"), "systemer", "b", "c")
    twice["systemer/c"]["tidligere_id"] = ["a", "b"]
    assert omdopte(register(twice), register(START)) == {"c": "a"}
    assert brutt(twice, START) == []


def test_a_rename_to_another_kind_or_to_an_id_in_use_is_none() -> None:
    other = {k: v for k, v in START.items() if k != "systemer/a"} | {
        "tjenester/b": {"navn": "B", "tidligere_id": ["a"]}
    }
    assert omdopte(register(START), register(other)) == {}
    both = START | {"systemer/b": {"navn": "B", "tidligere_id": ["a"]}}
    assert omdopte(register(START), register(both)) == {}


def test_a_record_that_was_there_before_does_not_take_over_a_deleted_one() -> None:
    start = START | {"systemer/b": {"navn": "B"}}
    merged = {k: v for k, v in start.items() if k != "systemer/a"}
    merged["systemer/b"] = {"navn": "B", "tidligere_id": ["a"]}
    assert omdopte(register(start), register(merged)) == {}
    assert "endring.slettet" in [p.regel for p in endringsproblemer(register(start), register(merged), {})]


def test_a_reference_to_a_renamed_record_that_was_not_there_before_is_a_change_of_what_was_decided() -> None:
    start = START | {"systemer/ekstra": {"navn": "Ekstra"}}
    renamed = omdop(start, "systemer", "ekstra", "nytt")
    assert brutt(start, renamed) == []
    assert brutt(start, med(renamed, ros__r={"gjelder": ["a", "nytt"]})) == [
        ("endring.besluttet_innhold", "ros/r")
    ]


def test_a_rename_makes_no_approval_stale_and_a_real_change_does() -> None:
    start = med(START, systemer__a={"leverandor": "firma"}) | {
        "leverandorer/firma": {"navn": "Firma"},
        "leverandorer/annen": {"navn": "Annen"},
    }
    renamed = omdop(start, "leverandorer", "firma", "firmaet")
    other = med(renamed, systemer__a={"leverandor": "annen"})
    for now, stale in ((renamed, []), (other, ["overleveringer/o", "ros/r"])):
        old, new = register(start), register(now)
        names = omdopte(old, new)
        changes = postendringer(old, new, {*start, *now}, names)
        assert [f.post for f in foreldede(changes, old, new, names)] == stale


def test_an_old_record_is_written_with_the_new_ids_and_nothing_else() -> None:
    (post,) = (o.post for o in register(START).oppforinger() if o.key == "ros/r")
    assert omskrevet(post, {}) is post
    assert omskrevet(post, {"finnes-ikke": "x"}) is post
    new = omskrevet(post, {"a": "b", "r": "s"})
    assert (new.id, new.gjelder, new.navn) == ("r", ("b",), "R")  # type: ignore[attr-defined]


# --- roles that end ----------------------------------------------------------------------------------

SLUTT = {"roller__eier": {"til": "2026-11-15"}}


def test_a_role_that_ends_leaves_nothing_without_one_who_answers() -> None:
    assert brutt(START, med(START, **SLUTT)) == [("endring.rolle_sluttet", "roller/eier")]
    handed = med(
        START,
        **SLUTT,
        systemer__a={"systemeier": "ny-eier"},
        ros__r={"scenarier.0.tiltak.0.ansvarlig": "ny-eier"},
    )
    assert brutt(START, handed) == []


def test_the_message_names_what_is_left() -> None:
    old, new = register(START), register(med(START, **SLUTT))
    (found,) = endringsproblemer(old, new, {})
    assert "15.11.2026" in found.melding
    assert "systemer/a (systemeier)" in found.melding
    assert "overleveringer" not in found.melding
    assert "besluttet" not in found.melding


@pytest.mark.parametrize(("dato", "stops"), [(14, False), (15, False), (16, True)])
def test_a_role_ends_the_day_after_its_last(dato: int, stops: bool) -> None:
    assert bool(brutt(START, med(START, **SLUTT), date(2026, 11, dato))) is stops


def test_a_role_that_had_ended_before_the_change_is_none_of_its_doing() -> None:
    ended = med(START, **SLUTT)
    assert brutt(ended, med(ended, roller__eier={"til": "2026-11-10"})) == []
    assert brutt(ended, med(ended, roller__eier={"merknad": "Sluttet."})) == []


@pytest.mark.parametrize(
    "after",
    [
        {"systemer__a": {"tilstand": "avviklet"}, "ros__r": {"scenarier.0.tiltak.0.tilstand": "ferdig"}},
        {"systemer__a": {"systemeier": "ny-eier"}, "ros__r": {"tilstand": "erstattet"}},
    ],
)
def test_what_has_ended_needs_nobody(after: dict[str, dict[str, Any]]) -> None:
    start = med(START, systemer__a={"tilstand": "under_avvikling"})
    assert brutt(start, med(start, **SLUTT, **after)) == []


def test_authority_given_to_a_role_that_ends_must_go_elsewhere() -> None:
    free = med(
        START, systemer__a={"systemeier": "ny-eier"}, ros__r={"scenarier.0.tiltak.0.tilstand": "ferdig"}
    )
    given = med(free, **{"roller__ny-eier": {"delegasjoner": [{"til": "eier", "utlop": "2026-12-31"}]}})
    assert brutt(given, med(given, **SLUTT)) == [("endring.rolle_sluttet", "roller/eier")]
    over = med(given, **{"roller__ny-eier": {"delegasjoner.0.utlop": "2026-11-01"}})
    assert brutt(over, med(over, **SLUTT)) == []


# --- what was decided ----------------------------------------------------------------------------------


def test_a_measure_changes_hands_only_when_the_one_who_had_it_has_ended() -> None:
    moved = {"ros__r": {"scenarier.0.tiltak.0.ansvarlig": "ny-eier"}}
    assert brutt(START, med(START, **moved)) == [("endring.besluttet_innhold", "ros/r")]
    ended = med(START, **SLUTT)
    assert brutt(ended, med(ended, **moved)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"porter.0.lukket": "2025-01-02"},
        {"mottakere.1.signert": None},
        {"punkter": [{"id": "enhetstest", "tilstand": "utfort"}]},
        {"type": "ny"},
        {"porter": None},
    ],
)
def test_a_completed_handover_is_frozen(change: dict[str, Any]) -> None:
    assert brutt(START, med(START, overleveringer__o=change)) == [("endring.fullfort", "overleveringer/o")]


def test_a_handover_that_is_not_completed_goes_on() -> None:
    for part in ({"porter.2.lukket": None}, {"mottakere.1.signert": None}):
        going = med(START, overleveringer__o=part)
        assert brutt(going, START) == []
        assert brutt(going, med(going, overleveringer__o={"type": "ny"})) == []


def test_a_remark_on_a_completed_handover_is_free() -> None:
    assert brutt(START, med(START, overleveringer__o={"merknad": "Arkivert."})) == []

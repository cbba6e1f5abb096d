"""The landscape: what is drawn, what hangs together, and what lies around one record."""

from __future__ import annotations

from tests.hjelp import register

from forvaltning.engine.landskap import Kant, landskap
from forvaltning.engine.landskap_utsnitt import delmengde, levende, midtpunkt, rundt, uten_flyter

POSTER = {
    "enheter/sdi": {"navn": "SDI"},
    "leverandorer/l": {"navn": "L"},
    "leverandorer/ledig": {"navn": "Ledig"},
    "systemer/a": {
        "navn": "A",
        "tilstand": "i_produksjon",
        "leverandor": "l",
        "drift": {"leverandor": "l"},
        "kritikalitet": {"klasse": "kritisk"},
        "personopplysninger": "ja",
        "enhet": "sdi",
    },
    "systemer/b": {"navn": "B", "tilstand": "under_avvikling"},
    "systemer/gammel": {"navn": "Gammel", "tilstand": "avviklet"},
    "tjenester/t": {"navn": "T", "systemer": ["a", "gammel"], "felleskomponenter": ["id-porten"]},
    "integrasjoner/ab": {
        "navn": "A til B",
        "fra": {"system": "a"},
        "til": {"system": "b"},
        "tilstand": "aktiv",
    },
    "integrasjoner/bx": {
        "navn": "B og X",
        "fra": {"system": "b"},
        "til": {"ekstern": "X  AS"},
        "retning": "begge_veier",
    },
    "avtaler/k": {"navn": "K", "systemer": ["a"], "leverandor": "l"},
}


def hele():
    return landskap(register(POSTER))


def test_every_relation_is_there_in_its_direction():
    assert set(hele().kanter) == {
        Kant("tjenester/t", "systemer/a", "bruker"),
        Kant("tjenester/t", "systemer/gammel", "bruker"),
        Kant("tjenester/t", "felleskomponenter/id-porten", "bruker"),
        Kant("leverandorer/l", "systemer/a", "leverer"),
        Kant("leverandorer/l", "systemer/a", "drifter"),
        Kant("systemer/a", "integrasjoner/ab", "data"),
        Kant("integrasjoner/ab", "systemer/b", "data"),
        Kant("systemer/b", "integrasjoner/bx", "data", True),
        Kant("integrasjoner/bx", "eksterne/x as", "data", True),
    }


def test_a_node_knows_criticality_personal_data_and_where_it_is_in_its_life():
    x = hele()
    a, b, old = (x.noder[f"systemer/{i}"] for i in ("a", "b", "gammel"))
    assert (a.klasse, a.rang, a.personopplysninger, a.enhet, a.livslop) == ("kritisk", 3, True, "sdi", "")
    assert (b.klasse, b.rang, b.livslop, old.livslop) == (None, 0, "slutt", "slutt")


def test_the_ended_are_left_out_and_counted_and_idle_suppliers_too():
    x = levende(hele())
    assert x.utelatt == 1
    assert "systemer/gammel" not in x.noder
    assert "leverandorer/ledig" not in x.noder
    assert "leverandorer/l" in x.noder
    assert all(k.til != "systemer/gammel" for k in x.kanter)


def test_around_a_record_a_flow_costs_no_step():
    x = rundt(hele(), ["systemer/a"], 1)
    assert set(x.noder) == {
        "systemer/a",
        "systemer/b",
        "tjenester/t",
        "integrasjoner/ab",
        "leverandorer/l",
    }
    assert "eksterne/x as" in rundt(hele(), ["systemer/a"], 2).noder
    assert set(rundt(hele(), ["systemer/a"], 0).noder) == {"systemer/a"}


def test_an_ended_neighbour_is_counted_and_an_ended_middle_is_drawn():
    assert rundt(hele(), ["tjenester/t"], 1).utelatt == 1
    assert rundt(hele(), ["systemer/b"], 1).utelatt == 0
    assert "systemer/gammel" in rundt(hele(), ["systemer/gammel"], 1).noder


def test_a_reference_that_leads_nowhere_is_told_and_not_drawn():
    x = landskap(
        register({"tjenester/t": {"navn": "T", "systemer": ["borte", "e"]}, "enheter/e": {"navn": "E"}})
    )
    assert x.kanter == []
    assert x.ukjente == [("tjenester/t", "borte"), ("tjenester/t", "e")]


def test_without_flows_their_ends_are_joined():
    x = uten_flyter(levende(hele()))
    assert not [n for n in x.noder if n.startswith("integrasjoner/")]
    assert Kant("systemer/a", "systemer/b", "data") in x.kanter
    assert Kant("systemer/b", "eksterne/x as", "data", True) in x.kanter


def test_a_part_has_only_the_relations_among_its_own():
    x = delmengde(hele(), ["systemer/a", "leverandorer/l"])
    assert {k.slag for k in x.kanter} == {"leverer", "drifter"}


def test_a_record_that_is_not_drawn_stands_for_those_it_is_tied_to():
    reg = register(POSTER)
    x = landskap(reg)
    assert midtpunkt(reg, x, "avtaler/k") == ["leverandorer/l", "systemer/a"]
    assert midtpunkt(reg, x, "enheter/sdi") == ["systemer/a"]
    assert midtpunkt(reg, x, "systemer/b") == ["systemer/b"]

"""What stops if one thing stops: through every kind, cut at circles, and told where it could not be followed."""

from __future__ import annotations

import pytest
from tests.hjelp import register

from forvaltning.engine.konsekvens import konsekvens
from forvaltning.engine.pa_nytt import krav_som_leser, vurder_pa_nytt
from forvaltning.engine.run import Motor
from forvaltning.krav.katalog import ALLE


def kritisk(klasse):
    return {"kritikalitet": {"klasse": klasse}}


POSTER = {
    "enheter/topp": {"navn": "Topp"},
    "enheter/sdi": {"navn": "SDI", "forelder": "topp"},
    "roller/eier": {"type": "systemeier", "enhet": "sdi"},
    "leverandorer/l": {"navn": "L"},
    "avtaler/k": {"navn": "K", "tilstand": "i_kraft", "leverandor": "l", "systemer": ["a"]},
    "avtaler/dba": {"navn": "DBA", "tilstand": "i_kraft", "vedlegg_til": "k"},
    "systemer/a": {"navn": "A", "tilstand": "i_produksjon", **kritisk("ordinaer"), "systemeier": "eier"},
    "systemer/b": {"navn": "B", "tilstand": "i_produksjon", **kritisk("viktig")},
    "systemer/c": {"navn": "C", "tilstand": "i_produksjon", "arkiv": {"arkivkjerne": "a"}},
    "tjenester/t": {"navn": "T", "tilstand": "i_produksjon", "systemer": ["a"], **kritisk("kritisk")},
    "tjenester/u": {
        "navn": "U",
        "tilstand": "i_produksjon",
        "systemer": ["b"],
        "felleskomponenter": ["altinn"],
    },
    "integrasjoner/ab": {
        "navn": "A til B",
        "tilstand": "aktiv",
        "fra": {"system": "a"},
        "til": {"system": "b"},
    },
}


def rammet(key, poster=None, **kw):
    k = konsekvens(register({**POSTER, **(poster or {})}, **kw), key)
    return k, {r.node.key: r for r in k.rammet}


def test_a_supplier_stops_its_agreements_their_systems_and_the_services_on_them():
    _, hit = rammet("leverandorer/l")
    assert {k for k, r in hit.items() if r.stopper} == {
        "avtaler/k",
        "avtaler/dba",
        "systemer/a",
        "tjenester/t",
        "integrasjoner/ab",
    }
    assert hit["tjenester/t"].vei == (
        ("er part i", "avtaler/k"),
        ("dekker", "systemer/a"),
        ("brukes av", "tjenester/t"),
    )


def test_who_only_loses_data_or_archive_goes_on():
    _, hit = rammet("systemer/a")
    assert {k for k, r in hit.items() if not r.stopper} == {"systemer/b", "tjenester/u", "systemer/c"}
    assert hit["systemer/b"].vei == (("sender i flyten", "integrasjoner/ab"), ("gir data til", "systemer/b"))


def test_the_worst_comes_first():
    k, _ = rammet("systemer/a")
    assert [r.node.key for r in k.rammet][:2] == ["tjenester/t", "integrasjoner/ab"]


def test_a_one_way_flow_does_not_stop_the_one_that_sends():
    _, hit = rammet("systemer/b")
    assert "systemer/a" not in hit
    both = {"integrasjoner/ab": {**POSTER["integrasjoner/ab"], "retning": "begge_veier"}}
    assert not rammet("systemer/b", both)[1]["systemer/a"].stopper


def test_a_circle_is_cut_and_told():
    back = {
        "integrasjoner/ba": {
            "navn": "B til A",
            "tilstand": "aktiv",
            "fra": {"system": "b"},
            "til": {"system": "a"},
        }
    }
    k, hit = rammet("systemer/a", back)
    assert k.sirkler == (
        ("integrasjoner/ab", "systemer/b", "integrasjoner/ba", "systemer/a", "integrasjoner/ab"),
    )
    assert "systemer/a" not in hit
    assert rammet("systemer/a")[0].sirkler == ()


def test_a_circle_of_attached_agreements_ends():
    ring = {
        "avtaler/k": {**POSTER["avtaler/k"], "vedlegg_til": "dba"},
    }
    k, hit = rammet("avtaler/k", ring)
    assert ("avtaler/dba", "avtaler/k", "avtaler/dba") in k.sirkler
    assert "systemer/a" in hit


@pytest.mark.parametrize(
    ("key", "endring"),
    [
        ("systemer/b", {"tilstand": "avviklet"}),
        ("integrasjoner/ab", {"tilstand": "avsluttet"}),
    ],
)
def test_what_has_ended_is_not_hit(key, endring):
    _, hit = rammet("systemer/a", {key: {**POSTER[key], **endring}})
    assert key not in hit
    assert "tjenester/u" not in hit


@pytest.mark.parametrize(("til", "med"), [("2026-11-15", False), ("2026-11-16", True)])
def test_an_agreement_that_has_run_out_carries_nothing(til, med):
    _, hit = rammet("leverandorer/l", {"avtaler/k": {**POSTER["avtaler/k"], "gyldig_til": til}})
    assert ("avtaler/k" in hit) is med


def test_a_unit_and_a_role_leave_what_they_own_without_an_owner():
    _, hit = rammet("enheter/topp")
    assert hit["enheter/sdi"].stopper
    assert not hit["roller/eier"].stopper
    assert not hit["systemer/a"].stopper
    assert hit["systemer/a"].vei[-1] == ("eier", "systemer/a")
    assert [r.node.key for r in rammet("roller/eier")[0].rammet] == ["systemer/a"]


def test_what_a_unit_runs_stops_with_it():
    _, hit = rammet("enheter/sdi", {"systemer/b": {**POSTER["systemer/b"], "drift": {"enhet": "sdi"}}})
    assert hit["systemer/b"].stopper
    assert hit["tjenester/u"].stopper


def test_a_common_component_stops_the_services_that_use_it():
    k, hit = rammet("felleskomponenter/altinn")
    assert k.start.navn == "Altinn"
    assert list(hit) == ["tjenester/u"]


def test_a_record_that_is_not_there_is_refused():
    for key in ("systemer/nei", "tjenester/a", "felleskomponenter/nei"):
        with pytest.raises(KeyError):
            konsekvens(register(POSTER), key)


def test_what_can_not_be_read_is_told():
    k, _ = rammet("systemer/a", uleselige={"tjenester/tapt": "systemer: [a]"})
    assert ("systemer/a", "tjenester/tapt.yaml") in k.ukjente
    assert rammet("systemer/a", uleselige={"tjenester/ødelagt": "# "})[0].ukjente == ()


def test_a_reference_that_leads_nowhere_is_told():
    k, _ = rammet("avtaler/k", {"avtaler/k": {**POSTER["avtaler/k"], "systemer": ["a", "borte"]}})
    assert ("avtaler/k", "borte") in k.ukjente


# --- what must be looked at again ---------------------------------------------------------------------------

VURDERT = {
    **POSTER,
    "ros/r": {"navn": "R", "tilstand": "besluttet", "gjelder": ["a"], "besluttet": {"dato": "2026-01-01"}},
    "ros/gammel": {"navn": "G", "tilstand": "erstattet", "gjelder": ["a"]},
    "behandlinger/b1": {"navn": "B1", "tilstand": "aktiv", "systemer": ["a"]},
    "dpia/d": {"navn": "D", "type": "full", "behandlinger": ["b1"]},
    "overleveringer/o": {"gjelder": "a"},
}


def test_assessments_agreements_and_handovers_are_looked_at_again():
    found = vurder_pa_nytt(register(VURDERT), "systemer/a")
    assert [(v.slag, v.post) for v in found] == [
        ("ROS", "ros/r"),
        ("DPIA", "dpia/d"),
        ("behandling", "behandlinger/b1"),
        ("avtale", "avtaler/k"),
        ("overlevering", "overleveringer/o"),
    ]


def test_a_changed_flow_touches_the_ros_of_both_ends():
    found = vurder_pa_nytt(register(VURDERT), "integrasjoner/ab")
    assert [v.post for v in found] == ["ros/r"]
    assert "a" in found[0].hvorfor


def test_a_changed_supplier_touches_the_ros_of_what_it_delivers():
    delivered = {**VURDERT, "systemer/a": {**VURDERT["systemer/a"], "drift": {"leverandor": "l"}}}
    found = vurder_pa_nytt(register(delivered), "leverandorer/l")
    assert [(v.post, v.hvorfor) for v in found if v.slag == "ROS"] == [
        ("ros/r", "dekker a, som leverandøren leverer")
    ]
    assert not [v for v in vurder_pa_nytt(register(VURDERT), "leverandorer/l") if v.slag == "ROS"]


def test_the_requirements_that_read_a_record_are_those_that_asked_for_it():
    reg = register(VURDERT)
    results = list(Motor(ALLE, reg).alle())
    dommer = [v for r in results for v in r.dommer]
    spor = {r.post: r.spor for r in results}
    found = krav_som_leser(reg, "roller/eier", dommer, spor)
    assert ("1.1", "systemer/a") in {(x.krav, x.post) for x in found.lest}
    assert "systemer/b" not in {x.post for x in found.lest}
    assert found == krav_som_leser(reg, "roller/eier", dommer, None)


def test_more_readers_than_can_be_asked_are_counted(monkeypatch):
    from forvaltning.engine import pa_nytt

    monkeypatch.setattr(pa_nytt, "MANGE", 1)
    reg = register(VURDERT)
    results = list(Motor(ALLE, reg).alle())
    dommer = [v for r in results for v in r.dommer]
    found = krav_som_leser(reg, "systemer/a", dommer, {r.post: r.spor for r in results})
    assert found.flere > 0
    assert len({x.post for x in found.lest if x.post != "systemer/a"}) <= 1

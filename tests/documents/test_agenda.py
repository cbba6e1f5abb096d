"""The agenda of each forum: which items it gets, the facts they carry, and what is said when there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from markdown_it import MarkdownIt
from tests.documents import hjelp_rapport as h
from tests.documents.hjelp_flere import VOND, grunnlag, rader, tabell
from tests.documents.hjelp_rapport import KODE
from tests.hjelp import DATO

from forvaltning.documents import agenda, dokument
from forvaltning.documents.mal import Maler
from forvaltning.findings import Finding, FindingKind, Outcome, Place, Verdict
from forvaltning.model.innstillinger import Sakstype

TIL = DATO + timedelta(days=90)
SYSTEM = {
    "navn": "Bok",
    "tilstand": "i_produksjon",
    "enhet": "kultur",
    "systemeier": "eier",
    "systemkoordinator": "eier",
}
AVVIK = {
    "navn": "Bok mangler plan",
    "krav": "2.2",
    "gjelder": ["bok"],
    "felt": "kontinuitetsplan",
    "grunn": "Planen kommer",
    "vekt": "mindre",
    "kompenserende_tiltak": ["Lesekopi"],
    "tilstand": "meldt",
    "meldt": "2026-10-01",
    "sak": "Bk360 1",
}
BESLUTTET = {**AVVIK, "tilstand": "besluttet", "gyldig_til": "2026-12-31"}
PROSJEKT = {
    "navn": "Nye skjemaer",
    "type": "prosjekt",
    "tilstand": "konsept",
    "digitalisering": "ja",
    "enhet": "kultur",
    "registrert": "2026-09-01",
    "prosjekteier": "eier",
    "begrunnelse": {"referanse": "P-1", "mal": "Mindre papir", "registrert": "2026-09-01"},
    "beslutningspunkter": [{"punkt": "BP1", "dato": "2026-10-01"}],
}


def besluttet(forum="sdi", dato="2026-05-01"):
    return {"forum": forum, "dato": dato, "sak": "SDI 1"}


def se(poster, forum="digitaliseringsrad", til=TIL, **kwargs):
    return agenda.visning(grunnlag({"systemer/bok": SYSTEM, **poster}, **kwargs), forum, til)


def saker(v, slag=None):
    return [r for r in rader(v, "saker") if slag is None or r["slag"] == slag]


def fakta(v, n):
    return {r["opplysning"]: r["verdi"] for r in rader(v, f"sak_{n}")}


# --- deviations -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("endre", "forum"),
    [
        ({}, "sdi"),
        ({"vekt": "storre"}, "digitaliseringsrad"),
        ({"vekt": None}, "digitaliseringsrad"),
        ({"krav": "8.3", "felt": None}, "digitaliseringsrad"),
    ],
)
def test_a_reported_deviation_goes_to_the_forum_that_may_decide(endre, forum):
    other = {"sdi": "digitaliseringsrad", "digitaliseringsrad": "sdi"}[forum]
    poster = {"avvik/a": {**AVVIK, **endre}}
    assert [r["post"] for r in saker(se(poster, forum)) if r["post"] == "avvik/a"] == ["avvik/a"]
    assert [r for r in saker(se(poster, other)) if r["post"] == "avvik/a"] == []


def test_a_deviation_carries_what_the_decision_needs():
    v = se({"avvik/a": AVVIK}, "sdi")
    f = fakta(v, 1)
    assert f["Hvorfor saken er her"] == "Avviket er ikke besluttet."
    assert f["Krav"].startswith("2.2 ")
    assert f["Gjelder"] == "Bok"
    assert f["Grunn"] == "Planen kommer"
    assert f["Vekt"] == "Mindre"
    assert f["Kompenserende tiltak"] == "Lesekopi"
    assert "Bok: Kontinuitetsplanen er ikke registrert." in f["Brutt nå"]
    assert "Systemeier" in f["Hvem som svarer for kravet"]
    assert f["Meldt"] == "01.10.2026 (for 46 dager siden)"
    assert f["Sak"] == "Bk360 1"
    assert "teller det som brudd" in f["Hvis det ikke blir avgjort"]
    assert saker(v)[0]["forslag"].startswith(
        "Seksjon for digitalisering og innovasjon (SDI) skal ta stilling til om avviket"
    )


def test_a_deviation_from_law_says_that_nobody_can_dispense():
    v = se({"avvik/a": {**AVVIK, "krav": "3.1", "felt": None}}, "sdi")
    assert "lov" in fakta(v, 1)["Hvis det ikke blir avgjort"]


def test_what_the_deviation_lacks_is_said():
    f = fakta(se({"avvik/a": {"krav": "2.2", "gjelder": ["borte"], "tilstand": "meldt"}}), 1)
    assert (f["Grunn"], f["Kompenserende tiltak"], f["Meldt"], f["Sak"]) == ("mangler",) * 4
    assert f["Gjelder"] == "borte (finnes ikke)"
    assert "ikke noe brudd" in f["Brutt nå"]
    assert "teller det som brudd" not in f["Hvis det ikke blir avgjort"]


@pytest.mark.parametrize("tilstand", ["avslatt", "lukket"])
def test_a_settled_deviation_is_no_item(tilstand):
    v = se({"avvik/a": {**AVVIK, "tilstand": tilstand, "besluttet": besluttet()}}, "sdi")
    assert [r for r in saker(v) if r["post"] == "avvik/a"] == []


def test_one_decided_by_the_wrong_forum_comes_back_to_the_right_one():
    poster = {"avvik/a": {**BESLUTTET, "vekt": "storre", "besluttet": besluttet()}}
    v = se(poster)
    assert saker(v)[0]["slag"] == "Større avvik som venter på beslutning"
    assert "på nytt" in str(saker(v)[0]["forslag"])
    assert [r for r in saker(se(poster, "sdi")) if r["post"] == "avvik/a"] == []


@pytest.mark.parametrize(
    ("gyldig_til", "med", "tekst"),
    [
        (TIL, True, "går ut"),
        (TIL + timedelta(days=1), False, ""),
        (DATO, True, "går ut"),
        (DATO - timedelta(days=1), True, "gikk ut"),
    ],
)
def test_a_deviation_comes_back_to_who_decided_when_it_runs_out(gyldig_til, med, tekst):
    poster = {"avvik/a": {**BESLUTTET, "gyldig_til": gyldig_til.isoformat(), "besluttet": besluttet()}}
    v = se(poster, "sdi")
    mine = saker(v, "Avvik som går ut")
    assert len(mine) == int(med)
    if med:
        assert mine[0]["frist"] == gyldig_til
        assert tekst in fakta(v, mine[0]["nr"])["Hvorfor saken er her"]
    assert saker(se(poster), "Avvik som går ut") == []


def test_one_that_covers_nothing_may_be_closed():
    plan = {"dato": "2026-01-01", "referanse": "P"}
    v = se(
        {
            "systemer/bok": {**SYSTEM, "kontinuitetsplan": plan},
            "avvik/a": {**BESLUTTET, "besluttet": besluttet()},
        },
        "sdi",
    )
    assert "kan lukkes" in str(saker(v, "Avvik som går ut")[0]["forslag"])


# --- accessibility ----------------------------------------------------------------------------------

BRUDD = {"id": "kontrast", "kriterium": "1.4.3", "konsekvens": "Vanskelig å lese", "funnet": "2026-06-01"}
NETT = {
    "nettlosning": "ja",
    "brukskvalitet": {"dato": "2026-06-01", "referanse": "R", "oppfylt": "ja"},
    "uu": {"standard": "wcag-2.1", "dato": "2026-06-01", "resultat": "delvis_i_samsvar", "referanse": "R"},
    "flater": [
        {
            "id": "f",
            "type": "nettsted",
            "adresse": "https://a.example",
            "erklaering": "https://a.example/e",
            "oppdatert": "2026-06-01",
        }
    ],
}


def uu(**brudd):
    return se({"systemer/bok": {**SYSTEM, "nett": {**NETT, "brudd": [{**BRUDD, **brudd}]}}})


def test_a_known_break_without_a_case_is_an_item_with_its_facts():
    v = uu()
    r = saker(v, "Brudd på universell utforming")[0]
    assert (r["krav"], r["post"]) == ("8.3", "systemer/bok")
    f = fakta(v, r["nr"])
    assert f["Kjente brudd"] == (
        "kontrast, kriterium 1.4.3, følge for brukerne: Vanskelig å lese, ingen plan, funnet 01.06.2026, ingen sak"
    )
    assert f["Oppfølging"] == "Ingen avvik følger det opp."
    assert "kan ikke gi fritak" in f["Hvis det ikke blir avgjort"]


def test_a_break_that_the_council_has_treated_is_told_and_no_item():
    v = uu(sak="sak 3/26", behandlet="2026-09-01")
    assert saker(v, "Brudd på universell utforming") == []
    assert [(r["navn"], r["brudd"]) for r in rader(v, "behandlede_brudd")] == [
        ("Bok", ("kontrast: sak 3/26",))
    ]


@pytest.mark.parametrize("behandlet", [None, "2026-12-01"])
def test_a_break_with_a_case_that_is_not_treated_yet_is_an_item(behandlet):
    assert len(saker(uu(sak="sak 3/26", behandlet=behandlet), "Brudd på universell utforming")) == 1


def test_a_treated_break_does_not_hide_what_else_is_wrong():
    nett = {**NETT, "flater": [], "brudd": [{**BRUDD, "sak": "sak 3/26", "behandlet": "2026-09-01"}]}
    v = se({"systemer/bok": {**SYSTEM, "nett": nett}})
    r = saker(v, "Brudd på universell utforming")[0]
    assert "flate" in fakta(v, r["nr"])["Annet som er galt"]


# --- projects ---------------------------------------------------------------------------------------


def prosjekt(forum="digitaliseringsrad", **endre):
    return se({"prosjekter/p": {**PROSJEKT, **endre}}, forum)


PUNKT = "Prosjekter før BP2 og BP3"


@pytest.mark.parametrize(
    ("endre", "punkt"),
    [
        ({}, "BP2"),
        ({"tilstand": "planlegging", "beslutningspunkter": [{"punkt": "BP2", "dato": "2023-06-01"}]}, "BP3"),
        ({"beslutningspunkter": [{"punkt": "BP2", "dato": "2027-01-10"}]}, "BP2"),
    ],
)
def test_a_project_comes_before_its_next_decision_point(endre, punkt):
    v = prosjekt(**endre)
    mine = saker(v, PUNKT)
    assert [r["sak"] for r in mine] == [f"Nye skjemaer før {punkt}"]
    f = fakta(v, mine[0]["nr"])
    assert f["Beslutningspunkt"].startswith(punkt)
    assert f["Mål"] == "Mindre papir"
    assert f["Kostnad"] == "mangler"
    assert punkt in f["Hvis det ikke blir avgjort"]


@pytest.mark.parametrize(
    "endre",
    [
        {"tilstand": "stanset"},
        {"tilstand": "avsluttet", "avsluttet": "2023-12-31"},
        {"digitalisering": "nei"},
        {"type": "program"},
        {"tilstand": "gjennomforing", "beslutningspunkter": [{"punkt": "BP3", "dato": "2023-06-01"}]},
        {"anbefalinger": [{"punkt": "BP2", "dato": "2026-11-01", "utfall": "anbefalt"}]},
    ],
)
def test_a_project_that_needs_no_recommendation_now_is_no_item(endre):
    assert saker(prosjekt(**endre), PUNKT) == []


@pytest.mark.parametrize(
    "endre",
    [
        {"tilstand": "meldt", "beslutningspunkter": []},
        {"beslutningspunkter": [{"punkt": "BP2", "dato": (TIL + timedelta(days=1)).isoformat()}]},
    ],
)
def test_a_project_that_comes_later_is_told_apart(endre):
    v = prosjekt(**endre)
    assert saker(v, PUNKT) == []
    assert [(r["prosjekt"], r["punkt"]) for r in rader(v, "senere")] == [("Nye skjemaer", "BP2")]


def test_a_project_that_passed_without_the_recommendation_comes_first():
    v = se(
        {
            "prosjekter/p": PROSJEKT,
            "prosjekter/q": {
                **PROSJEKT,
                "navn": "For sent",
                "tilstand": "planlegging",
                "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-10-10"}],
            },
        }
    )
    mine = saker(v, PUNKT)
    assert mine[0]["sak"] == "For sent mangler rådets anbefaling"
    assert "BP2" in fakta(v, mine[0]["nr"])["Brutt nå"]


def test_an_ended_project_without_the_recommendation_can_only_be_settled():
    v = prosjekt(tilstand="avsluttet", avsluttet="2026-11-01")
    assert "lukket avvik" in str(saker(v, PUNKT)[0]["forslag"])


def test_other_fora_discuss_what_the_council_decides():
    v = prosjekt("fagforum-sdi")
    assert "skal drøfte" in str(saker(v, "Prosjekter på vei til Digitaliseringsrådet")[0]["forslag"])
    v = prosjekt("digitaliseringsforum", tilstand="meldt", beslutningspunkter=[])
    assert [r["sak"] for r in saker(v, "Prosjekter som er meldt")] == ["Nye skjemaer er meldt"]


# --- requirements, changes, systems -----------------------------------------------------------------


def test_a_forum_gets_the_requirements_that_the_settings_give_it():
    v = se({}, "samhandlingsgruppe-web")
    assert {r["krav"] for r in saker(v)} <= {"8.1", "8.2", "8.3"}
    first = saker(v)[0]
    assert first["krav"] == "8.1"
    assert [r["post"] for r in rader(v, "krav_8_1")] == ["Bok"]


def test_a_municipality_gives_its_own_forum_items_in_the_settings():
    eget = {"fora": {"mitt": {"navn": "Mitt forum", "saker": ["mindre_avvik"], "krav": ["5.3"]}}}
    v = se({"avvik/a": AVVIK}, "mitt", eget=eget)
    assert [r["slag"] for r in saker(v)] == [
        "Mindre avvik som venter på beslutning",
        "Krav som forumet følger",
    ]
    assert v.tittel == "Saksliste for Mitt forum"


def test_sdi_gets_what_its_own_unit_answers_for():
    mine = {"systemer/eget": {**SYSTEM, "navn": "Eget", "enhet": "sdi"}}
    v = se(mine, "sdi")
    posts = {r["post"] for t in v.tabeller() if t.navn.startswith("krav_") for r in rader(v, t.navn)}
    assert "Eget" in posts
    assert "Bok" not in posts


def test_a_breach_has_only_a_deadline_that_has_passed():
    later = DATO + timedelta(days=200)
    passed = DATO - timedelta(days=3)
    place = Place("systemer/bok")
    missing = Finding(FindingKind.MANGLER, "a", "Mangler.", "Skriv.", place, "x", "1")
    expired = Finding(FindingKind.UTLOPT, "b", "Gikk ut.", "Forny.", place, "y", "2", passed)
    for krav, forum in (("1.6", "sdi"), ("8.3", "digitaliseringsrad")):
        for funn, frist in (((missing,), None), ((missing, expired), passed)):
            g = grunnlag({"systemer/bok": SYSTEM})
            v = Verdict(
                krav, "systemer/bok", "sdi", Outcome.BRUDD, frist=min(later, frist or later), funn=funn
            )
            view = agenda.visning(replace(g, dommer=[v]), forum, TIL)
            assert [r["frist"] for r in saker(view) if r["krav"] == krav] == [frist]


@pytest.mark.parametrize(("dager", "med"), [(299, False), (300, True)])
@pytest.mark.parametrize("utfall", [Outcome.OPPFYLT, Outcome.SNART])
def test_what_runs_out_within_the_window_is_an_item_also_when_it_is_not_soon_yet(dager, med, utfall):
    slutt = DATO + timedelta(days=300)
    g = grunnlag({"systemer/bok": SYSTEM})
    g = replace(g, dommer=[Verdict("1.6", "systemer/bok", "sdi", utfall, frist=slutt)])
    v = agenda.visning(g, "sdi", DATO + timedelta(days=dager))
    assert [(r["krav"], r["frist"]) for r in saker(v)] == ([("1.6", slutt)] if med else [])


@pytest.mark.parametrize(
    ("endre", "med"),
    [
        ({}, True),
        ({"virkning": None}, True),
        ({"vekt": "mindre"}, False),
        ({"virkning": "2026-11-15"}, False),
        ({"virkning": (TIL + timedelta(days=1)).isoformat()}, False),
    ],
)
def test_larger_changes_ahead_go_to_ikt_forum(endre, med):
    endring = {
        "navn": "Ny drift",
        "gjelder": "bok",
        "vekt": "storre",
        "virkning": "2026-12-01",
        "sikkerhet": "ja",
    }
    v = se({"endringer/e": {**endring, **endre}}, "ikt-forum")
    assert [r["sak"] for r in saker(v, "Større endringer")] == (["Ny drift"] if med else [])


@pytest.mark.parametrize(
    ("system", "hva"),
    [
        ({"tilstand": "akseptansetest"}, "Testes før produksjon"),
        ({"tilstand": "under_avvikling"}, "Er under avvikling"),
        ({"tilstand": "planlagt", "produksjon_fra": "2026-12-01"}, "Settes i produksjon"),
        ({"avvikling_fra": "2026-12-01"}, "Avviklingen starter"),
        ({}, None),
    ],
)
def test_systems_on_their_way_in_or_out_go_to_ikt_forum(system, hva):
    v = se({"systemer/bok": {**SYSTEM, **system}}, "ikt-forum")
    found = [r["hva"] for t in v.tabeller() if t.navn == "skifter" for r in rader(v, "skifter")]
    assert found == ([hva] if hva else [])


# --- what is said -----------------------------------------------------------------------------------


def test_every_kind_of_item_in_the_settings_has_a_maker():
    assert set(agenda.SLAG) == set(get_args(Sakstype))


def test_nothing_is_said_with_what_was_looked_for():
    v = agenda.visning(grunnlag({}), "digitaliseringsrad", TIL)
    assert any("Ingenting i registeret venter" in t for t in v.ingress)
    assert {r["saker"] for r in rader(v, "sett_etter")} == {0}
    assert len(rader(v, "sett_etter")) == 5


def test_a_forum_without_kinds_in_the_settings_says_how_to_give_it_some():
    v = agenda.visning(grunnlag({}, eget={"fora": {"mitt": {"navn": "Mitt"}}}), "mitt", TIL)
    assert any("fora.mitt" in t for t in v.ingress)
    assert tabell(v, "sett_etter").rader == ()


def test_what_could_not_be_seen_is_stated():
    v = se(
        {"prosjekter/p": {**PROSJEKT, "tilstand": "planlegging", "type": "delprosjekt", "del_av": "borte"}},
        uleselige={"prosjekter/borte": None},
    )
    text = " ".join(next(d for d in v.deler if d.tittel == "Dette er sett etter").avsnitt)
    assert "prosjekter/borte.yaml" in text
    assert "6.2 for Nye skjemaer" in text


def test_a_requirement_that_is_not_there_is_told():
    eget = {"fora": {"mitt": {"navn": "Mitt", "krav": ["8.9", "8.1"]}}}
    v = agenda.visning(grunnlag({}, eget=eget), "mitt", TIL)
    assert any("8.9" in t and "8.1" not in t for d in v.deler for t in d.avsnitt)


def test_numbers_follow_the_list_and_the_parts():
    v = se({"avvik/a": {**AVVIK, "vekt": "storre"}, "prosjekter/p": PROSJEKT})
    assert [r["nr"] for r in saker(v)] == list(range(1, len(saker(v)) + 1))
    titles = [d.tittel for d in v.alle_deler() if d.tittel.startswith("Sak ")]
    assert titles == [f"Sak {r['nr']}: {r['sak']}" for r in saker(v)]


def test_hostile_names_stay_text():
    poster = {
        "systemer/bok": {**SYSTEM, "navn": VOND},
        "avvik/a": {**AVVIK, "navn": VOND, "grunn": VOND, "vekt": "storre"},
        "prosjekter/p": {**PROSJEKT, "navn": VOND},
    }
    g = grunnlag(poster, eget={"fora": {"digitaliseringsrad": {"navn": VOND}}})
    v = agenda.visning(g, "digitaliseringsrad", TIL)
    text = dokument.markdown(v, g.hode, Maler())
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(text)
    inline = [c for t in tokens for c in t.children or ()]
    assert not {"link_open", "image", "html_inline"} & {c.type for c in inline}
    assert all(KODE.fullmatch(c.content) for c in inline if c.type == "code_inline")
    assert "html_block" not in {t.type for t in tokens}
    assert "49" not in text.replace("2049", "")
    assert "\x1b" not in text
    assert "\u202e" not in text
    page = "".join(dokument.html(v, g.hode, Maler()))
    assert "<script>x" not in page
    assert "\x1b" not in page


@pytest.mark.parametrize("forum", ["digitaliseringsrad", "sdi", "ikt-forum"])
def test_the_agenda_over_the_sample_is_as_it_was_read_last(forum):
    g = h.grunnlag("status")
    v = agenda.visning(g, forum, g.dato + timedelta(days=90))
    h.lik_gyllen(f"agenda-{forum}.md", dokument.markdown(v, g.hode, Maler()))

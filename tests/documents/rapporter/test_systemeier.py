"""`report systemeier`: one owner's systems, what to do first, and what runs out within the year."""

from __future__ import annotations

from datetime import date

from tests.documents.rapporter.hjelp_visning import grunnlag, md, rader, tall, vis
from tests.documents.rapporter.poster import POSTER

from forvaltning.documents.utdrag import samlet


def test_every_owner_has_a_part_in_norwegian_order_and_those_without_come_last():
    extra = {
        "systemer/eierlos": {"navn": "Eierløs", "tilstand": "planlagt"},
        "roller/aa": {"type": "systemeier", "stilling": "Årsleder"},
        "systemer/ar": {"navn": "År", "tilstand": "planlagt", "systemeier": "aa"},
    }
    v = vis("systemeier", POSTER, endre=extra)
    assert [d.tittel for d in v.deler] == [
        "Leder for arkiv, Finans",
        "Leder for haller, Kultur",
        "Årsleder",
        "Uten systemeier",
    ]
    assert tall(v)["Systemeiere"] == 3
    assert tall(v)["Systemer"] == 4


def test_one_owner_by_record_or_by_role():
    for chosen in ({"post": "roller/eier-finans"}, {"rolle": "eier-finans"}):
        v = vis("systemeier", POSTER, **chosen)
        assert v.tittel == "Systemer hos Leder for arkiv, Finans"
        assert [r["system"] for r in rader(v, "systemer")] == ["Sak"]


def test_an_owner_of_nothing_is_told_so():
    v = vis("systemeier", POSTER, post="roller/avtaleeier")
    assert rader(v, "systemer") == []
    assert tall(v)["Systemer"] == 0


def test_the_counts_are_those_of_the_verdicts():
    g = grunnlag(POSTER)
    row = rader(vis("systemeier", POSTER, post="roller/eier-finans"), "systemer")[0]
    outcomes = [v.utfall.value for v in g.dommer if v.post == "systemer/sak"]
    for navn in ("brudd", "ikke_avgjort", "avvik", "snart", "oppfylt"):
        assert row[navn] == outcomes.count(navn)
    assert outcomes.count("brudd") > 0


def test_what_is_broken_comes_before_what_runs_out_and_the_rest_is_counted():
    v = vis("systemeier", POSTER, post="roller/eier-finans")
    found = rader(v, "forst")
    assert len(found) == 10
    assert {r["utfall"] for r in found} == {"brudd"}
    assert "til står i «forvaltning todo»" in next(t for t in v.tabeller() if t.navn == "forst").forklaring


def test_law_then_what_is_past_its_date_then_what_is_at_odds_then_what_is_missing():
    v = vis(
        "system",
        POSTER,
        post="systemer/sak",
        endre={"systemer/sak": {"systemoversikt": {"dato": "2025-01-01", "av": "eier-finans"}}},
    )
    krav = [r["krav"] for r in rader(v, "gjoremal")]
    lov = [i for i, k in enumerate(krav) if k in {"3.1", "4.3", "4.4", "5.5", "8.3"}]
    assert lov == list(range(len(lov)))
    assert lov
    utlopt = [
        i for i, r in enumerate(rader(v, "gjoremal")) if r["krav"] == "1.6" and r["frist"] == date(2026, 1, 1)
    ]
    assert utlopt == [len(lov)]


def test_dates_that_no_requirement_asks_about_are_among_what_to_do():
    system = {
        "systemer/x": {
            "navn": "X",
            "tilstand": "ide",
            "systemeier": "eier-kultur",
            "sertifikater": [
                {"id": "tls", "utloper": "2027-02-14"},
                {"id": "gammel", "utloper": "2026-11-15"},
            ],
        }
    }
    only = {k: v for k, v in POSTER.items() if not k.startswith("systemer/")}
    found = rader(vis("systemeier", only, endre=system, post="roller/eier-kultur"), "forst")
    assert [(r["hva"], r["frist"]) for r in found] == [
        ("Sertifikatet «gammel» går ut", date(2026, 11, 15)),
        ("Sertifikatet «tls» går ut", date(2027, 2, 14)),
    ]
    later = {"systemer/x": {**system["systemer/x"], "sertifikater": [{"id": "tls", "utloper": "2027-02-15"}]}}
    assert rader(vis("systemeier", only, endre=later, post="roller/eier-kultur"), "forst") == []


def test_deadlines_of_the_year_soonest_first_each_with_when():
    found = rader(vis("systemeier", POSTER, post="roller/eier-finans"), "frister")
    days = [r["dato"] for r in found]
    assert days == sorted(days)
    assert max(days) <= date(2027, 11, 16)
    told = {(r["dato"], r["hva"]): r["naar"] for r in found}
    assert told[date(2026, 12, 1), "Sertifikatet «Pålogging» går ut"] == "Innen 90 dager"
    assert (
        told[date(2026, 11, 30), "Siste dag for å utløse opsjonen «o1»: Kontrakt om Sak"] == "Innen 90 dager"
    )
    assert told[date(2026, 11, 30), "Tiltaket «Lesekopi» skal være gjort: ROS for Sak"] == "Innen 90 dager"


def test_what_has_run_out_stands_first():
    v = vis("systemeier", POSTER, post="roller/eier-finans", dato=date(2026, 12, 2))
    row = next(r for r in rader(v, "frister") if "Sertifikatet" in str(r["hva"]))
    assert (row["naar"], row["igjen"]) == ("Over frist", "for 1 dag siden")


def test_ended_systems_and_other_units_are_left_out():
    ended = {"systemer/sak": {"tilstand": "avviklet"}}
    assert [r["system"] for r in rader(vis("systemeier", POSTER, endre=ended), "systemer")] == ["Hall"]
    assert [r["system"] for r in rader(vis("systemeier", POSTER, enheter=("kultur",)), "systemer")] == [
        "Hall"
    ]
    v = vis("systemeier", POSTER, enheter=("kommunen",))
    assert v.deler[0].avsnitt == ("Ingen systemer passer med det som er valgt.",)


def test_the_spreadsheet_has_one_table_for_all_owners_with_the_owner_in_each_row():
    v = vis("systemeier", POSTER)
    joined = {t.navn: t for t in samlet(v.tabeller())}
    assert set(joined) == {"forst", "systemer", "frister"}
    assert [r[:2] for r in joined["systemer"].rader] == [
        ("Leder for arkiv, Finans", "Sak"),
        ("Leder for haller, Kultur", "Hall"),
    ]
    assert "| Systemeier |" not in md("systemeier", grunnlag(POSTER))


def test_the_next_deadline_is_the_first_of_every_kind_that_has_not_passed():
    for dag in (date(2026, 11, 16), date(2026, 12, 2)):
        v = vis("systemeier", POSTER, post="roller/eier-finans", dato=dag)
        card = vis("system", POSTER, post="systemer/sak", dato=dag)
        ahead = [r["dato"] for r in rader(card, "frister") if r["dato"] >= dag]
        assert tall(v)["Neste frist"] == tall(card)["Neste frist"] == min(ahead)
        assert rader(v, "systemer")[0]["neste_frist"] == min(ahead)

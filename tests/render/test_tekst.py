"""The report for people, made from verdicts written out here: what is shown, in what order, in 80 columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forvaltning.cli.vurdering import oppsummer
from forvaltning.findings import (
    Finding,
    FindingKind,
    Outcome,
    Place,
    Position,
    Problem,
    Responsible,
    Severity,
    Strength,
    Verdict,
)
from forvaltning.render.tekst import rapport
from forvaltning.render.tekst_grunnlag import Grunnlag, Visning
from forvaltning.render.tekst_stil import Stil, bredde

FEIL, UTLOPT, MANGLER = FindingKind.FEIL, FindingKind.UTLOPT, FindingKind.MANGLER
TITLER = {
    "1.1": "Systemet har eier",
    "4.2": "Risiko er vurdert",
    "5.2": "Kontrakten har eier",
    "8.3": "Universelt utformet",
}


class Steder:
    """Line = number of the path's parts plus one."""

    def finn(self, fil, path):
        return Position(len(path) + 1, 3)

    def problem(self, p):
        return p.position or self.finn(p.fil, p.path)


def funn(art, melding="Noe er galt.", *, post="systemer/a", avvik=None, se=()):
    return Finding(
        art, "vilkar", melding, "Rett det.", Place(post, ("felt",)), "felt", "f" * 16, se=se, avvik=avvik
    )


def dom(krav, post, utfall, *f, enhet="sdi", **kwargs):
    return Verdict(
        krav,
        post,
        enhet,
        utfall,
        ansvarlig=(Responsible("systemeier", "eier-a", "sdi", "a@b.example"),),
        funn=f,
        **kwargs,
    )


def grunnlag(*dommer, problemer=(), datokilde="eksempel", **kwargs):
    return Grunnlag(
        sti="registry",
        kommune="Prøve",
        dato=date(2026, 11, 16),
        datokilde=datokilde,
        dommer=dommer,
        problemer=problemer,
        sammendrag=oppsummer(dommer),
        steder=Steder(),
        titler=TITLER,
        lover=frozenset({"8.3"}),
        omrader={1: "Styring", 4: "Personvern", 5: "Avtaler", 8: "Brukeropplevelse"},
        postnavn=lambda key: key.split("/")[1].upper(),
        enhetsnavn=lambda ident: {"sdi": "Seksjonen", "aa": "Åsane", "zo": "Zoo", "ae": "Ærfugl"}.get(
            ident, ident
        ),
        rollenavn=lambda kode: kode.capitalize(),
        rolletyper=frozenset({"systemeier", "prosjekteier"}),
        **kwargs,
    )


def vis(g, visning=None, stil=None):
    return "".join(rapport(g, visning or Visning(), stil or Stil()))


BRUDD = (
    dom(
        "1.1",
        "systemer/bare-mangler",
        Outcome.BRUDD,
        funn(MANGLER, "M1"),
        funn(MANGLER, "M2"),
        funn(MANGLER, "M3"),
    ),
    dom("5.2", "systemer/ett-utlopt", Outcome.BRUDD, funn(UTLOPT, "U1")),
    dom("4.2", "systemer/en-feil", Outcome.BRUDD, funn(MANGLER, "M4"), funn(FEIL, "F1")),
)


def test_the_worst_comes_first_by_record_and_within_it():
    text = vis(grunnlag(*BRUDD))
    assert [m for m in ("F1", "M4", "U1", "M1") if m in text] == ["F1", "M4", "U1", "M1"]
    order = sorted(("F1", "M4", "U1", "M1"), key=text.index)
    assert order == ["F1", "M4", "U1", "M1"]


def test_each_finding_has_place_kind_title_remedy_and_who_answers():
    text = vis(grunnlag(dom("4.2", "systemer/a", Outcome.BRUDD, funn(FEIL, "Tiltaket er ikke ferdig."))))
    assert "registry/systemer/a.yaml:2:3" in text
    assert "✗ FEIL" in text
    assert "4.2 Risiko er vurdert" in text
    assert "Tiltaket er ikke ferdig." in text
    assert "→ Rett det." in text
    assert "Svarer: Systemeier (eier-a, a@b.example)" in text


def test_a_role_that_nobody_fills_is_said():
    v = Verdict(
        "1.1",
        "systemer/a",
        None,
        Outcome.BRUDD,
        ansvarlig=(Responsible("prosjekteier", enhet="sdi"),),
        funn=(funn(FEIL),),
    )
    assert "Prosjekteier (ingen er ført opp)" in vis(grunnlag(v))


def test_many_that_only_miss_something_do_not_bury_the_rest():
    many = [dom("1.1", f"systemer/m{i:02}", Outcome.BRUDD, funn(MANGLER, f"M{i}")) for i in range(51)]
    mixed = dom("4.2", "systemer/x", Outcome.BRUDD, funn(FEIL, "FEILEN"), funn(MANGLER, "MANGELEN"))
    text = vis(grunnlag(*many, mixed))
    assert (
        text.index("Brudd: feil og utløpt")
        < text.index("FEILEN")
        < text.index("Brudd: mangler")
        < text.index("MANGELEN")
    )
    assert all(f"M{i}\n" in text for i in range(51))
    assert text.count("FEILEN") == text.count("MANGELEN") == 1


def test_a_breach_of_law_under_a_deviation_is_marked_and_comes_first():
    law = dom(
        "8.3",
        "systemer/z",
        Outcome.BRUDD,
        funn(MANGLER, "L1", avvik="avvik-1"),
        avvik="avvik-1",
        lovbrudd=True,
    )
    text = vis(grunnlag(BRUDD[1], law))
    assert text.index("L1") < text.index("U1")
    assert "lovbrudd under oppfølging (avvik-1)" in text
    assert "dekket av avvik avvik-1" in text


def test_related_places_are_shown():
    f = funn(FEIL, se=(Place("ros/r", ("dato",), "ROS-en er fra før endringen."),))
    assert "Se registry/ros/r.yaml:2:3: ROS-en er fra før endringen." in vis(
        grunnlag(dom("4.2", "systemer/a", Outcome.BRUDD, f))
    )


def test_deviations_deadlines_and_the_undecided_have_their_own_sections():
    g = grunnlag(
        dom("5.2", "avtaler/b", Outcome.SNART, frist=date(2026, 12, 14), styrke=Strength.DOKUMENTERT),
        dom("5.2", "avtaler/a", Outcome.SNART, frist=date(2026, 11, 17), styrke=Strength.BEKREFTET),
        dom("1.1", "systemer/a", Outcome.AVVIK, funn(MANGLER, "Skjult.", avvik="avvik-2"), avvik="avvik-2"),
        *(
            dom("4.2", f"systemer/s{i}", Outcome.IKKE_AVGJORT, begrunnelse="Historikken mangler.")
            for i in range(11)
        ),
        problemer=(Problem("avvik.tomt", Severity.MERKNAD, "avvik/x.yaml", "Dekker ikke noe.", "Lukk det."),),
    )
    text = vis(g)
    assert text.index("om 1 dag)") < text.index("14.12.2026 (om 28 dager)")
    assert "avvik/avvik-2" in text
    assert "Skjult." in text
    assert text.count("Historikken mangler.") == 1
    assert "systemer/s7 og 3 til" in text
    assert "· MERKNAD registry/avvik/x.yaml:1:3" in text
    assert "Regel: avvik.tomt" in text
    assert "✓ Ingen brudd. 11 vurderinger kunne ikke avgjøres." in text
    assert "Neste frist er 17.11.2026 (om 1 dag)" in " ".join(text.split())


def test_green_ones_are_shown_only_when_asked_for():
    g = grunnlag(
        dom("1.1", "systemer/gronn", Outcome.OPPFYLT, styrke=Strength.MASKINELL),
        dom("5.2", "systemer/uaktuell", Outcome.IKKE_AKTUELT, begrunnelse="Ikke tatt i bruk."),
    )
    assert "systemer/gronn" not in vis(g)
    full = vis(g, Visning(alt=True))
    assert "1.1 Systemet har eier – maskinell" in full
    assert "Ikke tatt i bruk." in full
    assert "systemer/gronn" in vis(g, Visning(utfall=frozenset({Outcome.OPPFYLT})))


def test_the_summary_keeps_kinds_and_strengths_apart():
    green = [dom("1.1", f"systemer/g{i}", Outcome.OPPFYLT, styrke=s) for i, s in enumerate(Strength)]
    text = vis(grunnlag(*BRUDD, *green))
    assert "Funn: ✗ 1 feil · ◷ 1 utløpt · ○ 4 mangler" in text
    assert "Det grønne hviler på: 1 maskinell, 1 dokumentert, 1 bekreftet." in text


def test_units_stand_by_name_in_norwegian_order():
    verdicts = [dom("1.1", f"systemer/{u}", Outcome.OPPFYLT, enhet=u) for u in ("aa", "ae", "zo", None)]
    text = vis(grunnlag(*verdicts))
    assert sorted(("Zoo", "Ærfugl", "Åsane", "Uten enhet"), key=text.index) == [
        "Zoo",
        "Ærfugl",
        "Åsane",
        "Uten enhet",
    ]


def test_with_many_units_those_in_order_are_counted_not_listed():
    verdicts = [dom("1.1", f"systemer/{i}", Outcome.OPPFYLT, enhet=f"enhet-{i}") for i in range(20)]
    text = vis(grunnlag(*verdicts, BRUDD[0]))
    assert "20 enheter uten brudd" in text
    assert "enhet-3 " not in text
    assert "enhet-3 " in vis(grunnlag(*verdicts, BRUDD[0]), Visning(alt=True))


@pytest.mark.parametrize(
    ("kilde", "sagt"),
    [
        ("eksempel", "Eksempeldata: regnet per 16.11.2026."),
        ("valgt", "Regnet per 16.11.2026, valgt med --as-of."),
        ("i dag", "Regnet per 16.11.2026, i dag."),
    ],
)
def test_the_date_is_said_with_its_reason(kilde, sagt):
    assert sagt in vis(grunnlag(datokilde=kilde))


def test_the_next_step_is_the_unreadable_file_then_the_worst_requirement():
    broken_file = Problem(
        "fil.syntaks", Severity.FEIL, "systemer/x.yaml", "Ødelagt.", "Rett den.", position=Position(4, 2)
    )
    assert "Neste steg: rett registry/systemer/x.yaml:4:2" in vis(grunnlag(*BRUDD, problemer=(broken_file,)))
    assert "«forvaltning explain 4.2»" in vis(grunnlag(*BRUDD))
    assert "mangler bare" in vis(grunnlag(BRUDD[0])).replace("\n", " ")


def test_one_line_when_asked_to_be_quiet():
    text = vis(grunnlag(*BRUDD), Visning(kort=True))
    assert text.count("\n") == 1
    assert text.startswith("3 brudd (1 feil, 1 utløpt, 4 mangler), 0 ikke avgjort")


@pytest.mark.parametrize("stil", [Stil(), Stil(farger=True)])
def test_everything_fits_in_80_columns(stil):
    long = (
        "Dette er en ganske lang melding om noe som er galt, og som må brytes over flere linjer for å kunne leses. "
        * 2
    )
    law = dom("8.3", "systemer/z", Outcome.BRUDD, funn(MANGLER, long, avvik="a"), avvik="a", lovbrudd=True)
    soon = dom("5.2", "avtaler/b", Outcome.SNART, frist=date(2026, 12, 14), styrke=Strength.DOKUMENTERT)
    text = vis(
        grunnlag(*BRUDD, law, soon, historie_ukjent=long, snevret=("krav 4.2",)), Visning(alt=True), stil
    )
    assert max(bredde(line) for line in text.splitlines()) <= 80


def test_a_long_name_and_a_long_deviation_get_lines_of_their_own():
    key, deviation = "systemer/et-system-med-lang-id", "avvik-rutine-for-et-system-med-lang-id"
    law = dom("8.3", key, Outcome.BRUDD, funn(MANGLER, post=key, avvik=deviation), lovbrudd=True)
    text = vis(replace(grunnlag(law), postnavn=lambda _: "Et navn med mange ord " * 4), Visning(alt=True))
    assert max(bredde(line) for line in text.splitlines()) <= 80
    assert f"{key}\n  Et navn med mange ord" in text
    assert f":2:3\n      dekket av avvik {deviation}\n" in text


def test_ten_thousand_findings_are_written_as_a_stream():
    many = [
        dom("1.1", f"systemer/m{i}", Outcome.BRUDD, funn(MANGLER, "Noe mangler her.")) for i in range(10_000)
    ]
    pieces = rapport(grunnlag(*many), Visning(), Stil())
    assert sum("Noe mangler her." in p for p in pieces) == 10_000


ONDT = "\x1b]0;x\x07[red]rød[/red]\n\u202eb"


def test_nothing_of_the_registry_reaches_the_terminal_raw():
    bad = dom(
        "4.2",
        f"systemer/{ONDT}",
        Outcome.BRUDD,
        funn(FEIL, ONDT, se=(Place(f"ros/{ONDT}", (), ONDT),)),
        enhet=ONDT,
    )
    undecided = dom("1.1", f"systemer/{ONDT}", Outcome.IKKE_AVGJORT, begrunnelse=ONDT)
    covered = dom("1.1", f"systemer/{ONDT}", Outcome.AVVIK, funn(FEIL, ONDT, avvik=ONDT), avvik=ONDT)
    soon = dom("5.2", f"avtaler/{ONDT}", Outcome.SNART, frist=date(2026, 12, 14), styrke=Strength.DOKUMENTERT)
    problem = Problem(ONDT, Severity.FEIL, ONDT, ONDT, ONDT, position=Position(1, 1))
    text = vis(
        grunnlag(bad, undecided, covered, soon, problemer=(problem,), snevret=(ONDT,)), Visning(alt=True)
    )
    assert not any(c in text for c in "\x1b\x07\u202e\r")
    assert "[red]rød[/red]" in text

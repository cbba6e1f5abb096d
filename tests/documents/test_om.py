"""What a report tells about itself: everything it rests on, and all that it could not see, before the reader begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.documents import hjelp_rapport as h

from forvaltning.documents import dokument
from forvaltning.documents.mal import Maler
from forvaltning.documents.om import om


def hode(**endret):
    base = replace(h.grunnlag("status").hode, eksempel=False, historie_ukjent="", ikke_avgjort=0, uleste=())
    return replace(base, **endret)


def test_a_registry_where_all_was_seen_has_nothing_to_warn_of():
    assert om(hode()).forbehold == ()


@pytest.mark.parametrize(
    ("endret", "sagt"),
    [
        ({"eksempel": True}, "Dette er eksempeldata, og historikken i Git er ikke vurdert."),
        ({"endret": True}, "Registeret har endringer som ikke er sjekket inn."),
        ({"historie_ukjent": "Historikken er borte."}, "Historikken er borte."),
        ({"ikke_avgjort": 2}, "2 vurderinger kunne ikke avgjøres og er ikke regnet som oppfylt."),
        ({"uleste": ("a/b.yaml",)}, "1 fil kunne ikke leses, og det som står der, er ikke med: a/b.yaml."),
        ({"utvalg": ("enheten sdi", "rollen x")}, "Rapporten gjelder bare enheten sdi, rollen x."),
    ],
)
def test_what_the_reader_must_know_first_is_said(endret, sagt):
    assert om(hode(**endret)).forbehold == (sagt,)


def test_a_long_list_of_unread_files_is_cut_and_counted():
    (said,) = om(hode(uleste=tuple(f"systemer/{n:02}.yaml" for n in range(25)))).forbehold
    assert "systemer/19.yaml og 5 til." in said
    assert "systemer/20.yaml" not in said


@pytest.mark.parametrize(
    ("kilde", "sagt"),
    [
        ("valgt", "valgt med --as-of"),
        ("i dag", "dagen rapporten ble laget"),
        ("innsjekking", "dagen registeret ble sjekket inn slik"),
    ],
)
def test_the_line_on_top_says_which_date_and_why(kilde, sagt):
    line = om(hode(datokilde=kilde, dato=date(2026, 2, 1))).linje
    assert (
        line
        == f"Registeret registry for Bergen kommune, innsjekking 012345678901. Sjekkdato 01.02.2026 ({sagt})."
    )
    assert "innsjekking" not in om(hode(commit=None, kommune="")).linje


def test_every_setting_that_decides_is_told():
    told = dict(om(hode()).om)
    assert told["Varslingsvindu"] == "90 dager"
    assert "plantest 12 måneder" in told["Intervaller"]
    assert "overlevering 30 dager" in told["Frister"]
    assert told["Reglementet gjelder fra"] == "01.01.2024"
    assert told["Historikk"] == "hele historikken"
    assert "arkivkjerner" in told["Egne innstillinger"]
    assert dict(om(hode(egne=())).om)["Egne innstillinger"] == "ingen, bare standardsettet"


def test_the_commit_is_whole_in_markdown_and_in_a_code_span():
    commit = "4af7df4073af" + "0" * 28
    head = hode(commit=commit, regelsett="06461c0a83ae88f2")
    v = h.visning("arkiv")
    text = dokument.markdown(v, head, Maler())
    assert "innsjekking `4af7df4073af`. Sjekkdato" in text
    assert f"- Innsjekking: `{commit}`\n" in text
    assert "regelsett `06461c0a83ae88f2`" in text
    page = "".join(dokument.html(v, head, Maler()))
    assert "innsjekking <code>4af7df4073af</code>. Sjekkdato" in page


def test_an_edited_registry_keeps_its_words_after_the_commit():
    text = dokument.markdown(h.visning("arkiv"), hode(commit="a" * 40, endret=True), Maler())
    assert f"- Innsjekking: `{'a' * 40}`, med endringer som ikke er sjekket inn\n" in text


def test_without_a_commit_there_is_no_code_span_but_the_rule_set():
    text = dokument.markdown(h.visning("arkiv"), hode(commit=None, regelsett="06461c0a83ae88f2"), Maler())
    assert text.count("`") == 2
    assert "- Innsjekking: ingen\n" in text

"""`forvaltning handover read`: an edited checklist goes back whole, or not at all with every reason and its line."""

from __future__ import annotations

import contextlib
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.hjelp_cli import engelske_ord, kjor, utflatet
from tests.gitrepo import Repo

from forvaltning.source.limits import FORBIDDEN
from forvaltning.source.yaml_parser import parse

ROOT = Path(__file__).resolve().parents[2]
FIL = "overleveringer/overlevering-tilskuddsportalen.yaml"
KOORDINATOR = "digitaliseringskoordinator-kultur"
EN_DAG = {"GIT_AUTHOR_DATE": "2026-11-16T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-16T12:00:00Z"}


@pytest.fixture
def reg(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "registry", tmp_path / "registry")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "registry"


@pytest.fixture(scope="module")
def liste(tmp_path_factory):
    """The checklist as it is made from the sample registry."""
    folder = tmp_path_factory.mktemp("liste")
    shutil.copytree(ROOT / "registry", folder / "registry")
    with contextlib.chdir(folder):
        svar = kjor("handover", "tilskuddsportalen")
    assert svar.kode == 0
    return svar.ut


def med(text: str, ident: str, boks: str | None, *under: str) -> str:
    """The checklist with another box before an item and lines put below it."""
    hit = re.search(rf"^- (?:\[.\] )?(\*\*.*`{re.escape(ident)}`)\n", text, re.MULTILINE)
    assert hit, ident
    lines = "".join(f"  - {line}\n" for line in under)
    return (
        f"{text[: hit.start()]}- {'' if boks is None else f'[{boks}] '}{hit[1]}\n{lines}{text[hit.end() :]}"
    )


def linje(text: str, med_: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if med_ in line)


def les(reg, text: str | bytes, *args: str):
    fil = reg.parent / "l.md"
    fil.write_bytes(text.encode() if isinstance(text, str) else text)
    return kjor("handover", "read", "l.md", *args)


def punkter(reg):
    return {p["id"]: p for p in parse((reg / FIL).read_bytes()).value["punkter"]}


def nektet(reg, text: str, *args: str) -> str:
    """What is said of a file that is refused; nothing is written."""
    before = (reg / FIL).read_bytes()
    svar = les(reg, text, *args)
    assert svar.kode == 1, svar
    assert svar.ut == ""
    assert (reg / FIL).read_bytes() == before
    assert "Ingenting er skrevet." in svar.feil
    return svar.feil


def test_an_untouched_checklist_writes_nothing(reg, liste):
    before = (reg / FIL).read_bytes()
    svar = les(reg, liste)
    assert (svar.kode, svar.feil) == (0, "")
    assert "Ingenting i «l.md» er endret" in svar.ut
    assert (reg / FIL).read_bytes() == before


def test_ticks_opt_outs_documentation_and_notes_go_into_the_record(reg, liste):
    text = med(
        liste, "kvalitetssjekk", "X", "Av: web-radgiver", "Dato: 1.11.2026", "Dokumentasjon: Jira «X»: nr. 1"
    )
    text = med(
        text,
        "driftsleveranser",
        " ",
        "Ikke aktuelt: Leverandøren drifter selv.",
        "Av: `prosjektleder-tilskudd`",
    )
    text = med(text, "avtale-gevinst", None, "ikke aktuelt : Ingen.", "av: prosjektleder-tilskudd")
    text = med(text, "krav-4.2", " ", "Notat: ROS er bestilt,\n    ventes i uke 50.")
    text = text.replace("Runde to er i uke 47.", "Runde tre er i uke 48.")
    text = text.replace("  - Notat: Driftshåndboken mangler kapittelet om sikkerhetskopi.\n", "")
    before = (reg / FIL).read_bytes()
    dry = les(reg, text, "--dry-run")
    assert dry.kode == 0
    assert "Ville skrevet" in dry.ut
    assert (reg / FIL).read_bytes() == before
    svar = les(reg, text)
    assert svar.kode == 0, svar
    assert "kvalitetssjekk: er utført, 01.11.2026, web-radgiver." in utflatet(svar.ut)
    read = punkter(reg)
    assert read["kvalitetssjekk"] == {
        "id": "kvalitetssjekk",
        "tilstand": "utfort",
        "dato": "2026-11-01",
        "av": "web-radgiver",
        "dokumentasjon": "Jira «X»: nr. 1",
    }
    assert read["driftsleveranser"]["ikke_aktuelt"] == {
        "grunn": "Leverandøren drifter selv.",
        "av": "prosjektleder-tilskudd",
        "dato": "2026-11-16",
    }
    assert read["avtale-gevinst"]["tilstand"] == "ikke_aktuelt"
    assert read["krav-4.2"] == {"id": "krav-4.2", "notat": "ROS er bestilt, ventes i uke 50."}
    assert read["akseptansetest"]["notat"] == "Runde tre er i uke 48. To feil gjenstår i utbetaling."
    assert "notat" not in read["dokumentasjon"]
    assert kjor("check", "--post", "overlevering-tilskuddsportalen").kode in {0, 1}


def test_an_item_is_opened_again_and_its_documentation_stays_while_its_line_does(reg, liste):
    assert les(reg, med(liste, "enhetstest", " ")).kode == 0
    assert punkter(reg)["enhetstest"] == {
        "id": "enhetstest",
        "tilstand": "apent",
        "dokumentasjon": "Testrapport fra leverandøren, BkProsjekt P-0431",
    }


def test_a_role_for_all_ticks_is_given_on_the_command_line(reg, liste):
    text = med(med(liste, "kvalitetssjekk", "x"), "infrastruktur", "x", "Av: systemkoordinator-tilskudd")
    assert "ingen rolle står bak" in nektet(reg, text)
    assert les(reg, text, "--av", KOORDINATOR, "--dato", "15.11.2026").kode == 0
    read = punkter(reg)
    assert (read["kvalitetssjekk"]["av"], read["kvalitetssjekk"]["dato"]) == (KOORDINATOR, "2026-11-15")
    assert read["infrastruktur"]["av"] == "systemkoordinator-tilskudd"


@pytest.mark.parametrize(
    "endre",
    [
        lambda t: t.replace("\n", "\r\n"),
        lambda t: "\ufeff" + t,
        lambda t: t.replace("\n", "   \n"),
        lambda t: re.sub(r"(?m)^(\s*)- ", r"\1* ", t),
        lambda t: re.sub(r"(?m)^(\s*)- ", r"\1+ ", t),
        lambda t: t.replace("[x]", "[X]"),
        lambda t: t.replace("Porten er åpen.", "Porten\u00a0er\u00a0åpen."),
        lambda t: re.sub(r"(?m)^(  - .{40,}?) ", r"\1\n    ", t),
        lambda t: re.sub(r"(?m)^(- \[.\])", r"\n\1", t),
        lambda t: t.replace("**", "__"),
        lambda t: unicodedata.normalize("NFC", t) + "\n\n\n",
    ],
    ids=[
        "crlf",
        "bom",
        "trailing",
        "stars",
        "plusses",
        "big-x",
        "nbsp",
        "wrapped",
        "loose",
        "underscores",
        "end",
    ],
)
def test_what_editors_do_to_a_file_changes_nothing(reg, liste, endre):
    svar = les(reg, endre(med(liste, "kvalitetssjekk", "x", "Av: web-radgiver")))
    assert svar.kode == 0, svar.feil
    assert list(punkter(reg)) == ["enhetstest", "akseptansetest", "dokumentasjon", "kvalitetssjekk"]


def test_a_file_in_utf_16_is_read_and_other_bytes_are_not(reg, liste):
    assert les(reg, liste.encode("utf-16")).kode == 0
    svar = les(reg, b"# \xe6\xf8\xe5")
    assert (svar.kode, "ikke tekst i UTF-8" in svar.feil) == (2, True)
    assert kjor("handover", "read", "finnes-ikke.md").kode == 2
    assert les(reg, b"x" * (1 << 20) + b"xx").kode == 2


FEIL = {
    "unknown-item": (lambda t: t.replace("`infrastruktur`", "`infrastrukturen`"), "infrastrukturen`", "Mente du «infrastruktur»?"),
    "removed-item": (lambda t: re.sub(r"(?m)^- \[ \] .*`gevinster`\n(  - .*\n)*", "", t), "** `opplaering`", "Punktet gevinster"),
    "derived-ticked": (lambda t: med(t, "krav-4.2", "x", f"Av: {KOORDINATOR}"), "** `krav-4.2`", "kan ikke hukes av for hånd"),
    "derived-unticked": (lambda t: med(t, "avtale-lisenser", " "), "** `avtale-lisenser`", "svaret hentes fra registeret"),
    "requirement-opted-out": (lambda t: med(t, "krav-4.2", None, "Ikke aktuelt: Nei.", f"Av: {KOORDINATOR}"), "** `krav-4.2`", "Meld et avvik"),
    "heading": (lambda t: t.replace("## Signering", "## Signatur"), "## Signatur", "Teksten er endret fra «Signering»"),
    "title": (lambda t: t.replace("Løsningen er enhetstestet", "Løsningen er testet"), "** `enhetstest`", "Teksten i punktet enhetstest er endret"),
    "worked-out-text": (lambda t: t.replace("Utført 23.10.2026", "Utført 24.10.2026"), "Utført 24", "kan ikke tas inn"),
    "removed-line": (lambda t: re.sub(r"  - Svarer: Teamleder utvikling.*\n", "", t, count=1), "** `dokumentasjon`", "endret eller tatt bort"),
    "twice": (lambda t: t.replace("- [ ] **Løsningen er satt", "- [ ] **Løsningen er satt opp i infrastrukturen** `infrastruktur`\n- [ ] **Løsningen er satt"), None, "står to ganger"),
    "two-notes": (lambda t: med(t, "akseptansetest", " ", "Notat: En til."), "Runde to", "har to linjer «Notat»"),
    "free-text": (lambda t: med(t, "akseptansetest", " ", "Husk dette."), "Husk dette", "Skriv den på en linje under punktet"),
    "paragraph": (lambda t: t + "\nEt ord til slutt.\n", "Et ord til slutt", "kan ikke tas inn"),
    "quote": (lambda t: t.replace("> Dette", "> Viktig!\n>\n> Dette"), "> Viktig", "kan ikke tas inn"),
    "comment": (lambda t: t.replace("## Signering", "<!-- husk -->\n\n## Signering"), "<!-- husk", "kan ikke tas inn"),
    "code": (lambda t: t + "\n```\nkode\n```\n", "```\nkode", "kan ikke tas inn"),
    "signature": (lambda t: t.replace("Ansattservice: ikke signert. Dato og rolle:", "Ansattservice: ikke signert. Dato og rolle: 16.11 leder"), "16.11 leder", "forvaltning handover sign"),
    "box-gone": (lambda t: med(t, "akseptansetest", None), "** `akseptansetest`", "Boksen foran punktet"),
    "both": (lambda t: med(t, "infrastruktur", "x", "Ikke aktuelt: Nei.", f"Av: {KOORDINATOR}"), "** `infrastruktur`", "både huket av og"),
    "no-reason": (lambda t: med(t, "infrastruktur", None, "Ikke aktuelt:", f"Av: {KOORDINATOR}"), "** `infrastruktur`", "har ingen grunn"),
    "no-role": (lambda t: med(t, "infrastruktur", "x"), "** `infrastruktur`", "ingen rolle står bak"),
    "unknown-role": (lambda t: med(t, "infrastruktur", "x", "Av: prosjektleder-tilskud"), "prosjektleder-tilskud\n", "Mente du «prosjektleder-tilskudd»"),
    "bad-date": (lambda t: med(t, "infrastruktur", "x", f"Av: {KOORDINATOR}", "Dato: i går"), "Dato: i går", "er ikke en dato"),
    "future": (lambda t: med(t, "infrastruktur", "x", f"Av: {KOORDINATOR}", "Dato: 1.1.2027"), "Dato: 1.1.2027", "er ikke kommet"),
    "role-without-tick": (lambda t: med(t, "infrastruktur", " ", f"Av: {KOORDINATOR}"), f"Av: {KOORDINATOR}", "ikke huket av nå"),
    "documentation-without-tick": (lambda t: med(t, "infrastruktur", " ", "Dokumentasjon: X"), "Dokumentasjon: X", "huket av for hånd"),
    "after-before-signatures": (lambda t: med(t, "opplaering", "x", f"Av: {KOORDINATOR}"), "** `opplaering`", "har ikke signert"),
    "moved": (lambda t: t.replace(m := re.search(r"(?m)^- \[ \] .*`verifisert`\n(  - .*\n)*", t)[0], "").replace("\n## Signering", m + "\n## Signering"), "** `verifisert`", "er flyttet fra «Ved overlevering»"),
    "text-after-the-id": (lambda t: t.replace("`infrastruktur`\n", "`infrastruktur` ringt 12.11\n"), "ringt 12.11", "Teksten «ringt 12.11» kan ikke tas inn"),
    "comment-after-the-id": (lambda t: t.replace("`infrastruktur`\n", "`infrastruktur` <!-- husk -->\n"), "<!-- husk", "kan ikke tas inn"),
    "definition-nobody-uses": (lambda t: t + '\n[rapport]: https://x.example/r "Les denne"\n', "[rapport]", "Les denne"),
    "definition-in-an-item": (lambda t: med(t, "infrastruktur", " ", "Notat: Ja.\n\n    [n]: https://x.example 'Viktig'"), "[n]: ", "Viktig"),
    "requirement-opened": (lambda t: med(t.replace(re.search(r"`krav-7.1`\n(  - Ikke aktuelt: .*\n)", t)[1], ""), "krav-7.1", " "), "** `krav-7.1`", "kan ikke åpnes her"),
    "requirement-with-a-box": (lambda t: med(t, "krav-7.1", "x"), "** `krav-7.1`", "kan ikke åpnes her"),
    "forbidden-sign": (lambda t: med(t, "infrastruktur", " ", "Notat: rødt \x1b[31m"), "** `infrastruktur`", "U+001B"),
    "foot": (lambda t: t.replace("Registeret registry", "Se også: registeret registry"), "Se også", "Teksten er endret"),
}  # fmt: skip


@pytest.mark.parametrize(("endre", "sted", "melding"), FEIL.values(), ids=FEIL)
def test_what_would_be_lost_or_contradicts_the_registry_is_refused_with_its_line(
    reg, liste, endre, sted, melding
):
    text = endre(liste)
    assert text != liste
    said = nektet(reg, text)
    assert melding in utflatet(said)
    assert not engelske_ord(said), said
    if sted is not None:
        at = text[: text.index(sted)].count("\n") + 1
        assert f"l.md:{at}: " in said


def test_the_address_of_a_link_is_kept(reg, liste):
    text = med(
        liste,
        "kvalitetssjekk",
        "x",
        "Av: web-radgiver",
        'Dokumentasjon: [rapporten](https://x.example/r.pdf "side 2")',
        "Notat: Se [vedlegget][v] og <https://y.example/å>.",
    )
    svar = les(reg, f"{text}\n[v]: https://z.example/v\n")
    assert svar.kode == 0, svar.feil
    read = punkter(reg)["kvalitetssjekk"]
    assert read["dokumentasjon"] == 'rapporten (https://x.example/r.pdf "side 2")'
    assert read["notat"] == "Se vedlegget (https://z.example/v) og https://y.example/å."
    assert les(reg, kjor("handover", "tilskuddsportalen").ut).ut.startswith("Ingenting i «l.md»")


def test_every_text_that_is_written_is_shown_and_what_is_taken_away_is_said(reg, liste):
    text = med(liste, "kvalitetssjekk", "x", "Av: web-radgiver", "Notat: To *merknader*.")
    text = text.replace("  - Notat: Driftshåndboken mangler kapittelet om sikkerhetskopi.\n", "")
    said = utflatet(les(reg, text, "--dry-run").ut)
    assert "Notat: To merknader." in said
    assert "dokumentasjon: «Notat» er tatt bort." in said


def test_the_advice_may_be_written_over_by_what_it_asks_for(reg, liste):
    advice = re.search(r"(?s)`avtale-gevinst`\n.*?(  - Trengs dette ikke.*?\n)", liste)[1]
    head, _, tail = liste.partition("`avtale-gevinst`\n")
    tail = tail.replace(advice, "  - Ikke aktuelt: Ingen.\n", 1)
    text = f"{head}`avtale-gevinst`\n{tail}"
    svar = les(reg, text, "--av", "prosjektleder-tilskudd")
    assert svar.kode == 0, svar.feil
    assert punkter(reg)["avtale-gevinst"]["ikke_aktuelt"]["grunn"] == "Ingen."


def test_boxes_as_our_page_and_word_processors_write_them(reg, liste):
    text = med(liste, "kvalitetssjekk", "x", "Av: web-radgiver").replace("[ ]", "☐").replace("[x]", "☒")
    assert les(reg, text, "--dry-run").ut == les(reg, text.replace("☒", "☑ Utført:"), "--dry-run").ut
    assert les(reg, text).kode == 0
    assert punkter(reg)["kvalitetssjekk"]["tilstand"] == "utfort"


def test_every_reason_is_told_at_once(reg, liste):
    text = (
        med(liste, "krav-4.2", "x", f"Av: {KOORDINATOR}").replace("## Signering", "## Signatur")
        + "\nFritt.\n"
    )
    said = nektet(reg, med(text, "infrastruktur", "x"))
    assert len(re.findall(r"(?m)^l\.md:\d+: ", said)) == 4


def test_a_file_that_is_no_checklist_is_refused(reg):
    for text in ("", "# Hei\n", "- [x] **A** `a`\n"):
        assert "ikke en sjekkliste" in les(reg, text).feil
    svar = kjor("handover", "bk360")
    assert "ikke en sjekkliste for en overlevering som er startet" in les(reg, svar.ut).feil


def test_hostile_notes_are_text_all_the_way_round(reg, liste):
    text = "| a `b` [c](d) <b>e</b> {{ f }} =cmd() ::error:: *g* _h_"
    written = (
        text.replace("[", "\\[")
        .replace("<", "\\<")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("`", "\\`")
    )
    assert les(reg, med(liste, "infrastruktur", " ", f"Notat: {written}")).kode == 0
    assert punkter(reg)["infrastruktur"]["notat"] == text
    again = kjor("handover", "tilskuddsportalen").ut
    assert les(reg, again).ut.startswith("Ingenting i «l.md»")


NOTAT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).filter(
    lambda t: not FORBIDDEN.search(t) and t.strip() and not re.search(r"\d{4,}|@|\w{20,}|[=:]", t)
)


@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(NOTAT)
def test_any_note_in_the_record_survives_being_shown_and_read(tmp_path_factory, notat):
    folder = tmp_path_factory.mktemp("n")
    shutil.copytree(ROOT / "registry", folder / "registry")
    place = ("--registry", str(folder / "registry"))
    done = kjor(
        "handover",
        "tick",
        "tilskuddsportalen",
        "infrastruktur",
        "--av",
        KOORDINATOR,
        f"--notat={notat}",
        *place,
    )
    assert done.kode == 0, done.feil
    before = (folder / "registry" / FIL).read_bytes()
    (folder / "l.md").write_text(
        kjor("handover", "tilskuddsportalen", *place).ut, encoding="utf-8", newline=""
    )
    svar = kjor("handover", "read", str(folder / "l.md"), *place)
    assert svar.kode == 0, svar.feil
    assert svar.ut.startswith("Ingenting i ")
    assert (folder / "registry" / FIL).read_bytes() == before


# --- made from another state -----------------------------------------------------------------------------


@pytest.fixture
def repo(tmp_path, monkeypatch):
    found = Repo(tmp_path)
    found.write(
        "forvaltning.yaml", re.sub(r"(?m)^eksempel:\n(?:  .*\n)+", "", found.read("forvaltning.yaml"))
    )
    found.commit(**EN_DAG)
    monkeypatch.chdir(tmp_path)
    return found


def test_a_list_made_at_an_earlier_commit_is_held_against_that(repo):
    text = kjor("handover", "tilskuddsportalen", "--as-of", "2026-11-16").ut
    system = repo.read("systemer/tilskuddsportalen.yaml")
    repo.write(
        "systemer/tilskuddsportalen.yaml", system.replace("navn: ", "# flyttet\nnavn: ", 1) + "merknad: ny\n"
    )
    assert (
        kjor(
            "handover",
            "tick",
            "tilskuddsportalen",
            "infrastruktur",
            "--av",
            KOORDINATOR,
            "--as-of",
            "2026-11-17",
        ).kode
        == 0
    )
    repo.commit(**EN_DAG)
    edited = med(text, "kvalitetssjekk", "x", "Av: web-radgiver")
    svar = les(repo.registry, edited, "--as-of", "2026-11-18")
    assert svar.kode == 0, svar.feil
    assert {"infrastruktur", "kvalitetssjekk"} <= set(punkter(repo.registry))
    clash = med(text, "infrastruktur", "x", "Av: systemkoordinator-tilskudd")
    said = nektet(repo.registry, clash, "--as-of", "2026-11-18")
    assert "Punktet infrastruktur er ført i registeret siden denne listen ble laget" in said


def test_a_list_from_a_state_that_is_gone_is_refused_and_says_so(repo):
    text = kjor("handover", "tilskuddsportalen", "--as-of", "2026-11-16").ut
    commit = re.search(r"innsjekking (\S+?)\. ", text)[1]
    stale = text.replace(commit, "0123456789ab")
    assert (
        kjor(
            "handover",
            "tick",
            "tilskuddsportalen",
            "infrastruktur",
            "--av",
            KOORDINATOR,
            "--as-of",
            "2026-11-17",
        ).kode
        == 0
    )
    said = nektet(
        repo.registry, med(stale, "kvalitetssjekk", "x", "Av: web-radgiver"), "--as-of", "2026-11-18"
    )
    assert "registeret er endret siden" in said
    assert "lag den på nytt først" in said


def test_a_file_that_is_read_twice_is_already_there(repo):
    text = kjor("handover", "tilskuddsportalen", "--as-of", "2026-11-16").ut
    text = med(
        text, "kvalitetssjekk", "x", "Av: web-radgiver", "Dato: 15.11.2026", "Notat: [a](http://b.example)"
    )
    text = med(text, "avtale-gevinst", None, "Ikke aktuelt: Ingen.", "Av: prosjektleder-tilskudd")
    text = text.replace("Runde to", "Runde tre")
    assert les(repo.registry, text, "--as-of", "2026-11-16").kode == 0
    before = (repo.registry / FIL).read_bytes()
    again = les(repo.registry, text, "--as-of", "2026-11-18")
    assert (again.kode, again.feil) == (0, "")
    assert "Alt i «l.md» er lest tilbake før. Ingenting er skrevet." in utflatet(again.ut)
    assert (repo.registry / FIL).read_bytes() == before
    more = les(repo.registry, med(text, "infrastruktur", "x", "Av: web-radgiver"), "--as-of", "2026-11-18")
    assert more.kode == 0, more.feil
    assert "kvalitetssjekk: sto slik fra før." in more.ut
    assert punkter(repo.registry)["infrastruktur"]["tilstand"] == "utfort"


@pytest.mark.parametrize(
    ("fra", "til"),
    [
        ("Av: web-radgiver", "Av: systemkoordinator-tilskudd"),
        ("Dato: 15.11.2026", "Dato: 14.11.2026"),
        ("Notat: En", "Notat: To"),
        ("Dokumentasjon: D", "Dokumentasjon: E"),
    ],
)
def test_a_file_read_twice_with_other_words_is_refused(repo, fra, til):
    text = kjor("handover", "tilskuddsportalen", "--as-of", "2026-11-16").ut
    lines = ("Av: web-radgiver", "Dato: 15.11.2026", "Notat: En", "Dokumentasjon: D")
    text = med(text, "kvalitetssjekk", "x", *lines)
    assert les(repo.registry, text, "--as-of", "2026-11-16").kode == 0
    said = nektet(repo.registry, text.replace(fra, til), "--as-of", "2026-11-18")
    assert "er ført i registeret siden" in said


def test_only_the_day_has_passed(repo):
    text = kjor("handover", "tilskuddsportalen", "--as-of", "2026-11-16").ut
    svar = les(repo.registry, med(text, "kvalitetssjekk", "x", "Av: web-radgiver"), "--as-of", "2026-12-24")
    assert svar.kode == 0, svar.feil
    assert punkter(repo.registry)["kvalitetssjekk"]["dato"] == "2026-12-24"


FIENDTLIG = (
    "| a `b` [c](http://d.example) <b>e</b>",
    "{{ f }} {% g %} =cmd() ::error:: ##vso[x]",
    "# h\u202ek\u202c - [x] **i** `infrastruktur`",
    "Notat: ikke et notat, Av: ingen",
    "&amp; &lt;x&gt; \\* \\` *i* _j_ ~~k~~ <!-- l --> http://m.example n@o.example",
)


@pytest.mark.parametrize("tekst", FIENDTLIG)
def test_hostile_names_in_the_registry_do_not_pass_for_items_or_notes(reg, tekst):
    quoted = "'" + tekst.replace("'", "''") + "'"
    for fil in (
        "systemer/tilskuddsportalen.yaml",
        "enheter/kultur-og-idrett.yaml",
        "prosjekter/tilskuddsportal.yaml",
    ):
        text = (reg / fil).read_text(encoding="utf-8")
        (reg / fil).write_text(
            re.sub(r"(?m)^navn: .*$", lambda _: f"navn: {quoted}", text, count=1), encoding="utf-8"
        )
    text = (reg / FIL).read_text(encoding="utf-8")
    text = re.sub(r"dokumentasjon: Test.*", lambda _: f"dokumentasjon: {quoted}", text)
    (reg / FIL).write_text(re.sub(r"notat: Runde.*", lambda _: f"notat: {quoted}", text), encoding="utf-8")
    shown = kjor("handover", "tilskuddsportalen")
    assert shown.kode == 0, shown.feil
    assert les(reg, shown.ut).ut.startswith("Ingenting i ")
    svar = les(reg, med(shown.ut, "infrastruktur", "x", f"Av: {KOORDINATOR}"))
    assert svar.kode == 0, svar.feil
    read = punkter(reg)
    assert (read["enhetstest"]["dokumentasjon"], read["akseptansetest"]["notat"]) == (tekst, tekst)
    assert read["infrastruktur"]["av"] == KOORDINATOR

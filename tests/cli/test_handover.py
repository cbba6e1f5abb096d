"""`forvaltning handover start|tick|untick|sign|close`: each step writes its lines alone, or nothing with every reason."""

from __future__ import annotations

import difflib
import re
import shutil
import stat
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import engelske_ord, kjor, utflatet
from tests.gitrepo import Repo

from forvaltning.cli import overlevering_skriv
from forvaltning.cli.app import lag_kommando
from forvaltning.edit import skriv
from forvaltning.source.yaml_parser import parse

ROOT = Path(__file__).resolve().parents[2]
FIL = "overleveringer/overlevering-tilskuddsportalen.yaml"
ID = "overlevering-tilskuddsportalen"
PROSJEKTLEDER = "prosjektleder-tilskudd"
KOORDINATOR = "digitaliseringskoordinator-kultur"


@pytest.fixture
def reg(tmp_path, monkeypatch):
    """A copy of the sample registry, with the folder around it as the current one."""
    shutil.copytree(ROOT / "registry", tmp_path / "registry")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "registry"


def innhold(reg):
    return {p.relative_to(reg).as_posix(): p.read_bytes() for p in sorted(reg.rglob("*")) if p.is_file()}


def handover(*args):
    return kjor("handover", *args)


def diff(before: bytes, reg, fil=FIL) -> list[str]:
    old, new = before.decode().split("\n"), (reg / fil).read_text(encoding="utf-8").split("\n")
    return [d for d in difflib.ndiff(old, new) if d[0] in "+-"]


def nektet(reg, *args, kode=1):
    """The message of a step that is refused, with nothing written."""
    before = innhold(reg)
    svar = handover(*args)
    assert svar.kode == kode, svar
    assert svar.ut == ""
    assert innhold(reg) == before
    return utflatet(svar.feil)


# --- tick ------------------------------------------------------------------------------------------------


def test_a_tick_writes_its_item_alone(reg):
    before = (reg / FIL).read_bytes()
    svar = handover(
        "tick", "tilskuddsportalen", "akseptansetest", "--av", KOORDINATOR, "--dokumentasjon", "Bk360 2026/1"
    )
    assert svar.kode == 0, svar
    assert diff(before, reg) == [
        "-     tilstand: apent",
        "+     tilstand: utfort",
        "+     dato: 2026-11-16",
        f"+     av: {KOORDINATOR}",
        "+     dokumentasjon: Bk360 2026/1",
    ]
    assert "er utført, 16.11.2026" in utflatet(svar.ut)
    assert f"Skrev registry/{FIL}." in utflatet(svar.ut)
    again = handover(
        "tick",
        ID,
        "akseptansetest",
        "--av",
        KOORDINATOR,
        "--dokumentasjon",
        "Bk360 2026/1",
        "--as-of",
        "2026-11-16",
    )
    assert (again.kode, "Ingenting er endret" in again.ut) == (0, True)


def test_a_new_item_is_added_and_may_be_not_relevant(reg):
    before = (reg / FIL).read_bytes()
    svar = handover(
        "tick",
        ID,
        "infrastruktur",
        "--av",
        PROSJEKTLEDER,
        "--ikke-aktuelt",
        "Leverandøren: nr. 1",
        "--dato",
        "2.11.2026",
    )
    assert svar.kode == 0, svar
    assert diff(before, reg) == [
        "+   - id: infrastruktur",
        "+     tilstand: ikke_aktuelt",
        "+     ikke_aktuelt:",
        '+       grunn: "Leverandøren: nr. 1"',
        f"+       av: {PROSJEKTLEDER}",
        "+       dato: 2026-11-02",
    ]


def test_what_the_list_allows_to_be_left_out_may_be_opted_out_of_and_a_requirement_may_not(reg):
    assert handover("tick", ID, "avtale-gevinst", "--av", PROSJEKTLEDER, "--ikke-aktuelt", "Ingen.").kode == 0
    assert "Meld et avvik" in nektet(
        reg, "tick", ID, "krav-4.2", "--av", PROSJEKTLEDER, "--ikke-aktuelt", "Nei"
    )


@pytest.mark.parametrize("punkt", ["krav-4.2", "tjenestebilag", "avtale-gevinst"])
def test_what_the_registry_answers_is_not_ticked_by_hand(reg, punkt):
    assert "Svaret hentes fra registeret." in nektet(reg, "tick", ID, punkt, "--av", PROSJEKTLEDER)


def test_a_derived_item_says_where_to_write_instead(reg):
    said = nektet(reg, "tick", ID, "krav-3.2", "--av", PROSJEKTLEDER)
    assert "«datarutine» i systemer/tilskuddsportalen.yaml" in said


@pytest.mark.parametrize(
    ("args", "melding"),
    [
        (("tick", ID, "akseptansetesten", "--av", KOORDINATOR), "Mente du «akseptansetest»?"),
        (("tick", ID, "akseptansetest", "--av", "prosjektleder-tilskud"), f"Mente du «{PROSJEKTLEDER}»"),
        (("tick", "tilskudsportalen", "akseptansetest", "--av", KOORDINATOR), "Mente du «tilskuddsportalen»"),
        (("tick", ID, "akseptansetest"), "Skriv --av ROLLE."),
        (("tick", ID, "akseptansetest", "--av", "bk360"), "ikke en rolle"),
        (("tick", ID, "akseptansetest", "--av", KOORDINATOR, "--ikke-aktuelt", " "), "tar en grunn"),
        (("tick", ID, "akseptansetest", "--av", KOORDINATOR, "--dato", "i går"), "«i går» etter «--dato»"),
        (("close", ID, "for-produksjonen", "--av", KOORDINATOR), "Mente du «for_produksjon»?"),
        (("sign", ID, "--enhet", "ansatservice", "--av", KOORDINATOR), "Mente du «ansattservice»"),
        (("sign", ID, "--av", KOORDINATOR), "Skriv --enhet ENHET. Mottakerne er «kultur-og-idrett» og «ansattservice»."),
        (("start", "bk360"), "Skriv --type TYPE og --avgiver ROLLE."),
        (("start", "bk360", "--type", "nytt", "--avgiver", "systemeier-bk360"), "Mente du «ny»?"),
        (("start", "leder-ansattservice", "--type", "ny", "--avgiver", "x"), "av slaget rolle"),
        (("start", "bk360", "--type", "ny", "--avgiver", "systemeier-bk360", "--opphav", "sdi"), "av slaget enhet"),
        (("start", "bk360", "--type", "ny", "--avgiver", "systemeier-bk360", *("--mottaker", "sdi") * 1, "--mottaker", "finans"), "to mottakere, ikke 3"),
    ],
)  # fmt: skip
def test_what_names_nothing_gets_the_nearest(reg, args, melding):
    said = nektet(reg, *args, kode=2)
    assert melding in said
    assert not engelske_ord(said), said


def test_a_role_must_hold_on_the_day(reg):
    role = reg / "roller" / f"{PROSJEKTLEDER}.yaml"
    role.write_text(role.read_text(encoding="utf-8") + "til: 2026-11-10\n", encoding="utf-8")
    said = nektet(reg, "tick", ID, "akseptansetest", "--av", PROSJEKTLEDER, "--dato", "2026-11-11")
    assert "gjelder ikke 11.11.2026. Den gjelder til 10.11.2026." in said
    assert handover("tick", ID, "akseptansetest", "--av", PROSJEKTLEDER, "--dato", "2026-11-10").kode == 0


def test_a_day_that_has_not_come_is_refused(reg):
    said = nektet(reg, "tick", ID, "akseptansetest", "--av", KOORDINATOR, "--dato", "2026-11-17")
    assert "den dagen er ikke kommet" in said
    assert (
        handover(
            "tick", ID, "akseptansetest", "--av", KOORDINATOR, "--as-of", "2026-11-17", "--dato", "2026-11-17"
        ).kode
        == 0
    )


def test_a_done_item_is_opened_before_it_is_ticked_anew(reg):
    said = nektet(reg, "tick", ID, "enhetstest", "--av", KOORDINATOR)
    assert "er alt ført som utført 23.10.2026" in said
    assert f"«forvaltning handover untick {ID} enhetstest»" in said
    before = (reg / FIL).read_bytes()
    assert handover("untick", ID, "enhetstest", "--notat", "Feil | versjon.").kode == 0
    assert diff(before, reg) == [
        "-     tilstand: utfort",
        "+     tilstand: apent",
        "+     notat: Feil | versjon.",
        "-     dato: 2026-10-23",
        "-     av: prosjektleder-tilskudd",
        "-     dokumentasjon: Testrapport fra leverandøren, BkProsjekt P-0431",
    ]
    assert handover("tick", ID, "enhetstest", "--av", KOORDINATOR).kode == 0
    assert handover("untick", ID, "kvalitetssjekk").kode == 0  # nothing to open


def test_items_after_wait_for_both_signatures(reg):
    said = nektet(reg, "tick", ID, "opplaering", "--av", KOORDINATOR)
    assert "«kultur-og-idrett» og «ansattservice» har ikke signert" in said
    assert handover("sign", ID, "--enhet", "ansattservice", "--av", "leder-ansattservice").kode == 0
    assert "«kultur-og-idrett» har ikke signert" in nektet(reg, "tick", ID, "opplaering", "--av", KOORDINATOR)
    assert handover("sign", ID, "--enhet", "kultur-og-idrett", "--av", KOORDINATOR).kode == 0
    assert handover("tick", ID, "opplaering", "--av", KOORDINATOR).kode == 0


def test_hostile_text_is_kept_as_text(reg):
    text = "| `x` [a](b) <b> {{ y }} =cmd() ::error:: # ikke"
    assert (
        handover(
            "tick", ID, "akseptansetest", "--av", KOORDINATOR, "--notat", text, "--dokumentasjon", text
        ).kode
        == 0
    )
    item = parse((reg / FIL).read_bytes()).value["punkter"][1]
    assert (item["notat"], item["dokumentasjon"]) == (text, text)
    assert "tegn som ikke kan stå" in nektet(
        reg, "tick", ID, "infrastruktur", "--av", KOORDINATOR, "--notat", "\x1b[31m", kode=2
    )


def test_what_may_never_stand_in_the_registry_is_refused_and_masked(reg):
    said = nektet(
        reg, "tick", ID, "akseptansetest", "--av", KOORDINATOR, "--notat", "Spør 01017000027", kode=2
    )
    assert "aldri skal stå i registeret" in said
    assert "01017000027" not in said


# --- the file --------------------------------------------------------------------------------------------


def test_line_breaks_mark_and_comments_of_the_file_stay(reg):
    text = (
        (reg / FIL)
        .read_text(encoding="utf-8")
        .replace("punkter:", "punkter:  # for hånd")
        .replace("\n", "\r\n")
    )
    (reg / FIL).write_bytes(b"\xef\xbb\xbf" + text.encode().rstrip())
    before = (reg / FIL).read_bytes()
    assert handover("tick", ID, "infrastruktur", "--av", KOORDINATOR).kode == 0
    after = (reg / FIL).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# yaml")
    assert after.count(b"\n") == after.count(b"\r\n")
    gone = [line for line in before.split(b"\r\n") if line not in after.split(b"\r\n")]
    assert gone == [before.split(b"\r\n")[0]] or gone == []


@pytest.mark.parametrize(
    "tomt", ["punkter: []\n", "punkter:\n", "punkter: [{id: enhetstest, tilstand: apent}]\n", ""]
)
def test_an_empty_or_bracketed_list_takes_an_item(reg, tomt):
    (reg / FIL).write_text(
        f"navn: T\ngjelder: tilskuddsportalen\ntype: anskaffelse\n{tomt}mottakere: [{{enhet: kultur-og-idrett}}, {{enhet: ansattservice}}]\n",
        encoding="utf-8",
    )
    assert handover("tick", ID, "akseptansetest", "--av", KOORDINATOR).kode == 0
    assert handover("sign", ID, "--enhet", "ansattservice", "--av", "leder-ansattservice").kode == 0
    read = parse((reg / FIL).read_bytes()).value
    assert read["punkter"][-1] == {
        "id": "akseptansetest",
        "tilstand": "utfort",
        "dato": "2026-11-16",
        "av": KOORDINATOR,
    }
    assert read["mottakere"][1] == {
        "enhet": "ansattservice",
        "signert": "2026-11-16",
        "av": "leder-ansattservice",
    }


def test_a_file_that_changes_meanwhile_is_left_as_the_other_wrote_it(reg, monkeypatch):
    real = skriv._skriv_midlertidig

    def other(temporary, data, target):
        target.write_bytes(target.read_bytes() + b"merknad: fra en annen\n")
        real(temporary, data, target)

    monkeypatch.setattr(skriv, "_skriv_midlertidig", other)
    svar = handover("tick", ID, "akseptansetest", "--av", KOORDINATOR)
    assert svar.kode == 2
    assert "endret av noen andre imens" in svar.feil
    assert (reg / FIL).read_text(encoding="utf-8").endswith("merknad: fra en annen\n")
    assert [p.name for p in (reg / "overleveringer").iterdir() if p.name.startswith(".")] == []


def test_a_file_that_changes_while_the_step_is_judged_is_not_written_from_what_was_judged(reg, monkeypatch):
    real = overlevering_skriv.fil

    def other(okt, post):
        text = (reg / FIL).read_text(encoding="utf-8")
        (reg / FIL).write_text(
            text.replace("  - id: enhetstest", "  - id: infrastruktur\n  - id: enhetstest"), encoding="utf-8"
        )
        return real(okt, post)

    monkeypatch.setattr(overlevering_skriv, "fil", other)
    svar = handover("tick", ID, "akseptansetest", "--av", KOORDINATOR)
    assert (svar.kode, "endret av noen andre imens" in svar.feil) == (2, True)
    assert "2026-11-16" not in (reg / FIL).read_text(encoding="utf-8")


def test_a_full_disk_is_told_in_bokmal(reg, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(skriv.os, "fsync", full)
    said = nektet(reg, "tick", ID, "akseptansetest", "--av", KOORDINATOR, kode=2)
    assert "Disken er full" in said
    assert "space" not in said


@pytest.mark.skipif(
    not hasattr(skriv.os, "geteuid") or skriv.os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_read_only_file_is_told(reg):
    (reg / FIL).chmod(stat.S_IRUSR)
    assert "ikke lov til å skrive" in nektet(reg, "tick", ID, "akseptansetest", "--av", KOORDINATOR, kode=2)


# --- sign ------------------------------------------------------------------------------------------------


def test_a_receiver_signs_by_a_role_of_its_own(reg):
    said = nektet(reg, "sign", ID, "--enhet", "kultur-og-idrett", "--av", "leder-ansattservice")
    assert "hører til «ansattservice», ikke til «kultur-og-idrett»" in said
    assert "«sdi» er ikke mottaker" in nektet(reg, "sign", ID, "--enhet", "SDI", "--av", "direktor-sdi")
    before = (reg / FIL).read_bytes()
    assert (
        handover(
            "sign", ID, "--enhet", "Ansattservice", "--av", "leder-ansattservice", "--dato", "15.11.2026"
        ).kode
        == 0
    )
    assert diff(before, reg) == ["+     signert: 2026-11-15", "+     av: leder-ansattservice"]
    assert "En signatur står" in nektet(
        reg, "sign", ID, "--enhet", "ansattservice", "--av", "leder-ansattservice"
    )
    assert "ble startet 12.10.2026" in nektet(
        reg, "sign", ID, "--enhet", "kultur-og-idrett", "--av", KOORDINATOR, "--dato", "2026-10-11"
    )


def test_the_receivers_are_the_unit_and_ansattservice(reg):
    (reg / FIL).write_text(
        "gjelder: tilskuddsportalen\ntype: ny\nmottakere:\n  - enhet: sdi\n", encoding="utf-8"
    )
    assert "Ansattservice er alltid den ene" in nektet(
        reg, "sign", ID, "--enhet", "finans", "--av", "leder-finans"
    )
    svar = handover("sign", ID, "--enhet", "ansattservice", "--av", "leder-ansattservice")
    assert svar.kode == 0
    assert parse((reg / FIL).read_bytes()).value["mottakere"][1]["enhet"] == "ansattservice"


# --- close -----------------------------------------------------------------------------------------------


def test_a_gate_with_open_items_is_refused_and_they_are_listed(reg):
    said = nektet(reg, "close", ID, "for_produksjon", "--av", KOORDINATOR)
    for item in ("kvalitetssjekk", "akseptansetest", "krav-4.2", "avtale-gevinst"):
        assert f"({item})" in said
    assert "enhetstest)" not in said
    said = nektet(reg, "close", ID, "Ved overlevering", "--av", "leder-ansattservice")
    assert "Porten «Før produksjon» er åpen, og den kommer først." in said


def lett(reg, **felt):
    """Make a handover whose list is short: only what is ticked by hand, no requirements."""
    settings = reg / "forvaltning.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        + """
sjekklister:
  overlevering:
    krav: {bare: ["7.3"]}
    punkter:
"""
        + "".join(
            f"      {p}: {{utgar: ja}}\n"
            for p in (
                "kvalitetssjekk", "akseptansetest", "driftsleveranser", "dokumentasjon", "infrastruktur", "endring-ros",
                "avtale-utviklingstjenester", "avtale-drift-og-forvaltning", "avtale-lisenser", "avtale-finansiering",
                "avtale-gevinst", "ansvar-plassert", "tjenestebilag", "systemforvaltning", "serviceprosess",
                "oversikt-oppdatert", "systemoversikt", "forstelinje-orientert", "organisasjonsendring", "opplaering",
                "gevinster", "tjenestekvalitet", "innmelder-orientert",
            )
        ),
        encoding="utf-8",
    )  # fmt: skip


def test_the_whole_way_to_a_completed_handover(reg):
    lett(reg)
    assert handover("close", ID, "for_produksjon", "--av", KOORDINATOR).kode == 0
    assert "kan ikke åpnes igjen" in nektet(reg, "untick", ID, "enhetstest")
    said = nektet(reg, "tick", ID, "enhetstest", "--av", KOORDINATOR)
    assert "ble lukket" in said
    assert "Åpne det først" not in said  # it can not be opened
    assert handover("tick", ID, "verifisert", "--av", "leder-ansattservice").kode == 0
    svar = handover("close", ID, "ved_overlevering", "--av", "leder-ansattservice")
    assert svar.kode == 0
    assert "Neste port er «Etter overlevering» (etter)." in utflatet(svar.ut)
    assert "«kultur-og-idrett» og «ansattservice» har ikke signert" in nektet(
        reg, "close", ID, "etter", "--av", KOORDINATOR
    )
    assert handover("sign", ID, "--enhet", "kultur-og-idrett", "--av", KOORDINATOR).kode == 0
    assert handover("sign", ID, "--enhet", "ansattservice", "--av", "leder-ansattservice").kode == 0
    assert handover("tick", ID, "tatt-i-bruk", "--av", KOORDINATOR).kode == 0
    svar = handover("close", ID, "etter", "--av", KOORDINATOR)
    assert svar.kode == 0
    assert "Overleveringen er fullført" in svar.ut
    said = nektet(reg, "tick", ID, "tatt-i-bruk", "--av", "leder-ansattservice")
    assert "er fullført og kan ikke endres" in said
    assert "kan ikke åpnes" not in said
    assert "er fullført og kan ikke endres" in nektet(reg, "untick", ID, "tatt-i-bruk")
    assert "er fullført og kan ikke endres" in nektet(
        reg, "sign", ID, "--enhet", "ansattservice", "--av", "leder-ansattservice", "--dato", "2026-11-15"
    )


def test_the_municipality_says_who_closes_a_gate(reg):
    lett(reg)
    settings = reg / "forvaltning.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text + "    grupper: {for_produksjon: {lukkes_av: [prosjektleder]}}\n", encoding="utf-8"
    )
    assert "Den lukkes av prosjektleder." in nektet(reg, "close", ID, "for_produksjon", "--av", KOORDINATOR)
    assert handover("close", ID, "for_produksjon", "--av", PROSJEKTLEDER).kode == 0
    settings.write_text(text + "    grupper: {etter: {lukkes_av: [prosjektledr]}}\n", encoding="utf-8")
    said = utflatet(kjor("check").feil)
    assert "Fant ikke rolletypen «prosjektledr». → Mente du «prosjektleder»?" in said


def test_a_gate_is_closed_by_those_who_may_on_a_day_after_its_items(reg):
    lett(reg)
    said = nektet(reg, "close", ID, "for_produksjon", "--av", PROSJEKTLEDER)
    assert (
        "(prosjektleder) kan ikke lukke porten «Før produksjon». → Den lukkes av digitaliseringskoordinator,"
        in said
    )
    said = nektet(reg, "close", ID, "for_produksjon", "--av", KOORDINATOR, "--dato", "2026-10-22")
    assert "Punktet enhetstest ble ført 23.10.2026, etter 22.10.2026." in said
    assert handover("close", ID, "for_produksjon", "--av", KOORDINATOR, "--dato", "2026-10-23").kode == 0
    before = (reg / FIL).read_bytes()
    assert handover("close", ID, "for_produksjon", "--av", KOORDINATOR, "--dato", "2026-10-23").kode == 0
    assert (reg / FIL).read_bytes() == before
    assert "En lukket port står" in nektet(reg, "close", ID, "for_produksjon", "--av", KOORDINATOR)
    assert handover("tick", ID, "verifisert", "--av", KOORDINATOR, "--dato", "2026-10-20").kode == 0
    said = nektet(reg, "close", ID, "ved_overlevering", "--av", KOORDINATOR, "--dato", "2026-10-22")
    assert "Portene lukkes i rekkefølge" in said


# --- start -----------------------------------------------------------------------------------------------


def test_start_writes_a_record_that_the_registry_takes(reg):
    svar = handover(
        "start", "bk360", "--type", "ny", "--avgiver", "systemeier-bk360", "--produksjon", "1.12.2026"
    )
    assert svar.kode == 0, svar
    assert (reg / "overleveringer" / "overlevering-bk360.yaml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../../schemas/overleveringer.json\n"
        "navn: Bk360 til forvaltning\n"
        "gjelder: bk360\n"
        "type: ny\n"
        "avgiver: systemeier-bk360\n"
        "startet: 2026-11-16\n"
        "produksjon: 2026-12-01\n"
        "mottakere:\n"
        "  - enhet: finans\n"
        "  - enhet: ansattservice\n"
    )
    assert kjor("show", "overlevering-bk360").kode == 0
    assert "er alt startet for det samme" in nektet(
        reg, "start", "bk360", "--type", "ny", "--avgiver", "systemeier-bk360"
    )


def test_what_is_bought_is_handed_over_once_also_when_only_one_says_where_it_comes_from(reg):
    start = ("start", "tilskuddsportalen", "--avgiver", "prosjektleder-tilskudd", "--type")
    assert "er alt startet for det samme" in nektet(reg, *start, "anskaffelse")
    assert handover(*start, "endring").kode == 0
    assert handover(*start, "endring", "--opphav", "tilskuddsportal").kode == 0


def test_an_id_is_never_used_again(tmp_path, monkeypatch):
    repo = Repo(tmp_path)
    repo.write("overleveringer/overlevering-bk360.yaml", "gjelder: bk360\ntype: ny\n")
    repo.commit()
    (repo.registry / "overleveringer" / "overlevering-bk360.yaml").unlink()
    repo.write("merker.txt", "")
    repo.commit()
    monkeypatch.chdir(tmp_path)
    svar = handover("start", "bk360", "--type", "ny", "--avgiver", "systemeier-bk360")
    assert svar.kode == 0, svar
    assert (repo.registry / "overleveringer" / "overlevering-bk360-2026.yaml").is_file()
    assert not (repo.registry / "overleveringer" / "overlevering-bk360.yaml").exists()


def test_a_change_is_named_after_what_it_comes_from_and_must_be_about_the_record(reg):
    said = nektet(
        reg,
        "start",
        "bk360",
        "--type",
        "endring",
        "--avgiver",
        "systemeier-bk360",
        "--opphav",
        "flytting-av-skjemadrift",
    )
    assert "gjelder «skjemalosning», ikke «bk360»" in said
    assert handover("start", "bk360", "--type", "kritisk-feil", "--avgiver", "systemeier-bk360").kode == 0
    assert (reg / "overleveringer" / "overlevering-bk360-kritisk-feil-2026.yaml").is_file()


def test_without_a_handover_the_way_to_start_one_is_told(reg):
    said = nektet(reg, "tick", "bk360", "enhetstest", "--av", KOORDINATOR)
    assert "«bk360» har ingen overlevering. → Start den med «forvaltning handover start bk360»." in said
    said = nektet(reg, "tick", "soknad-om-barnehageplass", "enhetstest", "--av", KOORDINATOR)
    assert "ingen åpen overlevering. Fullført: «overlevering-barnehagesoknad»" in said
    (reg / "overleveringer" / "ny.yaml").write_text(
        "gjelder: tilskuddsportalen\ntype: ny\n", encoding="utf-8"
    )
    said = nektet(reg, "tick", "tilskuddsportalen", "enhetstest", "--av", KOORDINATOR, kode=2)
    assert "flere åpne overleveringer" in said


def test_an_unreadable_record_stops_the_step(reg):
    (reg / FIL).write_text("gjelder: [\n", encoding="utf-8")
    assert "kan ikke leses" in nektet(reg, "tick", ID, "enhetstest", "--av", KOORDINATOR)


# --- help ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("under", ["show", "start", "tick", "untick", "sign", "close", "read"])
def test_every_step_has_its_own_help(under):
    svar = handover(under, "--help")
    assert svar.kode == 0
    assert svar.ut.startswith(f"Bruk: forvaltning handover {under}")
    assert f"Eksempel:\n    forvaltning handover {'' if under in {'show', 'read'} else under}" in svar.ut
    assert not engelske_ord(re.sub(r"handover \w+", "handover", svar.ut)), svar.ut
    assert max(len(line) for line in svar.ut.splitlines()) <= 80


def test_a_misspelt_step_gets_the_nearest(reg):
    assert "Kommandoen «tik» finnes ikke. Mente du «tick» eller «untick»?" in nektet(
        reg, "tik", ID, "enhetstest", kode=2
    )


def test_the_shell_completes_steps_ids_and_options(reg):
    command = lag_kommando("handover")
    ctx = command.make_context("handover", [], resilient_parsing=True)
    found = [c.value for c in command.shell_complete(ctx, "ti")]
    assert found[0] == "tick"
    assert {"tilskuddsportal", "tilskuddsportalen"} <= set(found)
    assert {"--type", "--format"} <= {c.value for c in command.shell_complete(ctx, "--")}


def test_without_anything_the_help_is_shown():
    svar = handover()
    assert svar.kode == 2
    assert "Kommandoer:" in svar.feil
    assert handover("--help").kode == 0


# --- a completed handover is shown as it was then --------------------------------------------------------


def test_a_completed_handover_is_made_from_the_commit_that_completed_it(tmp_path, monkeypatch):
    repo = Repo(tmp_path)
    settings = re.sub(r"(?m)^eksempel:\n(?:  .*\n)+", "", repo.read("forvaltning.yaml"))
    repo.write("forvaltning.yaml", settings)
    done = "overleveringer/overlevering-barnehagesoknad.yaml"
    whole = repo.read(done)
    repo.write(done, re.sub(r"  - id: etter\n    lukket: .*\n    av: .*\n", "", whole))
    when = {"GIT_AUTHOR_DATE": "2026-01-10T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-10T12:00:00Z"}
    repo.commit(**when)
    repo.write(done, whole)
    day = {"GIT_AUTHOR_DATE": "2026-01-16T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-16T12:00:00Z"}
    completed = repo.commit(**day)
    service = "tjenester/soknad-om-barnehageplass.yaml"
    repo.write(service, repo.read(service).replace("navn: ", "navn: Omdøpt ", 1))
    repo.commit(GIT_AUTHOR_DATE="2026-11-01T12:00:00Z", GIT_COMMITTER_DATE="2026-11-01T12:00:00Z")
    monkeypatch.chdir(tmp_path)
    svar = handover("overlevering-barnehagesoknad")
    assert f"fullført ved innsjekking {completed[:12]}" in svar.feil
    assert "Omdøpt" not in svar.ut
    assert f"innsjekking {completed[:12]}. Sjekkdato 16.01.2026" in svar.ut.replace("&#8203;", "")
    assert "Omdøpt" in handover("overlevering-barnehagesoknad", "--at", "HEAD").ut


def test_a_completed_handover_that_can_not_be_shown_as_it_was_says_so_in_the_document(tmp_path, monkeypatch):
    repo = Repo(tmp_path)
    settings = re.sub(r"(?m)^eksempel:\n(?:  .*\n)+", "", repo.read("forvaltning.yaml"))
    repo.write("forvaltning.yaml", settings)
    monkeypatch.chdir(tmp_path)
    svar = handover("overlevering-barnehagesoknad", "--as-of", "2026-11-16")
    assert svar.kode == 0, svar.feil
    assert "> Overleveringen er fullført, men listen er laget av registeret slik det er nå: " in svar.ut

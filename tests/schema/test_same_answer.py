"""The loader and the schema give the same answer: one table of cases, read by both."""

from __future__ import annotations

import pytest
from ruamel.yaml.error import YAMLError
from tests.hjelp import innstillinger
from tests.schema.editor import faults, read_as_editor

from forvaltning.model.kinds import KINDS
from forvaltning.model.valider import valider
from forvaltning.source.innstillingsfil import UgyldigInnstilling, bygg_innstillinger
from forvaltning.source.yaml_parser import parse


def loader_takes(kind: str, text: str) -> bool:
    value = parse(text.encode()).value
    if value is None:
        return False
    if kind == "forvaltning":
        try:
            bygg_innstillinger(value)
        except UgyldigInnstilling:
            return False
        return True
    return not isinstance(valider(KINDS[kind], "x", value, innstillinger().koder), list)


def schema_takes(kind: str, text: str) -> bool:
    try:
        value = read_as_editor(text)
    except YAMLError:
        return False
    return not faults(kind, value)


# What stands at `beskrivelse: …` of a system.
TEXTS = {
    "vanlig tekst": True,
    "0301": True,
    "1.10": True,
    "12:30": True,
    "1e3": True,
    "0x1F": True,
    "-5": True,
    ".inf": True,
    "964338531": True,
    "012345674": True,
    "2026-11-22": True,
    "2024-02-30": True,
    "ja": True,
    "nei": True,
    "yes": True,
    "no": True,
    "true": True,
    "False": True,
    "~": True,
    "null": True,
    "Null": True,
    "NULL": True,
    "": True,
    '"null"': True,
    '"~"': True,
    "'0301'": True,
    '""': False,
    "''": False,
    '"  "': False,
    "[en, to]": False,
    "[]": False,
    "{a: b}": False,
    "{}": False,
    "*alias": False,
    "|\n  Flere\n  linjer": True,
    ">-\n  Flere\n  linjer": True,
}
# `navn: …`: a text that must be there.
NAMES = {
    "Bk360": True,
    "360": True,
    "3.60": True,
    "true": True,
    '"null"': True,
    "null": False,
    "~": False,
    "": False,
    '""': False,
    "[Bk360]": False,
}
# `personopplysninger: …`
YES_NO = {
    "ja": True,
    "nei": True,
    "true": True,
    "false": True,
    "True": True,
    "TRUE": True,
    "False": True,
    "FALSE": True,
    '"ja"': True,
    '"true"': True,
    "'FALSE'": True,
    "~": True,
    "": True,
    "null": True,
    '"null"': False,
    '""': False,
    "Ja": False,
    "JA": False,
    "yes": False,
    "no": False,
    "on": False,
    "1": False,
    "0": False,
    "[ja]": False,
    "{ja: nei}": False,
}
# `registrert: …` of a project.
DATES = {
    "2024-02-29": True,
    "2000-02-29": True,
    "2024-12-31": True,
    '"2024-01-01"': True,
    '" 2024-01-01 "': True,
    "0001-01-01": True,
    "9999-12-31": True,
    "": True,
    "~": True,
    "2024-02-30": False,
    "2023-02-29": False,
    "1900-02-29": False,
    "2024-04-31": False,
    "2024-13-01": False,
    "2024-00-10": False,
    "2024-01-00": False,
    "2024-01-32": False,
    "0000-01-01": False,
    "2024-1-1": False,
    "24-01-01": False,
    "01.02.2024": False,
    "2024-01-01T12:00:00": False,
    "20240101": False,
    "2024": False,
    "i går": False,
    '""': False,
    "true": False,
    "[2024-01-01]": False,
}
# `rapportering.rytme_maneder: …`
WHOLE = {
    "4": True,
    "0": True,
    "04": True,
    '"4"': True,
    '" 4 "': True,
    "999999999999999": True,
    "": True,
    "null": True,
    "9999999999999999": False,
    "-1": False,
    "4.5": False,
    '"4.0"': False,
    "fire": False,
    '""': False,
    "true": False,
    "[4]": False,
}
# `orgnr: …` of a supplier.
ORGANISATIONS = {
    "964338531": True,
    '"964338531"': True,
    "964 338 531": True,
    "012345674": True,
    "": True,
    "9643385310": False,
    '"96433853"': False,
    "NO964338531": False,
    "-964338531": False,
    '""': False,
    "true": False,
    "[964338531]": False,
}
# `kit.konfidensialitet: …`: codes that look like numbers.
LEVELS = {
    '"1"': True,
    "1": True,
    "4": True,
    "": True,
    "0": False,
    "5": False,
    "1.5": False,
    '"5"': False,
    "Åpen": False,
    "true": False,
    "[1]": False,
}
# `eksponering: …`: codes that look like text.
EXPOSURE = {
    "internett": True,
    '"internett"': True,
    "": True,
    "null": True,
    "Internett": False,
    "internet": False,
    '"null"': False,
    '""': False,
    "1": False,
    "true": False,
    "[internett]": False,
    "{internett: ja}": False,
}
# `tilstand: …`: states fixed in the model.
STATES = {
    "i_produksjon": True,
    "'ide'": True,
    "": True,
    "produksjon": False,
    "I_PRODUKSJON": False,
    '""': False,
    "1": False,
    "[ide]": False,
}
# `brukere: …`: a list of codes.
CODE_LISTS = {
    "[barn, ansatte]": True,
    "\n  - barn\n  - ansatte": True,
    "[]": True,
    "": True,
    "~": True,
    "barn": False,
    "[barn, voksne]": False,
    "[barn, null]": False,
    '[""]': False,
    "[[barn]]": False,
    "{barn: ja}": False,
}
# `behandlingsansvarlige: …`: a list of references.
REFERENCES = {
    "[rolle-a, rolle-b]": True,
    "[0301]": True,
    "[]": True,
    "": True,
    "rolle-a": False,
    "[null]": False,
    '[""]': False,
    "[{id: rolle-a}]": False,
}
# `drift: …`: a part.
PARTS = {
    "": True,
    "null": True,
    "{}": True,
    "{form: sky}": True,
    "\n  form: sky\n  leverandor: 0301": True,
    "{form: }": True,
    "sky": False,
    "true": False,
    "[]": False,
    "[form: sky]": False,
    "{form: skyen}": False,
    "{forma: sky}": False,
    "{form: [sky]}": False,
}
# `mandatendringer: …`: a list of parts, each with a date.
LISTS_OF_PARTS = {
    "[{dato: 2024-01-01}]": True,
    "\n  - dato: 2024-01-01\n    hva: 1.10": True,
    "[]": True,
    "": True,
    "[{}]": False,
    "[{hva: omfang}]": False,
    "[{dato:}]": False,
    "[null]": False,
    "[2024-01-01]": False,
    "{dato: 2024-01-01}": False,
    "[{dato: 2024-01-01, hvem: meg}]": False,
}
# `mal: …` of an indicator.
DECIMALS = {
    "99.5": True,
    "99": True,
    "-1.25": True,
    '"99.5"': True,
    "": True,
    "99,5": False,
    "99 %": False,
    "true": False,
    '""': False,
    "[99]": False,
}
# `adresse: …` of a concept.
ADDRESSES = {
    "https://bergen.example": True,
    "http://bergen.example/side?a=b": True,
    "HTTPS://bergen.example": True,
    '"  https://bergen.example"': True,
    "": True,
    "bergen.example": False,
    "ftp://bergen.example": False,
    "https://": False,
    "https:///side": False,
    "360": False,
    '""': False,
}
WHOLE_FILES = [
    ("systemer", "navn: X\n", True),
    ("systemer", "navn: X\nid: x\n", True),
    ("systemer", "navn: X\nid:\n", True),
    ("systemer", "# yaml-language-server: $schema=x\nnavn: X\n", True),
    ("systemer", "beskrivelse: X\n", False),
    ("systemer", "navn: X\nnavm: Y\n", False),
    ("systemer", "navn: X\nNavn: Y\n", False),
    ("systemer", "navn: X\nnavn: Y\n", False),
    ("systemer", "navn: X\n---\nnavn: Y\n", False),
    ("systemer", "navn: X\n1: Y\n", False),
    ("systemer", "", False),
    ("systemer", "{}", False),
    ("systemer", "[]", False),
    ("systemer", "- navn: X\n", False),
    ("systemer", "null", False),
    ("systemer", "navn: [X\n", False),
    ("systemer", "navn: X: Y\n", False),
    ("avvik", "krav: 1.1\ngjelder: [bk360]\n", True),
    ("avvik", "krav: 1.10\ngjelder:\n", True),
    ("avvik", "krav: 1.1\n", False),
    ("avvik", "gjelder: [bk360]\n", False),
    ("roller", "type: systemeier\n", True),
    ("roller", "type: systemeieren\n", False),
    ("roller", "type:\n", False),
    ("forvaltning", "modell: 1\n", True),
    ("forvaltning", "modell: '1'\n", True),
    ("forvaltning", "modell: 01\n", True),
    ("forvaltning", "modell: 2\n", False),
    ("forvaltning", "modell: 0\n", False),
    ("forvaltning", "modell: en\n", False),
    ("forvaltning", "modell:\n", False),
    ("forvaltning", "gjelder_fra: 2024-01-01\n", False),
]
# What stands in the settings beside `modell: 1`.
SETTINGS = {
    "kommune:\n  navn: Bergen\n  kommunenummer: 0301": True,
    "kommune:\n  organisasjonsnummer: 964338531": False,
    "kommune:": True,
    "kommune: Bergen": False,
    "eksempel: {dato: 2026-11-16}": True,
    "eksempel: {}": False,
    "gjelder_fra: 2024-01-01": True,
    "gjelder_fra: 2024-02-30": False,
    "gjelder_fra: ~": True,
    "varslingsvindu_dager: 60": True,
    "varslingsvindu_dager:": True,
    "varslingsvindu_dager: to": False,
    "intervaller: {systemoversikt: 6}": True,
    "intervaller: {systemoversikt: '6'}": True,
    "intervaller: {systemoversikt: '6', egen: 3}": False,
    "intervaller: {systemoversikt: }": True,
    "intervaller: {egen: }": False,
    "funksjoner: {sdi2: sdi}": False,
    "dager: {overleverng: 3}": False,
    "intervaller: {systemoversikt: ofte}": False,
    "intervaller: [12]": False,
    "intervaller:": True,
    "kritikalitetsklasser: {viktig: {ros_maneder: 12}}": True,
    "kritikalitetsklasser: {viktig: {navn: }}": True,
    "kritikalitetsklasser: {viktig: }": True,
    "kritikalitetsklasser: {viktig: {farge: gul}}": False,
    "kritikalitetsklasser: {ny: {navn: Ny, rang: 5, hoy: ja, ros_maneder: 12}}": True,
    "kritikalitetsklasser: {ny: {navn: Ny}}": False,
    "kritikalitetsklasser: {ny: {navn: , rang: 5, hoy: ja, ros_maneder: 12}}": False,
    "kritikalitetsklasser: {ny: }": True,
    "skalaer: {konfidensialitet: {5: Hemmelig}}": True,
    "skalaer: {konfidensialitet: {'5': }}": True,
    "skalaer: {ny: {1: Lav}}": False,
    "skalaer: {ny: {1: }}": False,
    "skalaer: {konfidensialitet: [Lav]}": False,
    "matriser: {standard-5x5: {navn: Vår}}": True,
    "matriser: {ny: {navn: Ny}}": False,
    "matriser: {ny: {navn: N, versjon: 1, sannsynlighet: {1: L}, konsekvens: {1: L}, nivaer: {g: G}, tabell: {1: [g]}}}": True,
    "matriser: {ny: {navn: N, versjon: 1, sannsynlighet: {1: L}, konsekvens: {1: L}, nivaer: {g: G}, tabell: {1: g}}}": False,
    "fora: {brukerforum: {navn: Brukerforum}}": True,
    "fora: {brukerforum: {navn: Brukerforum, rytme: }}": True,
    "fora: {brukerforum: {rytme: Ofte}}": False,
    "fora: {sdi: {rytme: Ofte}}": True,
    "rolletyper: {webredaktor: Webredaktør}": True,
    "rolletyper: {webredaktor: [Webredaktør]}": False,
    "kodelister: {enhetstype: {avdeling: Avdeling}}": True,
    "kodelister: {enhetstype: {avdeling: }}": True,
    "kodelister: {ny: {a: A}}": False,
    "kodelister: {ny: {a: }}": False,
    "kodelister: {enhetstype: Avdeling}": False,
    "prosjektprodukter: {konsept: [prosjektforslag]}": True,
    "prosjektprodukter: {konsept: []}": True,
    "prosjektprodukter: {konsept: prosjektforslag}": False,
    "prosjektprodukter: {konsept: [null]}": False,
    "land: {NO: {navn: Noreg}}": True,
    "land: {XX: {navn: Ukjent}}": False,
    "land: {XX: {navn: Ukjent, eos: nei}}": True,
    "land: {XX: {navn: Ukjent, eos: kanskje}}": False,
    "funksjoner: {sdi: sdi}": True,
    "funksjoner: [sdi]": False,
    "arkivkjerner: [bk360]": True,
    "arkivkjerner:": True,
    "arkivkjerner: bk360": False,
    "kontaktpunkter: {SDI: a@b.example}": True,
    "ukjent: ja": False,
}


def field(kind: str, head: str, cases: dict[str, bool]) -> list[tuple[str, str, bool]]:
    """One case for each value, written where `head` has its ellipsis."""
    return [(kind, head.replace("…", value), valid) for value, valid in cases.items()]


CASES = [
    *field("systemer", "navn: X\nbeskrivelse: …\n", TEXTS),
    *field("systemer", "navn: …\n", NAMES),
    *field("systemer", "navn: X\npersonopplysninger: …\n", YES_NO),
    *field("prosjekter", "navn: X\nregistrert: …\n", DATES),
    *field("prosjekter", "navn: X\nrapportering:\n  rytme_maneder: …\n", WHOLE),
    *field("leverandorer", "navn: X\norgnr: …\n", ORGANISATIONS),
    *field("tjenester", "navn: X\nindikatorer:\n  - id: svartid\n    mal: …\n", DECIMALS),
    *field("begreper", "term: {nb: X}\nadresse: …\n", ADDRESSES),
    *field("systemer", "navn: X\nkit:\n  konfidensialitet: …\n", LEVELS),
    *field("systemer", "navn: X\neksponering: …\n", EXPOSURE),
    *field("systemer", "navn: X\ntilstand: …\n", STATES),
    *field("systemer", "navn: X\nbrukere: …\n", CODE_LISTS),
    *field("systemer", "navn: X\nbehandlingsansvarlige: …\n", REFERENCES),
    *field("systemer", "navn: X\ndrift: …\n", PARTS),
    *field("prosjekter", "navn: X\nmandatendringer: …\n", LISTS_OF_PARTS),
    *WHOLE_FILES,
    *field("forvaltning", "modell: 1\n…\n", SETTINGS),
]


@pytest.mark.parametrize(("kind", "text", "valid"), CASES)
def test_loader_and_schema_give_the_same_answer(kind, text, valid):
    assert (loader_takes(kind, text), schema_takes(kind, text)) == (valid, valid), text


# What no schema can say, or what an editor no longer sees: what the loader says, what the schema says, and why.
# The loader has the last word.
EXCEPTIONS = [
    ("systemer", "navn: &anker X\n", False, True, "a schema sees the value, not the anchor"),
    ("systemer", "navn: !!str X\n", False, True, "a schema sees the value, not the tag"),
    ("leverandorer", "navn: X\norgnr: 964338532\n", False, True, "a check digit is arithmetic"),
    (
        "leverandorer",
        "navn: X\norgnr: 12345674\n",
        False,
        True,
        "an editor has lost leading zeros",
    ),
    ("systemer", "navn: X\nid: y\n", False, True, "a schema does not know the file's name"),
    (
        "prosjekter",
        "navn: X\nmandatendringer: [{dato: 2024-01-01}, {dato: 2024-01-01, hva: Y}]\n",
        False,
        True,
        "a schema can not compare one field across a list",
    ),
    ("systemer", "navn: X\nkit: {konfidensialitet: 01}\n", False, True, "an editor reads 01 as 1"),
    ("systemer", "navn: X\nkit: {konfidensialitet: 1.0}\n", False, True, "an editor reads 1.0 as 1"),
    (
        "prosjekter",
        "navn: X\nrapportering: {rytme_maneder: 0x10}\n",
        False,
        True,
        "an editor reads 0x10 as 16",
    ),
    ("prosjekter", "navn: X\nrapportering: {rytme_maneder: 4.0}\n", False, True, "4.0 is whole to a schema"),
    (
        "systemer",
        'navn: X\neksponering: " internett "\n',
        True,
        False,
        "blanks inside quotes: never in earnest",
    ),
    (
        "systemer",
        'navn: X\npersonopplysninger: " ja "\n',
        True,
        False,
        "blanks inside quotes: never in earnest",
    ),
    (
        "forvaltning",
        "modell: 1\nmatriser: {standard-5x5: {tabell: {'1': [gronn]}}}\n",
        False,
        True,
        "that a matrix adds up is arithmetic",
    ),
]


@pytest.mark.parametrize(("kind", "text", "loader", "schema", "why"), EXCEPTIONS)
def test_the_exceptions_are_these_and_no_others(kind, text, loader, schema, why):
    assert (loader_takes(kind, text), schema_takes(kind, text)) == (loader, schema), why

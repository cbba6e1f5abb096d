"""The real YAML language server, with our schemas: completion, explanation and faults, as an editor shows them.

`make test` installs the server (npm package `yaml-language-server`) into `.node/`. It starts without network.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.schema.language_server import LanguageServer

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / ".node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
NODE = shutil.which("node")
REGISTRY = ROOT / "registry"
NUMBERS = count(1)

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="node is not installed, so no editor can be driven"),
    pytest.mark.skipif(
        not SERVER.is_file(),
        reason="yaml-language-server is not in .node: run make test, or see docs/windows.md",
    ),
]


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    assert NODE is not None
    running = LanguageServer([NODE, str(SERVER), "--stdio"], ROOT)
    yield running
    running.close()


class Editor:
    """One open file. `|` in the text is the cursor."""

    def __init__(self, server: LanguageServer, text: str, kind: str = "systemer") -> None:
        before, _, after = text.partition("|")
        above = f"# yaml-language-server: $schema=../../schemas/{kind}.json\n{before}"
        self.line, self.character = above.count("\n"), len(above.rpartition("\n")[2])
        self.server = server
        self.uri = server.open(REGISTRY / kind / f"prove-{next(NUMBERS)}.yaml", above + after)

    def offers(self) -> dict[str, dict[str, str]]:
        answer = self.server.ask("completion", self.uri, self.line, self.character)
        return {item["label"]: item for item in answer["items"]}

    def explains(self) -> str:
        answer = self.server.ask("hover", self.uri, self.line, self.character)
        return answer["contents"]["value"] if answer else ""

    def faults(self) -> list[tuple[int, str]]:
        return [(f["range"]["start"]["line"], f["message"]) for f in self.server.faults(self.uri)]


@pytest.mark.parametrize(
    "path",
    [
        "forvaltning.yaml",
        "systemer/bk360.yaml",
        "tjenester/soknad-om-barnehageplass.yaml",
        "prosjekter/ny-skjemalosning.yaml",
        "avtaler/kontrakt-bk360.yaml",
        "behandlinger/barnehageopptak.yaml",
    ],
)
def test_a_file_of_the_registry_is_without_fault_and_explained(server, path):
    file = REGISTRY / path
    text = file.read_text(encoding="utf-8")
    uri = server.open(file, text)
    assert server.faults(uri) == []
    line, first = next((n, t) for n, t in enumerate(text.splitlines()) if t[:1].isalpha())
    hover = server.ask("hover", uri, line, 1)
    assert first.partition(":")[0] in ("modell", "navn", "gjelder", "tittel")
    assert hover["contents"]["value"].startswith("#### ")
    server.close_file(uri)


def test_the_modeline_is_what_finds_the_schema(server):
    uri = server.open(REGISTRY / "systemer" / f"prove-{next(NUMBERS)}.yaml", "navm: X\n")
    assert server.faults(uri) == []


def test_completion_offers_the_fields_that_are_not_there_yet(server):
    offers = Editor(server, "navn: X\n|").offers()
    assert {"systemeier", "systemkoordinator", "personopplysninger", "kit", "drift"} <= set(offers)
    assert "navn" not in offers
    assert offers["systemeier"]["insertText"] == "systemeier: "
    assert "mappen «roller». Krav: 1.1" in str(offers["systemeier"]["documentation"])


def test_completion_offers_the_fields_of_a_part(server):
    offers = Editor(server, "navn: X\nkit:\n  |").offers()
    assert set(offers) == {"konfidensialitet", "integritet", "tilgjengelighet", "vurdert"}


def test_completion_offers_the_fields_of_a_list_item(server):
    offers = Editor(server, "navn: X\nmandatendringer:\n  - dato: 2024-01-01\n    |", "prosjekter").offers()
    assert set(offers) == {"hva", "referanse"}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        (
            "navn: X\neksponering: |",
            "systemer",
            {
                "intern": "Bare i kommunens nett",
                "partner": "Åpen for navngitte samarbeidspartnere",
                "internett": "Åpen på internett",
            },
        ),
        (
            "navn: X\nkit:\n  konfidensialitet: |",
            "systemer",
            {'"1"': "Åpen", '"2"': "Intern", '"3"': "Fortrolig", '"4"': "Strengt fortrolig"},
        ),
        (
            "navn: X\nanbefalinger:\n  - punkt: BP2\n    utfall: |",
            "prosjekter",
            {
                "anbefalt": "Anbefalt",
                "anbefalt_med_merknad": "Anbefalt med merknad",
                "ikke_anbefalt": "Ikke anbefalt",
            },
        ),
        ("krav: 1.1\ngjelder: [x]\nvekt: |", "avvik", {"mindre": "Mindre", "storre": "Større"}),
    ],
)
def test_completion_offers_the_codes_with_their_words_and_nothing_else(server, text, kind, wanted):
    offers = Editor(server, text, kind).offers()
    assert {label: item["documentation"] for label, item in offers.items()} == wanted


def test_completion_offers_codes_in_a_list(server):
    offers = Editor(server, "navn: X\nbrukere:\n  - |").offers()
    assert offers["barn"]["documentation"] == "Barn og unge"


def test_completion_offers_yes_and_no_in_norwegian(server):
    assert set(Editor(server, "navn: X\npersonopplysninger: |").offers()) == {"ja", "nei"}


@pytest.mark.parametrize("field", ["beskrivelse", "systemeier", "produksjon_fra"])
def test_completion_offers_nothing_where_anything_may_stand(server, field):
    assert Editor(server, f"navn: X\n{field}: |").offers() == {}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        (
            "navn: X\nsystem|eier: y\n",
            "systemer",
            ["#### Systemeier\n", "Rollen som er systemeier.", "mappen «roller»", "Krav: 1.1"],
        ),
        ("navn: X\nsystemeier: y|z\n", "systemer", ["#### Systemeier\n", "Krav: 1.1"]),
        ("navn: X\nk|it:\n  konfidensialitet: 2\n", "systemer", ["#### KIT\n", "Krav: 2.2, 4.2."]),
        (
            "navn: X\nkit:\n  konfidensialitet: |2\n",
            "systemer",
            ["#### Konfidensialitet\n", "Krav: 2.2, 4.2.", "* `2`: Intern", "* `4`: Strengt fortrolig"],
        ),
        (
            "navn: X\neksponering: inter|nett\n",
            "systemer",
            ["#### Eksponering\n", "Krav:", "* `internett`: Åpen på internett"],
        ),
        ("navn: X\nbrukere:\n  - ba|rn\n", "systemer", ["#### Brukere\n", "* `barn`: Barn og unge"]),
        (
            "navn: X\nrapportering:\n  rytme_ma|neder: 4\n",
            "prosjekter",
            ["#### Rytme, måneder\n", "Antall måneder mellom rapportene.", "Krav: 6.4."],
        ),
        (
            "navn: X\nanbefalinger:\n  - punkt: BP2\n    ut|fall: anbefalt\n",
            "prosjekter",
            ["#### Utfall\n", "Krav: 6.2.", "* `ikke_anbefalt`: Ikke anbefalt"],
        ),
    ],
)
def test_hover_explains_in_norwegian_with_requirement_numbers(server, text, kind, wanted):
    explained = Editor(server, text, kind).explains()
    assert [part for part in wanted if part not in explained] == []
    assert " || " not in explained


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "navn: X\neksponering: internet\n",
            2,
            "Ukjent kode. Lovlige verdier er intern, partner, internett.",
        ),
        ("navn: X\nbrukere: [barn, voksne]\n", 2, "Ukjent kode."),
        ("navn: X\nnavm: Y\n", 2, "navm"),
        ("navn: X\nkit:\n  konfidensialitett: 1\n", 3, "konfidensialitett"),
        ("beskrivelse: Y\n", 1, "navn"),
        ("navn:\n", 1, "Skriv tekst på linjen"),
        ("navn: X\nbrukere: barn\n", 2, "Skriv hvert element på sin egen linje"),
        ("navn: X\ndrift: sky\n", 2, "object"),
        ("navn: X\npersonopplysninger: kanskje\n", 2, "Skriv ja eller nei."),
        ("navn: X\nproduksjon_fra: 2024-02-30\n", 2, "Skriv en dag som finnes"),
    ],
)
def test_a_fault_is_shown_where_it_stands(server, text, line, message):
    faults = Editor(server, text).faults()
    assert [at for at, _ in faults] == [line]
    assert message in faults[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "navn: 0301\nbeskrivelse: 1.10\nmerknad: 12:30\n",
        "navn: true\nbeskrivelse: 2026-11-22\nmerknad: nei\n",
        'navn: "null"\nbeskrivelse: ~\nmerknad:\nbrukere:\ndrift:\nprosjekter: null\n',
        "navn: X\npersonopplysninger: ja\n",
        "navn: X\npersonopplysninger: false\n",
        'navn: X\nkit: {konfidensialitet: 1, integritet: "2"}\n',
        "navn: X\nproduksjon_fra: 2024-02-29\nid:\n",
    ],
)
def test_every_form_the_loader_takes_is_without_fault(server, text):
    assert Editor(server, text).faults() == []

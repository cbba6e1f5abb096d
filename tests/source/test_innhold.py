"""What must never stand in a registry is found, told apart, and never shown."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forvaltning.findings import Position, Severity
from forvaltning.source.innhold import MAKS, REGLER, finn, finn_i_navn
from forvaltning.source.innhold_tall import Slag, slag_av

ROOT = Path(__file__).resolve().parents[2]
FNR, DNR, HNR, TEST = "innhold.fodselsnummer", "innhold.d_nummer", "innhold.h_nummer", "innhold.testnummer"
EPOST, TLF, HEM, GRAD = "innhold.epost", "innhold.telefon", "innhold.hemmelighet", "innhold.gradering"
TILLAT = "innhold.tillatelse"


# --- numbers are made here: no real one may stand in the repository --------------------------------


def lag(dato: str, individ: int, rest: int = 0) -> str | None:
    """A number with valid control digits; `rest` is what the first control sum leaves (2032: 0 to 3)."""
    nine = f"{dato}{individ:03d}"
    k1 = (rest - sum(w * int(d) for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), nine, strict=True))) % 11
    if k1 == 10:
        return None
    ten = f"{nine}{k1}"
    k2 = -sum(w * int(d) for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), ten, strict=True)) % 11
    return None if k2 == 10 else f"{ten}{k2}"


def et(dato: str, rest: int = 0) -> str:
    return next(n for n in (lag(dato, i, rest) for i in range(999, 0, -1)) if n)


def regler(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return [p.regel for p in finn(data, "systemer/x.yaml")]


F = et("150576")


@pytest.mark.parametrize(
    ("dato", "rest", "slag"),
    [
        ("150576", 0, Slag.FODSELSNUMMER),
        ("290200", 0, Slag.FODSELSNUMMER),
        ("150576", 1, Slag.FODSELSNUMMER),
        ("020132", 2, Slag.FODSELSNUMMER),
        ("311299", 3, Slag.FODSELSNUMMER),
        ("550576", 0, Slag.D_NUMMER),
        ("550576", 3, Slag.D_NUMMER),
        ("154576", 0, Slag.H_NUMMER),
        ("812345", 0, Slag.FH_NUMMER),
        ("999999", 0, Slag.FH_NUMMER),
        ("158576", 0, Slag.TESTNUMMER),
        ("158576", 2, Slag.TESTNUMMER),
        ("558576", 0, Slag.TESTNUMMER),
        ("554576", 0, Slag.TESTNUMMER),
        ("157076", 0, Slag.TESTNUMMER),
        ("150576", 4, None),
        ("154576", 1, None),
        ("812345", 1, None),
        ("290201", 0, None),
        ("310476", 0, None),
        ("001276", 0, None),
        ("151376", 0, None),
        ("150076", 0, None),
        ("720576", 0, None),
    ],
)
def test_date_part_and_control_digits_say_what_a_number_is(dato, rest, slag):
    assert slag_av(et(dato, rest)) is slag


def test_the_examples_of_the_tax_administration_for_2032_are_taken():
    # 02.01.2032 and 30.10.1982 with individual number 999, by the rule of 2032.
    assert lag("301082", 999, 1)[-2:] == "39"
    for dato, rest in (("020132", 0), ("301082", 0), ("301082", 1)):
        assert slag_av(lag(dato, 999, rest)) is Slag.FODSELSNUMMER


def skrevet(n: str) -> dict[str, str]:
    wide = "".join(chr(0xFF10 + int(c)) for c in n)
    arabic = "".join(chr(0x0660 + int(c)) for c in n)
    return {
        "tett": n,
        "mellomrom": f"{n[:6]} {n[6:]}",
        "bindestrek": f"{n[:6]}-{n[6:]}",
        "punktum": f"{n[:2]}.{n[2:4]}.{n[4:6]}.{n[6:]}",
        "dato og rest": f"{n[:2]}.{n[2:4]}.{n[4:6]} {n[6:]}",
        "tre deler": f"{n[:6]} {n[6:9]} {n[9:]}",
        "hardt mellomrom": f"{n[:6]}\u00a0{n[6:]}",
        "tynt mellomrom": f"{n[:6]}\u2009{n[6:]}",
        "smalt hardt": f"{n[:6]}\u202f{n[6:]}",
        "tankestrek": f"{n[:6]} – {n[6:]}",
        "usynlig": f"{n[:6]}\u200b{n[6:]}",
        "hvert siffer": " ".join(n),
        "par": f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:8]} {n[8:]}",
        "full bredde": wide,
        "full bredde delt": f"{wide[:6]} {wide[6:]}",
        "arabisk": arabic,
        "skråstrek": f"{n[:6]}/{n[6:]}",
        "brettet": f"{n[:6]}\n    {n[6:]}",
        "brettet CRLF": f"{n[:6]}\r\n    {n[6:]}",
        "brettet kommentar": f"{n[:6]}\n  # {n[6:]}",
    }


STEDER = [
    "{}",
    "navn: {}\n",
    '"{}": x\n',
    "- {}\n",
    "a: [x, {}]\n",
    "# merk {}\n",
    "b: >\n  om {} og\n",
    "fnr:{}\n",
    "x: ({}).\n",
]


@pytest.mark.parametrize("form", skrevet(F))
@pytest.mark.parametrize("sted", STEDER)
def test_a_number_is_found_however_and_wherever_it_is_written(form, sted):
    assert regler(sted.format(skrevet(F)[form])) == [FNR]


def test_what_is_written_or_named_as_an_account_number_is_only_remarked():
    grader = []
    for text in (F, f"{F[:4]}.{F[4:6]}.{F[6:]}", f"kontonummer: {F}", f"kode: 1\nx: {F}"):
        (p,) = finn(text.encode(), "x.yaml")
        assert p.regel == FNR
        assert "kontonummer" in p.melding + p.tiltak
        grader.append(p.alvor.value)
    assert grader == ["feil", "merknad", "merknad", "feil"]


def test_each_kind_has_its_rule_and_test_numbers_are_only_remarked():
    for dato, regel in (
        ("550576", DNR),
        ("154576", HNR),
        ("812345", HNR),
        ("158576", TEST),
        ("554576", TEST),
    ):
        (p,) = finn(f"x: {et(dato)}".encode(), "x.yaml")
        assert (p.regel, p.alvor is Severity.MERKNAD) == (regel, regel == TEST)


@pytest.mark.parametrize(
    "text",
    [
        f"1{F}",
        f"{F}2",
        f"{F} 1".replace(" ", ""),
        f"+{F}" if F[0] != "0" else "x",
        f"NO93 {F}",
        f"a{F}b0c1d2e3f",
        f"{F[:8]}-{F[8:]}0-4abc-8abc-0123456789ab",
        "964338531",
        "964 338 531",
        "2024/123456",
        "Bk360 2026/811",
        "2024-01-01 2024-02-01",
        "01.01.2024 123",
        "12 345 678 901",
        "192.168.101.10",
        "22 33 44 55",
        "7038010000000",
        f"{F[:5]}\n{F[5:]}: verdi",
    ],
)
def test_what_only_looks_like_a_number_is_let_pass(text):
    assert FNR not in regler(f"x: {text}\n") or text == "x"


def test_escapes_of_yaml_and_other_encodings_are_read():
    assert regler('x: "' + "".join(f"\\u{ord(c):04x}" for c in F) + '"') == [FNR]
    assert regler(f'x: "{F[:6]}\\x20{F[6:]}"') == [FNR]
    assert regler(f'x: "{F[:6]}\\\n  {F[6:]}"') == [FNR]
    assert regler(f"x: æ {F}".encode("latin-1")) == [FNR]
    for wide in ("utf-16", "utf-16-le", "utf-16-be"):
        (p,) = finn(f"navn: x\nb: {F}".encode(wide), "x.yaml")
        assert p.position == Position(2, 4)


@pytest.mark.parametrize("brudd", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_the_place_is_counted_in_code_points(brudd, bom):
    data = bom + f"navn: å{brudd}b: 😀 {F}{brudd}".encode()
    (p,) = finn(data, "x.yaml")
    assert p.position == Position(2, 6)


def test_fingerprints_stay_when_lines_move_and_tell_two_apart():
    two = finn(f"a: {F}\nb: {F}".encode(), "x.yaml")
    moved = finn(f"# ny\n\nc: 1\na: {F}\nb: {F}".encode(), "x.yaml")
    assert [p.fingeravtrykk for p in two] == [p.fingeravtrykk for p in moved]
    assert len({p.fingeravtrykk for p in two}) == 2


# --- other rules -----------------------------------------------------------------------------------

NAVN = "kari.nordmann"
GH = "gh" + "p_" + "aB3" * 12
JWT = "ey" + "JhbGciOiJIUzI1NiJ9" + ".ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0" + ".c2lnbmF0dXJlMTIz"
PEM = "-----BEGIN " + "PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0B\n" * 3 + "-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("text", "regel"),
    [
        (f"kontakt: {NAVN}@gmail.com", EPOST),
        ("x@HOTMAIL.com", EPOST),
        ("# ring ola@online.no", EPOST),
        ("<ola@getmail.no>", EPOST),
        (f"kontakt: {NAVN}@bergen.kommune.no", EPOST),
        ("telefon: 90912345", TLF),
        ("mobil: 909 12 345", TLF),
        ("kontakt: +47 909 12 345", TLF),
        ("kontakt: +4790912345", TLF),
        ("x: 004790912345", TLF),
        ("x: (+47) 45 67 89 01", TLF),
        ("telefon:\n  - 40912345", TLF),
        ("merk: 909 12 345", TLF),
        ("merk: 90\u00a091\u00a023\u00a045", TLF),
        ("x: 41234567 (mobil)", TLF),
        (f"x: {GH}", HEM),
        ("x: " + "AK" + "IA" + "Q3EGTHY7PLM2XW5Z", HEM),
        ("x: " + "AI" + "za" + "Sy0aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW", HEM),
        ("x: " + "glp" + "at-" + "x7Yz0aB3dE5fG7hI9jK1", HEM),
        ("x: " + "xo" + "xb-123456789012-1234567890123-aB3dE5fG7hI9jK1lM3nO5pQ7", HEM),
        (f"x: {JWT}", HEM),
        (PEM, HEM),
        ("x: Server=db;User=sa;Password=Sommer2026;", HEM),
        ("DefaultEndpointsProtocol=https;Account" + "Key=" + "aB3dE5fG7hI9jK1l" * 5 + "==", HEM),
        ("passord: hunter2x", HEM),
        ("db_password: 'Vinter 26!'".replace(" 26", "26"), HEM),
        ('"api_key": "9f8e7d6c5b4a39281706"', HEM),
        ("klient-secret: aB3dE5fG7hI9", HEM),
        ("api-nøkkel: aB3dE5fG7hI9", HEM),
        ("pwd = q1w2e3r4", HEM),
        ("adresse: https://bruker:Sommer26@db.example/x", HEM),
        ("# BEGRENSET", GRAD),
        ("gradering: BEGRENSET", GRAD),
        ("gradering: begrenset", GRAD),
        ("tittel: STRENGT HEMMELIG", GRAD),
        ("KONFIDENSIELT iht sikkerhetsloven", GRAD),
        ("Dokumentet er gradert konfidensielt.", GRAD),
        ("HEMMELIG", GRAD),
        ("x: NATO RESTRICTED", GRAD),
        ("x: COSMIC TOP SECRET", GRAD),
        ("x: EU CONFIDENTIAL", GRAD),
        ("Systemet har sikkerhetsgradert informasjon", GRAD),
    ],
)
def test_each_rule_finds_its_own(text, regel):
    assert regler(text) == [regel]


@pytest.mark.parametrize(
    "text",
    [
        "kontakt: digitalisering@bergen.example",
        f"kontakt: {NAVN}@bergen.example",
        "kontakt: postmottak@bergen.kommune.no",
        "kontakt: post.finans@bergen.kommune.no",
        "kontakt: support@leverandor.no",
        "kontakt: ola@notgmail.com",
        "kontakt: ola@gmail.com.example",
        "telefon: 55 56 55 56",
        "telefon: 05556",
        "telefon: 815 00 000",
        "orgnr: 964338531",
        "belop: 45000000",
        "belop: kr 450 00 000",
        "sum: 91 234 567",
        "id: x/90912345",
        "id: abc-90912345",
        "arkiv: 2024/90912345",
        "periode: 2024-2026",
        "dato: 2026-11-22",
        "kode: 4601 2026",
        "hendelse: Uvedkommende leser saker med stjålet brukernavn og passord",
        "passord: ja",
        "passord: ${DB_PASSORD}",
        "passord: <settes ved oppstart>",
        "passord: ********",
        "passord: minst tolv tegn",
        "token: entra",
        "nokkel: system-nokkel-for-tjenester",
        "adresse: https://sky.example/a?key=1",
        "adresse: https://bruker@db.example/x",
        "hash: 3f786850e387550fdab836ed7e6dc881de23001b",
        "tilgang: RESTRICTED",
        "konfidensialitet: 4",
        "Tilgangen er begrenset til ansatte",
        "BEGRENSET TILGANG",
        "Tilgangen er BEGRENSET til ansatte",
        "klasse: fortrolig",
        "klasse: STRENGT FORTROLIG",
        "begrenset: ja",
        "Systemet har ikke sikkerhetsgradert informasjon",
        "hemmelighold: ja",
    ],
)
def test_what_is_ordinary_is_let_pass(text):
    assert regler(text) == []


def test_remarks_are_remarks():
    for text in (f"{NAVN}@bergen.kommune.no", "merk: 90 91 23 45", "har sikkerhetsgradert informasjon"):
        (p,) = finn(text.encode(), "x.yaml")
        assert p.alvor is Severity.MERKNAD


# --- marks -----------------------------------------------------------------------------------------

MERKE = "# forvaltning: tillat innhold.telefon"


@pytest.mark.parametrize(
    ("text", "ventet"),
    [
        (f"telefon: 90912345  {MERKE} – delt vakttelefon", []),
        (f"{MERKE} – delt vakttelefon\ntelefon: 90912345", []),
        (f"a:\n  {MERKE}: delt vakttelefon\r\n  telefon: 90912345", []),
        (
            f"{MERKE} – delt vakttelefon\n# forvaltning: tillat innhold.epost – felles\ntelefon: 90912345 a@gmail.com",
            [],
        ),
        (f"telefon: 90912345  {MERKE}", [TLF, TILLAT]),
        (f"telefon: 90912345  {MERKE} – x", [TLF, TILLAT]),
        (f"telefon: 90912345\n{MERKE} – delt vakttelefon", [TLF, TILLAT]),
        (f"telefon: 90912345 {MERKE} – delt vakttelefon\ntelefon: 90912345", [TLF]),
        (f"{MERKE} – delt vakttelefon\n\ntelefon: 90912345", [TLF, TILLAT]),
        (f"{MERKE} – delt vakttelefon\nnavn: x", [TILLAT]),
        (f"epost: a@gmail.com  {MERKE} – delt vakttelefon", [EPOST, TILLAT]),
        ("navn: x  # forvaltning: tillat innhold.ukjent – en god grunn", [TILLAT]),
        ("navn: x  # forvaltning: tillat alt – en god grunn", [TILLAT]),
        (f"navn: {F}  # forvaltning: tillat {FNR} – et kontonummer", [FNR, TILLAT]),
        ("navn: x# forvaltning: tillat innhold.telefon – ikke en kommentar", []),
    ],
)
def test_a_mark_covers_one_rule_on_one_line_and_needs_a_reason(text, ventet):
    assert regler(text) == ventet


def test_a_refused_mark_says_so():
    p = finn(f"x: {F}  # forvaltning: tillat {FNR} – kontonummer".encode(), "x.yaml")[1]
    assert p.alvor is Severity.MERKNAD
    assert "aldri" in p.melding


# --- names, properties, speed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "navn", [f"systemer/{F}.yaml", f"systemer/notat_{F[:6]}-{F[6:]}.yaml", f"roller/a-{F}-b.yaml"]
)
def test_a_number_in_a_file_name_is_found_and_the_path_masked(navn):
    (p,) = finn_i_navn(navn)
    assert p.regel == FNR
    assert F[6:] not in p.fil + p.melding + p.tiltak + p.felt
    assert finn_i_navn("systemer/bk360.yaml") == finn_i_navn("avtaler/2024-123456.yaml") == []


NUMMER = st.builds(
    lag,
    st.builds(
        lambda d, m, y, pd, pm: f"{d + pd:02d}{m + pm:02d}{y:02d}",
        st.integers(1, 28),
        st.integers(1, 12),
        st.integers(0, 99),
        st.sampled_from([0, 40]),
        st.sampled_from([0, 80]),
    ),
    st.integers(0, 999),
    st.integers(0, 3),
).filter(bool)
GRUPPERT = [
    "tett",
    "mellomrom",
    "bindestrek",
    "punktum",
    "tre deler",
    "tynt mellomrom",
    "full bredde",
    "brettet",
    "usynlig",
]


@settings(max_examples=300, deadline=None)
@given(NUMMER, st.sampled_from(GRUPPERT), st.sampled_from(STEDER))
def test_any_valid_number_is_found_and_its_digits_are_never_told(n, form, sted):
    found = finn(sted.format(skrevet(n)[form]).encode(), "systemer/x.yaml")
    assert [p.regel for p in found if p.regel in {FNR, DNR, HNR, TEST}]
    for p in found:
        said = f"{p.melding}\n{p.tiltak}\n{p.felt}\n{p.fil}"
        assert not re.search("[0-9]{3}", said)
        assert n[2:10] not in said


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=["L", "Zs", "P"]), max_size=400))
def test_clean_text_rarely_fires(text):
    assert not [r for r in regler(text) if r not in {EPOST, HEM, GRAD}]  # may be made of our own words


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(data):
    assert all(p.regel in REGLER for p in finn(data, "x.yaml"))


def test_secret_values_never_stand_in_what_is_said():
    text = f"a: {GH}\npassord: Sommer2026x\nkontakt: {NAVN}@gmail.com\ntelefon: 90912345\n{PEM}"
    said = "".join(p.melding + p.tiltak + p.felt for p in finn(text.encode(), "x.yaml"))
    for value in (GH[4:], "Sommer", "nordmann", "90912", "091234", "MIIE"):
        assert value not in said


FIENDTLIG = [
    "1", "1 ", "1\n", "1-", "1   ", " ", "\n", "@", "a@", "@a.", "a@gmail.com ", "://a:", "://a:b@", "password:", "passord: x",
    "token:aaaaaaaaaaaaa ", "eyJ", "eyJaaaaaaaa.", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "BEGRENSET ", "gradert ",
    "# forvaltning: tillat ", "909 12 345 ", "tlf 90912345\n", "\\", "\\u0031", "\x1b[1m", "a", "A1", "aB3dE5fG7h", "123456/", "00 ",
    "AKIA", "ghp_", "xoxb-", "sikkerhetsgradert ", "STRENGT ", "\uff11", f"{F} ", f"{F[:6]}\n{F[6:]}\n", "key=", "nøkkel:\n",
]  # fmt: skip


@pytest.mark.parametrize("bit", FIENDTLIG)
def test_hostile_text_takes_linear_time(bit):
    data = (bit * ((1 << 20) // len(bit.encode()) + 1)).encode()[: 1 << 20]
    start = time.perf_counter()
    found = finn(data, "x.yaml")
    spent = time.perf_counter() - start
    assert len(found) <= (MAKS + 1) * len(REGLER)
    assert spent < 60  # a hang, not a speed


def test_the_shipped_registry_and_pages_are_clean():
    files = [*ROOT.glob("registry/**/*.yaml"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")]
    files += (ROOT / "src").glob("**/*.md")
    assert len(files) > 200
    assert not [p for f in files for p in finn(f.read_bytes(), f.relative_to(ROOT).as_posix())]
    assert not [p for f in files for p in finn_i_navn(f.relative_to(ROOT).as_posix())]

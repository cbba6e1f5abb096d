"""What the content guard must find, and the traps it must step over: one line each, as people write them."""

from __future__ import annotations

import pytest

from forvaltning.source.innhold import finn
from forvaltning.source.innhold_tall import slag_av
from forvaltning.source.maske import maskert


def lag(dato: str, slag: str, *, nytt: bool = False) -> str:
    """The first valid number of a kind on a date part; `nytt`: valid only by the rule of 2032."""
    numbers = (f"{dato}{i:05d}" for i in range(100_000))
    return next(
        n for n in numbers if str(slag_av(n) or "") == slag and (slag_av(n, lempet=False) is None) is nytt
    )


F, D, H = lag("150785", "fodselsnummer"), lag("550785", "d_nummer"), lag("154785", "h_nummer")
N32, D32 = lag("150785", "fodselsnummer", nytt=True), lag("550785", "d_nummer", nytt=True)
TALL = [
    f"{F}: navn", f"a: 1 # {F}", f"https://x.example/p/{F}?a=1", f"https://x.example/?fnr={F}", f"{F[:6]} {F[6:]}",
    f"{F[:6]}-{F[6:]}", f"{F[:2]}.{F[2:4]}.{F[4:6]} {F[6:]}", f"{F[:2]}.{F[2:4]}.{F[4:6]}-{F[6:]}", f"{F}@kommune.no",
    f"a;{F};b", f"/arkiv/{F}.pdf", f"fil_{F}_2.pdf", f"{F[:6]} {F[6:9]} {F[9:]}", f"nr{F}", f"{F[:6]}\u3000{F[6:]}",
    D, f"{D[:6]} {D[6:]}", H, f"{H[:6]}-{H[6:]}", N32, f"{N32[:6]} {N32[6:]}", D32,
]  # fmt: skip
KONTAKT = [
    "navn.navnesen@gmail.com", "<x@hotmail.com>", "x@online.no", "mailto:x@outlook.com", "X@GMAIL.COM", "x+y@gmail.com",
    "telefon: 912 34 567", "tlf 91234567", "tlf: +47 91 23 45 67", "0047 91234567", "kontakt: 45 67 89 01",
    "mobil: 467-89-012", "Ring 91234567", 'telefon: "+4791234567"', "(+47) 912 34 567",
]  # fmt: skip
HEMMELIG = [
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7Mkg\n",
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n",
    "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
    "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36",
    "Server=tcp:x.example;Database=d;User ID=sa;Password=Str0ng!Pass;",
    "postgres://bruker:hemmelig1@db.example:5432/x",
    "passord: Sommer2026!",
    "passord: |\n  Sommer2026!",
    "pwd: hunter2",
    "Authorization: Basic dXNlcjpwYXNzd29yZDEyMw==",
    "Authorization: Bearer AbCdEf0123456789AbCdEf0123456789",
    "curl -u bruker:Hemmelig1 https://x.example",
    "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;",
    "api_nøkkel: 9f86d081884c7d659a2feaa0c55ad015",
]
GRADERT = [
    "BEGRENSET", "merket KONFIDENSIELT", "HEMMELIG etter sikkerhetsloven", "STRENGT HEMMELIG", "gradert begrenset",
    "gradering: konfidensielt", "Sikkerhetsgradering: BEGRENSET", "NATO RESTRICTED", "graderingsnivå: strengt hemmelig",
    "**BEGRENSET**", 'tittel: "BEGRENSET – beredskapsplan"', "Dokumentet er BEGRENSET, jf. sikkerhetsloven § 5-3",
]  # fmt: skip
FELLER = [
    "organisasjonsnummer: 964338531",
    'organisasjonsnummer: "964 338 531"',
    "sak: Bk360 2026/1234",
    "sak: 2025/6590-12",
    "saksnummer: 202612345-7",
    "konto: 1503.78.20032",
    "kontonummer: 1234 56 78903",
    "IBAN NO93 8601 1117 947",
    "2026-11-16T08:30:00Z",
    "tid: 20261116083000",
    "id: 123e4567-e89b-12d3-a456-426614174000",
    "sha: 4af7df4073aff1d29577a12a807d4ebe8c34ac89",
    "versjon: 10.12.2024.1",
    "versjon: 1.2.3.4",
    "konfidensialitet: hoy",
    "kit:\n  konfidensialitet: hemmelig",
    "konfidensialitet: begrenset",
    "telefon: 55 56 55 56",
    'telefon: "05556"',
    "telefon: 800 12 345",
    "tlf: +47 55 56 60 00",
    "e-post: postmottak@bergen.kommune.no",
    "e-post: sdi@bergen.kommune.no",
    "beløp: 91234567",
    "budsjett: 45 000 000 kr",
    "antall: 41234567",
    "begrenset tilgang",
    "Tilgangen er BEGRENSET til ansatte",
    "fortrolig",
    "HEMMELIGE ADRESSER",
    "strengt fortrolig adresse",
    "passord: byttes hver 90. dag",
    "passordpolicy: minst 16 tegn",
    "Passord og brukernavn sendes på SMS.",
    "autentisering: passord",
    "token: ID-porten",
    "secret: ref:vault/app",
    "passord: ${DB_PASSORD}",
    "passord: <settes ved oppstart>",
    "nøkkel: begreper",
    "nøkkelord: [a, b]",
    "nøkkeltall: 12345",
    "key: value",
    "hjelp: https://user@host.example/x",
    "ip: 10.123.45.67",
    "gateadresse: Rådhusgaten 10",
    "postnummer: 5014",
    "lat: 60.39299, lon: 5.32415",
    "gnr 164 bnr 1 snr 4",
    "ISBN 978-82-15-12345-6",
    "prosjekt 4123 4567",
    "41234567",
    "91234567",
    "2026/41234567",
    "ref: ABC-91234567",
    "arkivsak 202498765432",
    "doi:10.1000/182",
    "mac: 00:1A:2B:3C:4D:5E",
    "cron: 0 3 * * 1",
    "kl. 08.30-15.30",
    "16.11.2026 12.03.2025",
    "perioden 01.01.2026-31.12.2026",
    "nøkkelen er oppbevart i safe",
    "token-basert innlogging: ja",
    "api_key: se Bk360 2026/44",
    "passord: ja",
    "Authorization: Bearer <token>",
    "MIN: 4711",
    "KONFIDENSIALITET, INTEGRITET, TILGJENGELIGHET",
    "Gradering av alvor: høy",
    "graderingen er begrenset",
    "skala: {1: lav, 2: begrenset, 3: hemmelig}",
]


@pytest.mark.parametrize(
    ("tekst", "rom"),
    [*((t, "nummer") for t in TALL), *((t, "epost telefon") for t in KONTAKT),
     *((t, "hemmelighet") for t in HEMMELIG), *((t, "gradering") for t in GRADERT)],
)  # fmt: skip
def test_it_is_found_as_a_fault(tekst: str, rom: str) -> None:
    found = [p for p in finn(tekst.encode(), "x") if p.alvor.value == "feil"]
    assert found
    assert any(found[0].regel.endswith(name) for name in rom.split())


@pytest.mark.parametrize("tekst", [*TALL, *HEMMELIG])
def test_what_is_found_is_hidden_in_output(tekst: str) -> None:
    assert maskert(tekst) != tekst
    assert not finn(maskert(tekst).encode(), "x")


@pytest.mark.parametrize("tekst", FELLER)
def test_it_is_left_alone(tekst: str) -> None:
    assert finn(tekst.encode(), "x") == []

"""Private e-mail addresses and personal telephone numbers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PRIVATE = (
    "gmail.com googlemail.com hotmail.com hotmail.no hotmail.co.uk hotmail.se hotmail.dk outlook.com "
    "outlook.no live.com live.no live.se live.dk live.co.uk msn.com passport.com yahoo.com yahoo.no "
    "yahoo.co.uk yahoo.se yahoo.dk ymail.com rocketmail.com icloud.com me.com mac.com aol.com proton.me "
    "protonmail.com protonmail.ch pm.me tutanota.com tuta.io tuta.com fastmail.com fastmail.fm hey.com "
    "gmx.com gmx.net gmx.de web.de mail.com zoho.com yandex.com yandex.ru mail.ru qq.com 163.com duck.com "
    "wp.pl o2.pl onet.pl interia.pl online.no broadpark.no getmail.no start.no frisurf.no c2i.net "
    "chello.no tele2.no lyse.net haugnett.no enivest.net ebnett.no sf-nett.no epost.no sensewave.com "
    "combitel.no bluezone.no powertech.no monet.no hesbynett.no tiscali.no spray.no spray.se telia.com "
    "comhem.se losmail.no vikenfiber.no altiboxmail.no loqal.no neasonline.no ntebb.no gigafib.com "
    "netcom.no wemail.no operamail.com privat.no"
)
PRIVATE = frozenset(_PRIVATE.split())
"""Providers of e-mail to private persons."""
_KOMMUNE = re.compile(
    r"(?:[a-z0-9-]+\.)*(?:[a-z0-9-]+\.kommune|[a-z0-9-]+\.fylkeskommune|[a-z0-9-]+fylke)\.no"
)
_DOMENE = re.compile(r"@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w-])")
_DOMENE_RASK = re.compile(rb"@([A-Za-z0-9.-]+)")
_PRIVATE_BYTE = frozenset(d.encode() for d in PRIVATE)
_KOMMUNE_BYTE = (b"kommune.no", b"fylke.no")
_LOKAL = re.compile(r"[^\s@<>()\[\]{},;:\"'\\«»|/=]{1,64}\Z")
_FORNAVN = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?(?:\.[^\W\d_]{1,})?\.[^\W\d_]{2,}(?:-[^\W\d_]{2,})?")
_FELLES = re.compile(
    r"post|kontakt|support|hjelp|ikt|drift|avdeling|kunde|service|senter|personvern|ombud|arkiv|sikkerhet|beredskap"
    r"|vakt|admin|info|etat|kontor|enhet|system|tjeneste|digital|innbygger|ansatt|skole|barnehage|helse|finans|lonn|lønn"
    r"|innkjop|innkjøp|faktura|regnskap|presse|byrad|byråd|team|prosjekt|noreply|no-reply|varsel|test|forvalt|fag|data"
)


class Kontakt(NamedTuple):
    """One address or number: is it a fault or a remark, where, how long, and the masked form."""

    feil: bool
    start: int
    slutt: int
    maskert: str


def kan_ha_epost(data: bytes) -> bool:
    """Whether an address with a domain that counts may stand in the bytes. Never wrongly False."""
    for m in _DOMENE_RASK.finditer(data):
        domain = m[1].lower().rstrip(b".-")
        if domain in _PRIVATE_BYTE or domain.endswith(_KOMMUNE_BYTE):
            return True
    return False


def finn_epost(text: str) -> Iterator[Kontakt]:
    """Addresses at private providers (faults), and first.last@ at a municipality (remarks)."""
    for m in _DOMENE.finditer(text):
        domain = m[1].lower()
        private = domain in PRIVATE
        if not private and not (domain.endswith(".no") and _KOMMUNE.fullmatch(domain)):
            continue
        local = _LOKAL.search(text[max(0, m.start() - 64) : m.start()])
        if local is None:
            continue
        name = local[0].lstrip(".-*_#")
        if not name or not (private or (_FORNAVN.fullmatch(name) and not _FELLES.search(name.lower()))):
            continue
        yield Kontakt(private, m.start() - len(name), m.end(), f"{name[0]}…@{domain}")


# --- telephone ---------------------------------------------------------------------------------------


def kan_ha_telefon(data: bytes, form: bytes) -> bool:
    """Whether eight digits stand as a telephone number may, in bytes with this `sifferform`."""
    if b"0 00 0" in form and (b"000 00 000" in form or b"00 00 00 00" in form):
        return True
    if b"00000000" not in form:
        return False
    # Nine digits are an organisation number, which every supplier has.
    return b"+" in data or b"0047" in data or b"00000000" in form.replace(b"000000000", b"")


_MELLOM = "[ \u00a0\u2009\u202f.-]"
_NUMMER = re.compile(
    rf"(?<![\w/,•+-])(?<![0-9]\.)(?<!\+[ ])(?P<land>\(?(?:\+|00){_MELLOM}?47\)?{_MELLOM}?)?"
    rf"(?P<n>[49][0-9](?:{_MELLOM}?[0-9]){{6}})(?![\w%•])(?![/.,-][0-9])"
)
_ORD = re.compile(
    r"tlf|telefon|mobil|\bmob\b|phone|\bsms\b|\bring(?:es?)?\b|\bt(?:el)?\.?:|kontakt", re.IGNORECASE
)
_BELOP = re.compile(
    r"\b(?:kr|nok|eur|usd|sum|bel[øo]p|kostnad|pris|budsjett|antall|stk)\b\W{0,6}\Z", re.IGNORECASE
)
_ENHET = re.compile(r"\s?(?:kr\b|nok|kroner|eur|usd|mill|stk|,-|:-)", re.IGNORECASE)
_TOMT = re.compile(r"[\s\-\"'#>\[(]*\Z")
_LEST = 8000
_SIFRE = re.compile(r"[0-9]+")


def finn_telefon(text: str) -> Iterator[Kontakt]:
    """Norwegian mobile numbers with a sign that they are telephone numbers. `text` has ASCII digits only."""
    for n, m in enumerate(_NUMMER.finditer(text)):
        if n >= _LEST:
            # Never silent about what was not read.
            yield Kontakt(True, m.start(), m.end(), "…")
            return
        shape = [len(g) for g in _SIFRE.findall(m["n"])]
        line = text[max(0, m.start() - 80) : m.start()]
        before = line.rpartition("\n")[2]
        after = text[m.end() : m.end() + 20].partition("\n")[0]
        digits = "".join(_SIFRE.findall(m["n"]))
        # A longer number in groups (an account, a serial number) is none of ours.
        alone = not re.search(r"[0-9][ .-]\Z", before) and not re.match(r"[ .-][0-9]", after)
        named = bool(m["land"]) or _ORD.search(before[-50:]) is not None or _ORD.search(after) is not None
        if not named and _TOMT.match(before) and "\n" in line:
            named = _ORD.search(line.rpartition("\n")[0].rpartition("\n")[2]) is not None
        if not named and (_BELOP.search(before) or _ENHET.match(after) or not alone):
            continue
        if named or shape in ([3, 2, 3], [2, 2, 2, 2]):
            mask = f"{digits[0]}••••••{digits[-1]}"
            yield Kontakt(named or shape == [3, 2, 3], m.start(), m.end(), mask)

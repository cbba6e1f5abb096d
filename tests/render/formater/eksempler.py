"""Grounds that every machine format is tested with, and the hostile texts that go through every field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from forvaltning.render.formater.grunnlag import Grunnlag

FIENDTLIG = (
    "::error file=a,line=1::overtatt",
    "\n::set-env name=PATH::/tmp\n",
    "x\r\n::stop-commands::abc",
    "##[error]overtatt",
    "###[set-output name=x]y",
    "##vso[task.setvariable variable=x]y",
    "#####vso[task.complete result=Succeeded]",
    "\x1b[31mrød\x1b[0m\x1b]8;;https://ond.example\x07lenke\x1b]8;;\x07",
    "]]></failure><script>alert(1)</script>",
    "</testsuite><testsuite name='x'>",
    "&lt;b&gt; &#35; &amp;",
    "a | b | c\n| --- | --- |\n| 1 | 2 |",
    "`kode` ``to`` ```tre```",
    "`",
    "# Overskrift\n## To",
    "- punkt\n1. nummer\n> sitat\n---\n===",
    "[lenke](https://ond.example) ![bilde](https://ond.example/x.png)",
    "[lenke](javascript:alert(1)) [1](0) {0} {{1}}",
    "<https://ond.example> https://ond.example/a?b=c www.ond.example",
    "<img src=x onerror=alert(1)> <!-- kommentar -->",
    "@alle @org/lag navn@ond.example mailto:navn@ond.example",
    '#123 GH-123 org/repo#123 !45 %"milepæl" ~merke $12 &7 ABC-123 0123abc4567def',
    "*fet* **fet** _kursiv_ ~~strøket~~ $x$ :smile: {+ny+} {-gammel-}",
    " =1+1",
    '=HYPERLINK("https://ond.example";"klikk")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\uff1d1+1",
    'semikolon; "anførsel" og\nlinjeskift',
    "100 % %0A::error:: %25 %3A %AZP25 %5D",
    "\u202egnp.elif\u202c \u2066x\u2069 \u200b",
    "nul\x00 klokke\x07 slett\x7f c1\x9b31m",
    "linje\u2028avsnitt\u2029 neste\x85",
    "\ufffe\uffff \U0001f600 æøå é 漢字",
    "\\",
    "\\`|",
    "",
    " ",
    "x" * 9000,
)
"""Texts that try to become something else in some format. No lone surrogates: the loader refuses them."""
FILER = ("systemer/på tur med æøå.yaml", "systemer/a  b;c,d:e]f%25#g.yaml", "-rar/=fil`|[x](y).yaml", "")


def funn(n: int, **eget: Any) -> dict[str, Any]:
    """A finding in the form of the contract."""
    return {
        "art": ("mangler", "feil", "utlopt")[n % 3],
        "vilkar": f"vilkar-{n}",
        "melding": f"Systemet mangler «felt{n}».",
        "tiltak": f"Skriv det i «felt{n}».",
        "fil": "systemer/bk360.yaml",
        "linje": n + 1,
        "kolonne": 3,
        "felt": f"felt{n}",
        "fingeravtrykk": f"{n:016x}",
        "se": [],
        **eget,
    }


def resultat(
    krav: str, post: str, utfall: str, funn_: Iterable[dict[str, Any]] = (), **eget: Any
) -> dict[str, Any]:
    """A verdict in the form of the contract."""
    return {
        "krav": krav,
        "post": post,
        "enhet": "sdi",
        "utfall": utfall,
        "styrke": None,
        "begrunnelse": None,
        "frist": None,
        "ansvarlig": [
            {"rolle": "systemeier", "post": "eier-x", "enhet": "sdi", "kontakt": "sdi@prove.example"}
        ],
        "avvik": None,
        "bevis": [],
        "funn": list(funn_),
        **eget,
    }


def problem(n: int, **eget: Any) -> dict[str, Any]:
    """A problem in the form of the contract."""
    return {
        "regel": "referanse.ukjent",
        "alvor": "feil",
        "fil": "avtaler/k.yaml",
        "linje": n + 1,
        "kolonne": 1,
        "melding": f"«felt{n}» viser til «borte», som ikke finnes.",
        "tiltak": "Rett id-en.",
        "fingeravtrykk": f"{n:08x}abcdef00",
        "post": "avtaler/k",
        "felt": f"felt{n}",
        **eget,
    }


def hode(
    resultater: Iterable[dict[str, Any]] = (), problemer: Iterable[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The head of the JSON report, with the counts that go with it."""
    utfall: dict[str, int] = {}
    for r in resultater:
        utfall[r["utfall"]] = utfall.get(r["utfall"], 0) + 1
    alvor = {"feil": 0, "merknad": 0}
    for p in problemer:
        alvor[p["alvor"]] += 1
    return {
        "versjon": 1,
        "verktoy": "forvaltning 0.1.0",
        "regelsett": "0123456789abcdef",
        "dato": "2026-11-16",
        "registry": "registry",
        "commit": "4133b1f6b1b528c9d60f0c8451f30030e2378a17",
        "endret": False,
        "historie": "full",
        "innstillinger": {},
        "sammendrag": {"poster": 1, "utfall": utfall, "funn": {}, "styrke": {}, "problemer": alvor},
    }


def grunnlag(resultater: list[Any], problemer: list[Any], **eget: Any) -> Grunnlag:
    """A ground with a head that counts what is in it."""
    return Grunnlag(
        **{
            "hode": hode(resultater, problemer),
            "resultater": resultater,
            "problemer": problemer,
            "prefiks": "registry",
            "krav": {
                "1.1": "Systemet har eier",
                "4.2": "Risiko er vurdert",
                "5.2": "Kontrakten har avtaleeier",
            },
            "omrader": {"1": "Styring", "4": "Personvern", "5": "Avtaler"},
            **eget,
        }
    )


def vanlig() -> Grunnlag:
    """Every outcome once, both kinds of problem, a related place."""
    se = [{"fil": "systemer/annet.yaml", "linje": 7, "kolonne": 1, "melding": "Endringen skjedde her."}]
    bevis = [
        {"styrke": "dokumentert", "dato": None, "referanse": "x", "felt": "ros", "fil": "systemer/s.yaml"}
    ]
    for b in bevis:
        b |= {"linje": 9, "kolonne": 5}
    return grunnlag(
        [
            resultat("4.2", "systemer/bk360", "brudd", [funn(0), funn(1, se=se), funn(2, dato="2026-01-01")]),
            resultat("1.1", "systemer/bk360", "ikke_avgjort", begrunnelse="Historikken er ikke sett."),
            resultat("1.1", "systemer/a", "ikke_aktuelt", begrunnelse="Systemet er avviklet."),
            resultat("5.2", "avtaler/k", "avvik", [funn(3, avvik="avvik-k")], avvik="avvik-k"),
            resultat(
                "4.2", "systemer/l", "avvik", [funn(4, avvik="avvik-l")], avvik="avvik-l", lovbrudd=True
            ),
            resultat("1.1", "systemer/s", "snart", frist="2026-12-31", styrke="dokumentert", bevis=bevis),
            resultat("5.2", "avtaler/g", "oppfylt", styrke="maskinell"),
        ],
        [problem(0), problem(1), problem(2, alvor="merknad", regel="fil.ukjent_fil", post="", felt="")],
    )


def tom() -> Grunnlag:
    """Nothing judged, nothing found, no commit."""
    g = grunnlag([], [], prefiks="")
    return replace(g, hode={**g.hode, "commit": None, "historie": "ingen"})


def uavgjort() -> Grunnlag:
    """Two verdicts that nobody could reach, one that does not apply, and nothing else."""
    unknown = "Historikken er ikke sett."
    return grunnlag(
        [
            resultat("4.2", "systemer/a", "ikke_avgjort", begrunnelse=unknown),
            resultat("4.2", "systemer/b", "ikke_avgjort", begrunnelse=unknown),
            resultat("1.1", "systemer/a", "ikke_aktuelt", begrunnelse="Systemet er avviklet."),
        ],
        [],
    )


def sammenlignet() -> Grunnlag:
    """The usual one against a base: one finding and one problem are new, two things are mended."""
    g = vanlig()
    return replace(
        g,
        nye=frozenset({g.resultater[0]["funn"][1]["fingeravtrykk"], g.problemer[1]["fingeravtrykk"]}),
        base="c0094870b1b528c9d60f0c8451f30030e2378a17",
        rettet=[
            {**funn(8), "krav": "5.2", "post": "avtaler/rettet"},
            {"regel": "fil.syntaks", "fil": "avtaler/x.yaml", "melding": "Filen kunne ikke leses."},
        ],
    )


def gammel() -> Grunnlag:
    """Compared, and nothing is new."""
    return replace(vanlig(), nye=frozenset(), base="c0094870")


def stor() -> Grunnlag:
    """5,000 findings in 1,000 records."""
    rows = [
        resultat(
            "4.2", f"systemer/s{n}", "brudd", [funn(5 * n + i, fil=f"systemer/s{n}.yaml") for i in range(5)]
        )
        for n in range(1000)
    ]
    return grunnlag(rows, [problem(n) for n in range(30)])


def med_tekst(tekst: str, fil: str = "systemer/x.yaml") -> Grunnlag:
    """A compared ground with one text in every text field."""
    f = funn(
        1, melding=tekst, tiltak=tekst, felt=f"liste[{tekst}].felt", vilkar=tekst, fil=fil, dato="2026-01-01"
    )
    f["se"] = [{"fil": fil, "linje": 1, "kolonne": 1, "melding": tekst}]
    covered = funn(2, melding=tekst, tiltak=tekst, avvik=tekst or "a", fil=fil)
    who = [{"rolle": tekst or "r", "post": tekst, "enhet": tekst, "kontakt": tekst}]
    rows = [
        resultat("4.2", f"systemer/{tekst}", "brudd", [f], ansvarlig=who, enhet=tekst),
        resultat(
            "5.2", f"avtaler/{tekst}", "avvik", [covered], avvik=tekst or "a", ansvarlig=who, enhet=tekst
        ),
        resultat("4.2", f"l/{tekst}", "avvik", [{**covered, "fingeravtrykk": "b" * 16}], lovbrudd=True),
        resultat("1.1", f"x/{tekst}", "snart", frist="2026-12-31", ansvarlig=who),
        resultat("1.1", f"y/{tekst}", "ikke_aktuelt", begrunnelse=tekst, ansvarlig=who),
        resultat("1.1", f"z/{tekst}", "ikke_avgjort", begrunnelse=tekst, ansvarlig=who),
        resultat("1.1", f"w/{tekst}", "brudd", [funn(3, melding=tekst, tiltak=tekst, fil=fil)], enhet=tekst),
    ]
    problems = [
        problem(1, melding=tekst, tiltak=tekst, felt=f"a[{tekst}]", post=tekst, fil=fil),
        problem(2, melding=tekst, tiltak=tekst, alvor="merknad", fil=fil),
    ]
    return grunnlag(
        rows,
        problems,
        prefiks="mappe med/mellomrom",
        nye=frozenset({f["fingeravtrykk"], problems[0]["fingeravtrykk"], problems[1]["fingeravtrykk"]}),
        base=tekst or "x",
        rettet=[{**funn(8, melding=tekst, fil=fil), "krav": "5.2", "post": tekst}],
        svikt=[tekst],
    )


GRUNNLAG = {"vanlig": vanlig, "tom": tom, "sammenlignet": sammenlignet, "gammel": gammel, "stor": stor}
"""Grounds by name."""
FIENDTLIGE = [(t, FILER[n % len(FILER)]) for n, t in enumerate(FIENDTLIG)] + [("vanlig", f) for f in FILER]
"""Each hostile text, with a file name that is odd too."""

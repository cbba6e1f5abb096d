"""The points that every format tells of, most important first.

With a comparison only what is new is an error; what was there before is a notice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from forvaltning.findings import fingerprint
from forvaltning.render.formater.grunnlag import SVIKT, Grunnlag, RettetJson
from forvaltning.render.kontrakt import FunnJson, ProblemJson, ResultatJson, StedJson
from forvaltning.source.trygg import ren, ren_sti

_ARTER = {"feil": 1, "utlopt": 2, "mangler": 3}
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Niva(IntEnum):
    """How much a point matters, worst first.

    `FEIL` stops the change. `ADVARSEL`: something that runs out, a remark, a breach of law that is followed
    up. `NOTIS`: the same when compared and not new, and breaches from before. `DEKKET`: a deviation covers it.
    """

    FEIL = 0
    ADVARSEL = 1
    NOTIS = 2
    DEKKET = 3


@dataclass(frozen=True, slots=True)
class Punkt:
    """One thing to tell of. All text is one line and printable; `fil` and `sti` keep their spaces.

    `ny`: None when it was not compared. `regel`: requirement number or the problem's rule. `art`: mangler,
    feil, utlopt, empty for problems and deadlines.
    """

    slag: Literal["funn", "problem", "frist", "rettet"]
    niva: Niva
    ny: bool | None
    regel: str
    tittel: str
    post: str
    fil: str
    sti: str
    linje: int
    kolonne: int
    melding: str
    tiltak: str
    fingeravtrykk: str
    enhet: str = ""
    art: str = ""
    vilkar: str = ""
    felt: str = ""
    dato: str = ""
    avvik: str = ""
    lovbrudd: bool = False
    utfall: str = ""
    svarer: str = ""
    se: tuple[StedJson, ...] = ()

    @property
    def overskrift(self) -> str:
        """Number and title of a requirement, the name of a rule otherwise."""
        return f"{self.regel} {self.tittel}" if self.regel[:1].isdigit() else f"{self.tittel} ({self.regel})"

    @property
    def hvor(self) -> str:
        """The record, else the file."""
        return self.post or self.fil

    def tekst(self) -> str:
        """What is wrong and how to mend it, on one line."""
        return f"{self.melding} Slik rettes det: {self.tiltak}" if self.tiltak else self.melding


def punkter(g: Grunnlag) -> list[Punkt]:
    """Everything to tell of, most important first, in the same order every time."""
    out = [_svikt(g, text) for text in g.svikt]
    out += [_problem(g, p) for p in g.problemer]
    for r in g.resultater:
        who = svarer(g, r)
        out += [_funn(g, r, f, who) for f in r["funn"]]
        if r["utfall"] == "snart":
            out.append(_frist(g, r, who))
    out.sort(key=_rekkefolge)
    return out


def rettede(g: Grunnlag) -> list[Punkt]:
    """What the change mended, in the order it was given; not what a deviation has come to cover."""
    covered = {f["fingeravtrykk"] for r in g.resultater for f in r["funn"] if f.get("avvik")}
    return [_rettet(g, r) for r in g.rettet if r.get("fingeravtrykk") not in covered]


def blokkerer(g: Grunnlag, alle: Sequence[Punkt]) -> bool:
    """True when something stops the change, whether or not it is among what is told of."""
    if any(p.niva is Niva.FEIL for p in alle):
        return True
    if g.nye is not None:
        return bool(g.nye - {p.fingeravtrykk for p in alle})
    return g.antall("brudd") > 0 or int(g.hode["sammendrag"]["problemer"]["feil"]) > 0


def _rekkefolge(p: Punkt) -> tuple[int, int, str, int, int, str, str]:
    rank = 0 if p.lovbrudd or p.slag == "problem" else _ARTER.get(p.art, 4)
    first = -1 if p.regel == SVIKT else rank
    return p.niva, first, p.fil, p.linje, p.kolonne, p.regel, p.fingeravtrykk


def _svikt(g: Grunnlag, text: str) -> Punkt:
    return Punkt(
        slag="problem",
        niva=Niva.FEIL,
        ny=None,
        regel=SVIKT,
        tittel=g.tittel(SVIKT),
        post="",
        fil="",
        sti=g.sti(""),
        linje=1,
        kolonne=1,
        melding=ren(text),
        tiltak="Meld fra til dem som lager forvaltning. Resultatet er ikke til å stole på før dette er rettet.",
        fingeravtrykk=fingerprint(SVIKT, text),
    )


def _rettet(g: Grunnlag, r: RettetJson) -> Punkt:
    rule = r.get("krav") or r.get("regel") or ""
    post = r.get("post") or ""
    fil = r.get("fil") or (f"{post}.yaml" if post else "")
    return Punkt(
        slag="rettet",
        niva=Niva.NOTIS,
        ny=None,
        regel=ren(rule),
        tittel=g.tittel(rule),
        post=ren(post),
        fil=ren_sti(fil),
        sti=g.sti(fil),
        linje=max(1, r.get("linje", 1)),
        kolonne=max(1, r.get("kolonne", 1)),
        melding=ren(r.get("melding")),
        tiltak="",
        fingeravtrykk=ren(r.get("fingeravtrykk")),
        art=ren(r.get("art")),
        vilkar=ren(r.get("vilkar")),
        felt=ren(r.get("felt")),
    )


def _problem(g: Grunnlag, p: ProblemJson) -> Punkt:
    ny = g.er_ny(p["fingeravtrykk"])
    counts = Niva.FEIL if p["alvor"] == "feil" else Niva.ADVARSEL
    return Punkt(
        slag="problem",
        niva=Niva.NOTIS if ny is False else counts,
        ny=ny,
        regel=ren(p["regel"]),
        tittel=g.tittel(p["regel"]),
        post=ren(p.get("post")),
        fil=ren_sti(p["fil"]),
        sti=g.sti(p["fil"]),
        linje=max(1, p["linje"]),
        kolonne=max(1, p["kolonne"]),
        melding=ren(p["melding"]),
        tiltak=ren(p["tiltak"]),
        fingeravtrykk=ren(p["fingeravtrykk"]),
        felt=ren(p.get("felt")),
    )


def _funn(g: Grunnlag, r: ResultatJson, f: FunnJson, hvem: str) -> Punkt:
    avvik = ren(f.get("avvik"))
    lovbrudd = r.get("lovbrudd", False)
    ny = g.er_ny(f["fingeravtrykk"]) if not avvik else None
    if avvik and not lovbrudd:
        niva = Niva.DEKKET
    elif avvik:
        niva = Niva.ADVARSEL if g.nye is None else Niva.NOTIS
    else:
        niva = Niva.NOTIS if ny is False else Niva.FEIL
    return Punkt(
        slag="funn",
        niva=niva,
        ny=ny,
        regel=r["krav"],
        tittel=g.tittel(r["krav"]),
        post=ren(r["post"]),
        fil=ren_sti(f["fil"]),
        sti=g.sti(f["fil"]),
        linje=max(1, f["linje"]),
        kolonne=max(1, f["kolonne"]),
        melding=ren(f["melding"]),
        tiltak=ren(f["tiltak"]),
        fingeravtrykk=ren(f["fingeravtrykk"]),
        enhet=ren(r["enhet"]),
        art=ren(f["art"]),
        vilkar=ren(f["vilkar"]),
        felt=ren(f["felt"]),
        dato=ren(f.get("dato")),
        avvik=avvik,
        lovbrudd=lovbrudd,
        utfall=r["utfall"],
        svarer=hvem,
        se=tuple(f["se"]),
    )


def _frist(g: Grunnlag, r: ResultatJson, hvem: str) -> Punkt:
    """A requirement that is fulfilled, but runs out; it stands where its evidence does."""
    own = f"{r['post']}.yaml"
    bevis = next((b for b in r["bevis"] if b["fil"] == own), None)
    return Punkt(
        slag="frist",
        niva=Niva.ADVARSEL if g.nye is None else Niva.NOTIS,
        ny=None,
        regel=r["krav"],
        tittel=g.tittel(r["krav"]),
        post=ren(r["post"]),
        fil=ren_sti(own),
        sti=g.sti(own),
        linje=max(1, bevis["linje"]) if bevis else 1,
        kolonne=max(1, bevis["kolonne"]) if bevis else 1,
        melding=f"Kravet er oppfylt til og med {dag(r['frist'])}. Så går noe det hviler på, ut."
        if r["frist"]
        else "Kravet er oppfylt, men noe det hviler på, går snart ut.",
        tiltak="Forny det i god tid.",
        fingeravtrykk=fingerprint(r["krav"], r["post"], "frist"),
        enhet=ren(r["enhet"]),
        felt=ren(bevis["felt"]) if bevis else "",
        dato=ren(r["frist"]),
        utfall=r["utfall"],
        svarer=hvem,
    )


def dag(iso: str | None) -> str:
    """A date as people write it; the text as it is when it is no date."""
    text = ren(iso)
    return f"{text[8:]}.{text[5:7]}.{text[:4]}" if _ISO.fullmatch(text) else text


def svarer(g: Grunnlag, r: ResultatJson) -> str:
    """Everyone who answers for a verdict, on one line: the role by name, and who fills it."""
    out = []
    for a in r["ansvarlig"]:
        inside = ", ".join(x for x in (a["post"], a["kontakt"]) if x)
        name = g.rollenavn(a["rolle"])
        out.append(f"{name} ({inside})" if inside else name)
    return ren("; ".join(out))

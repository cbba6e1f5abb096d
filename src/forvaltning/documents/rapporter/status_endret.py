"""`status --since`: the counts then and now, the findings that are new, and those that are mended or covered."""

from __future__ import annotations

from collections.abc import Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, dato, nokkel
from forvaltning.documents.rapporter.status_tall import MAKS, SERIER, tell
from forvaltning.documents.visning import Del, Kolonne, Tabell
from forvaltning.findings import Finding, Verdict


def endret(g: Grunnlag) -> Del | None:
    """Then and now, what is new and what is mended; None when no earlier state was asked for."""
    f = g.forrige
    if f is None:
        return None
    before, now = tell(f.dommer), tell(g.dommer)
    rows = [(title, getattr(before, key), getattr(now, key)) for key, title in SERIER]
    rows.append(("Ikke aktuelt", before.ikke_aktuelt, now.ikke_aktuelt))
    rows.append(("I alt", before.alle, now.alle))
    counts = Tabell(
        "endret",
        "Da og nå",
        (
            Kolonne("utfall", "Utfall"),
            Kolonne("da", f"Da, {dato(f.dato)}", "tall"),
            Kolonne("na", f"Nå, {dato(g.dato)}", "tall"),
            Kolonne("endring", "Endring"),
        ),
        tuple((t, a, b, _fortegn(b - a)) for t, a, b in rows),
    )
    c = f.sammenligning
    said = (
        f"Sammenlignet med {f.revisjon}, innsjekking {f.commit[:12]}, vurdert per {dato(f.dato)} med reglene slik de er "
        f"i dag. {antall(len(c.nye), 'funn er nytt', 'funn er nye')}, {antall(len(c.rettet), 'er rettet', 'er rettet')} "
        f"eller dekket av avvik."
    )
    return Del(
        "Endret siden sist",
        (said,),
        tabeller=(
            counts,
            _funn(g, "nye", "Nye funn", c.nye),
            _funn(g, "rettet", "Rettet eller dekket", c.rettet),
        ),
    )


def _fortegn(n: int) -> str:
    return f"+{n}" if n > 0 else f"−{-n}" if n else "0"


def _funn(g: Grunnlag, navn: str, tittel: str, funn: Sequence[tuple[Verdict, Finding]]) -> Tabell:
    columns = (
        Kolonne("post", "Post"),
        Kolonne("krav", "Krav"),
        Kolonne("art", "Art"),
        Kolonne("melding", "Hva"),
    )
    arts = {"mangler": "mangler", "feil": "feil", "utlopt": "utløpt"}
    ordered = sorted(funn, key=lambda p: (nokkel(g.navn(p[0].post)), p[0].krav, p[1].felt, p[1].melding))
    rows = tuple(
        (g.navn(v.post), g.kravtittel(v.krav), arts[f.art.value], f.melding) for v, f in ordered[:MAKS]
    )
    more = f"De {MAKS} første av {len(funn)}." if len(funn) > MAKS else ""
    return Tabell(navn, tittel, columns, rows, forklaring=more)

"""Items that are ticked by hand, or opted out of, in the handover record."""

from __future__ import annotations

from dataclasses import replace

from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, Svar, sted
from forvaltning.engine.sjekkliste.kravpunkter import seneste, svakeste
from forvaltning.engine.sjekkliste.typer import Art, Mangel, Punkt, Punkttilstand, Sted
from forvaltning.findings import Evidence, Place, Strength
from forvaltning.model.hendelser import Sjekkpunkt
from forvaltning.model.sjekklister import Punktdef


def manuelt(g: Grunnlag, ident: str, p: Punktdef) -> Punkt:
    """An item that only a person can tell is done."""
    ny = _nytt(g, ident, p, Art.MANUELL)
    index, entry = _fort(g, ident)
    if entry is None:
        melding = "Ingen har ført punktet som utført." if g.overlevering is not None else "Ikke besvart."
        return replace(ny, mangler=(Mangel(melding, _hvordan(g, ident), ny.hvor),))
    out = replace(ny, notat=entry.notat, av=entry.av, dokumentasjon=entry.dokumentasjon, dato=entry.dato)
    if entry.tilstand == "ikke_aktuelt":
        return _fravalgt(g, out, index, entry)
    if entry.tilstand != "utfort":
        return replace(out, mangler=(Mangel("Punktet er åpent.", _hvordan(g, ident), out.hvor),))
    assert out.hvor is not None  # noqa: S101 - an entry stands in a handover
    feil = [
        m
        for m in (
            g.datofeil(entry.dato, _under(g, index, "dato")),
            g.rollefeil(entry.av, entry.dato, _under(g, index, "av")),
        )
        if m is not None
    ]
    if feil:
        return replace(out, mangler=tuple(feil))
    styrke = Strength.DOKUMENTERT if entry.dokumentasjon else Strength.BEKREFTET
    belegg = Evidence(
        styrke, Place(out.hvor.post, out.hvor.path), out.hvor.felt, entry.dato, entry.dokumentasjon
    )
    return replace(out, tilstand=Punkttilstand.UTFORT, styrke=styrke, bevis=(belegg,), mangler=())


def avledet(g: Grunnlag, ident: str, p: Punktdef, svar: Svar) -> tuple[Punkt, list[str]]:
    """An item the registry answers, with an opt-out where the list allows one; and what a reader must know."""
    ny = replace(
        _nytt(g, ident, p, Art.AVLEDET),
        kan_fravelges=p.fravelges and svar.motsagt is None,
        tilstand=svar.tilstand,
        bevis=svar.bevis,
        mangler=svar.mangler,
        hvor=svar.hvor,
        grunn=svar.grunn,
        frist=svar.frist,
        dato=seneste(svar.bevis),
        styrke=svakeste(svar.bevis) if svar.tilstand is Punkttilstand.UTFORT else None,
    )
    index, entry = _fort(g, ident)
    if entry is None:
        return ny, []
    out = replace(ny, notat=entry.notat)
    if entry.tilstand == "ikke_aktuelt" and p.fravelges:
        if svar.motsagt is not None:
            return replace(out, grunn=f"Fravalget kan ikke brukes. {svar.motsagt}"), []
        if svar.tilstand is Punkttilstand.APENT:
            return _fravalgt(g, out, index, entry), []
        return out, []
    if entry.tilstand in {"utfort", "ikke_aktuelt"}:
        return out, [
            f"Punktet «{ident}» er ført for hånd, men svaret avledes av registeret. Linjen i overleveringen teller ikke."
        ]
    return out, []


def _nytt(g: Grunnlag, ident: str, p: Punktdef, art: Art) -> Punkt:
    return Punkt(
        id=ident,
        gruppe=p.gruppe or "",
        tittel=p.tittel or ident,
        hjelp=p.hjelp or "",
        art=art,
        tilstand=Punkttilstand.APENT,
        kan_fravelges=art is Art.MANUELL,
        hvor=_hvor(g, ident) if art is Art.MANUELL else None,
        ansvarlig=g.ansvarlig(p),
    )


def _fort(g: Grunnlag, ident: str) -> tuple[int, Sjekkpunkt | None]:
    entries = g.overlevering.punkter if g.overlevering is not None else ()
    return next(((n, e) for n, e in enumerate(entries) if e.id == ident), (0, None))


def _hvor(g: Grunnlag, ident: str) -> Sted | None:
    """Where a manual item is written; None where the list has no record to write in."""
    if not g.liste.overleveringstyper:
        return None
    index, entry = _fort(g, ident)
    path = ("punkter", index) if entry is not None else ("punkter",)
    return g.i_overleveringen(path, f"punkter[{ident}]")


def _under(g: Grunnlag, index: int, felt: str) -> Sted:
    assert g.overlevering is not None  # noqa: S101 - asked for what stands in a handover
    return sted(g.overlevering, ("punkter", index, felt))


def _hvordan(g: Grunnlag, ident: str) -> str:
    if g.overlevering is not None:
        return f"Før det med «forvaltning handover tick {g.overlevering.id} {ident} --av ROLLE»."
    if g.liste.overleveringstyper:
        return "Start overleveringen med «forvaltning handover start»."
    return "Svar i gjennomgangen, og skriv hvor svaret ligger."


def _fravalgt(g: Grunnlag, p: Punkt, index: int, entry: Sjekkpunkt) -> Punkt:
    """An opt-out is whole: a reason, a role that held on that date, and a date."""
    valg = entry.ikke_aktuelt
    where = _under(g, index, "ikke_aktuelt")
    feil: list[Mangel] = []
    if valg is None or not valg.grunn:
        feil.append(Mangel("Fravalget sier ikke hvorfor.", "Skriv «ikke_aktuelt.grunn».", where))
    if valg is not None:
        feil += [
            m
            for m in (
                g.datofeil(valg.dato, sted_i(where, "dato")),
                g.rollefeil(valg.av, valg.dato, sted_i(where, "av")),
            )
            if m is not None
        ]
    if feil or valg is None:
        return replace(p, tilstand=Punkttilstand.APENT, mangler=tuple(feil), hvor=where)
    return replace(
        p,
        tilstand=Punkttilstand.IKKE_AKTUELT,
        grunn=valg.grunn,
        av=valg.av,
        dato=valg.dato,
        mangler=(),
        bevis=(),
        styrke=None,
        hvor=where,
    )


def sted_i(where: Sted, felt: str) -> Sted:
    """A field below a place."""
    return Sted(where.post, (*where.path, felt), f"{where.felt}.{felt}")

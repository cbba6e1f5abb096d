"""The lists of agreements in the report `avtaler`: one row for each, with all that is asked of it."""

from __future__ import annotations

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.krav.omrade5.felles import bare_dba, er_kontrakt
from forvaltning.model.avtale import Avtale

AVTALE = Kolonne("avtale", "Avtale")
ALLE = (
    AVTALE,
    Kolonne("id", "Id"),
    Kolonne("kategorier", "Kategori", "liste"),
    Kolonne("part", "Part"),
    Kolonne("enhet", "Enhet"),
    Kolonne("avtaleeier", "Avtaleeier"),
    Kolonne("avtaleforvalter", "Avtaleforvalter"),
    Kolonne("tilstand", "Tilstand"),
    Kolonne("signert", "Signert", "dato"),
    Kolonne("gjelder_fra", "Gjelder fra", "dato"),
    Kolonne("gjelder_til", "Gjelder til", "dato"),
    Kolonne("opsjoner", "Opsjoner", "liste"),
    Kolonne("oppsigelse", "Oppsigelse"),
    Kolonne("si_opp_innen", "Si opp innen", "dato"),
    Kolonne("sist_fulgt_opp", "Sist fulgt opp", "dato"),
    Kolonne("folges_opp_innen", "Følges opp innen", "dato"),
    Kolonne("databehandleravtale", "Databehandleravtale", "liste"),
    Kolonne("dekker", "Dekker", "liste"),
    Kolonne("referanse", "Kontraktsreferanse"),
)
"""One row for each agreement: what the spreadsheet and JSON hold. The page shows it in pieces (`maler/avtaler.md.j2`)."""


def alle(navn: str, tittel: str, g: Grunnlag, avtaler: list[Avtale]) -> Tabell:
    """One row for each of these agreements, every column."""
    return Tabell(navn, tittel, ALLE, tuple(_rad(g, a) for a in avtaler))


def _rad(g: Grunnlag, a: Avtale) -> tuple[Verdi, ...]:
    folges = er_kontrakt(a)
    dom = g.dom(a, "5.4")
    neste = dom.frist if dom is not None else None
    return (
        a.navn,
        a.id,
        felles.koder(g, "avtalekategori", a.kategorier) or (felles.MANGLER,),
        felles.avtalepart(g, a),
        g.enhet(a),
        _rolle(g, a, a.avtaleeier),
        _rolle(g, a, a.avtaleforvalter),
        felles.avtaletilstand(g, a),
        a.signert or felles.MANGLER,
        a.gyldig_fra,
        g.register.siste_gyldige_dag(a) or "Løpende",
        tuple(_opsjon(g, a)),
        _oppsigelse(a),
        felles.siste_dag_for_oppsigelse(g, a),
        max((m.dato for m in a.oppfolging if m.dato), default=None) or (felles.MANGLER if folges else None),
        neste,
        _databehandleravtaler(g, a),
        felles.poster(g, (*a.systemer, *a.tjenester, *a.integrasjoner, *a.prosjekter)),
        a.kontraktsreferanse or felles.MANGLER,
    )


def _rolle(g: Grunnlag, a: Avtale, ident: str | None) -> str:
    """A processing agreement that names nobody follows its contract."""
    if ident is None and bare_dba(a) and a.vedlegg_til:
        return "Følger kontrakten"
    return felles.rolle(g, ident)


def _opsjon(g: Grunnlag, a: Avtale) -> list[str]:
    out: list[str] = []
    for o in a.opsjoner:
        til = f"til {norsk_dato(o.til)}" if o.til else "uten sluttdato"
        if o.utlost is not None:
            naa = f"utløst {norsk_dato(o.utlost)}"
        elif o.frist is None:
            naa = "frist mangler"
        else:
            naa = f"{'frist' if felles.dager(g, o.frist) >= 0 else 'ikke utløst innen'} {norsk_dato(o.frist)}"
        out.append(f"{o.id}: {til}, {naa}")
    return out


def _oppsigelse(a: Avtale) -> str:
    if a.tilstand == "sagt_opp":
        return "Sagt opp"
    return antall(a.oppsigelse_maneder, "måned", "måneder") if a.oppsigelse_maneder is not None else "–"


def _databehandleravtaler(g: Grunnlag, a: Avtale) -> tuple[str, ...]:
    """The processing agreements attached to a contract; for one of them, what it is attached to."""
    if bare_dba(a):
        return (f"Vedlegg til {felles.post(g, a.vedlegg_til)}",)
    egen = ("Inngår i avtalen",) if "databehandleravtale" in a.kategorier else ()
    vedlegg = tuple(
        f"{v.navn} ({felles.tilstand(v.tilstand).lower()})" for v in g.sortert(g.register.vedlegg_til(a))
    )
    return (*egen, *vedlegg) or (("Ingen vedlagt",) if er_kontrakt(a) else ())


def sluttet(g: Grunnlag, avtaler: list[Avtale]) -> Tabell:
    """What has ended: with whom, until when, and what it covered."""
    return Tabell(
        "avsluttet",
        "Avsluttet",
        (
            AVTALE,
            Kolonne("part", "Part"),
            Kolonne("tilstand", "Tilstand"),
            Kolonne("gjaldt_til", "Gjaldt til", "dato"),
            Kolonne("dekket", "Dekket", "liste"),
        ),
        tuple(
            (
                a.navn,
                felles.avtalepart(g, a),
                felles.avtaletilstand(g, a),
                g.register.siste_gyldige_dag(a),
                felles.poster(g, (*a.systemer, *a.tjenester, *a.integrasjoner)),
            )
            for a in avtaler
        ),
        tom="Ingen avtaler er avsluttet.",
    )

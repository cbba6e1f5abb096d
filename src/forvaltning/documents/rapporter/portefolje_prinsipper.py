"""The seven architecture principles in `portefolje`: how the running projects' assessments fall out (7.1 and 7.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import registerord
from forvaltning.documents.visning import Del, Kolonne, Tabell
from forvaltning.model.deler import Arkitekturvurdering
from forvaltning.model.prosjekt import Prosjekt


def nyeste(p: Prosjekt) -> tuple[str, Arkitekturvurdering] | None:
    """The assessment that counts today: of the solution when there is one, else of the concept."""
    if p.arkitektur is not None:
        return "løsningen", p.arkitektur
    return ("konseptet", p.konsept) if p.konsept is not None else None


def del_(g: Grunnlag, prosjekter: Sequence[Prosjekt]) -> Del:
    """The part of the report: what the assessments say, and which projects have not assessed what."""
    return Del("Arkitekturprinsippene", tabeller=(_prinsipper(g, prosjekter), _prosjekter(g, prosjekter)))


def _prinsipper(g: Grunnlag, prosjekter: Sequence[Prosjekt]) -> Tabell:
    utfall = g.register.innstillinger.koder["prinsippvurdering"]
    telt: dict[str, Counter[str]] = {}
    ikke_vurdert: Counter[str] = Counter()
    for p in prosjekter:
        funnet = nyeste(p)
        svar = {v.prinsipp: v.vurdering for v in funnet[1].prinsipper} if funnet else {}
        for kode in g.register.innstillinger.koder["arkitekturprinsipp"]:
            vurdering = svar.get(kode)
            if vurdering is not None:
                telt.setdefault(kode, Counter())[vurdering] += 1
            else:
                ikke_vurdert[kode] += 1
    return Tabell(
        "prinsipper",
        "Hva prosjektene som pågår, har vurdert",
        (
            Kolonne("kode", "Nr."),
            Kolonne("prinsipp", "Prinsipp"),
            *(Kolonne(registerord.maskinnavn(kode), navn, "tall") for kode, navn in utfall.items()),
            Kolonne("ikke_vurdert", "Ikke vurdert", "tall"),
        ),
        tuple(
            (
                kode,
                navn,
                *(telt.get(kode, Counter())[u] for u in utfall),
                ikke_vurdert[kode],
            )
            for kode, navn in g.register.innstillinger.koder["arkitekturprinsipp"].items()
        ),
        forklaring=(
            "Vurderingen av løsningen teller når den finnes, ellers vurderingen av konseptet. Et prosjekt i en tidlig "
            "fase trenger ikke å ha vurdert prinsippene ennå: det står i krav 7.1 og 7.2."
        ),
    )


def _prosjekter(g: Grunnlag, prosjekter: Sequence[Prosjekt]) -> Tabell:
    def vurdert(v: Arkitekturvurdering | None) -> str:
        return "" if v is None else norsk_dato(v.dato) if v.dato else "uten dato"

    def svakheter(v: Arkitekturvurdering | None) -> tuple[str, ...]:
        svake = [x for x in (v.prinsipper if v else ()) if x.vurdering in {"delvis", "ikke_i_trad"}]
        return tuple(
            f"{x.prinsipp}: {g.kode('prinsippvurdering', x.vurdering).lower()}. {x.begrunnelse or ''}".strip()
            for x in svake
        )

    def ikke_vurdert(v: Arkitekturvurdering | None) -> tuple[str, ...]:
        svart = {x.prinsipp for x in (v.prinsipper if v else ()) if x.vurdering is not None}
        return tuple(k for k in g.register.innstillinger.koder["arkitekturprinsipp"] if k not in svart)

    rader = [
        (
            p.navn,
            vurdert(p.konsept),
            vurdert(p.arkitektur),
            svakheter(v := funnet[1] if (funnet := nyeste(p)) else None),
            ikke_vurdert(v),
            *(registerord.utfall(g.dom(p, k)) for k in ("7.1", "7.2", "7.3")),
        )
        for p in prosjekter
    ]
    return Tabell(
        "prinsipper_prosjekter",
        "Vurderingene i hvert prosjekt",
        (
            Kolonne("prosjekt", "Prosjekt"),
            Kolonne("konsept", "Konseptet vurdert"),
            Kolonne("arkitektur", "Løsningen vurdert"),
            Kolonne("svakheter", "Bare delvis eller ikke i tråd", "liste"),
            Kolonne("ikke_vurdert", "Ikke vurdert", "liste"),
            *(Kolonne(f"krav_7_{n}", f"Krav 7.{n}", "utfall") for n in (1, 2, 3)),
        ),
        tuple(rader),
        tom="Ingen prosjekter pågår i utvalget.",
    )

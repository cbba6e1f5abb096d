"""`forvaltning handover start`: the record of a handover, with what the registry knows of it filled in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor
from forvaltning.cli.handover_sign import enheten
from forvaltning.cli.overlevering_skriv import dag, lesbar, nekt, rolle, si
from forvaltning.cli.stopp import Stopp, eller, mente_du, ukjent
from forvaltning.cli.valg import AsOf, Registry

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.overlevering_steg import Nei
    from forvaltning.model.base import Post

HJELP = """Start en overlevering til forvaltning: skriv posten i overleveringer/.

Oppgi hva slags overlevering det er, og rollen som overleverer. Mottakerne er enheten som eier løsningen, og
Ansattservice, når ikke noe annet er sagt med --mottaker."""
EKSEMPEL = (
    "forvaltning handover start bk360 --type ny --avgiver systemeier-bk360",
    "forvaltning handover start bk360 --type endring --opphav drift --avgiver R1",
    "forvaltning handover start datasjo --type ny --avgiver R1 --mottaker SDI",
)
SLAG = ("tjenester", "systemer", "integrasjoner")


def kjor(
    ident: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            autocompletion=fullfor.poster,
            help="Tjenesten, systemet eller integrasjonen som overleveres.",
            show_default=False,
        ),
    ],
    type_: Annotated[
        str | None,
        typer.Option(
            "--type", metavar="TYPE", help="ny, endring, kritisk_feil, anskaffelse eller avvikling. Må med."
        ),
    ] = None,
    avgiver: Annotated[
        str | None,
        typer.Option(
            "--avgiver",
            metavar="ROLLE",
            autocompletion=fullfor.roller,
            help="Rollen som overleverer. Må med.",
        ),
    ] = None,
    opphav: Annotated[
        str | None,
        typer.Option(
            "--opphav",
            metavar="ID",
            autocompletion=fullfor.poster,
            help="Prosjektet eller endringen den kommer fra.",
        ),
    ] = None,
    mottaker: Annotated[
        list[str] | None,
        typer.Option(
            "--mottaker",
            metavar="ENHET",
            autocompletion=fullfor.enheter,
            help="Enheten som mottar. Kan gjentas. Ansattservice er alltid den ene av de to.",
        ),
    ] = None,
    produksjon: Annotated[
        str | None,
        typer.Option(
            "--produksjon", metavar="DATO", help="Dagen løsningen settes, eller ble satt, i produksjon."
        ),
    ] = None,
    dato: Annotated[
        str | None,
        typer.Option(
            "--dato", metavar="DATO", help="Dagen overleveringen starter. Uten valget: sjekkdatoen."
        ),
    ] = None,
    as_of: AsOf = None,
    registry: Registry = None,
) -> int:
    """Write the record; returns the exit code."""
    from forvaltning.cli.overlevering_id import ny_id, opprett

    with felles.apne(registry, as_of) as okt:
        post = lesbar(okt, ident)
        if post.kind not in SLAG:
            raise Stopp(
                f"«{post.id}» er av slaget {post.tittel_entall}. Bare tjenester, systemer og integrasjoner overleveres.",
                "«forvaltning handover ID» viser hva en rolle eier, når rollen skal ha ny innehaver."
                if post.kind == "roller"
                else "Oppgi id-en til det som skal til forvaltning.",
            )
        day = dag(okt, dato)
        _mangler(okt, type_, avgiver)
        kind = _type(okt, type_)
        origin = _opphav(okt, opphav)
        who, no = rolle(okt, avgiver, day, "--avgiver")
        receivers = _mottakere(okt, post, mottaker or [])
        no = [*no, *_nei(okt, post, kind, origin, day)]
        if kode := nekt(f"Overleveringen av «{post.id}» kan ikke startes.", no):
            return kode
        new = ny_id(okt, post.id, kind, origin.id if origin else None, day)
        values = {
            "navn": f"{getattr(post, 'navn', None) or post.id} {'avvikles' if kind == 'avvikling' else 'til forvaltning'}",
            "gjelder": post.id,
            "type": kind,
            "opphav": origin.id if origin else None,
            "avgiver": who.id,
            "startet": day,
            "produksjon": dag(okt, produksjon, "--produksjon") if produksjon else None,
            "mottakere": [{"enhet": r} for r in receivers],
        }
        path = opprett(okt, new, values)
        si(
            [
                f"Overleveringen «{new}» er startet.",
                f"Mottakere: {' og '.join(receivers)}.",
                f"Skrev {path}.",
                "",
                f"Se hva som gjenstår: forvaltning handover {new}",
            ]
        )
        return 0


def _typer(okt: Okt) -> dict[str, str]:
    return {k: v for k, v in okt.innstillinger.koder["overleveringstype"].items() if k != "rolleskifte"}


def _mangler(okt: Okt, type_: str | None, avgiver: str | None) -> None:
    """Everything that must be given, at once. Raises `Stopp`."""
    lacking = [name for name, value in (("--type TYPE", type_), ("--avgiver ROLLE", avgiver)) if not value]
    if lacking:
        kinds = [f"{k}: {v}" for k, v in _typer(okt).items()] if not type_ else []
        raise Stopp(
            f"Opplysninger mangler. Skriv {' og '.join(lacking)}.",
            *kinds,
            *(["«forvaltning list roller» viser rollene som kan overlevere."] if not avgiver else []),
        )


def _type(okt: Okt, verdi: str | None) -> str:
    codes = _typer(okt)
    verdi = verdi or ""
    code = verdi.casefold().replace("-", "_").replace(" ", "_")
    if code not in codes:
        raise Stopp(
            f"«{verdi}» er ikke et slag overlevering.{mente_du(verdi, codes)}", f"Velg {eller(list(codes))}."
        )
    return code


def _opphav(okt: Okt, verdi: str | None) -> Post | None:
    if verdi is None:
        return None
    found = lesbar(okt, verdi)
    if found.kind not in {"prosjekter", "endringer"}:
        known = okt.register.identer("prosjekter", "endringer")
        raise ukjent(
            "prosjektet eller endringen", verdi, known, f"«{found.id}» er av slaget {found.tittel_entall}."
        )
    return found


def _mottakere(okt: Okt, post: Post, valgt: list[str]) -> list[str]:
    """The two receivers: the unit that takes over, then Ansattservice. Raises `Stopp` when they are not known."""
    register = okt.register
    service = register.funksjon("ansattservice")
    if valgt:
        units = list(dict.fromkeys(enheten(okt, v, [], "--mottaker").id for v in valgt))
    else:
        own = register.enhet_for(post)
        if own is None or register.finn(own) is None:
            raise Stopp(
                f"Registeret sier ikke hvilken enhet som mottar «{post.id}». Skriv --mottaker ENHET.",
                "Det er avdelingen eller enheten som får ansvaret, eller SDI.",
            )
        units = [own]
    if service is None and len(units) < 2:
        raise Stopp(
            "Innstillingene sier ikke hvilken enhet som er Ansattservice.",
            "Skriv den i forvaltning.yaml under «funksjoner», eller oppgi begge med --mottaker.",
        )
    if service is not None and not any(register.er_ansattservice(u) for u in units):
        units.append(service)
    if len(units) == 1:
        raise Stopp(
            f"«{units[0]}» er den eneste mottakeren, men to skal signere.",
            "Oppgi den andre med --mottaker ENHET.",
        )
    if len(units) > 2:
        raise Stopp(
            f"Det er to mottakere, ikke {len(units)}: {eller(units, 'og')}.", "Oppgi én enhet med --mottaker."
        )
    return units


def _nei(okt: Okt, post: Post, kind: str, origin: Post | None, day: date) -> list[Nei]:
    """What stands in the way: another one open for the same, an origin that is about something else."""
    from forvaltning.engine.endring_beslutning import fullfort
    from forvaltning.engine.overlevering_steg import Nei, dato_nei
    from forvaltning.engine.sjekkliste.bygg import AV_ENDRING
    from forvaltning.model.hendelser import Endring
    from forvaltning.model.viser import normaliser

    out = list(dato_nei(okt.register, None, day, "Starten"))
    if isinstance(origin, Endring) and normaliser(origin.gjelder) != normaliser(post.id):
        out.append(
            Nei(
                f"Endringen «{origin.id}» gjelder «{origin.gjelder}», ikke «{post.id}».",
                "Velg en annen med --opphav.",
            )
        )
    found = okt.register.overleveringer_av(post)
    if found.uleselig is not None:
        out.append(
            Nei(f"{found.uleselig.fil} kan ikke leses og kan være denne overleveringen.", "Rett filen først.")
        )
    for o in found:
        mine, other = normaliser(origin.id if origin else ""), normaliser(o.opphav or "")
        # of changes there may be several at once; something new, bought or taken out of use is so once
        alike = mine == other or (kind not in AV_ENDRING and not (mine and other))
        same = o.type == kind and alike
        if same and not fullfort(o):
            out.append(
                Nei(
                    f"«{o.id}» er alt startet for det samme, og er ikke fullført.",
                    f"Før den videre: «forvaltning handover {o.id}».",
                )
            )
    return out

"""`forvaltning handover read`: ticks, opt-outs and notes from an edited Markdown checklist back into the record."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forvaltning.cli import felles
from forvaltning.cli.overlevering_skriv import Dato, dag, endre, si
from forvaltning.cli.stopp import Stopp, mente_du
from forvaltning.cli.valg import AsOf, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forvaltning.cli.okt import Okt
    from forvaltning.documents.sjekkliste_avslag import Avslag
    from forvaltning.documents.sjekkliste_flett import Redigering
    from forvaltning.edit.fil import Dokument
    from forvaltning.engine.overlevering_steg import Nei
    from forvaltning.engine.sjekkliste.typer import Sjekkliste
    from forvaltning.model.hendelser import Overlevering

HJELP = """Les en redigert sjekkliste (Markdown) tilbake: avkryssinger, «Ikke aktuelt», dokumentasjon og notater.

Under et punkt kan du skrive linjer som begynner med Av, Dato, Dokumentasjon, Ikke aktuelt eller Notat, og kolon. Alt
annet må stå som det sto. Finnes det noe som ikke kan tas inn, sies det med linje, og da skrives ingenting."""
EKSEMPEL = (
    "forvaltning handover digifrid --output liste.md",
    "forvaltning handover read liste.md --dry-run",
    "forvaltning handover read liste.md --av systemeier-digifrid",
)
Handling = tuple["Redigering", dict[str, Any], str]
"""An edit, the fields it sets in the record, and what it is in words."""


def kjor(
    fil: Annotated[
        str,
        typer.Argument(
            metavar="FIL", help="Sjekklisten i Markdown, slik du har redigert den.", show_default=False
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Vis hva som ville blitt skrevet, og skriv ingenting.")
    ] = False,
    av: Annotated[
        str | None,
        typer.Option("--av", metavar="ROLLE", help="Rollen for avkryssinger som ikke har en linje «Av: »."),
    ] = None,
    dato: Dato = None,
    as_of: AsOf = None,
    registry: Registry = None,
) -> int:
    """Read back; returns the exit code."""
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.sjekkliste_grunn import grunn_for
    from forvaltning.documents.sjekkliste_les import les

    text = _les(fil)
    read = les(text)
    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt:
        day = dag(okt, dato)
        grunn = grunn_for(okt, read, fil)
        bar.ferdig()
        o, no = grunn.overlevering, list(grunn.avslag)
        actions: list[Handling] = []
        for e in grunn.redigeringer:
            wrong, values, words = _handling(okt, o, grunn.liste, e, av, day)
            no += wrong
            actions.append((e, values, words))
        if no:
            _nekt(fil, no)
            return 1
        same = [f"  {ident}: sto slik fra før." for ident in grunn.fra_for]
        if not actions:
            what = "Alt i" if same else "Ingenting i"
            why = "er lest tilbake før" if same else "er endret siden listen ble laget"
            si([f"{what} «{fil}» {why}. Ingenting er skrevet.", *same])
            return 0
        return _skriv(okt, o, actions, same, dry_run=dry_run)


def _les(fil: str) -> str:
    from forvaltning.source.limits import MAX_BYTES

    path = Path(fil)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = "finnes ikke" if isinstance(error, FileNotFoundError) else "kan ikke leses"
        raise Stopp(f"Filen «{fil}» {why}.", "Se etter stien og lesetilgangen.") from None
    if len(data) > MAX_BYTES:
        raise Stopp(f"Filen «{fil}» er for stor til å være en sjekkliste.", "Velg filen du redigerte.")
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise Stopp(f"Filen «{fil}» er ikke tekst i UTF-8.", "Lagre den som UTF-8, og prøv igjen.")


def _nekt(fil: str, no: list[Avslag]) -> None:
    """Every refusal with file and line, on stderr."""
    from forvaltning.cli import utskrift
    from forvaltning.source.text import safe

    count = "én ting" if len(no) == 1 else f"{len(no)} ting"
    lines = [
        f"Feil: «{safe(fil, 200)}» kan ikke leses tilbake: {count} kan ikke tas inn. Ingenting er skrevet."
    ]
    for a in sorted(dict.fromkeys(no), key=lambda a: a.linje):
        lines.append(f"{safe(fil, 200)}:{a.linje}: {safe(a.melding, 400)}")
        if a.tiltak:
            lines.append(f"  → {safe(a.tiltak, 400)}")
    utskrift.meld(
        *lines,
        "Er listen lest tilbake før, eller er registeret endret siden den ble laget, så lag den på nytt først.",
    )


def _handling(
    okt: Okt, o: Overlevering, liste: Sjekkliste, e: Redigering, av: str | None, standard: date
) -> tuple[list[Avslag], dict[str, Any], str]:
    """What an edit sets in the record and in which words, and why it may not."""
    from forvaltning.cli.handover_tick import verdier
    from forvaltning.engine import overlevering_steg as steg
    from forvaltning.engine.sjekkliste.typer import Punkttilstand

    no: list[Avslag] = []
    closed = list(steg.hindret(o))
    if closed:
        return [_avslag(e.linje, n) for n in closed], {}, ""
    no += _tegn(e)
    note = {"notat": e.notat.strip() or None} if e.notat is not None else {}
    if e.til is None:
        values: dict[str, Any] = dict(note)
        if e.dokumentasjon is not None:
            no += [_avslag(e.linje, n) for n in steg.kan_apnes(liste, e.punkt)]
            values["dokumentasjon"] = e.dokumentasjon.strip() or None
        return no, values, ""
    if e.til is Punkttilstand.APENT:
        no += [_avslag(e.linje, n) for n in steg.kan_apnes(liste, e.punkt)]
        gone: dict[str, Any] = dict.fromkeys(("dato", "av", "ikke_aktuelt"))
        if e.dokumentasjon is not None:  # its line was taken away too
            gone["dokumentasjon"] = None
        return no, {"tilstand": "apent", **gone, **note}, "er åpent igjen"
    day, who = _dato(e, standard, no), av
    if e.av is not None:
        who = e.av
    role = _rolle(okt, e, who, day or standard, no)
    opts_out = e.til is Punkttilstand.IKKE_AKTUELT
    no += [_avslag(e.linje, n) for n in steg.kan_fores(o, liste, e.punkt, fravelges=opts_out)]
    if role is None or day is None:
        return no, {}, ""
    no += [
        _avslag(e.dato_linje or e.linje, n)
        for n in steg.dato_nei(okt.register, None, day, f"Punktet {e.punkt.id}")
    ]
    values = verdier(role, day, e.dokumentasjon, e.grunn if opts_out else None, e.notat)
    done = "er ikke aktuelt" if opts_out else "er utført"
    return no, values, f"{done}, {day.day:02}.{day.month:02}.{day.year}, {role}"


def _ord(e: Redigering, tilstand: str) -> list[str]:
    """What is written of one item, in words, with every text as it will stand in the record."""
    out = [f"  {e.punkt.id}: {tilstand}."] if tilstand else []
    for name, text in (("Ikke aktuelt", e.grunn), ("Dokumentasjon", e.dokumentasjon), ("Notat", e.notat)):
        if text is not None:
            lead = "    " if tilstand else f"  {e.punkt.id}: "
            out.append(f"{lead}{name}: {text.strip()}" if text.strip() else f"{lead}«{name}» er tatt bort.")
    return out


def _tegn(e: Redigering) -> Iterator[Avslag]:
    """Signs that may not stand in the registry."""
    from forvaltning.documents.sjekkliste_avslag import Avslag
    from forvaltning.edit.feil import Redigeringsfeil
    from forvaltning.edit.verdi import som_data

    try:
        som_data([t for t in (e.grunn, e.dokumentasjon, e.notat) if t])
    except Redigeringsfeil as error:
        yield Avslag(e.linje, f"Under punktet {e.punkt.id}: {error.melding}", " ".join(error.tiltak))


def _avslag(linje: int, n: Nei) -> Avslag:
    from forvaltning.documents.sjekkliste_avslag import Avslag

    return Avslag(linje, n.melding, n.tiltak)


def _dato(e: Redigering, standard: date, no: list[Avslag]) -> date | None:
    from forvaltning.documents.sjekkliste_avslag import Avslag

    if e.dato is None:
        return standard
    try:
        return felles.dato(e.dato.strip("`. "))
    except typer.BadParameter:
        no.append(Avslag(e.dato_linje, f"«{e.dato}» er ikke en dato.", "Skriv dagen som 16.11.2026."))
        return None


def _rolle(okt: Okt, e: Redigering, navn: str | None, day: date, no: list[Avslag]) -> str | None:
    """The id of the role that did it; what is wrong with it goes to `no`."""
    from forvaltning.cli.sjekkliste_grunn import rollenavn
    from forvaltning.documents.sjekkliste_avslag import Avslag
    from forvaltning.engine import overlevering_steg as steg

    line = e.av_linje or e.linje
    if not navn:
        no.append(
            Avslag(
                e.linje,
                f"Punktet {e.punkt.id} er endret, men ingen rolle står bak.",
                "Skriv en linje «Av: ROLLE» under punktet, eller oppgi --av ROLLE.",
            )
        )
        return None
    name = rollenavn(navn)
    found, wrong = steg.rolle(okt.register, name, day)
    if wrong:
        hint = mente_du(name, okt.register.identer("roller")) if found is None else ""
        no += [Avslag(line, f"{w.melding}{hint}", w.tiltak) for w in wrong]
    return found.id if found is not None else None


def _skriv(okt: Okt, o: Overlevering, actions: list[Handling], same: list[str], *, dry_run: bool) -> int:
    from forvaltning.cli.handover_tick import skriv_punkt

    def rediger(doc: Dokument) -> None:
        for e, values, _ in actions:
            skriv_punkt(doc, o, e.punkt.id, values)

    path = endre(okt, o, rediger, skriv=not dry_run)
    head = f"Ville skrevet {path}:" if dry_run else f"Skrev {path}:"
    si([head, *(line for e, _, words in actions for line in _ord(e, words)), *same])
    if not dry_run:
        si(["Lag listen på nytt før du redigerer mer i den."])
    return 0

"""What the verbs share: their options, the session, and one place where the ways it can fail are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from forvaltning.cli.stopp import Stopp, eller, verktoyfeil

if TYPE_CHECKING:
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.okt import Okt

_NORSK_DATO = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def biter(verdier: list[str] | None) -> list[str]:
    """The values of an option that may be repeated and take commas."""
    return [part.strip() for value in verdier or [] for part in value.split(",") if part.strip()]


def dato(verdi: str | None) -> date | None:
    """A check date, ISO or Norwegian. Raises `BadParameter`."""
    if verdi is None:
        return None
    hit = _NORSK_DATO.fullmatch(verdi.strip())
    try:
        if hit:
            return date(int(hit[3]), int(hit[2]), int(hit[1]))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", verdi.strip()):
            return date.fromisoformat(verdi.strip())
    except ValueError:
        raise typer.BadParameter(f"Datoen «{verdi}» etter «--as-of» finnes ikke i kalenderen.") from None
    raise typer.BadParameter(f"«{verdi}» etter «--as-of» er ikke en dato. Skriv for eksempel 2026-11-16.")


def ett_av(valg: str, verdi: str, kjente: Sequence[str]) -> str:
    """The value of an option that takes one of a few words. Raises `BadParameter`."""
    if verdi not in kjente:
        raise typer.BadParameter(f"«{verdi}» passer ikke etter «{valg}». Velg {eller(kjente)}.")
    return verdi


def krev_format(formater: Sequence[str], verdi: str, output: str | None = None) -> None:
    """See that a format is one there is, and that a workbook has a file to go to. Raises `BadParameter`."""
    ett_av("--format", verdi, formater)
    if verdi == "xlsx" and (not output or output == "-"):
        raise typer.BadParameter("«--format xlsx» lager en fil. Skriv navnet på den med «--output».")


@contextmanager
def apne(
    registry: str | None,
    as_of: str | None,
    fremdrift: Fremdrift | None = None,
    rot: Path | None = None,
    *,
    at: str | None = None,
) -> Iterator[Okt]:
    """A session with the chosen registry, or the one found from here and upward; closed at the end.

    `at`: the registry as it was at a revision. Raises `Stopp` when there is none, its settings can not be used, or
    it changed meanwhile.
    """
    chosen = dato(as_of)
    from forvaltning.cli.okt import Okt

    where = rot if rot is not None else finn(registry)
    okt = Okt(where, chosen, fremdrift.steg if fremdrift is not None else None, bruk_lager=at is None)
    try:
        if at is not None:
            from forvaltning.cli.ved import sett_ved

            sett_ved(okt, at)
        yield okt
    except Exception as error:
        from forvaltning.source.innstillingsfil import UgyldigInnstilling
        from forvaltning.source.load import EndretUnderveis

        if isinstance(error, UgyldigInnstilling):
            raise _ugyldig(okt, error.problemer) from None
        if isinstance(error, EndretUnderveis):
            raise Stopp(
                f"Filen {error} ble endret mens sjekken pågikk.", "Kjør kommandoen på nytt."
            ) from None
        raise
    finally:
        okt.lukk()


def finn(registry: str | None) -> Path:
    """The registry folder. Raises `Stopp` that says where it was looked for."""
    from forvaltning.cli.okt import IngenRegister, finn_register

    try:
        return finn_register(Path.cwd(), Path(registry) if registry else None)
    except IngenRegister as error:
        raise _uten_register(registry, error.lette) from None
    except OSError as error:
        raise Stopp(f"Kan ikke lese mappen ({error.errno}).") from None


def _uten_register(registry: str | None, looked: list[Path]) -> Stopp:
    if registry is not None:
        path = Path(registry)
        why = "finnes ikke" if not path.exists() else "er ikke en mappe" if not path.is_dir() else ""
        if why:
            return Stopp(f"Mappen «{registry}» {why}.", "Se etter skrivefeil i stien etter --registry.")
        nested = path / "registry"
        hint = f" Mente du «{nested.as_posix()}»?" if (nested / "forvaltning.yaml").is_file() else ""
        return Stopp(
            f"Mappen «{registry}» er ikke et register: den har ingen forvaltning.yaml.{hint}",
            "Et register er en mappe med filen forvaltning.yaml, med minst linjen «modell: 1».",
        )
    return Stopp(
        "\n".join(
            ["Fant ikke noe register. Lette etter forvaltning.yaml, også i undermappen registry, i:"]
            + [f"  {folder}" for folder in looked]
        ),
        "Gå til mappen der registeret ligger, eller pek på det med --registry MAPPE.",
        "Et nytt register begynner med filen forvaltning.yaml, med minst linjen «modell: 1».",
    )


def _ugyldig(okt: Okt, problemer: list[Any]) -> Stopp:
    lines = ["Innstillingene kan ikke brukes, så ingenting er vurdert."]
    for p in problemer:
        at = okt.steder.problem(p)
        lines.append(f"  {okt.fra_her(p.fil)}:{at.line}:{at.column}: {p.melding}")
        if p.tiltak:
            lines.append(f"    → {p.tiltak}")
    return Stopp("\n".join(lines))


def lever(
    deler: Iterable[str], output: str | None, register: Path | None = None, form: str = "tekst"
) -> None:
    """Write a result to stdout, or to a file outside the registry. `form`: see `utskrift.skriv`. Raises `Stopp`."""
    from forvaltning.cli import utskrift

    if output:
        utskrift.skriv_fil(Path(output), deler, register)
    else:
        utskrift.skriv(deler, form)


def si_fra_om_svikt(svikt: list[Any]) -> Stopp | None:
    """The message for rules that failed, None when none did."""
    if not svikt:
        return None
    first = svikt[0]
    more = f" Det samme gjelder {len(svikt) - 1} andre vurderinger." if len(svikt) > 1 else ""
    return verktoyfeil(
        f"Regelen «{first.regel}» for krav {first.krav} sviktet for {first.post}.{more}", first.feil
    )

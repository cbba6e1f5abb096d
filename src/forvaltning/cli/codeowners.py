"""`forvaltning codeowners`: write who is asked about each record, from the roles that own them."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, utskrift
from forvaltning.cli.stopp import Stopp
from forvaltning.cli.valg import AsOf, Registry
from forvaltning.documents.kodeeierfil import MERKE, PLASSER

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.findings import Problem

HJELP = """Skriv CODEOWNERS fra rollene i registeret, så den som eier noe, blir spurt når det endres.

Laget står i feltet «kodeeier» på rollen, ellers på enheten eller en enhet over. Uten --output brukes filen som
finnes: .github/CODEOWNERS, CODEOWNERS, docs/CODEOWNERS eller .gitlab/CODEOWNERS. Bare linjene mellom merkene fra
forvaltning byttes ut; alt annet i filen blir stående. Med --check skrives ingenting: koden er 1 når filen er
foreldet."""
EKSEMPEL = (
    "forvaltning codeowners",
    "forvaltning codeowners --check",
    "forvaltning codeowners --output .gitlab/CODEOWNERS",
)
VIS_LINJER = 20
"""Lines of difference that `--check` shows."""


def kjor(
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FIL",
            help="Filen det skrives til, eller - for skjermen. Uten valget: den som finnes.",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Skriv ingenting; si fra om filen er foreldet, og vis forskjellen."),
    ] = False,
    as_of: AsOf = None,
    registry: Registry = None,
) -> int:
    """Write the file, or check it; returns the exit code."""
    from forvaltning.documents import codeowners
    from forvaltning.git.objekter import prefiks

    with felles.apne(registry, as_of) as okt:
        tre = okt.arbeidstre
        if tre is None:
            raise Stopp(
                "Registeret ligger ikke i et Git-arkiv, så det er ingen som leser CODEOWNERS.",
                "Kjør «git init» i mappen over registeret.",
            )
        if faults := _feil(okt):
            utskrift.meld(*faults, "CODEOWNERS er ikke skrevet.")
            return 1
        register, prefix = okt.register, prefiks(tre, okt.rot)
        target = _fil(tre.topp, output)
        old = _les(target)
        block = codeowners.blokk(register, prefix)
        try:
            new = codeowners.flett(old or "", block, prefix)
        except codeowners.UklareMerker:
            raise Stopp(
                f"Merkene rundt blokken fra forvaltning i «{target}» kommer ikke i ett par, så ingen vet hva som er vårt.",
                "Fjern linjene som begynner med «# >>> forvaltning» og «# <<< forvaltning», og det mellom dem.",
            ) from None
        if check:
            return _sjekk(old or "", new, _vis(target, tre.topp))
        if not block:
            raise Stopp(
                "Ingen rolle og ingen enhet har «kodeeier», så det er ingen å spørre.",
                'Skriv for eksempel «kodeeier: "@bergen/sdi"» i filen til en rolle eller en enhet.',
            )
        _skriv(target, new)
        alone = len(codeowners.uten_eier(register))
    if output != "-":
        utskrift.skriv([_melding(_vis(target, tre.topp), block, alone, same=old == new)])
    return 0


def _feil(okt: Okt) -> list[str]:
    """What must be mended first: a file nobody can read may name an owner, and a wrong owner is never asked."""
    from forvaltning.documents.kodeeiere import ugyldige
    from forvaltning.source.text import safe

    lines = [
        f"{okt.fra_her(safe(lost.fil, 200))}: Filen kan ikke leses. Kjør «forvaltning check»."
        for lost in okt.register.uleselige()
    ]
    for p in ugyldige(okt.register):
        at = okt.steder.finn(p.fil, p.path)
        lines += [f"{okt.fra_her(p.fil)}:{at.line}:{at.column}: {p.melding}", f"  → {p.tiltak}"]
    return lines


def problemer(okt: Okt) -> list[Problem]:
    """What `check` says of CODEOWNERS: owners that can not be asked, and a file that says something else than the roles."""
    from forvaltning.documents.codeowners import foreldet
    from forvaltning.documents.kodeeiere import ugyldige
    from forvaltning.git.objekter import prefiks

    tre = okt.arbeidstre
    wrong = ugyldige(okt.register)
    if tre is None or wrong:
        return wrong
    found = finn_fil(tre.topp)
    try:
        text = _les(found) if found is not None else None
    except Stopp:
        text = ""  # a file nobody can read asks nobody
    where = _vis(found, tre.topp) if found is not None else PLASSER[0]
    stale = foreldet(text, okt.register, prefiks(tre, okt.rot), where)
    return [stale] if stale is not None else []


def har_merke(okt: Okt) -> bool:
    """True when the repository has a CODEOWNERS file with the command's own mark in it."""
    if okt.arbeidstre is None:
        return False
    found = finn_fil(okt.arbeidstre.topp)
    try:
        return found is not None and MERKE.encode() in found.read_bytes()
    except OSError:
        return True  # the whole check then tells what it could not read


def finn_fil(topp: Path) -> Path | None:
    """The CODEOWNERS file that the services read, None when there is none."""
    return next((topp / p for p in PLASSER if (topp / p).is_file()), None)


def _fil(topp: Path, output: str | None) -> Path:
    """The file to write or check. Raises `Stopp` for one that is surely something else."""
    if output is not None:
        chosen = Path(output)
        if output != "-" and chosen.name != "CODEOWNERS" and chosen.exists():
            raise Stopp(
                f"«{output}» finnes fra før og heter ikke CODEOWNERS.",
                "Velg en ny fil, eller filen CODEOWNERS.",
            )
        return chosen
    found = finn_fil(topp)
    if found is None:
        gitlab = (topp / ".gitlab-ci.yml").exists() and not (topp / ".github").exists()
        found = topp / PLASSER[3 if gitlab else 0]
    if not found.resolve().is_relative_to(topp.resolve()):
        raise Stopp(f"«{found}» er en lenke ut av Git-arkivet.", "Erstatt lenken med en vanlig fil.")
    return found


def _les(fil: Path) -> str | None:
    """The text of the file with its line endings, None when there is none. Raises `Stopp`."""
    if str(fil) == "-" or not fil.exists():
        return None
    try:
        return fil.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Stopp(
            f"Kan ikke lese «{fil}».", "Filen må være tekst i UTF-8, og du må ha lesetilgang."
        ) from None


def _skriv(fil: Path, tekst: str) -> None:
    from forvaltning.documents.codeowners import MAKS_BYTE

    size = len(tekst.encode("utf-8"))
    if size > MAKS_BYTE:
        raise Stopp(
            f"CODEOWNERS ville blitt {size / 1e6:.1f} MB, og GitHub ser bort fra filer over {MAKS_BYTE // 10**6} MB.",
            "Sett «kodeeier» på enheter høyere opp, så flere poster følger standardlinjen.",
        )
    if str(fil) != "-":
        try:
            fil.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise Stopp(f"Kan ikke lage mappen «{fil.parent}».", "Velg en annen fil med --output.") from None
    utskrift.skriv_fil(fil, [tekst])


def _vis(fil: Path, topp: Path) -> str:
    try:
        return fil.resolve().relative_to(topp.resolve()).as_posix()
    except ValueError:
        return fil.as_posix()


def _melding(fil: str, blokk: str, uten: int, *, same: bool) -> str:
    rules = sum(1 for line in blokk.splitlines() if not line.startswith("#"))
    text = f"{fil} er som den skal være.\n" if same else f"Skrev {rules} linjer i {fil}.\n"
    if uten:
        text += f"{uten} poster har ingen kodeeier: ingen blir spurt om dem. Sett «kodeeier» på en enhet over dem.\n"
    return text


def _sjekk(old: str, new: str, fil: str) -> int:
    """Tell whether the file is as it would be written; the difference, when it is not."""
    from forvaltning.source.text import safe

    if old == new:
        utskrift.skriv([f"{fil} er som den skal være.\n"])
        return 0
    diff = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""))[2:]
    lines = [safe(d, 200) for d in diff if not d.startswith("@@")]
    more = len(lines) - VIS_LINJER
    shown = [f"  {line}\n" for line in lines[:VIS_LINJER]]
    rest = [f"  … og {more} linjer til\n"] if more > 0 else []
    utskrift.skriv([f"{fil} er foreldet. Kjør «forvaltning codeowners».\n", *shown, *rest])
    return 1

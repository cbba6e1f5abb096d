"""From what was typed (numbers, names, paths) to what is judged; what names nothing gets the nearest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from forvaltning.cli.fullfor import UTFALL
from forvaltning.cli.okt import SETTINGS_FILE
from forvaltning.cli.stopp import Stopp, eller, mente_du, ukjent
from forvaltning.cli.utvalg import Utvalg
from forvaltning.findings import Outcome

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt


def krav(verdier: list[str]) -> tuple[str, ...]:
    """Requirement numbers that exist. Raises `Stopp`."""
    from forvaltning.krav.katalog import ETTER_NUMMER

    for v in verdier:
        if v not in ETTER_NUMMER:
            near = [n for n in ETTER_NUMMER if n.split(".")[0] == v.split(".")[0]]
            hint = f" Område {v.split('.')[0]} har {eller(near, 'og')}." if near else ""
            raise Stopp(f"Fant ikke kravet «{v}».{hint}", "«forvaltning krav» viser alle kravene.")
    return tuple(verdier)


def omrader(verdier: list[str]) -> tuple[int, ...]:
    """Areas that exist. Raises `Stopp`."""
    from forvaltning.krav.katalog import OMRADER

    for v in verdier:
        if v not in {str(n) for n in OMRADER}:
            raise Stopp(f"Fant ikke fagområdet «{v}».", *(f"{n}  {title}" for n, title in OMRADER.items()))
    return tuple(int(v) for v in verdier)


def utfall(verdier: list[str]) -> frozenset[Outcome]:
    """Outcomes that exist; a hyphen or space counts as an underscore. Raises `Stopp`."""
    out = []
    for v in verdier:
        code = v.casefold().replace("-", "_").replace(" ", "_")
        if code not in UTFALL:
            raise Stopp(f"Utfallet «{v}» finnes ikke.{mente_du(v, UTFALL)}", f"Velg {eller(UTFALL)}.")
        out.append(Outcome(code))
    return frozenset(out)


def post(okt: Okt, verdi: str) -> str:
    """The key of a record named by id, ``kind/id`` or path; one that can not be read counts. Raises `Stopp`."""
    from forvaltning.model.viser import normaliser

    register = okt.register
    text = verdi.replace("\\", "/").removesuffix(".yaml").rstrip("/")
    kind, _, ident = text.rpartition("/")
    kind = kind.rpartition("/")[2]
    found = register.oppforing(ident)
    key = f"{found.kind}/{found.id}" if found is not None else None
    if key is None:
        wanted = normaliser(ident)
        key = next((f"{u.kind}/{u.id}" for u in register.uleselige() if normaliser(u.id) == wanted), None)
    if key is not None and (not kind or normaliser(kind) == normaliser(key.split("/")[0])):
        return key
    if key is not None:
        raise Stopp(f"Fant ikke posten «{verdi}». Mente du «{key}»?", "«forvaltning list» viser slagene.")
    raise ukjent(
        "posten",
        verdi,
        register.identer(),
        "«forvaltning list» viser slagene, «forvaltning list SLAG» postene.",
    )


def _delt(verdier: Iterable[str], navn: Mapping[str, str]) -> list[str]:
    """Values parted at commas, but not inside a name that has one («oppvekst, barnehage og skole»)."""
    from forvaltning.model.viser import normaliser

    out: list[str] = []
    for v in verdier:
        whole = " ".join(v.split())
        parts = [whole] if normaliser(whole) in navn else [p.strip() for p in v.split(",")]
        out += [p for p in parts if p]
    return out


def enheter(okt: Okt, verdier: Iterable[str]) -> frozenset[str]:
    """The ids of the units named (by id, name or alias, older ones too), with all below them. Raises `Stopp`."""
    from forvaltning.model.enhet import Enhet
    from forvaltning.model.viser import normaliser

    units = okt.register.alle(Enhet)
    names: dict[str, str] = {}
    shown: list[str] = []
    for u in units:
        for n in (*u.tidligere_id, *(a.navn for a in u.alias), u.navn, u.id):
            names[normaliser(n)] = normaliser(u.id)
            shown.append(n)
    chosen: set[str] = set()
    for v in _delt(verdier, names):
        found = names.get(normaliser(v.removeprefix("enheter/")))
        if found is None:
            raise ukjent("enheten", v, shown, "«forvaltning list enheter» viser enhetene.")
        chosen.add(found)
    grown = True
    while grown:
        below = {normaliser(u.id) for u in units if u.forelder and normaliser(u.forelder) in chosen}
        grown = not below <= chosen
        chosen |= below
    return frozenset(chosen)


def _slik_de_er_skrevet(okt: Okt, valgte: frozenset[str]) -> frozenset[str]:
    """The chosen units in every spelling that verdicts use."""
    from forvaltning.model.viser import normaliser

    spelled = {v.enhet for v in okt.rapport().dommer if v.enhet and normaliser(v.enhet) in valgte}
    return valgte | spelled


def roller(okt: Okt, verdier: Iterable[str]) -> tuple[str, ...]:
    """Role types, forum codes and ids of roles; types and forums by name too. Raises `Stopp`."""
    from forvaltning.krav.typer import ALLE_ANSATTE
    from forvaltning.model.rolle import Rolle
    from forvaltning.model.viser import normaliser

    settings = okt.innstillinger
    known: dict[str, str] = {}
    shown: list[str] = []
    for code, name in (
        *((k, f.navn) for k, f in settings.fora.items()),
        *((k, k) for k in settings.funksjoner),
        *settings.rolletyper.items(),
        (ALLE_ANSATTE.kode, ALLE_ANSATTE.navn),
        *((r.id, r.id) for r in okt.register.alle(Rolle)),
    ):
        for spelling in (name, code):
            known[normaliser(spelling)] = code
            shown.append(spelling)
    out = []
    for v in _delt(verdier, known):
        found = known.get(normaliser(v.removeprefix("roller/")))
        if found is None:
            raise ukjent(
                "rollen", v, shown, "«forvaltning list roller» viser rollene, --rolle tar også en rolletype."
            )
        out.append(found)
    return tuple(out)


# --- paths ----------------------------------------------------------------------------------------------


def register_for(stier: list[str], registry: Path | None) -> tuple[Path | None, tuple[str, ...]]:
    """The registry that the paths lie in (None: look for it) and the paths within it. Raises `Stopp`.

    A path that is or holds the whole registry narrows nothing. With `registry` given all must lie in it.
    """
    root: Path | None = registry
    inside: list[str] = []
    for text in stier:
        path = Path(os.path.abspath(text))
        if not os.path.lexists(path):
            near = os.listdir(path.parent) if path.parent.is_dir() else []  # noqa: PTH208 - names alone
            raise Stopp(
                f"Stien «{text}» finnes ikke.{mente_du(path.name, near)}",
                "En sti er en fil eller mappe i registeret.",
            )
        own = registry or _omkring(path)
        rel = None if own is None else _relativ(path, own)
        if own is None or rel is None:
            where = "ligger ikke i registeret" if registry else "ligger ikke i noe register"
            raise Stopp(
                f"Stien «{text}» {where}.",
                "Velg filer og mapper i én registermappe, den med forvaltning.yaml.",
            )
        if root is not None and not root.samefile(own):
            raise Stopp(
                f"Stiene ligger i ulike registre: {root.as_posix()} og {own.as_posix()}.",
                "Sjekk ett register om gangen.",
            )
        root = root or own
        inside.append(rel)
    return root, () if "" in inside else tuple(dict.fromkeys(inside))


def _omkring(path: Path) -> Path | None:
    """The registry that a path lies in, is, or holds directly."""
    for folder in (path, *path.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    below = path / "registry"
    return below if (below / SETTINGS_FILE).is_file() else None


def _relativ(path: Path, root: Path) -> str | None:
    """`path` within `root` with ``/``, empty for all of it; None when it lies outside."""
    top = Path(os.path.abspath(root))
    for here, there in ((path, top), (Path(os.path.realpath(path)), Path(os.path.realpath(top)))):
        if here.is_relative_to(there):
            rel = here.relative_to(there).as_posix()
            return "" if rel == "." else rel
        if there.is_relative_to(here):
            return ""
    return None


def filer(okt: Okt, stier: tuple[str, ...]) -> tuple[str, ...]:
    """The paths in the registry's own spelling. Raises `Stopp` for a file that is none of the registry's."""
    if not stier:
        return ()
    from forvaltning.model.viser import normaliser

    known = {*(f.path for f in okt.filer.files), *(p.fil for p in okt.filer.problems)}
    by_fold = {normaliser(f): f for f in known}
    by_fold |= {normaliser(f.split("/")[0]): f.split("/")[0] for f in known if "/" in f}
    out = []
    for s in stier:
        found = by_fold.get(normaliser(s))
        if found is None and not (okt.rot / s).is_dir():
            raise Stopp(f"«{s}» er ikke en fil som hører til registeret.", "En post ligger i mappe/id.yaml.")
        out.append(found or s)
    return tuple(out)


def utvalg(
    okt: Okt,
    *,
    krav_: list[str],
    omrader_: list[str],
    poster: list[str],
    enheter_: list[str],
    roller_: list[str],
    stier: tuple[str, ...],
) -> Utvalg:
    """What to judge. Raises `Stopp` for the first value that names nothing."""
    return Utvalg(
        # Nothing asked for imports nothing: the rules and the models cost more than a whole warm check.
        krav=krav(krav_) if krav_ else (),
        omrader=omrader(omrader_) if omrader_ else (),
        poster=tuple(post(okt, p) for p in poster),
        enheter=_slik_de_er_skrevet(okt, enheter(okt, enheter_)) if enheter_ else None,
        roller=roller(okt, roller_) if roller_ else (),
        stier=filer(okt, stier),
    )

"""From what was typed (numbers, names, paths) to what is judged; what names nothing gets the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from forvaltning.cli.fullfor import UTFALL
from forvaltning.cli.stier import filer
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
            hint = (
                f" Område {v.split('.')[0]} har {eller(near, 'og')}." if near else mente_du(v, ETTER_NUMMER)
            )
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
    """The key of a record named by id, ``kind/id`` or path; one that can not be read counts.

    Raises `Stopp`, also for an id that several files have: which of them is meant nobody can tell.
    """
    from forvaltning.model.viser import normaliser

    register = okt.register
    text = verdi.replace("\\", "/").removesuffix(".yaml").rstrip("/")
    kind, _, ident = text.rpartition("/")
    kind = kind.rpartition("/")[2]
    found = register.oppforing(ident)
    lost = (f"{u.kind}/{u.id}" for u in register.uleselige() if normaliser(u.id) == normaliser(ident))
    keys = list(dict.fromkeys([*([found.key] if found is not None else []), *lost]))
    mine = [k for k in keys if not kind or normaliser(kind) == normaliser(k.split("/")[0])]
    if len(mine) > 1:
        raise Stopp(
            f"Id-en «{ident}» er brukt av flere filer: {', '.join(mine)}.",
            "Skriv slag/id, og gi en av postene en annen id.",
        )
    if mine:
        return mine[0]
    if keys:
        raise Stopp(f"Fant ikke posten «{verdi}». Mente du «{keys[0]}»?", "«forvaltning list» viser slagene.")
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
    for lost in okt.register.uleselige():
        if lost.kind == Enhet.kind:
            names.setdefault(normaliser(lost.id), normaliser(lost.id))
            shown.append(lost.id)
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

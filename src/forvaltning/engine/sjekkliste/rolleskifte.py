"""Change of role holder: all that a role owns, what has no owner beside it, and what runs out soon.

That a merge which ends a role must give each record a new one is a rule about change (`engine/endring_rolle`); this
is the list a person works from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from forvaltning.engine.endring_rolle import SLUTTET, svarer_for
from forvaltning.engine.sjekkliste.grunnlag import sted
from forvaltning.engine.sjekkliste.kravpunkter import mangler
from forvaltning.engine.sjekkliste.typer import Art, Mangel, Portstand, Punkt, Punkttilstand, Sjekkliste, Sted
from forvaltning.findings import Outcome, Verdict
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.model.oppforing import Oppforing, Uleselig
from forvaltning.model.register import EIERFELT, Register
from forvaltning.model.rolle import Rolle

GRUPPER = {
    "eier": ("Det rollen har", "Gå gjennom hver post med den som tar over."),
    "uten": ("Det som ikke har noen eier", "Poster i enheten der eieren mangler, eller har sluttet."),
    "frister": ("Det som haster", "Krav rollen svarer for, som er brutt, løper ut eller ikke kan avgjøres."),
}
"""Group → heading and help."""
_HASTER = frozenset({Outcome.BRUDD, Outcome.SNART, Outcome.AVVIK, Outcome.IKKE_AVGJORT})


def lag_rolleskifte(register: Register, dato: date, rolle: Rolle, dommer: Sequence[Verdict]) -> Sjekkliste:
    """The list for one role. `dommer`: the verdicts of the whole registry."""
    items = (
        *_eier(register, rolle),
        *_uten(register, rolle),
        *_frister(register, rolle, dommer),
    )
    return Sjekkliste(
        navn="rolleskifte",
        tittel="Skifte av rolleinnehaver",
        hjelp="Alt rollen svarer for, til den som slutter og den som tar over.",
        post=rolle.key,
        postnavn=rolle.navn,
        produksjon=rolle.til,
        porter=tuple(_gruppe(g, [p for p in items if p.gruppe == g]) for g in GRUPPER),
        punkter=items,
        merknader=tuple(_merknader(register, dato, rolle, items)),
    )


def _gruppe(navn: str, items: list[Punkt]) -> Portstand:
    title, help_ = GRUPPER[navn]
    return Portstand(navn, title, False, 0, len(items), 0, tuple(p.id for p in items), hjelp=help_)


def _eier(register: Register, rolle: Rolle) -> Iterator[Punkt]:
    """Each record that names the role: what is to be done with it."""
    for _, pairs in groupby(svarer_for(rolle, register), key=lambda pair: pair[0].key):
        found = list(pairs)
        o = found[0][0]
        felter = list(dict.fromkeys(felt for _, felt in found))
        shown = ", ".join(f"«{f}»" for f in felter)
        if rolle.til is not None:
            lack = Mangel(
                f"Rollen slutter, og står i {shown}.",
                "Skriv rollen som tar over.",
                _sted(o, felter[0], rolle.id),
            )
        else:
            lack = Mangel(
                f"Rollen står i {shown}.",
                "Gå gjennom posten med den som tar over.",
                _sted(o, felter[0], rolle.id),
            )
        yield _punkt(f"post-{o.id}", "eier", f"{_slag(o)}: {o.navn}", lack)


def _sted(o: Oppforing, felt: str, ident: str) -> Sted:
    """Where a record names the role in a field."""
    path = next((h.path for h in o.henvisninger if h.felt == felt and h.til == ident), (felt,))
    return sted(o.post, path)


def _uten(register: Register, rolle: Rolle) -> Iterator[Punkt]:
    """Records of the role's unit whose owner is not named, is not there, or has ended."""
    if rolle.enhet is None:
        return
    for o in sorted(register.oppforinger(), key=lambda o: o.key):
        fields = type(o.post).model_fields
        felt = next((f for f in EIERFELT if f in fields), None)
        if felt is None or getattr(o.post, "tilstand", None) in SLUTTET:
            continue
        if register.enhet_for(o.post) != rolle.enhet:
            continue
        lack = _eierfeil(register, getattr(o.post, felt), felt)
        if lack is not None:
            m = Mangel(lack, f"Skriv en rolle som gjelder, i «{felt}».", sted(o.post, (felt,)))
            yield _punkt(f"eier-{o.id}", "uten", f"{_slag(o)}: {o.navn}", m)


def _eierfeil(register: Register, ident: str | None, felt: str) -> str | None:
    if not ident:
        return f"«{felt}» er ikke satt."
    found = register.finn(ident)
    if isinstance(found, Uleselig):
        return f"«{felt}» kan ikke avgjøres: {found.fil} kan ikke leses."
    if not isinstance(found, Rolle):
        return f"Rollen «{ident}» i «{felt}» finnes ikke."
    return None if register.er_virksom(found) else f"Rollen «{ident}» i «{felt}» gjelder ikke i dag."


def _frister(register: Register, rolle: Rolle, dommer: Iterable[Verdict]) -> Iterator[Punkt]:
    """What the role answers for that is broken, runs out, or could not be decided; the nearest deadline first."""
    mine = [v for v in dommer if v.utfall in _HASTER and any(a.post == rolle.id for a in v.ansvarlig)]
    for v in sorted(mine, key=lambda v: (v.frist or date.max, v.post, v.krav)):
        found = register.oppforing(v.post.partition("/")[2])
        name = found.navn if found is not None else v.post
        krav = ETTER_NUMMER[v.krav]
        undecided = v.utfall is Outcome.IKKE_AVGJORT
        yield Punkt(
            id=f"krav-{v.krav}-{v.post.partition('/')[2]}",
            gruppe="frister",
            tittel=f"{krav.tittel} ({name})",
            hjelp="",
            art=Art.KRAV,
            tilstand=Punkttilstand.IKKE_AVGJORT if undecided else Punkttilstand.APENT,
            krav=v.krav,
            mangler=tuple(mangler(v, flere=False)) or (_snart(v),),
            ansvarlig=v.ansvarlig,
            grunn=v.begrunnelse,
            frist=v.frist,
            avvik=v.avvik,
        )


def _snart(v: Verdict) -> Mangel:
    if v.utfall is Outcome.AVVIK:
        return Mangel(f"Dekket av avviket «{v.avvik}».", "Rett bruddet før avviket går ut.")
    if v.utfall is Outcome.IKKE_AVGJORT:
        return Mangel("Kravet kunne ikke avgjøres.", "Se grunnen over.")
    return Mangel("Løper snart ut.", "Fornye det i tide.")


def _slag(o: Oppforing) -> str:
    name = o.post.tittel_entall
    return name[0].upper() + name[1:]


def _punkt(ident: str, gruppe: str, tittel: str, lack: Mangel) -> Punkt:
    return Punkt(
        id=ident,
        gruppe=gruppe,
        tittel=tittel,
        hjelp="",
        art=Art.AVLEDET,
        tilstand=Punkttilstand.APENT,
        mangler=(lack,),
        hvor=lack.sted,
    )


def _merknader(register: Register, dato: date, rolle: Rolle, items: tuple[Punkt, ...]) -> Iterator[str]:
    owned = sum(p.gruppe == "eier" for p in items)
    if rolle.til is None:
        yield "Rollen har ingen sluttdato. Listen er for en som tar over rollen slik den er."
    elif owned:
        word = "sluttet" if rolle.til < dato else "slutter"
        yield (
            f"Rollen {word} {rolle.til:%d.%m.%Y}. {owned} {'post' if owned == 1 else 'poster'} må ha en ny rolle "
            "før endringen kan flettes inn."
        )
    else:
        yield "Ingen post viser til rollen. Den kan avsluttes."
    if rolle.delegasjoner:
        til = ", ".join(sorted({d.til for d in rolle.delegasjoner}))
        yield f"Rollen har gitt myndighet videre til {til}. Delegasjonene følger ikke med til en ny rolle."

"""Run requirements over records: pure, and one record at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forvaltning.engine.ansvar import Husket, ansvarlige
from forvaltning.engine.fold import Folder
from forvaltning.engine.resultat import Postdom, Svikt
from forvaltning.findings import Outcome, Responsible, Verdict
from forvaltning.krav.typer import Kontekst, Krav, Regel, UtenDom
from forvaltning.model.base import Post
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser


class Motor:
    """The requirements in force over one register."""

    def __init__(self, krav: Iterable[Krav], register: Register) -> None:
        self.krav = tuple(krav)
        self.register = register
        self.ctx = Kontekst(register)
        self._ansvarlige: Husket = {}
        self._etter_kind: dict[type[Post], list[tuple[Krav, tuple[Regel, ...]]]] = {}

    def _for_kind(self, cls: type[Post]) -> list[tuple[Krav, tuple[Regel, ...]]]:
        found = self._etter_kind.get(cls)
        if found is None:
            pairs = ((k, tuple(r for r in k.regler if cls in r.gjelder)) for k in self.krav)
            found = self._etter_kind[cls] = [(k, r) for k, r in pairs if r]
        return found

    def dom_post(self, post: Post) -> Postdom:
        """Every verdict of one record, with what they read and the dates between which they hold."""
        register = self.register
        register.nullstill()
        self._ansvarlige = {}
        register.spor.add("=" + normaliser(post.id))
        out = Postdom(post.key, [])
        enhet = register.enhet_for(post)
        for krav, regler in self._for_kind(type(post)):
            verdict = self._dom(krav, regler, post, enhet, out.svikt)
            if verdict is not None:
                out.dommer.append(verdict)
        out.spor = frozenset(register.spor)
        out.fra, out.til = register.dag.fra, register.dag.til
        return out

    def _dom(
        self, krav: Krav, regler: tuple[Regel, ...], post: Post, enhet: str | None, svikt: list[Svikt]
    ) -> Verdict | None:
        self.register.sett_uleselig = set()
        folder = Folder(krav, post, self.register)
        reasons: list[str] = []
        applies = False
        for r in regler:
            try:
                reason = r.naar(post, self.ctx)
                if reason is not None:
                    reasons.append(reason)
                    continue
                applies = True
                folder.legg_til(r.kjor(post, self.ctx))
            except UtenDom:
                continue
            except Exception as error:
                applies = True
                svikt.append(Svikt(krav.nummer, post.key, r.navn, f"{type(error).__name__}: {error}"))
                folder.uavklart.append(f"Regelen «{r.navn}» sviktet. Det er en feil i verktøyet.")
        if not applies:
            if not reasons:
                return None
            if self.register.sett_uleselig:
                for fil in sorted(self.register.sett_uleselig):
                    folder.uavklart.append(f"{fil} kan ikke leses, så det er uvisst om kravet gjelder.")
                return folder.dom(enhet, self._ansvar(krav, post, enhet))
            return Verdict(
                krav.nummer,
                post.key,
                enhet,
                Outcome.IKKE_AKTUELT,
                begrunnelse=" ".join(dict.fromkeys(reasons)),
            )
        for fil in sorted(self.register.sett_uleselig):
            folder.uavklart.append(f"{fil} kan ikke leses.")
        return folder.dom(enhet, self._ansvar(krav, post, enhet))

    def _ansvar(self, krav: Krav, post: Post, enhet: str | None) -> tuple[Responsible, ...]:
        named = krav.ansvar_for(post, self.ctx) if krav.ansvar_for else krav.ansvarlig
        return ansvarlige(post, enhet, named, self.register, self._ansvarlige)

    def alle(self) -> Iterator[Postdom]:
        """Judge every record, kind by kind, by id."""
        kinds = {cls.kind for krav in self.krav for cls in krav.gjelder}
        for oppforing in sorted(self.register.oppforinger(), key=lambda o: (o.kind, o.id)):
            if oppforing.kind in kinds:
                yield self.dom_post(oppforing.post)

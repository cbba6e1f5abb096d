"""How a command says that it can not go on: a message in bokmål and an exit code, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forvaltning import __version__

BRUKSFEIL = 2
"""Nothing could be judged: no registry, bad settings or usage."""
VERKTOYFEIL = 3
"""A fault of ours."""


class Stopp(Exception):  # noqa: N818 - named in the domain's words
    """Ends the command with `kode`; `melding` says what is wrong, `tiltak` what to do, one line each."""

    def __init__(self, melding: str, *tiltak: str, kode: int = BRUKSFEIL) -> None:
        super().__init__(melding)
        self.melding = melding
        self.tiltak = tiltak
        self.kode = kode


def mente_du(verdi: str, kjente: Iterable[str], antall: int = 3) -> str:
    """« Mente du «a» eller «b»?» with the known values most like `verdi`, empty when none is close."""
    import difflib

    known = list(dict.fromkeys(kjente))
    by_fold: dict[str, str] = {}
    for k in known:
        by_fold.setdefault(k.casefold(), k)
    wanted = verdi.strip()[:80].casefold()
    near = [by_fold[n] for n in difflib.get_close_matches(wanted, by_fold, n=antall, cutoff=0.6)]
    if not near and len(wanted) > 1:
        near = [k for k in known if wanted in k.casefold()][:antall]
    return f" Mente du {eller(near)}?" if near else ""


def eller(verdier: Sequence[str], ord_: str = "eller") -> str:
    """«a», «b» eller «c»."""
    from forvaltning.source.text import quoted

    shown = [quoted(v, 80) for v in verdier]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {ord_} {shown[-1]}"


def ukjent(hva: str, verdi: str, kjente: Iterable[str], hjelp: str) -> Stopp:
    """The error for a value that names nothing: what was looked for, the nearest, and where to see all."""
    from forvaltning.source.text import quoted

    return Stopp(f"Fant ikke {hva} {quoted(verdi, 80)}.{mente_du(verdi, kjente)}", hjelp)


def verktoyfeil(hvor: str, feil: str) -> Stopp:
    """The message for a fault of ours: what happened and what to report."""
    import platform
    import sys

    from forvaltning.source.text import safe

    return Stopp(
        f"Dette er en feil i forvaltning, ikke i registeret. {hvor}".rstrip(),
        safe(feil, 500),
        f"Meld fra, og ta med linjen over, kommandoen du kjørte og dette: forvaltning {__version__}, "
        f"Python {platform.python_version()}, {sys.platform}.",
        "Sett FORVALTNING_DEBUG=1 for å se hvor i koden det skjedde.",
        kode=VERKTOYFEIL,
    )

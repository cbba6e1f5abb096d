"""The text of a new record: the schema line that editors use, and the fields in the model's order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from forvaltning.edit.rekkefolge import felt_i
from forvaltning.edit.verdi import Stil, Verdi, som_data, under

_SKJEMALINJE = re.compile(r"# yaml-language-server: \$schema=\S+")


def skjemalinje(kind: str, naboer: Iterable[bytes] = ()) -> str:
    """The line that ties a file to its schema, as the first neighbour that has one writes it."""
    for data in naboer:
        found = _SKJEMALINJE.match(data[:400].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
        if found is not None and "\ufffd" not in found[0]:
            return found[0]
    return f"# yaml-language-server: $schema=../../schemas/{kind}.json"


def ny_post(kind: str, felt: Mapping[str, Verdi], linje: str | None = None) -> str:
    """The file of a new record of a kind. Fields and parts come in the model's order; None is left out.

    `linje`: the schema line, else the usual one. Raises `Redigeringsfeil` for text that can not stand in the registry.
    """
    som_data(felt)
    values = _ordnet(kind, (), felt)
    head = linje if linje is not None else skjemalinje(kind)
    return "\n".join([head, *under(values, 0, Stil())]) + "\n"


def _ordnet(kind: str, path: tuple[str, ...], verdi: Mapping[str, Verdi]) -> dict[str, Verdi]:
    order = felt_i(kind, path)
    names = [n for n in order if n in verdi] + [n for n in verdi if n not in order]
    return {n: _del(kind, (*path, n), verdi[n]) for n in names if verdi[n] is not None}


def _del(kind: str, path: tuple[str, ...], verdi: Verdi) -> Verdi:
    if isinstance(verdi, Mapping):
        return _ordnet(kind, path, verdi)
    if isinstance(verdi, list | tuple):
        return [_del(kind, path, v) for v in verdi]
    return verdi

"""What stops an edit: a message in bokmål and what to do. Nothing has been written when one is raised."""

from __future__ import annotations


class Redigeringsfeil(Exception):  # noqa: N818 - named in the domain's words
    """`melding` says why nothing was written, `tiltak` what to do, one line each."""

    def __init__(self, melding: str, *tiltak: str) -> None:
        super().__init__(melding)
        self.melding = melding
        self.tiltak = tiltak

"""Work that waits for another process, done in a thread while this one imports what it will need."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Underveis(Generic[T]):
    """A value under way. `arbeid` is called at once, in a thread; it must not touch what the asker uses meanwhile.

    Nor may it import: an asker who is interrupted in an import keeps the lock of all imports, and would then wait for
    a thread that waits for that lock.
    """

    def __init__(self, arbeid: Callable[[], T]) -> None:
        self._arbeid = arbeid
        self._verdi: list[T] = []
        self._feil: BaseException | None = None
        self._trad = Thread(target=self._kjor, daemon=True)
        self._trad.start()

    def _kjor(self) -> None:
        try:
            self._verdi.append(self._arbeid())
        except BaseException as error:  # told to the one who asks for the value
            self._feil = error

    @property
    def ferdig(self) -> bool:
        """Whether the work is done, so that asking for the value does not wait."""
        return not self._trad.is_alive()

    def svar(self) -> T:
        """The value, once it is there. Raises what the work raised."""
        self._trad.join()
        if self._feil is not None:
            raise self._feil
        return self._verdi[0]

"""Where the command starts: `--version` is answered before anything else is imported."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

SJELDEN = (100_000, 50, 1000)
"""How seldom the collector looks: a run is short, and nearly all it makes lives to its end (in a large check of a
change, looking through it all took a tenth of the time)."""


AVBRUTT = 130
"""Ended by the person at the keyboard, as shells write it."""


def main() -> None:
    """Run `forvaltning` with the arguments of this process; ends the process with the exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from forvaltning import __version__

        with contextlib.suppress(OSError, AttributeError):  # full or closed: the long way says so
            sys.stdout.write(f"forvaltning {__version__}\n")
            sys.stdout.flush()
            return
    gc.set_threshold(*SJELDEN)
    # How a record is read is this program's alone to say, whatever else is installed beside it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
    try:
        from forvaltning.cli.app import main as run

        run()
    except KeyboardInterrupt:  # before the command had begun; from then on it sees to this itself
        os._exit(AVBRUTT)
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        # Taking a large registry apart object by object would cost a tenth of the run, for nothing.
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(end.code or 0)


if __name__ == "__main__":
    main()

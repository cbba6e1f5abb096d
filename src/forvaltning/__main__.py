"""Where the command starts: `--version` is answered before anything else is imported."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Run `forvaltning` with the arguments of this process; ends the process with the exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from forvaltning import __version__

        sys.stdout.write(f"forvaltning {__version__}\n")
        return
    from forvaltning.cli.app import main as run

    try:
        run()
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

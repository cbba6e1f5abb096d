"""Where the command starts: `--version` is answered before anything else is imported."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `forvaltning` with the arguments of this process; ends the process with the exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from forvaltning import __version__

        sys.stdout.write(f"forvaltning {__version__}\n")
        return
    from forvaltning.cli.app import main as run

    run()


if __name__ == "__main__":
    main()

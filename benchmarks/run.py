"""Time the commands that people wait for, in one run, beside the floor and a peer.

``make bench`` runs it on generated registries of 1,000 and 10,000 records, and then `historie.py`. It prints a table; no test
asserts a time. Each figure is the median of several whole processes, the compared ones run in turn, so that
a ratio holds when the machine's speed drifts.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PY = sys.executable
FORVALTNING = [PY, "-m", "forvaltning"]
Command = tuple[str, list[str], Callable[[], None]]


def nothing() -> None:
    """No preparation."""


def seconds(argv: list[str], cwd: Path) -> float:
    """Wall time of one process, output thrown away."""
    start = time.perf_counter()
    done = subprocess.run(argv, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(argv)} ended with {done.returncode}")
    return took


def side_by_side(commands: list[Command], cwd: Path, runs: int) -> dict[str, float]:
    """Median seconds by name; the commands take turns."""
    took: dict[str, list[float]] = {name: [] for name, _, _ in commands}
    for n in range(runs + 1):
        for name, argv, prepare in commands:
            prepare()
            value = seconds(argv, cwd)
            if n:
                took[name].append(value)
    return {name: statistics.median(values) for name, values in took.items()}


def peak_mib(argv: list[str], cwd: Path) -> float:
    """Peak memory of a command and every process it starts, in MiB: added up while it runs where /proc tells."""
    process = subprocess.Popen(argv, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(resident(pid) for pid in family(process.pid)))
        time.sleep(0.005)
    if peak:
        return peak / 1024
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit


def family(pid: int) -> list[int]:
    """A process and those below it; empty where the system does not tell."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(p for child in below for p in family(int(child)))]


def resident(pid: int) -> int:
    """Resident memory of one process in KiB, 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def clean(repo: Path) -> Callable[[], None]:
    """Remove the cache, so that the next check is cold."""
    return lambda: shutil.rmtree(repo / ".git" / "forvaltning", ignore_errors=True)


def forget_base(repo: Path) -> Callable[[], None]:
    """Let the cache forget the comparison with the base, and nothing else."""

    def forget() -> None:
        for path in (repo / ".git" / "forvaltning").glob("*.sqlite"):
            with closing(sqlite3.connect(path)) as db, db:
                db.execute("DELETE FROM meta WHERE nokkel IN ('mot', 'ferdig-mot')")

    return forget


def touch_ten(repo: Path) -> Callable[[], None]:
    """Change ten systems, a new value each time."""
    files = sorted((repo / "registry" / "systemer").glob("*.yaml"))
    chosen = files[:: max(1, len(files) // 10)][:10]
    count = 0

    def change() -> None:
        nonlocal count
        count += 1
        for path in chosen:
            text = path.read_text(encoding="utf-8")
            kept = [line for line in text.splitlines() if not line.startswith("merknad:")]
            path.write_text(
                "\n".join([*kept, f"merknad: Endring {count}", ""]), encoding="utf-8", newline="\n"
            )

    return change


def make_repo(folder: Path, antall: int) -> Path:
    """A Git repository with a generated registry."""
    repo = folder / f"repo{antall}"
    subprocess.run([PY, str(HERE / "generer.py"), str(repo / "registry"), str(antall)], check=True, cwd=ROOT)
    shutil.copytree(ROOT / "schemas", repo / "schemas")
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    who = ["-c", "user.name=bench", "-c", "user.email=bench@bergen.example"]
    for args in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "Generated registry"]):
        subprocess.run(["git", *args], cwd=repo, env=env, check=True)
    return repo


def row(what: str, value: float, beside: float, limit: float) -> None:
    """One line of the table."""
    ratio = value / beside
    mark = "ok" if ratio <= limit else "OVER"
    print(f"{what:<52} {value:8.3f} s  beside {beside:8.3f} s  ratio {ratio:7.3f}  at most {limit:g}  {mark}")


def mot_basis(repo: Path, runs: int) -> dict[str, float]:
    """A change to ten files held against its base.

    ``again``: the same change as the run before, beside ``plain``. ``new``: ten files just edited, beside ``ten``, a
    plain check of the same. ``forgotten``: the head known, the comparison not. ``fresh``: nothing cached at all.
    """
    edit = touch_ten(repo)
    edit()
    check = [*FORVALTNING, "check"]
    against = [*check, "--against", "HEAD"]
    return side_by_side(
        [
            ("plain", check, nothing),
            ("again", against, nothing),
            ("forgotten", against, forget_base(repo)),
            ("ten", check, edit),
            ("new", against, edit),
            ("fresh", against, clean(repo)),
        ],
        repo,
        runs,
    )


def size(repo: Path, runs: int) -> dict[str, float]:
    """Cold, again, ten changed, and the floor, for one registry."""
    check = [*FORVALTNING, "check"]
    return side_by_side(
        [
            ("floor", [PY, str(HERE / "gulv.py"), "registry"], nothing),
            ("bare", [PY, str(HERE / "gulv.py"), "registry", "--bare"], nothing),
            ("cold", check, clean(repo)),
            ("again", check, nothing),
            ("ten", check, touch_ten(repo)),
        ],
        repo,
        runs,
    )


REPORTS = {
    "report status, html": ["report", "status", "--format", "html"],
    "report status, since the base": ["report", "status", "--since", "HEAD"],
    "report avtaler, xlsx": ["report", "avtaler", "--format", "xlsx", "--output", "../avtaler.xlsx"],
    "todo": ["todo"],
    "due, ics": ["due", "--format", "ics"],
    "graph, svg": ["graph", "--format", "svg"],
}


def reports(repo: Path, runs: int) -> None:
    """What is made of a judged registry, each from a cold start, beside the cold check."""
    commands: list[Command] = [("cold", [*FORVALTNING, "check"], clean(repo))]
    commands += [(name, [*FORVALTNING, *args], clean(repo)) for name, args in REPORTS.items()]
    took = side_by_side(commands, repo / "registry", runs)
    for name in REPORTS:
        row(f"10,000 records, {name}", took[name], took["cold"], 1.5)


def main() -> None:
    """Run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each command")
    parser.add_argument("--quick", action="store_true", help="1,000 records only")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as tmp:
        folder = Path(tmp)
        small = make_repo(folder, 1000)
        bare = [PY, "-c", "pass"]
        took = side_by_side(
            [
                ("bare", bare, nothing),
                ("version", [*FORVALTNING, "--version"], nothing),
                ("help", [*FORVALTNING, "--help"], nothing),
                ("check --help", [*FORVALTNING, "check", "--help"], nothing),
            ],
            ROOT,
            args.runs * 3,
        )
        row("--version", took["version"], took["bare"], 3)
        row("--help", took["help"], took["bare"], 10)
        row("check --help", took["check --help"], took["bare"], 15)
        own = folder / "own"
        shutil.copytree(ROOT / "registry", own / "registry")
        subprocess.run(["git", "init", "-q"], cwd=own, check=True)
        shipped = side_by_side(
            [
                ("bare", bare, nothing),
                ("cold", [*FORVALTNING, "check"], clean(own)),
                ("again", [*FORVALTNING, "check"], nothing),
            ],
            own,
            args.runs,
        )
        row("check of the shipped registry, cold", shipped["cold"], shipped["bare"], 60)
        row("check of the shipped registry, again", shipped["again"], shipped["bare"], 30)
        one = size(small, args.runs)
        peer = peer_seconds(small)
        row("1,000 records, cold, beside check-jsonschema", one["cold"], peer, 0.1)
        if args.quick:
            return
        large = make_repo(folder, 10000)
        ten = size(large, args.runs)
        row("10,000 records, cold", ten["cold"], ten["floor"], 2)
        print(f"{'  the same, beside parse and validation alone':<52} ratio {ten['cold'] / ten['bare']:.3f}")
        against = mot_basis(large, args.runs)
        limit = against["plain"] * 1.3 + 0.05
        row("10,000 records, --against, the same change again", against["again"], limit, 1)
        limit = against["ten"] * 1.3 + 0.05
        row("10,000 records, --against, ten files just edited", against["new"], limit, 1)
        row("10,000 records, --against, comparison not cached", against["forgotten"], ten["cold"], 1)
        row("10,000 records, --against, nothing cached", against["fresh"], ten["cold"], 1)
        row("growth from 1,000 to 10,000", ten["cold"], one["cold"], 11)
        row("10,000 records, again", ten["again"], ten["floor"], 0.15)
        row("10,000 records, ten changed", ten["ten"], ten["floor"], 0.35)
        reports(large, max(1, args.runs // 2))
        clean(large)()
        mib = peak_mib([*FORVALTNING, "check"], large)
        print(
            f"{'peak memory at 10,000 records':<52} {mib:8.0f} MiB  at most 300  {'ok' if mib <= 300 else 'OVER'}"
        )
        print(f"own peak of this script: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def peer_seconds(repo: Path) -> float:
    """check-jsonschema over the same files, kind by kind with the matching schema."""
    total = 0.0
    tool = Path(PY).parent / "check-jsonschema"
    for folder in sorted((repo / "registry").iterdir()):
        if folder.is_dir():
            files = [str(f) for f in sorted(folder.glob("*.yaml"))]
            schema = repo / "schemas" / f"{folder.name}.json"
            total += seconds([str(tool), "--schemafile", str(schema), *files], repo)
    return total


if __name__ == "__main__":
    main()

"""Time what reads history, beside the floor of each: `python benchmarks/historie.py`.

It makes a repository of 5,000 records and 2,000 commits (always the same bytes), runs every command in turn with
what it is held against, and prints the median of the ratios, pair by pair: a ratio holds when the machine's speed
drifts. The limits are of the time somebody waits; processor time, of all processes together, stands beside.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import generer

HERE = Path(__file__).resolve().parent
PY = sys.executable
FORVALTNING = [PY, "-m", "forvaltning"]
LOG = ["git", "log", "--first-parent", "--diff-merges=first-parent", "--root", "--raw", "-z", "--no-abbrev"]
START, STEP = 1_640_995_200, 76_000
"""The first commit is from 1 January 2022 and the others follow for 4.8 years."""
DATE = "2026-11-16"
FILES = 3
"""Records that a commit changes."""
MERGES = 25
"""One commit in so many is a merge."""


class Cost(NamedTuple):
    """What one process took, with the processes it waited for."""

    cpu: float
    wall: float


def run(argv: list[str], cwd: Path) -> Cost:
    """One process, its output thrown away."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(argv, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(argv)} ended with {done.returncode}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(cpu, wall)


# --- the repository --------------------------------------------------------------------------------


def make_repo(repo: Path, records: int, commits: int) -> Path:
    """A repository with a history of edits, breaches that come and go, renames, deletions and merges."""
    generer.generer(repo / "registry", records)
    settings = repo / "registry" / "forvaltning.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(_uten(text, "eksempel"), encoding="utf-8", newline="\n")
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=repo, check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=repo, check=True, input=b"".join(_strom(repo, commits))
    )
    subprocess.run(["git", "reset", "-q", "--hard", "main"], cwd=repo, check=True)
    subprocess.run(["git", "gc", "-q"], cwd=repo, check=True)
    return repo


def _uten(text: str, field: str) -> str:
    """A file without one top-level field."""
    out, skip = [], False
    for line in text.splitlines(keepends=True):
        if line[:1].isalpha():
            skip = line.startswith(f"{field}:")
        if not skip:
            out.append(line)
    return "".join(out)


def _strom(repo: Path, commits: int) -> Iterator[bytes]:
    """What `git fast-import` reads: the registry, then edits, every 25th by way of a branch that is merged."""
    files = {
        f.relative_to(repo).as_posix(): f.read_text(encoding="utf-8")
        for f in sorted((repo / "registry").rglob("*.yaml"))
    }
    whole = dict(files)
    names = [p for p in files if p.count("/") == 2 and "/enheter/" not in p]
    pick = random.Random(17)
    yield _hode(0, "Oppretter registeret", files)
    for n in range(1, commits):
        changed = {p: _endret(files[p], whole[p], n, pick) for p in pick.sample(names, FILES)}
        files.update(changed)
        if n % MERGES == 0:
            yield _hode(n, f"Endrer {n} på en gren", changed, gren="side", fra="from refs/heads/main\n")
            yield _hode(n, f"Fletter {n}", changed, fra="merge refs/heads/side\n")
        else:
            yield _hode(n, f"Endrer {n}", changed)


def _endret(text: str, whole: str, n: int, pick: random.Random) -> str:
    """A record with a new remark, a field gone, or as it was at first."""
    kind = pick.random()
    if kind < 0.5:
        return _uten(text, "merknad") + f"merknad: Endret i innsjekking {n}.\n"
    if kind < 0.75:
        fields = [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()]
        return _uten(text, pick.choice([f for f in fields if f not in {"navn", "merknad"}] or ["merknad"]))
    return f"{_uten(whole, 'merknad')}merknad: Rettet i innsjekking {n}.\n"


def _hode(n: int, message: str, files: dict[str, str], *, gren: str = "main", fra: str = "") -> bytes:
    """One commit of the stream."""
    when = START + n * STEP
    out = [
        f"commit refs/heads/{gren}\ncommitter Rolle {n % 7} <rolle{n % 7}@bergen.example> {when} +0100\n",
        f"data {len(message.encode())}\n{message}\n{fra}",
    ]
    out += [
        f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n" for path, text in sorted(files.items())
    ]
    return "".join(out).encode()


# --- the table -------------------------------------------------------------------------------------


def forget(repo: Path) -> Callable[[], None]:
    """Remove the cache, so that the next run is the first."""
    return lambda: shutil.rmtree(repo / ".git" / "forvaltning", ignore_errors=True)


def nothing() -> None:
    """No preparation."""


def row(
    what: str,
    repo: Path,
    runs: int,
    argv: list[str],
    beside: list[list[str]],
    limit: float,
    before: Callable[[], None] = nothing,
) -> None:
    """Run a command in turn with what it is held against (a limit times the first, plus the others); print a line."""
    took: list[tuple[Cost, Cost]] = []
    for n in range(runs + 1):
        before()
        mine = run(argv, repo)
        first, *rest = [run(b, repo) for b in beside]
        allowed = Cost(*(limit * first[i] + sum(r[i] for r in rest) for i in (0, 1)))
        if n:
            took.append((mine, allowed))
    cpu, wall = (statistics.median(m[i] / a[i] for m, a in took) for i in (0, 1))
    mine_cpu, mine_wall = (statistics.median(m[i] for m, _ in took) for i in (0, 1))
    mark = "ok" if wall <= 1 else "OVER"
    print(
        f"{what:<34} {mine_wall:6.2f} s {mine_cpu:6.2f} s cpu   {wall:5.2f} ({cpu:5.2f} cpu) of its limit  {mark}",
        flush=True,
    )


def main() -> None:
    """Make the repository, run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted pairs of each command")
    parser.add_argument("--records", type=int, default=5000, help="records in the repository")
    parser.add_argument("--commits", type=int, default=2000, help="commits on its main line")
    parser.add_argument(
        "--repo", type=Path, help="a repository that was made before; it is made there when missing"
    )
    parser.add_argument("--only", default="", help="only the lines whose name holds this")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as tmp:
        repo = args.repo or Path(tmp) / "historie"
        if not repo.exists():
            make_repo(repo, args.records, args.commits)
        for what, argv, beside, limit, before in linjer(repo):
            if args.only in what:
                row(what, repo, args.runs, argv, beside, limit, before)


def linjer(repo: Path) -> Iterator[tuple[str, list[str], list[list[str]], float, Callable[[], None]]]:
    """Each line of the table: what, the command, what it is held against, how many times, what comes before."""
    floor = [PY, str(HERE / "gulv.py"), "registry", "--history"]
    small = repo.parent / f"{repo.name}-liten"
    if not small.exists():
        make_repo(small, 266, 1)
    follow = ["git", "log", "--follow", "-p", "--", "registry/systemer/bk360.yaml"]
    idle = ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", str(small), *FORVALTNING, "log", "bk360"]
    cold = forget(repo)
    yield "log ID, cold", [*FORVALTNING, "log", "bk360"], [follow, idle], 2, cold
    check = [*FORVALTNING, "check", "--as-of", DATE]
    yield "check --at HEAD", [*check, "--at", "HEAD"], [check], 1.3, cold
    for per, times in (("month", 2), ("commit", 5)):
        trend = [*FORVALTNING, "trend", "--per", per, "--as-of", DATE]
        yield f"trend --per {per}, first", trend, [floor], times, cold
        yield f"trend --per {per}, again", trend, [floor], 0.1, nothing
    audit = [*FORVALTNING, "audit", "--no-signatures"]
    yield "audit, first", audit, [[*LOG, "-M"]], 5, cold
    yield "audit, again", audit, [[*LOG, "-M"]], 5, nothing


if __name__ == "__main__":
    main()

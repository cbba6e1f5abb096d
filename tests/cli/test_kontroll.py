"""The cache: a second run says the same as a fresh one, whatever was changed in between."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

import forvaltning
from forvaltning.cli.okt import MAPPER, Okt
from forvaltning.cli.utvalg import Utvalg
from forvaltning.model.fritekst import FRITEKST
from forvaltning.model.kinds import KINDS
from forvaltning.render.json_rapport import strom
from forvaltning.source.lager import merket

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A Git repository with a copy of the shipped registry, its files an hour old."""
    shutil.copytree(ROOT / "registry", tmp_path / "registry")
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, env=env)
    for path in (tmp_path / "registry").rglob("*"):
        os.utime(path, (time.time() - 3600, time.time() - 3600))
    return tmp_path / "registry"


def said(root: Path, *, cache: bool, dato: date | None = None) -> str:
    """The whole report as JSON text."""
    okt = Okt(root, dato, bruk_lager=cache)
    rapport = okt.rapport(alle=False)
    text = "".join(strom({"dato": "x"}, okt.json_tekster(rapport, Utvalg()), rapport.problemer, okt.steder))
    counts = json.dumps(
        [rapport.sammendrag.utfall, rapport.sammendrag.enhet, rapport.exit_code], sort_keys=True
    )
    okt.lukk()
    return counts + text


def cache_file(root: Path) -> Path:
    (found,) = (root.parent / ".git" / "forvaltning").glob("*.sqlite")
    return found


def test_the_folders_are_those_of_the_models() -> None:
    assert frozenset(KINDS) == MAPPER


def test_again_says_the_same(repo: Path) -> None:
    fresh = said(repo, cache=False)
    assert said(repo, cache=True) == fresh
    assert said(repo, cache=True) == fresh
    json.loads(fresh[fresh.index("{\n") :])


def test_an_unchanged_registry_is_neither_parsed_nor_judged_again(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(repo, cache=True)
    said(repo, cache=True)

    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("judged again")

    monkeypatch.setattr("forvaltning.source.load.les_register", forbidden)
    monkeypatch.setattr("forvaltning.engine.run.Motor.dom_post", forbidden)
    said(repo, cache=True)


def test_one_changed_file_costs_few_verdicts(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(repo, cache=True)
    path = repo / "systemer" / "bk360.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^beskrivelse: .*$", "beskrivelse: Noe annet.", text), encoding="utf-8")
    judged = judged_in(repo, monkeypatch)
    assert "systemer/bk360" in judged
    assert len(judged) < 60


def test_a_note_or_a_comment_costs_no_verdict(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(repo, cache=True)
    for n, path in enumerate(sorted(repo.glob("*/*.yaml"))[::7]):
        text = path.read_text(encoding="utf-8")
        added = "# Se saken.\n" if n % 2 or "merknad:" in text else f"merknad: Ny {n}\n"
        path.write_text(added + text, encoding="utf-8")
    assert not judged_in(repo, monkeypatch)
    assert said(repo, cache=True) == said(repo, cache=False)


def judged_in(repo: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records that a check judges."""
    judged: list[str] = []
    from forvaltning.engine.run import Motor

    real = Motor.dom_post
    with monkeypatch.context() as patched:
        patched.setattr(Motor, "dom_post", lambda self, post: (judged.append(post.key), real(self, post))[1])
        okt = Okt(repo)
        okt.rapport(alle=False)
        okt.lukk()
    return judged


def test_no_rule_reads_the_note_to_the_reader() -> None:
    package = Path(forvaltning.__file__).parent
    rules = [*(package / "krav").rglob("*.py"), *(package / "model").glob("*.py")]
    rules += [package / "engine" / f"{n}.py" for n in ("run", "fold", "ansvar", "deviations", "utfall")]
    assert len(rules) > 60
    for file in rules:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Attribute) and node.attr == FRITEKST), file
            constant = isinstance(node, ast.Constant) and node.value == FRITEKST
            assert not constant or file.name == "fritekst.py", file


EDITS = (
    "merknad",
    "retype",
    "omtale",
    "state",
    "expiry",
    "clash",
    "unclash",
    "former",
    "drop",
    "dangle",
    "break",
    "delete",
    "rename",
    "garble",
    "restore",
    "settings",
)


def put(path: Path, key: str, value: str) -> None:
    """Give a field at the top of a file another value, where it stands."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", text), encoding="utf-8")


def clash(path: Path, files: list[Path], rng: random.Random, *, make: bool) -> None:
    """Give a copy of a file the id of another, or take one of two that share an id away."""
    if make:
        other = rng.choice(files)
        if not (path.parent / other.name).exists():
            shutil.copy(path, path.parent / other.name)
        return
    seen: dict[str, Path] = {}
    for p in files:
        if seen.setdefault(p.stem, p) is not p:
            rng.choice([p, seen[p.stem]]).unlink(missing_ok=True)


def edit(root: Path, kind: str, rng: random.Random) -> None:
    """One change somebody might make to a registry."""
    files = sorted(p for p in root.glob("*/*.yaml"))
    path = rng.choice(files)
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    if kind == "merknad":
        path.write_text(
            f"merknad: Endret {rng.random()}\n{text}" if "merknad:" not in text else f"# Endret.\n{text}",
            encoding="utf-8",
        )
    elif kind == "retype":
        role = rng.choice(sorted((root / "roller").glob("*.yaml")))
        types = ["systemeier", "systemkoordinator", "driftsansvarlig", "personvernombud", "arkivansvarlig"]
        put(role, "type", rng.choice(types))
    elif kind == "omtale":
        put(rng.choice(sorted((root / "systemer").glob("*.yaml"))), "beskrivelse", "Arkiv og skoleporten.")
    elif kind == "state":
        put(path, "tilstand", rng.choice(["i_produksjon", "avviklet", "besluttet", "lukket"]))
    elif kind == "expiry":
        chosen = rng.choice(sorted((root / "avvik").glob("*.yaml")) or [path])
        put(chosen, "gyldig_til", rng.choice(["2026-11-16", "2026-11-30", "2030-01-01"]))
    elif kind in {"clash", "unclash"}:
        clash(path, files, rng, make=kind == "clash")
    elif kind == "former":
        if "tidligere_id:" not in text:
            path.write_text(f"tidligere_id: [{rng.choice(files).stem}-finnes-ikke]\n{text}", encoding="utf-8")
    elif kind == "drop":
        tops = [
            i
            for i, line in enumerate(lines)
            if line[:1].isalpha() and not line.startswith(("navn:", "type:"))
        ]
        if tops:
            start = rng.choice(tops)
            end = next((i for i in range(start + 1, len(lines)) if lines[i][:1].isalpha()), len(lines))
            path.write_text("".join(lines[:start] + lines[end:]), encoding="utf-8")
    elif kind == "dangle":
        other = rng.choice(files).stem
        path.write_text(text.replace(f": {other}\n", f": {other}-finnes-ikke\n"), encoding="utf-8")
    elif kind == "break":
        path.write_text(text + "ukjent_felt: x\n", encoding="utf-8")
    elif kind == "garble":
        path.write_text(text + "  - : [\n", encoding="utf-8")
    elif kind == "delete":
        path.unlink()
    elif kind == "rename":
        path.rename(path.with_name(f"{path.stem}-ny.yaml"))
    elif kind == "restore":
        shutil.copytree(ROOT / "registry", root, dirs_exist_ok=True)
    elif kind == "settings":
        own = root / "forvaltning.yaml"
        own.write_text(own.read_text(encoding="utf-8") + "\n# endret\n", encoding="utf-8")


@pytest.mark.parametrize("seed", range(6))
def test_any_run_of_edits_says_what_a_fresh_run_says(repo: Path, seed: int) -> None:
    rng = random.Random(seed)
    said(repo, cache=True)
    for _ in range(6):
        for _ in range(rng.randint(1, 3)):
            edit(repo, rng.choice(EDITS), rng)
        dato = rng.choice([None, None, date(2027, 3, 1), date(2025, 1, 31), date(2026, 11, 17)])
        assert said(repo, cache=True, dato=dato) == said(repo, cache=False, dato=dato)


def test_a_record_is_back_once_nothing_else_has_its_id(repo: Path) -> None:
    said(repo, cache=True)
    twin = repo / "avtaler" / "bikaboo.yaml"
    shutil.copy(repo / "avtaler" / "dba-bikaboo.yaml", twin)
    assert said(repo, cache=True) == said(repo, cache=False)
    assert said(repo, cache=True) == said(repo, cache=False)
    twin.unlink()
    assert said(repo, cache=True) == said(repo, cache=False)
    role = repo / "roller" / "systemkoordinator-bikaboo.yaml"
    role.write_text(role.read_text(encoding="utf-8") + "til: 2026-01-01\n", encoding="utf-8")
    assert said(repo, cache=True) == said(repo, cache=False)


def test_a_former_id_that_is_told_of_later_is_advised(repo: Path) -> None:
    put(repo / "systemer" / "bikaboo.yaml", "systemeier", "gammel-rolle")
    said(repo, cache=True)
    role = repo / "roller" / "arkivleder.yaml"
    role.write_text(role.read_text(encoding="utf-8") + "tidligere_id: [gammel-rolle]\n", encoding="utf-8")
    assert "heter nå «arkivleder»" in said(repo, cache=True)
    assert said(repo, cache=True) == said(repo, cache=False)


@pytest.mark.parametrize("damage", ["text", "empty", "tables", "values", "folder"])
def test_a_broken_cache_is_rebuilt_in_silence(repo: Path, damage: str) -> None:
    fresh = said(repo, cache=False)
    said(repo, cache=True)
    path = cache_file(repo)
    if damage == "text":
        path.write_bytes(b"not a database at all" * 100)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        with sqlite3.connect(path) as db:
            if damage == "tables":
                db.execute("DROP TABLE dom")
            else:
                db.execute("UPDATE meta SET verdi='[1, 2' WHERE nokkel='samlet'")
                db.execute("UPDATE dom SET vis='nonsense'")
        db.close()
    assert said(repo, cache=True) == fresh
    assert said(repo, cache=True) == fresh


def test_a_file_changed_within_the_clock_resolution_is_seen(repo: Path) -> None:
    path = repo / "systemer" / "bk360.yaml"
    text = path.read_text(encoding="utf-8")
    said(repo, cache=True)
    stat = path.stat()
    changed = text.replace("systemkoordinator: ", "systemkoordinator: x", 1)
    path.write_text(changed, encoding="utf-8")
    os.utime(path, ns=(time.time_ns(), time.time_ns()))
    assert said(repo, cache=True) == said(repo, cache=False)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert said(repo, cache=True) == said(repo, cache=False)


def test_a_change_that_keeps_size_and_time_is_seen(repo: Path) -> None:
    """As `cp -p`, `rsync -t` and `tar` may leave a file: the same length, and the time of the old content."""
    path = repo / "avtaler" / "dba-bkkvalitet.yaml"
    said(repo, cache=True)
    stat, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace(": ja\n", ": xx\n", 1), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size
    warm = said(repo, cache=True)
    assert warm == said(repo, cache=False)
    assert "dba-bkkvalitet" in warm


def test_without_git_nothing_is_written_and_the_answer_is_the_same(repo: Path, tmp_path: Path) -> None:
    fresh = said(repo, cache=False)
    shutil.rmtree(repo.parent / ".git")
    before = sorted(p for p in tmp_path.rglob("*"))
    assert said(repo, cache=True) == fresh
    assert sorted(p for p in tmp_path.rglob("*")) == before


# --- with Git history ---------------------------------------------------------------------------------------


@pytest.fixture
def historisk(repo: Path) -> Path:
    """The same registry, but no example: what Git shows counts."""
    own = repo / "forvaltning.yaml"
    text = own.read_text(encoding="utf-8")
    start = text.index("eksempel:")
    end = text.index("gjelder_fra:")
    own.write_text(text[:start] + text[end:], encoding="utf-8")
    git(repo, "symbolic-ref", "HEAD", "refs/heads/main")
    git(repo, "config", "user.name", "Kari")
    git(repo, "config", "user.email", "kari@prove.example")
    commit(repo, date(2024, 6, 1))
    git(repo, "branch", "annen")
    return repo


def git(root: Path, *args: str, dag: date = date(2024, 6, 1)) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {"GIT_AUTHOR_DATE": f"{dag}T12:00:00Z", "GIT_COMMITTER_DATE": f"{dag}T12:00:00Z"}
    subprocess.run(["git", *args], cwd=root.parent, check=True, env=env, capture_output=True)


def commit(root: Path, dag: date, *args: str) -> None:
    git(root, "add", "-A", "registry")
    git(root, "commit", "-q", "--allow-empty", "-m", "x", *args, dag=dag)


VERDIER = {
    "form": ("egen", "sky", "leverandor"),
    "eksponering": ("intern", "partner", "internett"),
    "personopplysninger": ("ja", "nei"),
    "retning": ("en_vei", "begge_veier"),
}


def historieendring(root: Path, kind: str, rng: random.Random) -> None:
    """One thing that somebody might do to history, or to a field that it is read for."""
    dag = date(2026, 10, 1) + timedelta(days=rng.randint(0, 500))
    if kind == "felt":
        files = [p for f in ("systemer", "tjenester", "integrasjoner") for p in (root / f).glob("*.yaml")]
        for path in rng.sample(sorted(files), 6):
            out = []
            for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
                key, sign, _ = line.strip().partition(": ")
                hit = sign and key in VERDIER and rng.random() < 0.6
                value = rng.choice(VERDIER.get(key, ("",)))
                indent = line[: len(line) - len(line.lstrip())]
                out.append(f"{indent}{key}: {value}\n" if hit else line)
            path.write_text("".join(out), encoding="utf-8")
    elif kind == "commit":
        commit(root, dag)
    elif kind == "amend":
        commit(root, dag, "--amend")
    elif kind == "gren":
        commit(root, dag)
        git(root, "checkout", "-q", rng.choice(["main", "annen"]))
    elif kind == "flett":
        commit(root, dag)
        git(root, "merge", "-q", "--no-ff", "-X", "ours", "-m", "fletter", "annen", dag=dag)
    elif kind == "tilbake":
        commit(root, dag)
        git(root, "reset", "-q", rng.choice(["--soft", "--mixed", "--hard"]), "HEAD~1")
    elif kind == "historie_fra":
        own = root / "forvaltning.yaml"
        lines = [x for x in own.read_text(encoding="utf-8").splitlines() if not x.startswith("historie_fra")]
        own.write_text(
            "\n".join([*lines, f"historie_fra: {dag - timedelta(days=300)}", ""]), encoding="utf-8"
        )
    elif kind == "omdop":
        path = rng.choice(sorted((root / "systemer").glob("*.yaml")))
        path.rename(path.with_name(f"{path.stem}-{rng.randint(0, 99)}.yaml"))
    else:
        edit(root, kind, rng)


HISTORIE = (
    *("felt",) * 4,
    *("commit",) * 3,
    *("amend", "gren", "flett", "tilbake", "historie_fra", "omdop"),
    *("garble", "delete", "merknad"),
)


@pytest.mark.parametrize("seed", range(6))
def test_any_run_of_edits_and_commits_says_what_a_fresh_run_says(historisk: Path, seed: int) -> None:
    rng = random.Random(seed)
    said(historisk, cache=True)
    found = 0
    for _ in range(7):
        for kind in ("felt", *rng.choices(HISTORIE, k=rng.randint(1, 4))):
            try:
                historieendring(historisk, kind, rng)
            except subprocess.CalledProcessError:
                if kind not in {"flett", "tilbake"}:
                    raise
                with contextlib.suppress(subprocess.CalledProcessError):
                    git(historisk, "merge", "--abort")
        dato = rng.choice([None, date(2026, 11, 17), date(2027, 6, 1), date(2027, 6, 2), date(2028, 1, 1)])
        fresh = said(historisk, cache=False, dato=dato)
        assert said(historisk, cache=True, dato=dato) == fresh
        assert said(historisk, cache=True, dato=dato) == fresh
        found += fresh.count("funnet-endring-uten-ros")
    assert found, "nothing that history tells was among it"


def test_a_commit_judges_few_records_again(historisk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = historisk / "systemer" / "bk360.yaml"
    text = path.read_text(encoding="utf-8")
    dato = date(2026, 11, 16)
    said(historisk, cache=True, dato=dato)
    path.write_text(text.replace("form: leverandor", "form: sky"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    before = said(historisk, cache=True, dato=dato)
    judged: list[str] = []
    from forvaltning.engine.run import Motor

    real = Motor.dom_post
    monkeypatch.setattr(Motor, "dom_post", lambda self, post: (judged.append(post.key), real(self, post))[1])
    commit(historisk, date(2026, 11, 16))
    okt = Okt(historisk, dato)
    okt.rapport(alle=False)
    okt.lukk()
    assert "systemer/bk360" in judged
    assert len(judged) < 10
    after = said(historisk, cache=True, dato=dato)
    assert "ikke sjekket inn" in before
    assert "ikke sjekket inn" not in after


def test_an_edit_that_is_not_committed_is_judged_again_the_next_day(historisk: Path) -> None:
    path = historisk / "systemer" / "bk360.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("form: leverandor", "form: sky"), encoding="utf-8"
    )
    said(historisk, cache=True, dato=date(2026, 11, 16))
    told = said(historisk, cache=True, dato=date(2026, 11, 17))
    assert "17.11.2026 (ikke sjekket inn)" in told
    assert told == said(historisk, cache=False, dato=date(2026, 11, 17))


@pytest.mark.parametrize("damage", ["utdrag", "logg", "historie"])
def test_a_broken_history_in_the_cache_is_read_again(historisk: Path, damage: str) -> None:
    path = historisk / "systemer" / "bk360.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("form: leverandor", "form: sky"), encoding="utf-8"
    )
    commit(historisk, date(2026, 1, 1))
    dato = date(2026, 11, 16)
    fresh = said(historisk, cache=False, dato=dato)
    said(historisk, cache=True, dato=dato)
    junks = ("nonsense", "[1, 2]", '{"a": 1}', "[[], 3]")
    for junk, marked in [(j, m) for j in junks for m in (False, True)]:
        with sqlite3.connect(cache_file(historisk)) as db:
            db.create_function("merket", 2, merket if marked else lambda _, value: value)
            if damage == "utdrag":
                db.execute("UPDATE utdrag SET verdi=merket(versjon, ?)", (junk,))
            if damage in {"utdrag", "logg"}:
                text = junk if damage == "logg" else ""
                db.execute("UPDATE meta SET verdi=merket(nokkel, ?) WHERE nokkel='logg'", (text,))
                db.execute("DELETE FROM meta WHERE nokkel='samlet'")
            else:
                db.execute("UPDATE meta SET verdi=merket(nokkel, ?) WHERE nokkel='historie'", (junk,))
        db.close()
        if damage == "historie":
            commit(historisk, date(2026, 1, 2))
        assert said(historisk, cache=True, dato=dato) == fresh
        assert said(historisk, cache=True, dato=dato) == fresh

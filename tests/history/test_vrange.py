"""Histories that are strange, broken or hostile: every verb tells or says why not, and never calls it no change."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import Svar, kjor
from tests.history.arkiv import Arkiv

GOD = "avtaler/kontrakt-god.yaml"
ARKIVET = "systemer/arkivet.yaml"
UTEN_EKSEMPEL = {
    "forvaltning.yaml": "modell: 1\nkommune: {navn: Prøve kommune}\nfunksjoner: {sdi: sdi, ansattservice: ansattservice}\n"
}
DATO = ("--as-of", "2026-12-31")
ALLE = (
    *(("log", "--format", f) for f in ("text", "json", "csv", "markdown")),
    ("log", "kontrakt-god"),
    *(("blame", "kontrakt-god", "--format", f) for f in ("text", "json", "csv")),
    *(("diff", "HEAD~1", *DATO, "--format", f) for f in ("text", "json", "markdown")),
    *(("trend", *DATO, "--per", p) for p in ("month", "week", "commit")),
    *(("trend", *DATO, "--format", f) for f in ("json", "csv", "svg")),
    *(("audit", "--no-signatures", "--format", f) for f in ("text", "json", "csv")),
    ("check", "--at", "HEAD~1"),
)


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Arkiv(tmp_path, UTEN_EKSEMPEL)


def alt() -> dict[tuple[str, ...], Svar]:
    """Every verb in every format; none may fail."""
    out = {args: kjor(*args) for args in ALLE}
    for args, svar in out.items():
        assert svar.kode in (0, 1), (args, svar.feil)
        assert "Traceback" not in svar.feil
    return out


def hendelser(*args: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(what, record, fields) of the log, newest first."""
    out = kjor("log", "--format", "json", *args).json
    return [
        (p["slag"], p["post"], tuple(f["felt"] for f in p["felter"]))
        for e in out["endringer"]
        for p in e["poster"]
        if p["slag"] != "opprettet"
    ]


def forlop(per: str = "commit", post: str = "avtaler/kontrakt-god") -> list[tuple[str, str | None]]:
    """When requirement 5.2 was broken for a record, and when it was mended."""
    out = kjor("trend", *DATO, "--per", per, "--krav", "5.2", "--format", "json").json
    return [(f["oppsto"], f["rettet"]) for f in out["forlop"] if f["post"] == post]


def brudd(arkiv: Arkiv, dag: str) -> str:
    arkiv.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    return arkiv.sjekk_inn(dag, "Fjerner forvalteren")


def rett(arkiv: Arkiv, dag: str) -> str:
    arkiv.bytt(GOD, "avtaleeier: eier", "avtaleeier: eier\navtaleforvalter: forvalter")
    return arkiv.sjekk_inn(dag, "Setter inn forvalteren")


# --- merges ---------------------------------------------------------------------------------------------


def test_a_merge_counts_once_on_the_day_it_was_merged(arkiv):
    arkiv.git("checkout", "-q", "-b", "gren")
    brudd(arkiv, "2026-02-01")
    arkiv.git("checkout", "-q", "main")
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-05", "Endrer på hovedgrenen")
    arkiv.flett("gren", "2026-02-10")
    assert hendelser() == [
        ("endret", "avtaler/kontrakt-god", ("avtaleforvalter",)),
        ("endret", "systemer/arkivet", ("tilstand",)),
    ]
    assert forlop() == [("2026-02-10", None)]
    alt()


def test_an_octopus_merge_is_told_whole(arkiv):
    for name, fil, was, now in (
        ("a", ARKIVET, "tilstand: ide", "tilstand: planlagt"),
        ("b", GOD, "avtaleforvalter: forvalter\n", ""),
        ("c", "leverandorer/fjord.yaml", "land: NO", "land: SE"),
    ):
        arkiv.git("checkout", "-q", "-b", name, "main")
        arkiv.bytt(fil, was, now)
        arkiv.sjekk_inn("2026-02-01", f"Gren {name}")
    arkiv.git("checkout", "-q", "main")
    arkiv.git("merge", "-q", "--no-ff", "a", "b", "c", "-m", "Blekksprut", dag="2026-02-03")
    assert {post for _, post, _ in hendelser()} == {
        "systemer/arkivet",
        "avtaler/kontrakt-god",
        "leverandorer/fjord",
    }
    assert forlop() == [("2026-02-03", None)]
    red = kjor("audit", "--no-signatures", "--merges", "--format", "json").json["funn"]
    assert "avtaler/kontrakt-god" in [f["post"] for f in red if f["regel"] == "revisjon.rod_fletting"]
    alt()


# --- renames, deletions, moves --------------------------------------------------------------------------


def test_a_rename_with_an_edit_a_deletion_and_a_return(arkiv):
    arkiv.git("mv", f"registry/{GOD}", "registry/avtaler/kontrakt-ny.yaml")
    arkiv.bytt("avtaler/kontrakt-ny.yaml", "avtaleforvalter: forvalter\n", "")
    arkiv.sjekk_inn("2026-02-01", "Nytt navn og en endring")
    (arkiv.register / "avtaler/kontrakt-ny.yaml").rename(arkiv.rot / "bort")
    arkiv.sjekk_inn("2026-03-01", "Sletter")
    (arkiv.rot / "bort").rename(arkiv.register / "avtaler/kontrakt-ny.yaml")
    arkiv.sjekk_inn("2026-04-01", "Legger tilbake")
    assert hendelser("kontrakt-ny") == [
        ("gjenopprettet", "avtaler/kontrakt-ny", ()),
        ("slettet", "avtaler/kontrakt-ny", ()),
        ("omdopt", "avtaler/kontrakt-ny", ("avtaleforvalter",)),
    ]
    assert forlop(post="avtaler/kontrakt-ny") == [("2026-02-01", "2026-03-01"), ("2026-04-01", None)]
    for args in ALLE:
        assert kjor(*args).kode in (0, 1, 2)


@pytest.mark.parametrize(
    ("fra", "til"), [("registry", "nytt/sted"), ("registry", "."), ("dypt/nede", "registry")]
)
def test_a_registry_that_is_moved_to_another_folder_keeps_its_history(tmp_path, monkeypatch, fra, til):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, UTEN_EKSEMPEL)
    if fra != "registry":
        (tmp_path / fra).parent.mkdir(parents=True)
        a.git("mv", "registry", fra)
        a.register = tmp_path / fra
        a.git("commit", "-q", "--amend", "-m", "Oppretter registeret")
    a.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    a.sjekk_inn("2026-02-01", "Endrer")
    if til == ".":
        for entry in sorted((tmp_path / fra).iterdir()):
            a.git("mv", f"{fra}/{entry.name}", entry.name)
    else:
        (tmp_path / til).parent.mkdir(parents=True, exist_ok=True)
        a.git("mv", fra, til)
    a.register = tmp_path / til
    a.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    a.sjekk_inn("2026-03-01", "Flytter registeret, og endrer én post")
    where = ("--registry", til)
    assert hendelser(*where) == [
        ("endret", "avtaler/kontrakt-god", ("avtaleforvalter",)),
        ("endret", "systemer/arkivet", ("tilstand",)),
    ]
    assert hendelser("arkivet", *where) == [("endret", "systemer/arkivet", ("tilstand",))]
    assert hendelser("kontrakt-god", *where) == [("endret", "avtaler/kontrakt-god", ("avtaleforvalter",))]
    out = kjor("trend", *DATO, "--per", "commit", "--krav", "5.2", "--format", "json", *where).json
    assert [p["dato"] for p in out["punkter"]] == ["2026-01-05", "2026-02-01", "2026-03-01"]
    assert [f["oppsto"] for f in out["forlop"] if f["post"] == "avtaler/kontrakt-god"] == ["2026-03-01"]
    fields = kjor("blame", "arkivet", "--format", "json", *where).json["felter"]
    assert {f["felt"]: f["tid"][:10] for f in fields}["tilstand"] == "2026-02-01"
    assert {f["felt"]: f["tid"][:10] for f in fields}["navn"] == "2026-01-05"
    assert kjor("audit", "--no-signatures", *where).kode == 0


def test_a_registry_that_is_moved_away_and_back_keeps_what_happened_meanwhile(arkiv):
    assert forlop() == []  # kept, and gone on from where that holds
    arkiv.git("mv", "registry", "annet")
    arkiv.git("commit", "-q", "-m", "Flytter", dag="2026-02-01")
    arkiv.register = arkiv.rot / "annet"
    brudd(arkiv, "2026-02-02")
    arkiv.git("mv", "annet", "registry")
    arkiv.git("commit", "-q", "-m", "Flytter tilbake", dag="2026-02-03")
    arkiv.register = arkiv.rot / "registry"
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-04", "Endrer")
    assert hendelser() == [
        ("endret", "systemer/arkivet", ("tilstand",)),
        ("endret", "avtaler/kontrakt-god", ("avtaleforvalter",)),
    ]
    assert hendelser("kontrakt-god") == hendelser()[1:]
    assert forlop() == [("2026-02-02", None)]
    seen = kjor("audit", "--format", "json").json
    assert seen["innsjekkinger"] == len([f for f in seen["funn"] if f["regel"] == "revisjon.usignert"]) == 5
    assert not [f for f in seen["funn"] if f["regel"] == "revisjon.slettet"]
    alt()


def test_a_record_deleted_before_the_registry_was_moved_is_found(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-01-20", "Endrer")
    (arkiv.register / ARKIVET).unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    arkiv.git("mv", "registry", "nytt")
    arkiv.sjekk_inn("2026-02-02", "Flytter")
    where = ("--registry", "nytt")
    assert (
        hendelser("arkivet", *where)
        == hendelser(*where)
        == [
            ("slettet", "systemer/arkivet", ()),
            ("endret", "systemer/arkivet", ("tilstand",)),
        ]
    )
    assert "er slettet" in kjor("blame", "arkivet", *where).feil
    assert "verken nå eller i historikken" in kjor("log", "ukjent", *where).feil


@pytest.mark.parametrize("navn", ["-x", "*", "=cmd", "a;b", '"sit"'])
def test_a_record_with_an_odd_id_is_found_by_it(arkiv, navn):
    arkiv.skriv(f"systemer/{navn}.yaml", "navn: Rart\ntilstand: ide\n")
    arkiv.sjekk_inn("2026-01-20", "Rart navn")
    arkiv.bytt(f"systemer/{navn}.yaml", "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-20", "Endrer")
    assert hendelser("--", navn) == [("endret", f"systemer/{navn}", ("tilstand",))]


# --- what can not be read, and what is not there --------------------------------------------------------


def test_a_broken_file_and_a_kind_that_was_not_there_yet(arkiv):
    good = (arkiv.register / GOD).read_text(encoding="utf-8")
    arkiv.skriv(GOD, "navn: [\n")
    arkiv.sjekk_inn("2026-02-01", "Ødelegger")
    arkiv.skriv("nyslag/ting.yaml", "navn: Noe fra framtiden\n")
    arkiv.skriv("README.md", "Ikke en post\n")
    arkiv.skriv(GOD, good.replace("avtaleforvalter: forvalter\n", ""))
    arkiv.sjekk_inn("2026-03-01", "Kan leses igjen, uten forvalter")
    told = hendelser()
    assert ("uleselig", "avtaler/kontrakt-god", ()) in told
    assert ("lesbar", "avtaler/kontrakt-god", ("avtaleforvalter",)) in told
    assert not [t for t in told if "nyslag" in t[1]]
    assert forlop() == [("2026-03-01", None)]
    alt()


def test_settings_that_come_late_break_and_go_away(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, tomt=True)
    a.skriv(
        GOD,
        "navn: Kontrakt\ntilstand: i_kraft\nsignert: 2025-01-01\nleverandor: fjord\nkategorier: [lisenser]\n",
    )
    a.skriv("leverandorer/fjord.yaml", "navn: Fjord AS\nland: NO\n")
    a.sjekk_inn("2026-01-01", "Poster før innstillingene")
    a.skriv("forvaltning.yaml", UTEN_EKSEMPEL["forvaltning.yaml"])
    a.sjekk_inn("2026-02-01", "Innstillinger")
    a.skriv("forvaltning.yaml", "modell: [\n")
    a.sjekk_inn("2026-03-01", "Ødelegger dem")
    a.skriv("forvaltning.yaml", UTEN_EKSEMPEL["forvaltning.yaml"])
    a.sjekk_inn("2026-04-01", "Retter dem")
    assert forlop() == [("2026-02-01", None)]
    for args in ALLE:
        assert kjor(*args).kode in (0, 1, 2), args


def test_modes_submodules_and_odd_names(arkiv):
    (arkiv.register / GOD).chmod(0o755)
    arkiv.sjekk_inn("2026-02-01", "Kjørbar")
    assert hendelser() == []
    for name in (
        "med\nlinje",
        "blåbær",
        'sit"at',
        "-strek",
        "::error::",
        "=cmd()",
        "{{ 7*7 }}",
        "\u202ebakvendt",
    ):
        (arkiv.register / f"systemer/{name}.yaml").write_text("navn: Rart\n", encoding="utf-8")
    arkiv.git("add", "-A")
    arkiv.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},registry/systemer/modul.yaml")
    arkiv.git("commit", "-q", "-m", "Rare filer", dag="2026-02-02")
    out = alt()
    for svar in out.values():
        assert "\u202e" not in svar.ut
        assert not [line for line in svar.ut.splitlines() if line.startswith(("::", "="))]


def test_a_repository_without_a_commit_and_a_registry_that_is_not_committed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, tomt=True)
    a.skriv("forvaltning.yaml", "modell: 1\n")
    for args in ALLE:
        svar = kjor(*args)
        assert svar.kode == 2, (args, svar.ut)
        assert svar.feil.strip()
    (tmp_path / "annet.txt").write_text("x", encoding="utf-8")
    a.git("add", "annet.txt")
    a.git("commit", "-q", "-m", "Noe annet")
    svar = kjor("trend", *DATO)
    assert (svar.kode, "ikke sjekket inn" in svar.feil) == (2, True)
    assert kjor("diff", "HEAD").kode == 2
    assert kjor("log").kode == 0


# --- other ways to keep a repository --------------------------------------------------------------------


def klone(arkiv: Arkiv, til: Path, *valg: str) -> Path:
    env = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_ALLOW_PROTOCOL": "file", "PATH": "/usr/bin:/bin"}
    argv = ["git", "clone", "-q", *valg, f"file://{arkiv.rot}", str(til)]
    subprocess.run(argv, check=True, capture_output=True, env=env)
    return til


def test_a_partial_clone_whose_other_side_is_gone_says_so(arkiv, tmp_path_factory, monkeypatch):
    brudd(arkiv, "2026-02-01")
    rett(arkiv, "2026-03-01")
    arkiv.git("config", "uploadpack.allowFilter", "true")
    copy = klone(arkiv, tmp_path_factory.mktemp("delvis") / "k", "--filter=blob:none")
    arkiv.rot.rename(arkiv.rot.parent / "flyttet")
    monkeypatch.chdir(copy)
    for args in (("log",), ("trend", *DATO), ("audit", "--no-signatures"), ("log", "kontrakt-god")):
        svar = kjor(*args)
        told = svar.kode == 2 or "kan ikke leses" in svar.ut or "ikke innholdet" in svar.ut
        assert told, (args, svar.kode, svar.ut, svar.feil)


def test_what_is_left_out_of_the_work_tree_is_not_deleted(arkiv, monkeypatch):
    brudd(arkiv, "2026-02-01")
    arkiv.git("sparse-checkout", "set", "--no-cone", "/registry/forvaltning.yaml", f"/registry/{ARKIVET}")
    for args in (("check",), ("diff", "HEAD~1"), ("show", "arkivet"), ("list", "systemer")):
        told = kjor(*args)
        assert told.kode == 2, args
        assert "ikke hentet ut" in told.feil
        assert "git sparse-checkout disable" in told.feil
    for args in (("check", "--at", "HEAD"), ("log",), ("trend", *DATO), ("diff", "HEAD~1", "HEAD")):
        assert kjor(*args).kode in (0, 1), args
    assert "kontrakt-god" in kjor("check", "--at", "HEAD").ut
    with monkeypatch.context() as m:
        m.setattr("forvaltning.git.uthenting.git", lambda *_: None)
        told = kjor("check")
        assert (told.kode, "Git svarer ikke" in told.feil) == (2, True)
    arkiv.git("sparse-checkout", "disable")
    alt()


def test_a_folder_that_is_called_git_but_is_none_hides_no_history(arkiv):
    brudd(arkiv, "2026-02-01")
    (arkiv.register / ".git").mkdir()
    assert hendelser() == [("endret", "avtaler/kontrakt-god", ("avtaleforvalter",))]
    alt()
    assert not list((arkiv.register / ".git").iterdir())


def test_alternates_and_a_linked_work_tree(arkiv, tmp_path_factory, monkeypatch):
    brudd(arkiv, "2026-02-01")
    expected = {a: s.ut for a, s in alt().items()}
    copy = klone(arkiv, tmp_path_factory.mktemp("delt") / "k", "--shared")
    monkeypatch.chdir(copy)
    assert {a: s.ut for a, s in alt().items()} == expected
    monkeypatch.chdir(arkiv.rot)
    tree = tmp_path_factory.mktemp("tre") / "t"
    arkiv.git("worktree", "add", "-q", str(tree), "-b", "annen")
    monkeypatch.chdir(tree)
    assert {a: s.ut for a, s in alt().items()} == expected


def test_replace_refs_and_grafts_do_not_lead_the_audit_astray(arkiv):
    """What is replaced is told by Git as if it were so; an audit looks at what was really committed."""
    broke = brudd(arkiv, "2026-02-01")
    rett(arkiv, "2026-03-01")
    before = kjor("log", "--format", "json").ut
    root = arkiv.git("rev-list", "--max-parents=0", "HEAD")
    arkiv.git("replace", broke, root)
    assert kjor("log", "--format", "json").ut == before
    (arkiv.rot / ".git/info").mkdir(exist_ok=True)
    (arkiv.rot / ".git/info/grafts").write_text(
        f"{arkiv.git('rev-parse', 'HEAD')} {root}\n", encoding="utf-8"
    )
    assert kjor("log", "--format", "json").ut == before
    assert forlop() == [("2026-02-01", "2026-03-01")]


@pytest.mark.parametrize("naar", ["-86400 +0000", "", "99999999999999999999 +0000"])
def test_a_commit_with_no_date_that_can_be_read_is_on_the_line(arkiv, naar):
    (arkiv.register / ARKIVET).unlink()
    arkiv.git("add", "-A")
    tree, parent = arkiv.git("write-tree"), arkiv.git("rev-parse", "HEAD")
    who = f"Kari <kari@prove.example> {naar}".rstrip()
    text = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nSletter\n"
    strange = arkiv.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", inn=text)
    arkiv.git("update-ref", "HEAD", strange)
    assert kjor("due", "--format", "ics").kode == 0
    assert kjor("check", "--at", strange).kode in (0, 1)
    brudd(arkiv, "2026-06-01")
    assert hendelser("arkivet") == [("slettet", "systemer/arkivet", ())]
    found = kjor("audit", "--no-signatures", "--anchor", strange, "--format", "json").json["funn"]
    rules = {f["regel"] for f in found}
    assert "revisjon.dato" in rules
    assert "revisjon.anker" not in rules
    arkiv.skriv("tjenester/arkivet.yaml", "navn: Samme id\n")
    told = kjor("check", "--against", "HEAD")
    assert told.kode in (0, 1), told.feil
    assert "arkivet" in told.ut
    alt()


@pytest.mark.parametrize(
    ("nokkel", "verdi"),
    [
        ("log.showSignature", "true"),
        ("log.follow", "true"),
        ("log.decorate", "full"),
        ("log.mailmap", "true"),
        ("log.date", "relative"),
        ("log.diffMerges", "combined"),
        ("diff.renames", "false"),
        ("diff.renameLimit", "1"),
        ("diff.noprefix", "true"),
        ("diff.relative", "true"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.orderFile", "rekkefolge"),
        ("diff.external", "false"),
        ("core.quotePath", "true"),
        ("core.abbrev", "4"),
        ("core.pager", "false"),
        ("color.ui", "always"),
        ("format.pretty", "oneline"),
        ("i18n.logOutputEncoding", "ISO-8859-1"),
        ("grep.fullName", "false"),
        ("grep.lineNumber", "true"),
        ("submodule.recurse", "true"),
    ],
)
def test_the_users_own_settings_change_nothing(arkiv, nokkel, verdi):
    (arkiv.rot / "rekkefolge").write_text("*.md\n", encoding="utf-8")
    arkiv.git("mv", f"registry/{GOD}", "registry/avtaler/blåbær.yaml")
    arkiv.bytt("avtaler/blåbær.yaml", "avtaleforvalter: forvalter\n", "")
    arkiv.git("mv", "registry/leverandorer/fjord.yaml", "registry/leverandorer/fjorden.yaml")
    arkiv.bytt("leverandorer/fjorden.yaml", "land: NO", "land: SE")
    arkiv.sjekk_inn("2026-02-01", "To nye navn, æøå")
    asked = (("log", "--format", "json"), ("log", "blåbær"), ("trend", *DATO), ("audit", "--no-signatures"))
    before = [kjor(*a).ut for a in asked]
    assert hendelser() == [
        ("omdopt", "avtaler/blåbær", ("avtaleforvalter",)),
        ("omdopt", "leverandorer/fjorden", ("land",)),
    ]
    arkiv.git("config", nokkel, verdi)
    arkiv.git("config", "alias.log", "!false")
    assert [kjor(*a).ut for a in asked] == before


@pytest.mark.parametrize(
    "navn",
    [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_PREFIX",
        "GIT_CEILING_DIRECTORIES",
        "GIT_EXTERNAL_DIFF",
        "GIT_DIFF_OPTS",
        "GIT_LITERAL_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_CONFIG_PARAMETERS",
        "GIT_TRACE",
        "GIT_REPLACE_REF_BASE",
    ],
)
def test_no_variable_of_a_hook_leads_a_verb_astray(arkiv, monkeypatch, tmp_path_factory, navn):
    brudd(arkiv, "2026-02-01")
    asked = (
        ("log", "--format", "json"),
        ("trend", *DATO),
        ("audit", "--no-signatures"),
        ("diff", "HEAD~1", *DATO),
    )
    before = [kjor(*a).ut for a in asked]
    monkeypatch.setenv(navn, str(tmp_path_factory.mktemp("annet")))
    assert [kjor(*a).ut for a in asked] == before


# --- as it was ------------------------------------------------------------------------------------------


def test_as_of_is_history_as_it_was_at_the_end_of_that_day(arkiv):
    brudd(arkiv, "2026-02-01")
    rett(arkiv, "2026-03-01")
    assert len(hendelser("--as-of", "2026-02-28")) == 1
    assert len(hendelser("kontrakt-god", "--as-of", "01.03.2026")) == 2
    then = kjor("blame", "kontrakt-god", "--as-of", "2026-02-01", "--format", "json").json
    assert "avtaleforvalter" not in {f["felt"] for f in then["felter"]}
    assert then["commit"] == arkiv.git("rev-parse", "HEAD~1")
    assert (
        kjor("audit", "--no-signatures", "--as-of", "2026-02-01", "--format", "json").json["innsjekkinger"]
        == 2
    )
    for verb in (("log",), ("blame", "kontrakt-god"), ("audit",)):
        svar = kjor(*verb, "--as-of", "2020-01-01")
        assert (svar.kode, "01.01.2020" in svar.feil) == (2, True)
        assert kjor(*verb, "--as-of", "i går").kode == 2

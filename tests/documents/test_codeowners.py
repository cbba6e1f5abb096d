"""CODEOWNERS: who is asked about what, what a line may hold, and what is left alone."""

from __future__ import annotations

import fnmatch
import subprocess
import sys

import pytest
from tests.cli.hjelp_cli import kjor as kjor_kommando
from tests.cli.hjelp_cli import lag
from tests.hjelp import register

from forvaltning.cli import app
from forvaltning.cli.codeowners import problemer
from forvaltning.cli.okt import Okt
from forvaltning.documents.codeowners import (
    PLASSER,
    UklareMerker,
    blokk,
    flett,
    foreldet,
    linjer,
    monster,
    uten_eier,
)
from forvaltning.documents.kodeeiere import gyldig, ugyldige

POSTER = {
    "enheter/kommunen": {"navn": "Kommunen", "kodeeier": "@prove/alle"},
    "enheter/oppvekst": {"navn": "Oppvekst", "forelder": "kommunen"},
    "enheter/skole": {"navn": "Skole", "forelder": "oppvekst"},
    "enheter/sdi": {"navn": "SDI", "forelder": "kommunen"},
    "roller/direktor-sdi": {"type": "resultatenhetsleder", "enhet": "sdi", "kodeeier": "@prove/sdi"},
    "roller/systemeier": {"type": "systemeier", "enhet": "sdi", "kodeeier": "@prove/arkiv"},
    "roller/behandler": {
        "type": "behandlingsansvarlig",
        "enhet": "oppvekst",
        "kodeeier": "personvern@prove.example",
    },
    "roller/uten-lag": {"type": "avtaleeier", "enhet": "skole"},
    "systemer/arkivet": {
        "navn": "Arkivet",
        "systemeier": "systemeier",
        "behandlingsansvarlige": ["behandler"],
    },
    "ros/arkivet-ros": {"navn": "ROS", "gjelder": ["arkivet"], "enhet": "skole"},
    "datasett/saker": {"navn": "Saker", "system": "arkivet"},
    "avtaler/kontrakt": {"navn": "Kontrakt", "avtaleeier": "uten-lag"},
    "begreper/sak": {"term": {"nb": "sak"}, "enhet": "sdi"},
    "leverandorer/fjord": {"navn": "Fjord AS"},
}


def regler(poster=POSTER, prefix="registry", **kwargs):
    """Pattern → the owners on its line."""
    made = linjer(register(poster, **kwargs), prefix)
    return {line.split(" ")[0]: line.split(" ")[1:] for line in made}


def med(**endre):
    """The records with some of them changed: `a__b={...}` is merged into `a/b`."""
    out = {k: dict(v) for k, v in POSTER.items()}
    for key, value in endre.items():
        name = key.replace("__", "/").replace("_", "-")
        out[name] = {k: v for k, v in {**out.get(name, {}), **value}.items() if v is not None}
    return out


# --- who is asked ---------------------------------------------------------------------------------------


def test_owner_roles_are_asked_the_main_one_first():
    assert regler()["/registry/systemer/arkivet.yaml"] == ["@prove/arkiv", "personvern@prove.example"]


@pytest.mark.parametrize("fil", ["ros/arkivet-ros", "datasett/saker"])
def test_what_is_about_a_record_is_asked_of_its_owners(fil):
    assert regler()[f"/registry/{fil}.yaml"] == ["@prove/arkiv", "personvern@prove.example"]


def test_a_role_without_a_team_is_asked_by_its_unit_and_upward():
    poster = med(enheter__oppvekst={"kodeeier": "@prove/oppvekst"})
    assert regler(poster)["/registry/avtaler/kontrakt.yaml"] == ["@prove/oppvekst"]
    # The unit's own word goes before that of those who lead it.
    poster = med(enheter__sdi={"kodeeier": "@prove/sdi-selv"}, begreper__sak={"enhet": "sdi"})
    poster["enheter/kommunen"]["kodeeier"] = "@prove/alle"
    assert "/registry/begreper/sak.yaml" not in regler(poster)  # sdi is the default, which covers it
    assert regler(poster)["/registry/"] == ["@prove/sdi-selv"]


def test_the_leader_of_a_unit_stands_in_for_it():
    assert regler()["/registry/"] == ["@prove/sdi"]


def test_without_sdi_the_top_of_the_tree_is_the_default():
    made = regler(eget={"funksjoner": {"ansattservice": "sdi", "sdi": "finnes-ikke"}})
    assert made["/registry/"] == ["@prove/alle"]


def test_the_default_comes_first_since_the_last_match_wins():
    made = linjer(register(POSTER), "registry")
    assert made[0] == "CODEOWNERS @prove/sdi"
    assert made[1] == "/registry/ @prove/sdi"
    assert made[2:] == sorted(made[2:])
    assert not any("fjord" in line for line in made)


def test_a_role_that_has_ended_is_not_asked():
    poster = med(roller__systemeier={"til": "2026-11-15"})
    assert regler(poster)["/registry/systemer/arkivet.yaml"] == ["@prove/sdi", "personvern@prove.example"]
    poster = med(roller__systemeier={"til": "2026-11-16"})
    assert regler(poster)["/registry/systemer/arkivet.yaml"][0] == "@prove/arkiv"


def test_records_that_point_at_each_other_end():
    poster = med(
        enheter__sdi={"forelder": "skole"},
        enheter__skole={"forelder": "sdi"},
        endringer__a={"gjelder": "arkivet"},
        avvik__b={"krav": "4.2", "gjelder": ["b", "a"]},
    )
    assert regler(poster)["/registry/avvik/b.yaml"] == ["@prove/arkiv", "personvern@prove.example"]


def test_nobody_named_gives_no_lines():
    poster = {k: {f: x for f, x in v.items() if f != "kodeeier"} for k, v in POSTER.items()}
    assert linjer(register(poster), "registry") == []
    assert blokk(register(poster), "registry") == ""


def test_records_nobody_is_asked_about_are_counted():
    poster = med(enheter__kommunen={"kodeeier": None}, roller__direktor_sdi={"kodeeier": None})
    assert "leverandorer/fjord.yaml" in uten_eier(register(poster))
    assert "systemer/arkivet.yaml" not in uten_eier(register(poster))
    assert uten_eier(register(POSTER)) == []


def test_a_registry_at_the_top_does_not_speak_for_other_folders():
    made = regler(prefix="")
    assert "/" not in made
    assert "*" not in made
    assert made["/forvaltning.yaml"] == made["/systemer/"] == ["@prove/sdi"]
    assert "/systemer/arkivet.yaml" in made


# --- handles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kodeeier",
    ["@bergen/sdi", "@bergen/etat/lag-1", "@b/a_b.c", "postmottak@bergen.example", "ikt@bergen.kommune.no"],
)
def test_teams_and_shared_addresses_are_taken(kodeeier):
    assert gyldig(kodeeier)


@pytest.mark.parametrize(
    "kodeeier",
    ["@kari", "kari", "kari@gmail.com", "kari.nordmann@bergen.kommune.no", "@bergen/", "@/sdi", "bergen/sdi",
     "@bergen/sdi @bergen/to", "@bergen/sdi\n* @ond/lag", "@bergen/sdi # x", "@bergen//x", "a@b", "@bergen/sdi "],
)  # fmt: skip
def test_persons_and_other_text_are_refused(kodeeier):
    assert not gyldig(kodeeier)


def test_a_refused_owner_is_a_problem_that_does_not_repeat_it():
    poster = med(roller__systemeier={"kodeeier": "@kari"}, enheter__sdi={"kodeeier": "sdi"})
    enhet, person = ugyldige(register(poster))
    assert (person.fil, person.path, person.alvor.value) == ("roller/systemeier.yaml", ("kodeeier",), "feil")
    assert "enkeltperson" in person.melding
    assert "kari" not in person.melding + person.tiltak
    assert "verken et lag" in enhet.melding
    assert "@kari" not in "\n".join(linjer(register(poster), "registry"))
    assert ugyldige(register(POSTER)) == []


# --- patterns -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sti", "ventet"),
    [
        ("registry/systemer/bk360.yaml", "/registry/systemer/bk360.yaml"),
        ("mitt register/a b.yaml", r"/mitt\ register/a\ b.yaml"),
        ("systemer/blå-økt.yaml", "/systemer/blå-økt.yaml"),
        ("systemer/a\u030a.yaml", "/systemer/a\u030a.yaml"),
        ("a#b!c[d]e*f?g\\h\ti\nj\u00a0k.yaml", "/a?b?c?d?e?f?g?h?i?j?k.yaml"),
        ("#a.yaml", "/?a.yaml"),
    ],
)
def test_a_path_becomes_a_pattern_on_one_line_that_matches_it(sti, ventet):
    assert monster(sti) == ventet
    assert fnmatch.fnmatchcase("/" + sti, ventet.replace("\\ ", " "))


def test_git_itself_matches_the_pattern(tmp_path):
    names = ["a b.yaml", "x[1].yaml", "#h.yaml", "blå.yaml", "st*r.yaml"]
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("".join(monster(f"r x/{n}") + "\n" for n in names), encoding="utf-8")
    found = subprocess.run(
        ["git", "-c", "core.quotePath=false", "check-ignore", *(f"r x/{n}" for n in names)],
        cwd=tmp_path, capture_output=True, check=True, encoding="utf-8",
    ).stdout.splitlines()  # fmt: skip
    assert found == names_under(names)
    other = subprocess.run(["git", "check-ignore", "r x/annen.yaml", "x[1].yaml"], cwd=tmp_path, check=False)
    assert other.returncode == 1


def names_under(names):
    return [f"r x/{n}" for n in names]


# --- the block in its file ------------------------------------------------------------------------------


def test_the_block_says_what_made_it():
    text = blokk(register(POSTER), "registry")
    assert text.startswith("# >>> forvaltning codeowners: /registry/\n# Laget fra rollene")
    assert "«forvaltning codeowners»" in text
    assert text.endswith("# <<< forvaltning codeowners: /registry/\n")
    assert "--registry 'mitt register'" in blokk(register(POSTER), "mitt register")
    assert blokk(register(POSTER), "registry") == blokk(register(dict(reversed(POSTER.items()))), "registry")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_other_lines_are_kept_byte_for_byte(newline):
    reg = register(POSTER)
    first = f"# Våre egne{newline}*.md @prove/docs{newline}"
    text = flett(first, blokk(reg, "registry"), "registry")
    assert text.startswith(first)
    assert text.count("\n") == text.count(newline)
    text += f"/etter @prove/sist{newline}"
    assert flett(text, blokk(reg, "registry"), "registry") == text
    changed = flett(
        text, blokk(register(med(roller__systemeier={"kodeeier": "@prove/nytt"})), "registry"), "registry"
    )
    assert changed.replace("@prove/nytt", "@prove/arkiv") == text
    assert changed != text


def test_two_registries_keep_a_block_each():
    reg = register(POSTER)
    both = flett(flett("", blokk(reg, "a"), "a"), blokk(reg, "b"), "b")
    assert flett(both, "", "a").strip() == blokk(reg, "b").strip()


@pytest.mark.parametrize("drop", [">>>", "<<<"])
def test_a_lone_mark_is_never_guessed_at(drop):
    text = blokk(register(POSTER), "registry")
    broken = "".join(line for line in text.splitlines(keepends=True) if drop not in line) + "* @egen/linje\n"
    with pytest.raises(UklareMerker):
        flett(broken, text, "registry")
    with pytest.raises(UklareMerker):
        flett(text + text, text, "registry")
    assert "ett par" in foreldet(broken, register(POSTER), "registry").melding


def test_stale_is_said_and_only_then():
    reg = register(POSTER)
    text = flett("* @prove/andre\n", blokk(reg, "registry"), "registry")
    assert foreldet(text, reg, "registry") is None
    assert foreldet(text.replace("\n", "\r\n"), reg, "registry") is None
    late = foreldet(
        text, register(med(systemer__nytt={"navn": "Nytt", "systemeier": "systemeier"})), "registry"
    )
    assert (late.regel, late.alvor.value) == ("codeowners.foreldet", "merknad")
    assert "foreldet" in late.melding
    assert "Kjør «forvaltning codeowners»" in late.tiltak
    for without in (None, "", "* @prove/andre\n"):
        assert "mangler" in foreldet(without, reg, "registry", "CODEOWNERS").melding


def test_nothing_is_said_where_nobody_uses_it():
    poster = {k: {f: x for f, x in v.items() if f != "kodeeier"} for k, v in POSTER.items()}
    assert foreldet(None, register(poster), "registry") is None
    left = foreldet(blokk(register(POSTER), "registry"), register(poster), "registry")
    assert "Fjern blokken" in left.tiltak


def test_what_can_not_be_read_is_told_elsewhere_first():
    reg = register(POSTER, uleselige={"roller/ny": None})
    assert foreldet("", reg, "registry") is None
    assert foreldet("", register(med(enheter__sdi={"kodeeier": "@kari"})), "registry") is None


# --- the command ----------------------------------------------------------------------------------------


@pytest.fixture
def kjor(tmp_path, monkeypatch):
    """The command in a repository with a small registry; the verb is put in place when it is not there."""
    verb = app.VERB.get("codeowners", ("codeowners", "Skriv CODEOWNERS fra rollene."))
    monkeypatch.setitem(app.VERB, "codeowners", verb)
    monkeypatch.setitem(app.Forvaltning.verb, "codeowners", verb[1])
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    lag(tmp_path, {"roller/eier.yaml": 'type: avtaleeier\nenhet: sdi\nkodeeier: "@prove/avtaler"\n',
                   "enheter/kommunen.yaml": 'navn: Prøve\nkodeeier: "@prove/alle"\n'})  # fmt: skip

    def run(*args):
        return kjor_kommando("codeowners", *args)

    return run


def test_the_file_is_written_where_the_service_looks(kjor, tmp_path):
    done = kjor()
    assert done.kode == 0, done.ut
    text = (tmp_path / PLASSER[0]).read_text(encoding="utf-8")
    assert "/registry/ @prove/alle\n" in text
    assert "/registry/avtaler/kontrakt-god.yaml @prove/avtaler\n" in text
    assert kjor("--check").kode == 0
    assert "som den skal være" in kjor().ut


@pytest.mark.parametrize("sted", PLASSER)
def test_a_file_that_exists_is_used_and_its_lines_kept(kjor, tmp_path, sted):
    (tmp_path / sted).parent.mkdir(exist_ok=True)
    (tmp_path / sted).write_text("*.md @prove/docs\n", encoding="utf-8")
    assert kjor("--check").kode == 1
    assert (tmp_path / sted).read_text(encoding="utf-8") == "*.md @prove/docs\n"
    assert kjor().kode == 0
    assert (tmp_path / sted).read_text(encoding="utf-8").startswith("*.md @prove/docs\n\n# >>> forvaltning")
    assert [p for p in PLASSER if (tmp_path / p).exists()] == [sted]


def test_gitlab_gets_its_own_place(kjor, tmp_path):
    (tmp_path / ".gitlab-ci.yml").write_text("", encoding="utf-8")
    kjor()
    assert (tmp_path / ".gitlab/CODEOWNERS").is_file()


def test_check_shows_the_difference_and_writes_nothing(kjor, tmp_path):
    kjor()
    file = tmp_path / PLASSER[0]
    file.write_text(
        file.read_text(encoding="utf-8").replace("@prove/avtaler", "@prove/gammel"), encoding="utf-8"
    )
    before = file.read_bytes()
    done = kjor("--check")
    assert done.kode == 1
    assert "-/registry/avtaler/kontrakt-god.yaml @prove/gammel" in done.ut
    assert "+/registry/avtaler/kontrakt-god.yaml @prove/avtaler" in done.ut
    assert file.read_bytes() == before


def test_a_person_stops_it_with_the_place(kjor, tmp_path):
    (tmp_path / "registry/roller/eier.yaml").write_text(
        'type: avtaleeier\nkodeeier: "@kari"\n', encoding="utf-8"
    )
    done = kjor()
    assert done.kode == 1
    assert "registry/roller/eier.yaml:2:" in done.feil
    assert not (tmp_path / PLASSER[0]).exists()


def test_an_unreadable_file_stops_it(kjor, tmp_path):
    (tmp_path / "registry/roller/eier.yaml").write_text("type: [\n", encoding="utf-8")
    assert kjor().kode == 1
    assert kjor("--check").kode == 1
    assert not (tmp_path / PLASSER[0]).exists()


def test_no_owner_anywhere_says_what_to_write(kjor, tmp_path):
    lag(tmp_path)
    done = kjor()
    assert done.kode == 2
    assert "kodeeier" in done.feil
    assert not (tmp_path / PLASSER[0]).exists()


def test_a_file_that_is_something_else_is_left_alone(kjor, tmp_path):
    (tmp_path / "README.md").write_text("min\n", encoding="utf-8")
    assert kjor("--output", "README.md").kode == 2
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "min\n"
    assert kjor("--output", "registry/systemer/arkivet.yaml").kode == 2
    assert kjor("--output", "forslag.txt").kode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right that most do not have")
def test_a_link_out_of_the_repository_is_not_followed(kjor, tmp_path, tmp_path_factory):
    outside = tmp_path_factory.mktemp("ute") / "fil"
    outside.write_text("min\n", encoding="utf-8")
    (tmp_path / "CODEOWNERS").symlink_to(outside)
    assert kjor().kode == 2
    assert outside.read_text(encoding="utf-8") == "min\n"


def test_to_the_screen(kjor, tmp_path):
    done = kjor("--output", "-")
    assert done.kode == 0
    assert done.ut.startswith("# >>> forvaltning")
    assert not (tmp_path / PLASSER[0]).exists()


def test_what_check_says_of_it(kjor, tmp_path):
    def said():
        okt = Okt(tmp_path / "registry")
        try:
            return [(p.regel, p.alvor.value) for p in problemer(okt)]
        finally:
            okt.lukk()

    assert said() == [("codeowners.foreldet", "merknad")]
    kjor()
    assert said() == []
    (tmp_path / PLASSER[0]).write_bytes(b"\xff")
    assert said() == [("codeowners.foreldet", "merknad")]
    (tmp_path / "registry/roller/eier.yaml").write_text(
        'type: avtaleeier\nkodeeier: "@kari"\n', encoding="utf-8"
    )
    assert said() == [("codeowners.ugyldig_eier", "feil")]


def test_outside_git_it_says_so(kjor, tmp_path, monkeypatch, tmp_path_factory):
    away = tmp_path_factory.mktemp("uten-git")
    lag(away)
    monkeypatch.chdir(away)
    assert kjor().kode == 2

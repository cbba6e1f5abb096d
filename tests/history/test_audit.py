"""`audit`: whether the trail can be trusted, over repositories made to be wrong in one way each."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import kjor, utflatet
from tests.history.arkiv import Arkiv

ROS = "ros/ros-arkivet.yaml"
BESLUTTET = """
    navn: ROS for Arkivet
    gjelder: [arkivet]
    tilstand: besluttet
    metode: Arbeidsmøte
    dato: 2026-01-20
    besluttet: {dato: 2026-02-01, av: systemeier}
    """
UTKAST = """
    navn: ROS for Arkivet
    gjelder: [arkivet]
    tilstand: utkast
    metode: Arbeidsmøte
    """
ROLLER = {
    "roller/systemeier.yaml": "type: systemeier\nenhet: sdi\n",
    "roller/for-sent.yaml": "type: systemeier\nenhet: sdi\nfra: 2027-01-01\n",
    ROS: UTKAST,
}


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Arkiv(tmp_path, ROLLER)


def revider(*args, kode=None):
    svar = kjor("audit", "--no-signatures", *args, "--format", "json")
    assert svar.kode in {0, 1}, svar.feil
    found = [f for f in svar.json["funn"] if f["regel"] != "revisjon.uten_anker"]
    if kode is None:
        assert svar.kode == int(any(f["alvor"] == "feil" for f in found))
    return found


def regler(*args):
    return [f["regel"] for f in revider(*args)]


def test_a_sound_trail_is_green(arkiv):
    arkiv.bytt("systemer/arkivet.yaml", "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Endrer")
    assert regler() == []
    text = kjor("audit", "--no-signatures").ut
    assert "Ingen feil i historikken" in text
    assert "Ikke kontrollert: signaturer" in text


def test_a_decision_needs_a_role_that_may_take_it(arkiv):
    arkiv.skriv(ROS, BESLUTTET)
    oid = arkiv.sjekk_inn("2026-02-02", "Beslutter ROS-en")
    (f,) = revider()
    assert (f["regel"], f["commit"], f["post"], f["felt"]) == (
        "revisjon.godkjenning",
        oid,
        "ros/ros-arkivet",
        "besluttet",
    )
    assert (f["fil"], f["linje"]) == (ROS, 6)


@pytest.mark.parametrize(
    ("trailer", "grunn"),
    [
        ("Godkjent-av: systemeier", None),
        ("godkjent-av: roller/systemeier", None),
        ("Godkjent-av: forvalter, systemeier", None),
        ("Godkjent-av: leder-sdi", "kan ikke avgjøre"),
        ("Godkjent-av: for-sent", "ikke virksom"),
        ("Godkjent-av: finnes-ikke", "fantes ikke"),
        ("Godkjent-av: ../../etc/passwd", "fantes ikke"),
        ("Godkjent-av: systemeier\nog det var det", "sier ikke"),
        ("Godkjent-av: systemeier\n\nMer om saken.", "sier ikke"),
        ("Mer om saken.\n\nSak: 2026/1\nGodkjent-av: forvalter,\n systemeier", None),
    ],
)
def test_the_trailer_is_held_against_the_registry_of_that_day(arkiv, trailer, grunn):
    arkiv.skriv(ROS, BESLUTTET)
    arkiv.sjekk_inn("2026-02-02", f"Beslutter ROS-en\n\n{trailer}\n")
    # What happens to the role later does not matter.
    (arkiv.register / "roller/systemeier.yaml").unlink()
    arkiv.bytt(ROS, ", av: systemeier", "")
    arkiv.git("checkout", "-q", "HEAD", "--", f"registry/{ROS}")
    arkiv.sjekk_inn("2026-03-01", "Rollen slettes")
    found = [f for f in revider(kode=1) if f["regel"] == "revisjon.godkjenning"]
    assert len(found) == (grunn is not None)
    if grunn is not None:
        assert grunn in found[0]["melding"]


def test_the_trailer_may_stand_in_a_commit_that_a_merge_brings(arkiv):
    arkiv.git("checkout", "-q", "-b", "gren")
    arkiv.skriv(ROS, BESLUTTET)
    arkiv.sjekk_inn("2026-02-02", "Beslutter\n\nGodkjent-av: systemeier")
    arkiv.git("checkout", "-q", "main")
    arkiv.flett("gren", "2026-02-03")
    assert regler() == []


@pytest.mark.parametrize(
    ("sti", "innhold", "hva"),
    [
        ("avtaler/ny.yaml", "navn: Ny\ntilstand: signert\nsignert: 2026-02-01\n", "Avtale signert"),
        (
            "overleveringer/o.yaml",
            "gjelder: arkivet\nporter:\n  - {id: for_produksjon, lukket: 2026-02-01}\nmottakere:\n  - {enhet: sdi, signert: 2026-02-01}\n",
            "Porten «for_produksjon» lukket",
        ),
        (
            "avvik/a.yaml",
            "krav: '5.2'\ngjelder: [kontrakt-darlig]\ntilstand: besluttet\nbesluttet: {forum: sdi, dato: 2026-02-01}\n",
            "Avvik besluttet",
        ),
        (
            "dpia/d.yaml",
            "navn: D\ntype: full\ntilstand: besluttet\nbesluttet: {dato: 2026-02-01}\n",
            "DPIA besluttet",
        ),
    ],
)
def test_every_kind_of_decision_is_seen(arkiv, sti, innhold, hva):
    arkiv.skriv(sti, innhold)
    arkiv.sjekk_inn("2026-02-02", "Avgjør")
    found = revider()
    assert {f["regel"] for f in found} == {"revisjon.godkjenning"}
    assert any(f["melding"].startswith(hva) for f in found), found


def test_what_was_there_when_the_registry_began_is_not_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Arkiv(tmp_path, {**ROLLER, ROS: BESLUTTET})
    assert regler() == []


def test_decided_content_that_changes_is_found_also_by_way_of_a_draft(arkiv):
    arkiv.skriv(ROS, BESLUTTET)
    arkiv.sjekk_inn("2026-02-02", "Beslutter\n\nGodkjent-av: systemeier")
    arkiv.bytt(ROS, "metode: Arbeidsmøte", "metode: Skrivebord")
    oid = arkiv.sjekk_inn("2026-03-01", "Retter litt")
    (f,) = revider()
    assert (f["regel"], f["commit"], f["felt"], f["linje"]) == (
        "revisjon.besluttet_innhold",
        oid,
        "metode",
        4,
    )
    arkiv.bytt(ROS, "tilstand: besluttet", "tilstand: utkast")
    arkiv.sjekk_inn("2026-03-02", "Til utkast")
    arkiv.bytt(ROS, "tilstand: utkast", "tilstand: besluttet")
    arkiv.bytt(ROS, "metode: Skrivebord", "metode: Noe annet")
    arkiv.sjekk_inn("2026-03-03", "Og tilbake\n\nGodkjent-av: systemeier")
    assert regler() == ["revisjon.besluttet_innhold"] * 2
    arkiv.bytt(ROS, "dato: 2026-02-01, av", "dato: 2026-03-04, av")
    arkiv.bytt(ROS, "metode: Noe annet", "metode: Nytt møte")
    arkiv.sjekk_inn("2026-03-04", "Ny beslutning\n\nGodkjent-av: systemeier")
    assert regler() == ["revisjon.besluttet_innhold"] * 2


def test_a_record_that_should_have_stayed(arkiv):
    (arkiv.register / "avtaler/kontrakt-god.yaml").unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    (f,) = revider()
    assert (f["regel"], f["alvor"], f["post"]) == ("revisjon.slettet", "feil", "avtaler/kontrakt-god")
    arkiv.git("checkout", "-q", "HEAD~1", "--", "registry/avtaler/kontrakt-god.yaml")
    arkiv.sjekk_inn("2026-02-02", "Tilbake\n\nGodkjent-av: eier")
    assert [(f["regel"], f["alvor"]) for f in revider()] == [("revisjon.slettet", "merknad")]


def test_another_record_under_its_id_does_not_put_a_deleted_one_back(arkiv):
    arkiv.skriv("avtaler/utkast.yaml", "navn: Et utkast uten noe i\n")
    arkiv.sjekk_inn("2026-01-20", "Utkast")
    (arkiv.register / "avtaler/kontrakt-god.yaml").unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    arkiv.git("mv", "registry/avtaler/utkast.yaml", "registry/avtaler/kontrakt-god.yaml")
    arkiv.sjekk_inn("2026-02-02", "Gir utkastet id-en")
    assert [(f["regel"], f["alvor"]) for f in revider()] == [("revisjon.slettet", "feil")]


def test_an_id_used_again_for_another_kind(arkiv):
    (arkiv.register / "systemer/arkivet.yaml").unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    arkiv.skriv("leverandorer/arkivet.yaml", "navn: Arkivet AS\nland: NO\norganisasjonsnummer: '999888777'\n")
    arkiv.sjekk_inn("2026-02-02", "Leverandør")
    assert "revisjon.id_gjenbrukt" in regler()


def test_dates_that_run_backwards(arkiv):
    arkiv.skriv("leverandorer/b.yaml", "navn: B\n")
    back = arkiv.sjekk_inn("2025-12-01", "Tilbake i tid")
    arkiv.skriv("leverandorer/c.yaml", "navn: C\n")
    late = arkiv.sjekk_inn("2026-05-01", "Skrevet etter", tid="2026-04-01")
    assert [(f["regel"], f["commit"]) for f in revider()] == [
        ("revisjon.dato", back),
        ("revisjon.dato", late),
    ]


def test_a_commit_elsewhere_that_is_dated_backwards_is_told_of_in_its_place_with_who_and_why(arkiv):
    (arkiv.rot / "annet.txt").write_text("a", encoding="utf-8")
    outside = arkiv.sjekk_inn("2025-12-01", "Utenfor registeret", navn="Per Hansen")
    arkiv.skriv("leverandorer/b.yaml", "navn: B\n")
    back = arkiv.sjekk_inn("2025-11-01", "Tilbake i tid")
    assert [f["commit"] for f in revider()] == [outside, back]
    text = kjor("audit", "--no-signatures").ut
    assert f"01.12.2025 {outside[:10]} Per Hansen: Utenfor registeret\n" in text
    assert text.index(back[:10]) < text.index(outside[:10])


def test_rewritten_history_against_an_anchor(arkiv):
    arkiv.skriv("leverandorer/b.yaml", "navn: B\n")
    oid = arkiv.sjekk_inn("2026-02-01", "Før ankeret")
    svar = kjor("audit", "anchor", "tertial-1")
    assert (svar.kode, oid in svar.ut) == (0, True)
    assert arkiv.git("cat-file", "-t", "forvaltning/anker/tertial-1") == "tag"
    assert arkiv.git("rev-parse", "forvaltning/anker/tertial-1") in svar.ut
    assert "Skriv ned innsjekkingen og merkets id et annet sted enn i Git-arkivet" in utflatet(svar.ut)
    assert kjor("audit", "anchor", "tertial-1").kode == 2
    assert kjor("audit", "anchor", "../ondt").kode == 2
    assert regler() == []
    arkiv.git("commit", "-q", "--amend", "-m", "Skrevet om", dag="2026-02-01")
    (f,) = revider()
    assert f["regel"] == "revisjon.anker"
    assert "skrevet om" in f["melding"]
    assert "tertial-1" in utflatet(kjor("audit", "--no-signatures").ut)
    assert regler("--anchor", "f" * 40) == ["revisjon.anker"] * 2


def test_an_anchor_from_after_the_day_is_left_out_and_named(arkiv):
    arkiv.skriv("leverandorer/b.yaml", "navn: B\n")
    arkiv.sjekk_inn("2026-02-01", "Tidlig")
    arkiv.skriv("leverandorer/c.yaml", "navn: C\n")
    arkiv.sjekk_inn("2026-02-10", "Sent")
    kjor("audit", "anchor", "sent")
    assert regler("--as-of", "2026-02-05") == []
    assert regler("--as-of", "2026-02-05", "--anchor", "HEAD") == []
    text = utflatet(kjor("audit", "--no-signatures", "--as-of", "2026-02-05").ut)
    assert "ankeret forvaltning/anker/sent (satt senere)" in text
    assert "ingen ankere" not in text
    arkiv.git("reset", "-q", "--hard", "HEAD~1")
    assert regler() == ["revisjon.anker"]


@pytest.mark.parametrize("navn", ["", "finnes-ikke", "f" * 39])
def test_an_anchor_that_names_nothing_is_a_slip_of_the_pen(arkiv, navn):
    svar = kjor("audit", "--no-signatures", "--anchor", navn)
    assert (svar.kode, svar.ut) == (2, "")
    assert "--anchor" in svar.feil


@pytest.mark.parametrize("sti", ["systemer/arkivet.yaml", "ros/ros-arkivet.yaml"])
def test_content_that_git_has_lost_is_never_green(arkiv, sti):
    oid = arkiv.git("rev-parse", f"HEAD:registry/{sti}")
    (arkiv.register / sti).unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    lost = arkiv.rot / ".git" / "objects" / oid[:2] / oid[2:]
    data = lost.read_bytes()
    lost.chmod(0o644)
    lost.unlink()
    for _ in range(2):
        svar = kjor("audit", "--no-signatures")
        assert (svar.kode, svar.ut) == (2, "")
        assert "Git svarte ikke som ventet" in svar.feil
    lost.write_bytes(data)
    revider()


@pytest.mark.parametrize(
    ("sti", "ut"),
    [
        (ROS, UTKAST),
        (ROS, "navn: [\n"),
        ("avtaler/kontrakt-god.yaml", "navn: God kontrakt\nkategorier: [lisenser]\ntilstand: utkast\n"),
    ],
)
def test_a_deletion_in_two_steps_is_a_deletion(arkiv, sti, ut):
    if sti == ROS:
        arkiv.skriv(ROS, BESLUTTET)
        arkiv.sjekk_inn("2026-02-02", "Beslutter\n\nGodkjent-av: systemeier")
    arkiv.skriv(sti, ut)
    arkiv.sjekk_inn("2026-02-03", "Gjør den ugyldig")
    (arkiv.register / sti).unlink()
    gone = arkiv.sjekk_inn("2026-02-04", "Sletter")
    (f,) = [f for f in revider(kode=1) if f["regel"] == "revisjon.slettet"]
    assert (f["commit"], f["alvor"], f["post"]) == (gone, "feil", sti.removesuffix(".yaml"))


def test_a_submodule_that_stood_in_a_records_place_is_nothing_lost(arkiv):
    other = arkiv.git("rev-parse", "HEAD")[::-1]
    arkiv.git("update-index", "--add", "--cacheinfo", f"160000,{other},registry/systemer/modul.yaml")
    arkiv.git("commit", "-q", "-m", "Et annet arkiv", dag="2026-02-01")
    arkiv.git("rm", "-q", "--cached", "registry/systemer/modul.yaml")
    arkiv.git("commit", "-q", "-m", "Og bort igjen", dag="2026-02-02")
    assert regler() == []


def test_an_anchor_that_left_the_main_line(arkiv):
    arkiv.skriv("leverandorer/b.yaml", "navn: B\n")
    arkiv.sjekk_inn("2026-02-01", "På main")
    kjor("audit", "anchor", "a")
    arkiv.git("checkout", "-q", "-b", "gren", "HEAD~1")
    arkiv.skriv("leverandorer/c.yaml", "navn: C\n")
    arkiv.sjekk_inn("2026-02-02", "På grenen")
    arkiv.flett("main", "2026-02-03", "Bytter om på foreldrene")
    assert regler() == ["revisjon.anker"]


def test_unsigned_and_badly_signed_commits(arkiv, tmp_path_factory):
    if shutil.which("ssh-keygen") is None:
        pytest.skip("no ssh-keygen here")
    home = tmp_path_factory.mktemp("nokler")
    for name in ("god", "ukjent"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)],
            check=True,
            capture_output=True,
        )
    key = (home / "god.pub").read_text(encoding="utf-8").split()
    (home / "signatarer").write_text(f"kari@prove.example {key[0]} {key[1]}\n", encoding="utf-8")
    arkiv.git("config", "gpg.format", "ssh")
    oids = []
    for n, name in enumerate(("god", "ukjent")):
        arkiv.git("config", "user.signingkey", str(home / name))
        arkiv.git("config", "commit.gpgsign", "true")
        arkiv.skriv(f"leverandorer/l{n}.yaml", f"navn: L{n}\n")
        oids.append(arkiv.sjekk_inn(f"2026-02-0{n + 1}", f"Signert {name}"))
    raw = arkiv.git("cat-file", "commit", oids[0]).replace("Signert god", "Signert ond")
    forged = arkiv.git("hash-object", "-t", "commit", "-w", "--stdin", inn=raw + "\n")
    arkiv.git("config", "commit.gpgsign", "false")
    svar = kjor("audit", "--allowed-signers", str(home / "signatarer"), "--format", "json")
    found = {f["commit"]: f["regel"] for f in svar.json["funn"] if f["commit"]}
    assert oids[0] not in found
    assert found[oids[1]] == "revisjon.signatur"
    assert sorted(found.values()) == ["revisjon.signatur", "revisjon.usignert"]
    arkiv.git("reset", "-q", "--hard", forged)
    svar = kjor("audit", "--allowed-signers", str(home / "signatarer"), "--format", "json")
    assert {f["commit"]: f["regel"] for f in svar.json["funn"] if f["commit"]}[forged] == "revisjon.signatur"
    assert svar.kode == 1


@pytest.fixture
def gpg():
    """Makes a home for GPG keys; short paths, for its sockets have no room for long ones."""
    if shutil.which("gpg") is None:
        pytest.skip("no gpg here")
    homes: list[str] = []

    def make(*who: str) -> str:
        home = tempfile.mkdtemp(prefix="g")
        homes.append(home)
        Path(home).chmod(0o700)
        for name in who:
            run(
                home,
                "--passphrase",
                "",
                "--quick-gen-key",
                f"{name} <{name}@prove.example>",
                "ed25519",
                "sign",
                "never",
            )
        return home

    def run(home: str, *args: str, inn: bytes = b"") -> bytes:
        argv = ["gpg", "--homedir", home, "--batch", "--pinentry-mode", "loopback", *args]
        return subprocess.run(argv, check=True, capture_output=True, input=inn).stdout

    make.run = run  # type: ignore[attr-defined]
    yield make
    for home in homes:
        if shutil.which("gpgconf"):
            subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False, capture_output=True)
        shutil.rmtree(home, ignore_errors=True)


def test_gpg_signatures_are_known_untrusted_unknown_or_forged(arkiv, gpg, monkeypatch):
    mine, other = gpg("god"), gpg("annen")
    arkiv.git("config", "gpg.format", "openpgp")
    oids = []
    for home, name in ((mine, "god"), (other, "annen")):
        monkeypatch.setenv("GNUPGHOME", home)
        arkiv.git("config", "user.signingkey", f"{name}@prove.example")
        arkiv.skriv(f"leverandorer/{name}.yaml", "navn: L\n")
        arkiv.git("add", "-A")
        arkiv.git("commit", "-q", "-S", "-m", f"Signert {name}", dag=f"2026-02-0{len(oids) + 1}")
        oids.append(arkiv.git("rev-parse", "HEAD"))
    monkeypatch.setenv("GNUPGHOME", mine)

    def funn() -> dict[str, tuple[str, str, str]]:
        out = kjor("audit", "--format", "json").json["funn"]
        return {f["commit"]: (f["regel"], f["alvor"], f["melding"]) for f in out if f["commit"]}

    found = funn()
    assert oids[0] not in found
    assert found[oids[1]][:2] == ("revisjon.signatur", "feil")
    assert "kan ikke kontrolleres" in found[oids[1]][2]
    gpg.run(mine, "--import", inn=gpg.run(other, "--export"))
    regel, alvor, said = funn()[oids[1]]
    assert (regel, alvor) == ("revisjon.signatur", "merknad")
    assert "ikke regnet som sikker" in said
    raw = arkiv.git("cat-file", "commit", oids[0]).replace("Signert god", "Signert ond")
    forged = arkiv.git("hash-object", "-t", "commit", "-w", "--stdin", inn=raw + "\n")
    arkiv.git("reset", "-q", "--hard", forged)
    regel, alvor, said = funn()[forged]
    assert (regel, alvor) == ("revisjon.signatur", "feil")
    assert "stemmer ikke" in said


def test_what_can_not_be_seen_ends_with_2(arkiv, tmp_path_factory, monkeypatch):
    arkiv.skriv("leverandorer/b.yaml", "navn: B\n")
    arkiv.sjekk_inn("2026-02-01", "Endrer")
    clone = tmp_path_factory.mktemp("grunn")
    arkiv.git("clone", "-q", "--depth", "1", f"file://{arkiv.rot}", str(clone / "a"))
    monkeypatch.chdir(clone / "a")
    svar = kjor("audit")
    assert (svar.kode, "grunn" in svar.feil) == (2, True)
    assert kjor("audit", "ankre").kode == 2


def test_an_unreadable_version_is_told_of(arkiv):
    arkiv.bytt(ROS, "navn: ROS for Arkivet", 'navn: "ROS')
    arkiv.sjekk_inn("2026-02-01", "Ødelegger")
    assert regler() == ["revisjon.uleselig"]


def test_a_sha256_repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, ROLLER, init=("--object-format=sha256",))
    a.skriv(ROS, BESLUTTET)
    a.sjekk_inn("2026-02-02", "Beslutter")
    assert regler() == ["revisjon.godkjenning"]
    assert kjor("audit").kode == 1


def test_a_merge_of_what_was_red(arkiv):
    arkiv.git("checkout", "-q", "-b", "gren")
    arkiv.bytt("avtaler/kontrakt-god.yaml", "avtaleforvalter: forvalter\n", "")
    arkiv.sjekk_inn("2026-02-02", "Fjerner forvalteren")
    arkiv.git("checkout", "-q", "main")
    merge = arkiv.flett("gren", "2026-02-03")
    assert regler() == []
    (f,) = revider("--merges")
    assert (f["regel"], f["commit"], f["post"]) == ("revisjon.rod_fletting", merge, "avtaler/kontrakt-god")


def test_the_second_audit_says_the_same_and_a_new_commit_is_looked_at(arkiv, monkeypatch):
    from forvaltning.engine import revisor

    arkiv.skriv(ROS, BESLUTTET)
    arkiv.sjekk_inn("2026-02-01", "Uten rolle")
    walked = []
    real = revisor.Revisor.funn
    monkeypatch.setattr(revisor.Revisor, "funn", lambda self: (walked.append(1), real(self))[1])
    first = kjor("audit", "--no-signatures", "--format", "json").ut
    assert kjor("audit", "--no-signatures", "--format", "json").ut == first
    assert len(walked) == 1
    arkiv.bytt(ROS, "metode: Arbeidsmøte", "metode: Noe annet")
    arkiv.sjekk_inn("2026-03-01", "Endrer det som er besluttet")
    assert (
        len(regler())
        == len([f for f in json.loads(first)["funn"] if f["regel"] != "revisjon.uten_anker"]) + 1
    )
    assert len(walked) == 2


# --- renames and completed handovers --------------------------------------------------------------------


@pytest.mark.parametrize("sier_det", [True, False])
def test_a_decided_ros_that_follows_a_rename_has_not_changed(arkiv, sier_det):
    arkiv.skriv(ROS, BESLUTTET)
    arkiv.sjekk_inn("2026-02-02", "Beslutter\n\nGodkjent-av: systemeier")
    arkiv.git("mv", "registry/systemer/arkivet.yaml", "registry/systemer/bk360.yaml")
    if sier_det:
        arkiv.bytt("systemer/bk360.yaml", "navn: Arkivet", "navn: Arkivet\ntidligere_id: [arkivet]")
    arkiv.bytt(ROS, "gjelder: [arkivet]", "gjelder: [bk360]")
    arkiv.sjekk_inn("2026-03-01", "Ny id")
    assert regler() == ([] if sier_det else ["revisjon.besluttet_innhold"])
    # Back again, said by the version that goes: still the same system.
    arkiv.git("mv", "registry/systemer/bk360.yaml", "registry/systemer/arkivet.yaml")
    if sier_det:
        arkiv.bytt("systemer/arkivet.yaml", "tidligere_id: [arkivet]\n", "")
        arkiv.bytt(ROS, "gjelder: [bk360]", "gjelder: [arkivet]")
        arkiv.sjekk_inn("2026-03-02", "Tilbake")
        assert regler() == []
        arkiv.bytt(ROS, "gjelder: [arkivet]", "gjelder: [kontrakt-god]")
        arkiv.sjekk_inn("2026-03-03", "Gjelder noe annet")
        assert regler() == ["revisjon.besluttet_innhold"]


def test_a_completed_handover_stays_what_was_signed(arkiv):
    sti = "overleveringer/o.yaml"
    ferdig = """
        gjelder: arkivet
        produksjon: 2026-02-01
        porter:
          - {id: for_produksjon, lukket: 2026-02-01, av: leder-sdi}
          - {id: ved_overlevering, lukket: 2026-02-02, av: leder-sdi}
          - {id: etter, lukket: 2026-02-03, av: leder-sdi}
        mottakere:
          - {enhet: sdi, signert: 2026-02-01, av: leder-sdi}
          - {enhet: ansattservice, signert: 2026-02-02, av: leder-sdi}
        """
    arkiv.skriv(sti, ferdig)
    arkiv.sjekk_inn("2026-02-04", "Fullfører\n\nGodkjent-av: leder-sdi")
    assert regler() == []
    arkiv.bytt(sti, ", lukket: 2026-02-03, av: leder-sdi", "")
    opened = arkiv.sjekk_inn("2026-03-01", "Åpner en port")
    (f,) = revider(kode=1)
    assert (f["regel"], f["commit"], f["post"]) == ("revisjon.besluttet_innhold", opened, "overleveringer/o")
    assert "fullført" in f["melding"]
    assert "Legg tilbake" in f["tiltak"]
    arkiv.skriv(sti, ferdig.replace("produksjon: 2026-02-01", "produksjon: 2026-01-15"))
    arkiv.sjekk_inn("2026-03-02", "Lukker den igjen\n\nGodkjent-av: leder-sdi")
    assert regler() == ["revisjon.besluttet_innhold"] * 2


def test_every_remedy_of_a_rule_is_told(arkiv):
    arkiv.skriv("integrasjoner/flyt.yaml", "navn: Flyt\ntilstand: aktiv\n")
    arkiv.bytt("systemer/arkivet.yaml", "tilstand: ide", "tilstand: i_produksjon")
    arkiv.sjekk_inn("2026-02-01", "I bruk")
    for sti in ("integrasjoner/flyt.yaml", "systemer/arkivet.yaml"):
        (arkiv.register / sti).unlink()
    arkiv.sjekk_inn("2026-02-02", "Sletter begge")
    text = utflatet(kjor("audit", "--no-signatures").ut)
    assert "sett tilstanden til avsluttet" in text
    assert "sett tilstanden til avviklet" in text


def test_a_registry_that_is_not_committed_is_not_green(arkiv):
    arkiv.git("checkout", "-q", "--orphan", "tom")
    arkiv.git("rm", "-q", "-r", "--cached", ".")
    arkiv.git("commit", "-q", "--allow-empty", "-m", "Noe annet")
    svar = kjor("audit", "--no-signatures")
    assert (svar.kode, svar.ut) == (2, "")
    assert "ikke sjekket inn" in svar.feil


def test_a_folder_of_signers_is_said_to_be_one(arkiv):
    told = kjor("audit", "--allowed-signers", "registry")
    assert (told.kode, "«registry» er en mappe, ikke en fil." in told.feil) == (2, True)
    assert "Fant ikke filen «borte»." in kjor("audit", "--allowed-signers", "borte").feil


@pytest.mark.parametrize("valg", [("--format", "json"), ("--output", "anker.txt")])
def test_an_anchor_is_not_set_when_its_answer_can_not_be_given_as_asked(arkiv, valg):
    told = kjor("audit", "anchor", "a", *valg)
    assert (told.kode, told.ut) == (2, "")
    assert f"«{valg[0]}» kan ikke brukes med anchor" in utflatet(told.feil)
    assert arkiv.git("tag") == ""

"""Problems at one place: each has a fingerprint of its own, and a new one is told from the old."""

from __future__ import annotations

from forvaltning.engine.sammenligning import sammenlign
from forvaltning.engine.tvillinger import skilt
from forvaltning.findings import Position, Problem, Severity


def problem(melding: str, linje: int = 1, felt: str = "x", fil: str = "begreper/a.yaml") -> Problem:
    return Problem(
        "fil.syntaks", Severity.FEIL, fil, melding, "Rett.", position=Position(linje, 1), felt=felt
    )


def test_twins_have_fingerprints_of_their_own_and_others_keep_theirs() -> None:
    items = [problem("a"), problem("b"), problem("c"), problem("d", felt="y")]
    out = skilt(items)
    assert len({p.fingeravtrykk for p in out}) == 4
    assert (out[0], out[3]) == (items[0], items[3])
    assert [p.melding for p in out] == ["a", "b", "c", "d"]
    assert skilt(out) == out


def test_a_field_that_looks_like_a_twin_is_not_taken_for_one() -> None:
    out = skilt([problem("a", felt="x#2"), problem("b"), problem("c")])
    assert len({p.fingeravtrykk for p in out}) == 3


def test_fingerprints_do_not_follow_lines() -> None:
    one = skilt([problem("a", 1), problem("a", 2)])
    two = skilt([problem("a", 7), problem("a", 90)])
    assert [p.fingeravtrykk for p in one] == [p.fingeravtrykk for p in two]


def test_of_twins_the_one_that_says_something_else_is_new_wherever_it_stands() -> None:
    for now in ([problem("ny"), problem("gammel", 2)], [problem("gammel"), problem("ny", 2)]):
        found = sammenlign([], [], [problem("gammel")], skilt(now), {})
        assert [p.melding for p in found.nye_problemer] == ["ny"]
        assert [p.melding for p in found.gamle_problemer] == ["gammel"]
        assert found.rettede_problemer == []


def test_the_same_fault_once_more_is_new_and_once_less_is_mended() -> None:
    one, two = skilt([problem("a")]), skilt([problem("a"), problem("a", 2)])
    assert len(sammenlign([], [], one, two, {}).nye_problemer) == 1
    assert len(sammenlign([], [], two, one, {}).rettede_problemer) == 1
    assert sammenlign([], [], two, two, {}).nye_problemer == []


def test_a_message_that_changes_for_the_calendar_does_not_make_a_problem_new() -> None:
    found = sammenlign([], [], [problem("gjaldt til 1.1.")], [problem("gjaldt til 2.1.")], {})
    assert found.nye_problemer == []

"""Git's times as calendar days."""

from __future__ import annotations

from datetime import date, timedelta

_START = date(1970, 1, 1)


def sekunder(ord_: str | bytes) -> int:
    """Git's word for a time. It has none for a date that it can not read, or one before 1970: the first day of all."""
    try:
        return int(ord_)
    except ValueError:
        return 0


def dag(tid: int) -> date:
    """The calendar day of a committer time (seconds since 1970), in UTC: the same day on every machine that looks."""
    try:
        return _START + timedelta(days=tid // 86400)
    except OverflowError:
        return date.max if tid > 0 else date.min

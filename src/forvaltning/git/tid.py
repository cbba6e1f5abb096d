"""Git's times as calendar days."""

from __future__ import annotations

from datetime import date, timedelta

_START = date(1970, 1, 1)


def dag(tid: int) -> date:
    """The calendar day of a committer time (seconds since 1970), in UTC: the same day on every machine that looks."""
    try:
        return _START + timedelta(days=tid // 86400)
    except OverflowError:
        return date.max if tid > 0 else date.min

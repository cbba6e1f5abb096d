"""What Git calls a file's content, without Git."""

from __future__ import annotations


def innholds_id(data: bytes) -> str:
    """The SHA-1 of a blob with this content, so that history and work tree share what is known of it."""
    import hashlib  # noqa: PLC0415 - it loads OpenSSL, which a run with nothing changed does not need

    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

"""Where services look for CODEOWNERS, and the mark that our part of one begins with. Imports nothing."""

from __future__ import annotations

PLASSER = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""The first of these that exists is the one that counts."""
MERKE = "# >>> forvaltning codeowners"

"""Typed records, one file per kind, and the register that answers questions about them."""

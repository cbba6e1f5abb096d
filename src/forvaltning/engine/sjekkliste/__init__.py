"""Checklists that fill themselves in: items as data, answers from the register (domain.md, section 6)."""

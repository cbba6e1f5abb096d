"""The 39 requirements: one package per area, one small file per requirement, its page beside it."""

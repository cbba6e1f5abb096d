"""Typed changes between versions of the registry."""

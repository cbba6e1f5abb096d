"""Changes to registry files that keep comments and order."""

"""Register and report to documents through templates."""

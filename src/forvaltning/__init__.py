"""Bergen kommunes forvaltningsregelverk for IKT som et register og 39 krav som kan sjekkes."""

__version__ = "0.1.0"

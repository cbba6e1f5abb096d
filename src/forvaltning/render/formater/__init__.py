"""The machine formats: one file per format over one shared ground, and one table of them (`tabell`)."""

"""The field of every record that is a note to its reader. No rule reads it, and a test sees to that."""

FRITEKST = "merknad"

"""JSON Schemas for editors: one for each record kind and one for the settings, made from the models.

The loader reads every scalar as text, an editor reads it as YAML 1.2 does. The schemas take every form that
the loader takes: an unquoted ``0301`` is a number to an editor, and text to us. They are written out whole,
without references, so that a description always stands beside what it describes.
"""

"""The only room that reads registry files: bytes in, plain values, positions and problems out.

Nothing is imported here, so that a run that only lists files (`source.scan`) never pays for YAML.
"""

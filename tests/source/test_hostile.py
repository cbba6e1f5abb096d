"""Inputs that end other parsers' processes: run in a process of their own, with a time limit."""

import subprocess
import sys

import pytest

CODE = """
import sys, time
from forvaltning.source.yaml_parser import parse
from forvaltning.source.positions import Positions
data = eval(sys.argv[1])
start = time.perf_counter()
result = parse(data)
Positions(data).at(("a", 0, "b"))
print(result.error.regel, round(time.perf_counter() - start, 3))
"""

BOMB = """b"a: &a [x,x,x,x,x,x,x,x,x]\\n" + b"".join(
    b"%c: &%c [%s]\\n" % (i, i, b",".join([b"*%c" % (i - 1)] * 9)) for i in range(98, 110))"""


@pytest.mark.parametrize(
    ("data", "regel"),
    [
        ('b"[" * 10_000', "fil.dybde"),
        ('b"[" * 1_000_000', "fil.dybde"),
        ('b"a: " + b"[" * 100_000', "fil.dybde"),
        ('b"- " * 30_000', "fil.dybde"),
        ('b"- " * 500_000', "fil.dybde"),
        ('b"? " * 10_000', "fil.dybde"),
        ('b"{" * 10_000', "fil.dybde"),
        ('b"{a: " * 10_000', "fil.dybde"),
        ('b"[\\n" * 100_000', "fil.dybde"),
        ('b"[a: " * 10_000', "fil.dybde"),
        ('b"&a " + b"[" * 100_000', "fil.dybde"),
        ('b"-\\t" * 30_000', "fil.syntaks fil.dybde"),
        ('b"a: &x [" + b"*x," * 300_000 + b"]"', "fil.noder fil.anker"),
        (BOMB, "fil.anker"),
    ],
)
def test_is_refused_quickly_and_without_a_crash(data, regel):
    done = subprocess.run(
        [sys.executable, "-c", CODE, data], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-300:])
    said, seconds = done.stdout.split()
    assert said in regel.split()
    assert float(seconds) < 1
    print(data[:30], seconds)  # noqa: T201  shown with -s

"""The first text that a fresh process reads must not make anybody wait."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import time
from guidance.rules import shipped_rulebook
from guidance.dispatch import warm_up
from guidance.text.language import _identifier
book = shipped_rulebook()
warm_up(book)
assert _identifier.cache_info().currsize == 1
began = time.process_time()
warm_up(book)
print(time.process_time() - began)
"""


def test_after_warming_up_nothing_slow_is_left_to_load():
    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 0.1

# SPDX-License-Identifier: MIT
"""Waiting for something to become true, never for time to pass."""
import time

# A busy two-core machine needs some seconds to start a program; nothing else in a story takes longer.
DEADLINE = 20.0
_STEP = 0.03


def until(condition, what, deadline=DEADLINE):
    """Returns the first true value of condition(); fails with `what`, or what() when it is a function."""
    end = time.monotonic() + deadline
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {deadline:.0f} s: {what() if callable(what) else what}")
        time.sleep(_STEP)


def throughout(condition, what, seconds):
    """Fails with `what` if condition() is ever false within that many seconds: for things that must not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not condition():
            raise AssertionError(what() if callable(what) else what)
        time.sleep(_STEP)

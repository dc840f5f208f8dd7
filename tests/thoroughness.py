"""How many examples tests of properties try: `make fuzz` many times as many as the suite."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("WENSOU_FUZZ") or 1)
"""As many times the suite's examples are tried."""


def examples(count: int) -> settings:
    """Return settings for a test of which the suite tries ``count`` examples."""
    return settings(
        max_examples=count * TIMES,
        # Machines are shared and noisy: a time limit on examples would fail for others' work.
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )

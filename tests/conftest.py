"""Options of the test run."""

import os

import pytest
from hypothesis import HealthCheck, settings

# No test is timed: how long an example takes says more about the machine than about the code.
settings.register_profile("pincite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pincite")


def pytest_xdist_auto_num_workers() -> int:
    """Run one more worker than there are processors: tests wait for browsers and processes."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="Write the golden sites anew; look at the difference."
    )

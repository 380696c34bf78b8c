"""Options of the test run."""

import os

import pytest
from hypothesis import HealthCheck, settings

from pincite.base.digest import digest
from pincite.memo import Memo
from pincite.render.engine import Renderer

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


@pytest.fixture(autouse=True, scope="session")
def compiled_templates():
    """Let each theme be compiled once: nearly all tests build with ours, each with a fresh memo.

    A renderer is told what the last one of the same theme and program knew, as helpers are. What
    the tests fork inherits it.
    """
    last: dict[tuple[str, str], Renderer] = {}
    real = Memo.renderer_for

    def renderer_for(memo, theme, engine):
        renderer = real(memo, theme, engine)
        key = engine, digest(sorted(theme.files.items()))
        known = last.get(key)
        if known is not renderer:
            if known is not None:
                renderer.know(known.known())
            if len(last) > 8:
                last.clear()
            last[key] = renderer
        return renderer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Memo, "renderer_for", renderer_for)
        yield

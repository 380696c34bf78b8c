"""What all hostile tests share."""

import pytest

from pincite.unchanged import engine_digest


@pytest.fixture(autouse=True, scope="package")
def one_engine():
    """Let the program be read and digested once: these tests build some hundreds of times."""
    digest = engine_digest()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pincite.unchanged.engine_digest", lambda: digest)
        patch.setattr("pincite.build.engine_digest", lambda: digest)
        yield

"""Templates as they were compiled, kept for the next build."""

import sys
from importlib.util import MAGIC_NUMBER

from pincite.render.engine import Renderer
from pincite.store.home import Home

# Compiled code is of one version of Python.
_TEMPLATES = f"templates-{sys.implementation.cache_tag}-{MAGIC_NUMBER.hex()}"


def recall_templates(home: Home, renderer: Renderer) -> None:
    renderer.know(home.find_ours(_TEMPLATES) or b"")


def keep_templates(home: Home, renderer: Renderer) -> None:
    data = renderer.known()
    if data != home.find_ours(_TEMPLATES):
        home.keep_ours(_TEMPLATES, data)

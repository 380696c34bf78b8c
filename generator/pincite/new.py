"""``pincite new``: a small, true project to change, in the layout of the repository."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from pincite.base.diagnostics import Failure
from pincite.disk import write_whole
from pincite.hosts import host_files
from pincite.load.project import SITE
from pincite.schemas import schema_texts

_ARTICLE = """\
Harbour bridge to close for repairs

The harbour bridge will close to lorries from 3 March 2025, the city council said on Monday.

Engineers found cracks in two of its twelve pillars during an inspection in late January. \
The repairs are expected to take about six months.
"""

_SITE = """\
# yaml-language-server: $schema=../docs/schema/site.json
format: pincite/1
title: The harbour bridge
description: What was found, what was decided, and who said so.
# The address where the site will stand. Feed, sitemap and sharing cards need it.
# url: https://example.org/bridge/
language: en
republish: full
"""

_EVENTS = """\
# yaml-language-server: $schema=../../docs/schema/events.json
- id: cracks-found
  date: "[2025-01-21..2025-01-31]"
  date_text: in late January
  date_basis: resolved
  title: An inspection finds cracks in two pillars
  kind: assessment
  actors: [City engineers]
  places: [Harbour bridge]
  claims:
    - text: Two of the bridge’s twelve pillars had cracks.
      attributed_to: City engineers
      cite:
        source: bridge
        paragraph: p2
        quote: >-
          Engineers found cracks in two of its twelve pillars during an inspection in late January

- id: closed-to-lorries
  date: 2025-03-03
  date_text: from 3 March 2025
  date_basis: stated
  title: The bridge closes to lorries
  modality: planned
  actors: [City council]
  places: [Harbour bridge]
  cite:
    source: bridge
    paragraph: p1
    quote: The harbour bridge will close to lorries from 3 March 2025, the city council said
"""

_PAGE = """\
---
title: How to check
description: Each claim stands beside the words it rests on.
---

Follow the link beside a claim: it leads to the archived text, where the quoted words are marked.
"""

_GITIGNORE = """\
/site/*
!/site/.gitkeep
/.pincite/
"""


def start_project(folder: Path, host: str | None = None) -> tuple[str, ...]:
    """Write a new project into *folder*, which must be new or empty; return what was written.

    *host* is one of HOSTS. What it needs can be added to a project that is there already.
    """
    needed = host_files(host, folder.resolve().name) if host else {}
    if host and (folder / SITE).is_file():
        taken = [name for name in needed if os.path.lexists(folder / name)]
        if taken:
            raise Failure(
                f"{folder / taken[0]} is there already", help="move it away to have it written anew"
            )
        return _write(folder, needed)
    files = {**_files(), **needed, SITE: _SITE}  # the last: it makes a project of them
    if folder.exists() and not _is_begun(folder, files):
        raise Failure(f"{folder} is not empty", help="name a folder that is not there yet")
    return _write(folder, files)


def _is_begun(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether *folder* holds nothing, or nothing but what a beginning that was stopped has left."""
    if not folder.is_dir() or (folder / SITE).exists():
        return False
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            ours = any(file.startswith(f"{name}/") for file in files)
        elif name.endswith(".part"):
            ours = name.removesuffix(".part") in files
        else:
            ours = name in files and path.is_file() and path.read_bytes() == files[name].encode()
        if not ours:
            return False
    return True


def _write(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, text.encode())
    except OSError as problem:
        raise Failure(f"cannot write in {folder}: {problem.strerror}") from None
    return tuple(files)


def _files() -> dict[str, str]:
    return {
        "content/events/2025.yaml": _EVENTS,
        "content/sources/bridge.md": _source(),
        "content/pages/method.md": _PAGE,
        "content/media/.gitkeep": "",
        "seeds/bridge.txt": _ARTICLE,
        "site/.gitkeep": "",
        "templates/.gitkeep": "",
        ".gitignore": _GITIGNORE,
        **{f"docs/schema/{name}.json": text for name, text in schema_texts().items()},
    }


def _source() -> str:
    title, *paragraphs = _ARTICLE.strip().split("\n\n")
    body = "\n\n".join(f"[p{n}] {text}" for n, text in enumerate(paragraphs, 1))
    return f"""\
---
title: {title}
publisher: An invented newspaper
published: 2025-02-12
published_basis: stated
url_note: This article was invented as an example.
retrieved_at: 2025-02-12T09:30:00Z
snapshot: seeds/bridge.txt
sha256: {sha256(_ARTICLE.encode()).hexdigest()}
dropped:
  - {title}
---

{body}
"""

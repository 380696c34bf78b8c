"""Runs other programs: arguments as a list, never a shell, and told in words when they fail."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pincite.base.diagnostics import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    code: int
    out: bytes
    said: str  # on standard error

    @property
    def text(self) -> str:
        return self.out.decode("utf-8", "surrogateescape")


def run(arguments: Sequence[str], folder: Path) -> Ran:
    """Run a program in *folder*, in English. Raises Failure where there is no such program."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments; those of others are looked at
            list(arguments),
            cwd=folder,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except FileNotFoundError:
        raise Failure(f"there is no program `{arguments[0]}` here", help="install it") from None
    except OSError as problem:
        raise Failure(f"cannot run `{arguments[0]}`: {problem.strerror}") from None
    said = done.stderr.decode("utf-8", "replace").strip()
    return Ran(code=done.returncode, out=done.stdout, said=said)


def insist(arguments: Sequence[str], folder: Path, what: str, *, help: str = "") -> Ran:
    """Run a program that must succeed; *what* says in words what cannot be done if it does not."""
    ran = run(arguments, folder)
    if ran.code:
        lines = [line for line in ran.said.splitlines() if line.strip()]
        why = lines[-1] if lines else f"`{arguments[0]}` ended with code {ran.code}"
        raise Failure(f"{what}: {why.removeprefix('fatal: ')}", help=help)
    return ran

"""The command line: finds the command, tells a ``Failure`` in a line or two, sets the exit code.

0: fine. 1: findings at error level. 2: usage, or the world. 130: stopped with Ctrl-C. A ``Failure``
and a fault of the system are caught here and nowhere else; anything else that is raised is a bug
and shows its traceback.
"""

import os
import sys
from importlib import import_module
from typing import Any

import click

from pincite import __version__
from pincite.base.diagnostics import Failure

# Each is `pincite.commands.<name>`, loaded when it is asked for. In the order of the work.
COMMANDS = (
    *("new", "add", "draft", "import", "quote"),
    *("build", "check", "serve", "publish", "bag", "verify", "links", "changes"),
    *("explain", "schema", "date"),
)


class Interface(click.Group):
    """Commands that are loaded when they are needed, and whose Failure is told."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(f"pincite.commands.{name}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from pincite.base.near import did_you_mean  # noqa: PLC0415 - only a slip pays for it

            hint = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"there is no command `{args[0]}`{f'; {hint}' if hint else '.'}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Failure as failure:
            click.echo(f"error: {failure.message}", err=True)
            if failure.help:
                click.echo(f"  help: {failure.help}", err=True)
            ctx.exit(2)
        except BrokenPipeError:  # the reader of our output has gone: nothing is left to say
            _say_no_more()
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(130)  # what a shell calls the end by SIGINT
        except MemoryError:
            click.echo("error: there is not enough memory", err=True)
            ctx.exit(2)
        except OSError as problem:
            _say_no_more()
            place = f"{problem.filename}: " if problem.filename is not None else ""
            click.echo(f"error: {place}{problem.strerror or problem}", err=True)
            ctx.exit(2)


def _say_no_more() -> None:
    """Write to nowhere from now on: what could not be written would be tried again at the end."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _open_what_is_closed() -> None:
    """Give a process that was started without streams some that lead nowhere.

    The next file opened would take the number of a closed one, and get what is said to it.
    """
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(opened)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


@click.group(cls=Interface, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pincite")
def main() -> None:
    """Annotated timelines in which every claim is pinned to the exact words of a source."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a letter shows its code, rather than a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

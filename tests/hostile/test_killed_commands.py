"""A command that is killed at any change of the disk: what is the author's is whole, and it goes on."""

import os
import signal

import pytest

from hostile import commands

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
MOMENTS = 3  # of a command that builds, spread over its changes of the disk
QUICK = ("add", "add --update", "import", "check --fix", "draft", "new")  # these are killed at all
CASES = [case for case in commands.CASES if case.name not in ("cold", "incremental")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_command_that_is_killed(tmp_path, case):
    world = commands.make_world(case, tmp_path)
    step = max(1, world.changes // MOMENTS) if case.name not in QUICK else 1
    killed = 0
    for moment in sorted({*range(0, world.changes, step), world.changes - 1}):
        world.lay_out()
        code = commands.run(world.folder, case.arguments, kill_at=moment)
        killed += code == -signal.SIGKILL
        commands.assert_survived(world)
        commands.assert_goes_on(world)
    assert killed > 2

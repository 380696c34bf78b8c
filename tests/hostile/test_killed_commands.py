"""A command that is killed at any change of the disk: what is the author's is whole, and it goes on."""

import os
import signal

import pytest

from hostile import commands

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
QUICK = ("add", "add --update", "import", "check --fix", "draft", "new")
SLOW = "PINCITE_SLOW" in os.environ  # then commands that do not build are killed at every change
CASES = [case for case in commands.CASES if case.name not in ("cold", "incremental")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_command_that_is_killed(tmp_path, case):
    world = commands.make_world(case, tmp_path)
    moments = (world.changes if SLOW else 8) if case.name in QUICK else 3
    step = max(1, world.changes // moments)
    killed = 0
    for moment in sorted({*range(0, world.changes, step), world.changes - 1}):
        world.lay_out()
        code = commands.run(world.folder, case.arguments, kill_at=moment)
        killed += code == -signal.SIGKILL
        commands.assert_survived(world)
        commands.assert_goes_on(world)
    assert killed > 2

"""Progress is shown on a terminal only, and only when there is something to wait for."""

import io

import pytest

from pincite.commands import progress


class Terminal(io.StringIO):
    def __init__(self, *, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


def drawn(monkeypatch, *, terminal, seconds, wanted=True):
    screen = Terminal(terminal=terminal)
    clock = iter([0.0, *(seconds + step for step in range(20))])
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.showing_progress(wanted=wanted) as tell:
        tell(120, 400)
        return screen.getvalue()


def test_a_long_build_says_how_far_it_is(monkeypatch):
    pytest.importorskip("rich")
    monkeypatch.setenv("TERM", "xterm")
    from rich import progress as bars

    monkeypatch.setattr(bars.Progress, "get_time", lambda self: 0.0, raising=False)
    assert "120/400" in drawn(monkeypatch, terminal=True, seconds=2.0)


@pytest.mark.parametrize(
    ("terminal", "seconds", "wanted"), [(True, 0.5, True), (False, 2.0, True), (True, 2.0, False)]
)
def test_a_short_build_a_file_and_a_quiet_one_say_nothing(monkeypatch, terminal, seconds, wanted):
    assert drawn(monkeypatch, terminal=terminal, seconds=seconds, wanted=wanted) == ""

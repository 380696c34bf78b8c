"""Digests of values say what the values are, and nothing of who asked before."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pincite.base.digest import Digests


@dataclass(frozen=True, slots=True)
class Thing:
    name: str


def nested(parts):
    return st.lists(parts, max_size=10).map(tuple)


VALUES = nested(
    st.one_of(st.integers(0, 2), st.text("ab", max_size=2).map(Thing)) | nested(st.integers(0, 2))
)


@given(VALUES, st.data())
def test_a_digest_does_not_depend_on_what_was_asked_for(value, data):
    asked = Digests()
    for part in data.draw(st.lists(st.sampled_from([value, *value]))):
        asked.of(part)
    assert asked.of_parts((value, 1)) == Digests().of_parts((value, 1))
    assert asked.of(value) == Digests().of(value)

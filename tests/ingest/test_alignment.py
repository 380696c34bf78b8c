"""Ids follow their words: the bench's simulated edits on fewer articles, and what must always hold."""

import importlib.util
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.ingest.alignment import align

BENCH = Path(__file__).parents[2] / "bench/reingest.py"
TEXTS = st.lists(
    st.sampled_from(("a b c", "a b d", "x y z", "x y z w", "", "Ünï", "A b c"))
    | st.text(max_size=30),
    max_size=12,
)


@pytest.fixture(scope="module")
def reingest():
    spec = importlib.util.spec_from_file_location("reingest", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_simulated_editions(reingest):
    rng = random.Random(77)
    table = reingest.measure([reingest.make_article(rng) for _ in range(80)], seed=78)
    assert len(table) == 8
    for name, row in table.items():
        assert row["wrong"] == 0, name
        assert row["right"] + row["told"] >= 0.97 * row.total(), (name, row)
        if name != "merge two":  # of two that became one, only one can keep its id
            assert row["right"] >= 0.97 * row.total(), (name, row)


@given(TEXTS, TEXTS)
def test_no_id_is_given_twice(old, new):
    found = align(old, new)
    assert len(found) == len(new)
    given_ = [number for number in found if number is not None]
    assert len(given_) == len(set(given_))
    assert all(0 <= number < len(old) for number in given_)


@given(TEXTS)
def test_the_same_edition_keeps_every_id(old):
    assert align(old, old) == tuple(range(len(old)))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (["Alpha beta gamma delta"], ["Alpha beta gamma delta epsilon"], (0,)),
        (["Alpha beta gamma delta"], ["Something else entirely, of course"], (None,)),
        (["One and only", "The second one"], ["The second one", "One and only"], None),
        (["“Quoted words”"], ['"Quoted words"'], (0,)),
    ],
)
def test_cases(old, new, wanted):
    assert align(old, new) == (wanted if wanted is not None else (1, 0))

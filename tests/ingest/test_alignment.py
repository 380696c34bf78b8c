"""Ids follow their words: the bench's simulated edits on fewer articles, and what must always hold."""

import importlib.util
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.ingest.alignment import align, find_merged

BENCH = Path(__file__).parents[2] / "bench/reingest.py"
LONG = "The harbour bridge was closed to all lorries on Monday after an inspection."
OTHER = "It will stay so until autumn, the council said in its statement of Tuesday."
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
    assert len(table) == 9
    for name, row in table.items():
        assert row["wrong"] == 0, name
        assert row["right"] >= 0.97 * (row["right"] + row["dead"]), (name, row)


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
        ([f"{LONG} {OTHER} Buses go on."], [LONG, f"{OTHER} Buses go on."], (0, None)),
        ([f"Buses go on. {LONG}"], ["Buses go on.", LONG], (None, 0)),
    ],
)
def test_cases(old, new, wanted):
    assert align(old, new) == (wanted if wanted is not None else (1, 0))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ([LONG, OTHER], [f"{LONG} {OTHER}"], {1: 0}),
        (["Bridges", LONG], [f"Bridges {LONG}"], {0: 0}),
        ([LONG, OTHER, "Buses"], [f"{LONG} {OTHER} Buses"], {1: 0, 2: 0}),
        ([LONG, OTHER], [f"{LONG} {OTHER.replace('autumn', 'winter')}"], {1: 0}),
        ([LONG, OTHER], [LONG], {}),
        ([LONG, OTHER], [f"{LONG} {LONG}"], {}),
        ([LONG, OTHER], [LONG, "Something else, of course"], {}),
        ([LONG, OTHER], [f"{LONG} {OTHER}", "And something new beside it"], {}),
        ([LONG, "Buses"], [f"{LONG} Busses"], {}),
    ],
)
def test_what_became_part_of_another(old, new, wanted):
    assert find_merged(old, new, align(old, new)) == wanted


@given(TEXTS, TEXTS)
def test_only_what_bears_no_id_is_led_to_what_bears_one(old, new):
    ids = align(old, new)
    merged = find_merged(old, new, ids)
    assert not merged.keys() & set(ids)
    assert all(ids[at] is not None for at in merged.values())

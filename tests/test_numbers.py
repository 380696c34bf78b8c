"""Numbers in claims and quotations, in digits and in words."""

import pytest

from pincite.check.numbers import find_numbers, find_worded


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("11,000 troops", [("11000",)]),
        ("1 000 000, 2\u00a0500 and 3’000", [("1000000",), ("2500",), ("3000",)]),
        ("12,345,678.9", [("12345678.9",)]),
        ("in 2024 300 were killed", [("2024",), ("300",)]),
        ("1667,1668..1670", [("1667",), ("1668",), ("1670",)]),
        ("2,5 per cent", [("2,5",)]),
        ("1,2345", [("1",), ("2345",)]),
        ("5 million rounds", [("5", "5000000")]),
        ("1.5 million, 2,5 billion", [("1.5", "1500000"), ("2,5", "2500000000")]),
        ("€4bn and 3 Hundred", [("4", "4000000000"), ("3", "300")]),
        ("£1.2m, 10k and 5mm", [("1.2", "1200000"), ("10", "10000"), ("5",)]),
        ("4 bn, 0.5 dozen", [("4", "4000000000"), ("0.5", "6")]),
        ("5 millions", [("5",)]),
        ("no number", []),
    ],
)
def test_in_digits(text, numbers):
    assert find_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("two of its twelve pillars", ["2", "12"]),
        ("Twenty-five men and ninety women", ["25", "90"]),
        ("two hundred pieces, nineteen thousand rounds", ["2", "200", "19", "19000"]),
        ("zero", ["0"]),
        ("someone often weighs a stone", []),
        ("twenty-first", ["20"]),
    ],
)
def test_in_words(text, numbers):
    assert list(find_worded(text)) == numbers

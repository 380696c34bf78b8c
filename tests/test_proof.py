"""What ties a source to its snapshot: paragraphs that stand in it, blocks that are accounted for."""

from hashlib import sha256

import pytest

from pincite.base.text import Text
from pincite.link.proof import prove_source, snapshot_blocks
from pincite.load.project import Snapshot
from pincite.load.sources import parse_source


def prove_findings(snapshot, ledger, *, name="a.txt", dropped="[]", digest=None):
    """Return what does not hold between *ledger* and *snapshot*."""
    data = snapshot.encode()
    recorded = sha256(data).hexdigest() if digest is None else digest
    front = f"title: A\nsnapshot: seeds/{name}\ndropped: {dropped}\n"
    front += f"sha256: {recorded}\n" if recorded else ""
    source, found = parse_source(Text("content/sources/a.md", f"---\n{front}---\n\n{ledger}\n"))
    assert not found
    held = Snapshot(sha256=sha256(data).hexdigest(), size=len(data), data=data)
    return prove_source(source, held)


def prove(*arguments, **options):
    return [(one.code, one.message) for one in prove_findings(*arguments, **options)]


def codes(*arguments, **options):
    return [code for code, _ in prove(*arguments, **options)]


def test_a_paragraph_after_a_retired_one_is_proven_too():
    ledger = "[p1] One.\n\n[p2 retired] Gone.\n\n[p3] Threw."
    assert prove("One.\n\nThree.", ledger)[0] == (
        "paragraph-not-in-snapshot",
        "paragraph `p3` does not stand in `seeds/a.txt`",
    )
    assert codes("One.\n\nThree.", ledger.replace("Threw", "Three")) == []


def test_a_snapshot_is_the_file_that_was_recorded():
    assert codes("One.", "[p1] One.", digest="") == ["missing-key"]
    assert codes("One.", "[p1] One.", digest="0" * 64) == ["snapshot-changed"]
    # What is wrong with the words is told even so.
    assert codes("One.", "[p1] Two.", digest="0" * 64)[:2] == [
        "snapshot-changed",
        "paragraph-not-in-snapshot",
    ]


def test_a_block_may_hold_several_paragraphs():
    block = "One.\nOne and more.\nThree."
    assert codes(block, "[p1] One.\n\n[p2] One and more.\n\n[p3] Three.") == []
    assert prove(block, "[p1] One.\n\n[p2] One and more.") == [
        (
            "snapshot-block-lost",
            "neither a paragraph nor dropped is this block: `One. One and more. Three.`",
        )
    ]


def test_a_line_of_one_paragraph_may_be_all_of_another_in_a_long_block():
    lines = [f"Line {n} of it." for n in range(200)]
    ledger = ["One.", "One. Two.", *lines]
    block = "\n".join([*lines, "One.", "Two.", "One."])
    numbered = "\n\n".join(f"[p{n}] {text}" for n, text in enumerate(ledger, 1))
    assert codes(block, numbered) == []
    assert codes(f"{block}\nThree.", numbered) == ["snapshot-block-lost"]


def test_paragraphs_may_stand_in_another_order():
    assert codes("One two.\n\nThree four.", "[p1] Three four.\n\n[p2] One two.") == []


def test_a_paragraph_may_hold_several_blocks():
    assert codes("One two.\n\nThree four.", "[p1] One two. Three four.") == []
    assert codes("One two.\n\nThree four.", "[p1] One two.") == ["snapshot-block-lost"]


def test_blocks_are_dropped_by_their_first_words():
    snapshot = "One.\n\nRead also: the ferry\n\nOne.\nAdvertisement for tea"
    assert codes(snapshot, "[p1] One.") == ["snapshot-block-lost"] * 2
    assert codes(snapshot, "[p1] One.", dropped="[Read also]") == ["snapshot-block-lost"]
    # What is left of a block without its paragraphs is dropped by its first words as well.
    assert codes(snapshot, "[p1] One.", dropped="[Read also, Advertisement]") == []


def test_what_is_not_seen_drops_nothing():
    assert codes("One.\n\nTwo.", "[p1] One.", dropped='["\u00ad"]') == ["snapshot-block-lost"]


def test_a_source_without_a_snapshot_has_nothing_to_prove():
    source, _ = parse_source(Text("content/sources/a.md", "---\ntitle: A\n---\n\n[p1] One.\n"))
    assert prove_source(source, None) == ()


def test_an_altered_paragraph_is_shown_beside_its_block():
    found = prove_findings("One two three four.\n\nFive six seven.", "[p1] One two tree four.")
    assert [one.code for one in found] == ["paragraph-not-in-snapshot", "snapshot-block-lost"]
    assert "{-tree-} {+three+}" in found[0].note
    assert "Five six seven" in found[1].message
    [other, _] = prove_findings("One two three four.", "[p1] Nothing like it.")
    assert other.note == ""


@pytest.mark.parametrize("longest", ["block", "paragraph"])
def test_differences_are_sought_in_what_is_not_too_long(longest):
    for excess in (0, 1):
        text = "".join(f"{n} " for n in range(1_000, 5_000))
        block, ours = f"{text[: 20_000 - 6]}three.", f"{text[: 20_000 - 6]}tree."
        if longest == "paragraph":
            block, ours = ours, block
        if excess:
            block, ours = (f"o{block}", ours) if longest == "block" else (block, f"o{ours}")
        found = prove_findings(block, f"[p1] {ours}")
        assert max(len(block), len(ours)) == 20_000 + excess
        assert bool(found[0].note) == (not excess)


def test_only_so_many_differences_are_told():
    old = [f"Paragraph number {n} says that all is well in the town of {n}." for n in range(30)]
    ledger = "\n\n".join(f"[p{n + 1}] {text[:-1]}, now." for n, text in enumerate(old))
    found = prove_findings("\n\n".join(old), ledger)
    altered = [one for one in found if one.code == "paragraph-not-in-snapshot"]
    assert [bool(one.note) for one in altered] == [True] * 20 + [False] * 10


def test_a_block_without_a_letter_is_no_loss():
    assert codes("One.\n\n* * *\n\n—", "[p1] One.") == []


def test_a_long_block_is_told_by_its_beginning():
    for length, told in ((60, "a" * 60), (61, "a" * 59 + "…")):
        [(_, message)] = prove(f"One.\n\n{'a' * length}", "[p1] One.")
        assert message.endswith(f": `{told}`")


@pytest.mark.parametrize("name", ["a.pdf", "a.warc", "a"])
def test_a_format_that_is_not_read_proves_by_its_bytes_alone(name):
    assert snapshot_blocks(name, b"One.") is None
    assert codes("One.", "[p1] Something else.", name=name) == []
    assert codes("One.", "[p1] Something else.", name=name, digest="0" * 64) == ["snapshot-changed"]


@pytest.mark.parametrize(
    ("name", "data", "blocks"),
    [
        ("a.txt", b"", None),
        ("a.txt", b"One\r\n\r\nTwo\rthree", ("One", "Two\nthree")),
        ("A.TXT", b"One", ("One",)),
        ("a.txt", b"> One", ("> One",)),
        ("a.md", b"> One\n> two\n\nThree", ("One\ntwo", "Three")),
        ("a.html", b"<p>One <b>and</b> two<br>three</p>Four", ("One and two three", "Four")),
        ("a.html", b"<script>no<b>no</b></script><p>One", ("One",)),
        ("a.html", b"<noscript><template>no</template>no</noscript><p>One", ("One",)),
        ("a.html", b"</style><p>One</p></style>Two", ("One", "Two")),
        ("a.html", b"<pre>One\n\ntwo</pre>", ("One  two",)),
    ],
)
def test_blocks(name, data, blocks):
    assert snapshot_blocks(name, data) == blocks

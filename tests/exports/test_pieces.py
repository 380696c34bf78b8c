"""Large files of pieces: the same bytes made anew, from the last file, or in its stead."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.base.content import Content, Stretch, blocks_of, content_of, digest_content
from pincite.base.digest import digest
from pincite.exports.pieces import Caught, Past, Pieces, amend_pieces
from pincite.model import Event
from pincite.spool import Spool

FILE = "data/file"


class Disk:
    """A folder of files, in memory."""

    def __init__(self, beside):
        self.files, self.kept, self.reads, self._beside = {}, {}, 0, beside

    def past(self):
        return Past(
            digest=digest,
            look=lambda path: digest_content(self.files.get(path, b"")),
            read=self.read,
            find=self.kept.get,
            keep=self.kept.__setitem__,
            room=lambda: Spool(self._beside),
        )

    def read(self, path, start, size):
        self.reads += 1
        return self.files[path][start : start + size]

    def write(self, content):
        self.files[FILE] = b"".join(blocks_of(content))
        return self.files[FILE]


@dataclass
class Counted:
    made: int = 0

    def make(self, data):
        def make():
            self.made += 1
            return data

        return make


def fill(pieces, texts, counted):
    pieces.add(b"head\n")
    pieces.add_list(
        b"[", b",\n", b"]", ((n, counted.make(text), text.hex()) for n, text in enumerate(texts))
    )
    pieces.add(b"tail\n")
    return pieces.whole()


@given(st.lists(st.binary(max_size=9)), st.lists(st.binary(max_size=9)), st.data())
def test_what_the_last_file_has_is_not_made_again(tmp_path_factory, before, more, data):
    disk, past = Disk(tmp_path_factory.getbasetemp()), None
    after = data.draw(st.permutations([*before[: len(before) // 2], *more]))
    for texts in (before, after):
        plain, counted = fill(Pieces(None, FILE, ()), texts, Counted()), Counted()
        known = past is not None and len([t for t in enumerate(texts) if t in enumerate(before)])
        past = disk.past()
        content = fill(Pieces(past, FILE, ("same",)), texts, counted)
        assert isinstance(content, Content)
        assert (content.size, content.digest) == (len(plain), digest_content(plain))
        assert counted.made == len(texts) - known
        assert disk.write(content) == plain


@pytest.mark.parametrize("spoil", ["context", "file", "places"])
def test_what_may_not_be_the_last_file_is_not_read(tmp_path, spoil):
    disk, texts = Disk(tmp_path), [b"one", b"two"]
    disk.write(fill(Pieces(disk.past(), FILE, ("same",)), texts, Counted()))
    disk.files[FILE] += b"x" if spoil == "file" else b""
    if spoil == "places":
        disk.kept.clear()
    counted = Counted()
    fill(Pieces(disk.past(), FILE, ("another" if spoil == "context" else "same",)), texts, counted)
    assert counted.made == 2
    assert disk.reads == 0


@pytest.mark.parametrize("left", [0, 9, None])
def test_what_the_last_file_has_no_more_is_made(tmp_path, left):
    """It is cut, or gone, after it was looked at."""
    disk, texts = Disk(tmp_path), [b"one", b"two", b"three"]
    whole = disk.write(fill(Pieces(disk.past(), FILE, ()), texts, Counted()))
    pieces = Pieces(disk.past(), FILE, ())
    if left is None:
        disk.read = unreadable
        pieces = Pieces(disk.past(), FILE, ())
    else:
        disk.files[FILE] = whole[:left]
    counted = Counted()
    assert disk.write(fill(pieces, texts, counted)) == whole
    assert counted.made >= 2


def unreadable(path, start, size):
    raise OSError(f"{path} is not there")


def event(id):
    return Event(id=id, title=id, date=None, at=None)


def catch(past, texts):
    caught = Caught(past)
    caught.add(b"not of an event")
    for id, text in texts.items():
        caught.add_piece(event(id), lambda text=text: text, text.hex())
    return caught


def write(disk, texts):
    past = disk.past()
    pieces = Pieces(past, FILE, ())
    pieces.add(b"head\n")
    items = ((event(id), lambda text=text: text, text.hex()) for id, text in texts.items())
    pieces.add_list(b"[", b",\n", b"]\n", items)
    return pieces.whole()


@given(st.data())
def test_pieces_take_the_places_of_others(tmp_path_factory, data):
    ids = [str(n) for n in range(data.draw(st.integers(1, 8)))]
    texts = data.draw(st.fixed_dictionaries(dict.fromkeys(ids, st.binary(max_size=9))))
    disk, other = (Disk(tmp_path_factory.getbasetemp()) for _ in range(2))
    disk.write(write(disk, texts))
    for _ in range(2):
        some = data.draw(st.sets(st.sampled_from(ids), min_size=1))
        now = {id: data.draw(st.binary(max_size=9)) for id in sorted(some)}
        past = disk.past()
        before = catch(past, {id: texts[id] for id in now})
        content = amend_pieces(past, FILE, before, catch(past, now))
        texts = {**texts, **now}
        assert disk.write(content) == other.write(write(other, texts))
        assert digest_content(content) == digest_content(disk.files[FILE])
        assert disk.kept == other.kept


def test_a_file_that_is_not_as_it_was_left_is_not_amended(tmp_path):
    disk = Disk(tmp_path)
    disk.write(write(disk, {"a": b"1", "b": b"2"}))
    past = disk.past()
    one, two = catch(past, {"a": b"1"}), catch(past, {"a": b"2"})
    assert amend_pieces(past, FILE, catch(past, {"c": b"1"}), two) is None
    assert amend_pieces(past, FILE, one, catch(past, {})) is None
    disk.files[FILE] += b"x"
    assert amend_pieces(past, FILE, one, two) is None


def test_a_file_that_is_cut_while_it_is_read_is_noticed():
    data = bytearray(b"0123456789")
    content = content_of(
        (b"x", Stretch(lambda start, size: bytes(data[start : start + size]), 2, 9))
    )
    assert b"".join(content.blocks()) == b"x2345678"
    del data[5:]
    with pytest.raises(OSError, match="cut off"):
        b"".join(content.blocks())
    with pytest.raises(OSError, match="cut off"):
        content_of(content.parts)

"""Whatever stands in a project's files: findings, never an exception, and nothing half written."""

import itertools
import shutil

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from support import ARTICLE, ROOT, Site, article, event, source

PLACES = (
    "content/site.yaml",
    "content/actors.yaml",
    "content/places.yaml",
    "content/events/a.yaml",
    "content/sources/bridge.md",
    "content/pages/how.md",
    "seeds/bridge.txt",
)
GOOD = {
    "content/site.yaml": b"title: T\nurl: https://example.org/\neras: [{label: L, from: 2001, to: 2002}]\n",
    "content/actors.yaml": b"x: {label: X, aliases: [Y], wikidata: Q1}\n",
    "content/places.yaml": b"x: {label: X, lat: 1.5, lon: -2, precision: town}\n",
    "content/events/a.yaml": event(
        "one", more="  actors: [X]\n  summary: 'A *b* [@bridge p1] [c](event:one)'\n"
    ).encode(),
    "content/sources/bridge.md": source(*ARTICLE, snapshot="seeds/bridge.txt").encode(),
    "content/pages/how.md": b"---\ntitle: How\n---\n\n# A\n\n> - `b` [c](page:how)\n",
    "seeds/bridge.txt": article(*ARTICLE).encode(),
}
PIECES = st.sampled_from(
    [
        *(b"\0", b"\xff", b"\xed\xa0\x80", "\u202e\u2028\ufeff".encode(), b"\r", b"\t", b"\n---\n"),
        *(
            b"- ",
            b": ",
            b"? ",
            b"&a ",
            b"*a",
            b"!!x ",
            b"<<: ",
            b"{",
            b"}",
            b"[",
            b"]",
            b"|\n",
            b">\n",
        ),
        *(
            b"'",
            b'"',
            b"#",
            b"%",
            b"`",
            b"~",
            b"null",
            b"[p1] ",
            b"[p1 retired]",
            b"[@",
            b"](",
            b"\\",
        ),
        *(b"9" * 400, b"-" * 50, b"date: Y9E9999\n", b"- id: x\n", b"  quote: []\n", b"cite: {}\n"),
        *(
            b"<!--",
            b"<![CDATA[",
            b"&#0;",
            b"&#x110000;",
            b"| a |\n|-|\n",
            b"http://[",
            b"//",
            b"...",
        ),
    ]
)
COUNT = itertools.count()


def test_what_is_spoilt_is_good(tmp_path):
    site = Site(tmp_path / "good", bare=True)
    for place, data in GOOD.items():
        site.write(place, data)
    assert site.build().errors == []


@st.composite
def spoilt(draw):
    """Some file of a good project with pieces cut out and others put in."""
    place = draw(st.sampled_from(PLACES))
    data = draw(st.one_of(st.just(GOOD[place]), st.binary(max_size=60)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.sampled_from([0, 0, 1, 5, 40]))
        data = data[:at] + draw(st.one_of(PIECES, st.binary(max_size=8))) + data[at + cut :]
    return place, data


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(spoilt(), min_size=1, max_size=2))
@example([("content/site.yaml", b"title: T\nlanguage: xx-Xxxx-x-y\n")])
@example([("content/site.yaml", b"title: T\nurl: https://ex\xc3\xa4mple.org:99999/\n")])
@example([("content/site.yaml", b"title: T\npage_size: 10\nkinds: {}\n")])
@example([("content/events/a.yaml", b"- id: x\n  date: Y-999999999E999999999\n  title: T\n")])
@example([("content/events/a.yaml", GOOD["content/events/a.yaml"].replace(b"2025-01", b"Y9E15"))])
@example([("content/events/a.yaml", GOOD["content/events/a.yaml"].replace(b"2025-01", b"../.."))])
def test_no_bytes_raise(tmp_path, spoils):
    folder = tmp_path / str(next(COUNT))
    site = Site(folder, bare=True)
    for place, data in {**GOOD, **dict(spoils)}.items():
        site.write(place, data)
    site.build()
    assert site.published or site.errors
    assert "\x1b" not in site.report
    if site.published is None:
        assert not site.out.exists()
    shutil.rmtree(folder)


TEMPLATES = sorted(
    p.relative_to(ROOT).as_posix() for p in (ROOT / "templates").rglob("*") if p.is_file()
)


FAULTS_OF_THEMES = ({"template-fault"}, {"words-refused"}, {"file-encoding"})


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from([*TEMPLATES, "templates/i18n/en.json", "templates/i18n/en-said.json"]),
    data=st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [
                *(
                    b"{% for %}",
                    b"{{ page.x.y }}",
                    b"{{ 1/0 }}",
                    b"{% include name %}",
                    b"{{",
                    b"{}",
                ),
                *(b"[]", b'{"say_events": "{x}"}', b'{"say_events": 1}', b'{"say_undated": []}'),
                *(b'{"say_events": {"other": {"other": "1"}}}', b'{"say_events": "1"}', b"{}}"),
                *(b'{"cited_by": "\\ud800"}', b'{"cited_by": {"other": "1"}}', b"1" * 5000),
                *(b'{"say_events": {"one": "1"}}', b"[" * 5000, b'{"say_paragraph": "{n.x}"}'),
                *(b"{{ range(10**9)|list }}"[:0], b"{{ ''.__class__ }}", b"{% raw %}", b"\xff"),
            ]
        ),
    ),
)
def test_no_theme_raises(tmp_path, name, data):
    folder = tmp_path / str(next(COUNT))
    site = Site(folder, bare=True)
    for place, content in {**GOOD, name: data}.items():
        site.write(place, content)
    site.build()
    assert site.published or set(site.errors) in FAULTS_OF_THEMES
    assert site.out.exists() == bool(site.published)
    shutil.rmtree(folder)

"""Each format by a small file that shows what goes where."""

import json

import pytest

from importers.checking import settle
from pincite.importers.csv_mapped import read_csv_mapped
from pincite.importers.feed import read_feed
from pincite.importers.markwhen import read_markwhen
from pincite.importers.records import read_records
from pincite.importers.simile import read_simile
from pincite.importers.sniff import find_fault, sniff
from pincite.importers.timelinejs_csv import read_timelinejs_csv
from pincite.importers.timelinejs_json import read_timelinejs_json
from pincite.importers.timelinesetter import read_timelinesetter
from pincite.importers.timemap import read_timemap
from pincite.importers.values import What

SHEET = (
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,"
    "Media Credit,Media Caption,Media Thumbnail,Alt Text,Type,Group,Background,Mood\n"
)


def sheet(*rows):
    return SHEET + "".join(f"{row}\n" for row in rows)


def one(imported):
    settle(imported)
    assert len(imported.events) == 1
    return imported.events[0]


def said(imported, what):
    return [loss.message for loss in imported.losses if loss.what is what]


def test_sheet_fields():
    row = (
        "-44,3,15,,,,,,about 44 BC,Caesar <i>dies</i>,"
        '"<p>See <a href=""https://e.org/caesar"">the life of Caesar</a>.</p>",'
        "https://e.org/a.jpg,Someone,A caption,,An alt text,,Rome,#fff,grim"
    )
    event = one(read_timelinejs_csv(sheet(row), "x.csv"))
    assert (event.date, event.title) == ("-0043-03-15", "Caesar dies")
    assert event.date_text == "about 44 BC"
    assert event.summary == "See [the life of Caesar](https://e.org/caesar)."
    assert event.groups == ("Rome",)
    assert event.sources == ("https://e.org/caesar",)
    assert dict(event.imported) == {
        "media": "https://e.org/a.jpg",
        "media-credit": "Someone",
        "media-caption": "A caption",
        "alt-text": "An alt text",
        "background": "#fff",
        "mood": "grim",
    }


def test_sheet_types():
    imported = read_timelinejs_csv(
        sheet(
            ",,,,,,,,,The whole,About it,,,,,,title,,,",
            "1900,,,,1910,,,,,Years,,,,,,,era,,,",
            "1900,,,,,,,,,Years,,,,,,,era,,,",
            "1920,,,,,,,,,Second,,,,,,,title,,,",
            "1930,,,,,,,,,Third,,,,,,,odd,,,",
            ",,,,,,,,,,,,,,,,,,,",
        ),
        "x.csv",
    )
    settle(imported)
    assert [event.title for event in imported.events] == ["Second", "Third"]
    assert imported.site == (
        "title: The whole\ndescription: About it\neras:\n"
        '  - label: Years\n    from: "1900"\n    to: "1910"\n'
        '  - label: Years\n    from: "1900"\n    to: "1900"\n'
    )


def test_sheet_with_what_makes_no_sense():
    imported = read_timelinejs_csv(
        sheet(
            "2020,13,40,,,,,,,Month,,,,,,,,,,",
            "2020,,,,2019,,,,,Backwards,,,,,,,,,,",
            ",,,9:30,,,,,,Time alone,,,,,,,,,,",
            ",,,,,,,,,Nothing,,,,,,,,,,",
            "2020,5,,,,,,,,,,,,,,,,,,",
        ),
        "x.csv",
    )
    settle(imported)
    assert [event.date for event in imported.events] == ["unknown"] * 4 + ["2020-05"]
    assert dict(imported.events[0].imported) == {"year": "2020", "month": "13", "day": "40"}
    assert imported.events[4].title == "Untitled (line 6)"
    refused = [(loss.line, loss.message) for loss in imported.losses if loss.what is What.REFUSED]
    assert refused[0] == (2, "date: start: there is no month 13; the event is undated")
    assert [line for line, _ in refused] == [2, 3, 4, 5]


def test_old_sheet():
    text = "Start Date,End Date,Headline,Text,Tag\n1/2/2011,5/2011,H,T,G\n-44,,H2,,\n"
    imported = read_timelinejs_csv(text, "x.csv")
    settle(imported)
    assert [e.date for e in imported.events] == ["2011-01-02/2011-05", "-0043"]
    assert imported.events[0].groups == ("G",)


def test_slides():
    document = {
        "scale": "human",
        "title": {"text": {"headline": "All", "text": "<p>About</p>"}},
        "eras": [{"start_date": {"year": -50}, "text": {"headline": "Era"}}],
        "events": [
            {
                "start_date": {
                    "year": "2020",
                    "month": 5,
                    "day": "1",
                    "hour": 9,
                    "minute": "",
                    "second": 0,
                    "millisecond": 7,
                },
                "text": {"headline": "Meeting", "text": "Words"},
                "media": {"url": "https://e.org/page", "link": "https://e.org/more", "alt": "Alt"},
                "location": {"name": "Seoul", "lat": 37.5, "lon": 127},
                "unique_id": "the-meeting",
                "group": "Talks",
                "mood": ["a", "b"],
            }
        ],
    }
    imported = read_timelinejs_json(json.dumps(document), "x.json")
    event = one(imported)
    assert (event.date, event.wish) == ("2020-05-01T09:00:00", "the-meeting")
    assert event.places == ("Seoul",)
    assert event.sources == ("https://e.org/more", "https://e.org/page")
    kept = dict(event.imported)
    assert kept["media-alt"] == "Alt"
    assert kept["location-lat"] == "37.5"
    assert kept["mood"] == "a, b"
    assert kept["start-millisecond"] == "7"
    assert 'from: "-0049"' in imported.site
    assert any("`scale: human`" in message for message in said(imported, What.NOTED))


def test_slides_of_version_one():
    document = {
        "timeline": {
            "headline": "All",
            "date": [
                {"startDate": "2011,12,10", "endDate": "2011,12,11", "headline": "A", "tag": "T"},
                {"startDate": "-500", "headline": "B", "asset": {"media": "", "credit": "C"}},
                {"startDate": "2011,12,10,07,02", "headline": "C", "tags": ["X", "Y"]},
                {"startDate": "2011,13,1", "headline": "D"},
            ],
            "era": [{"startDate": "2011", "endDate": "2012", "headline": "E"}],
        }
    }
    imported = read_timelinejs_json(json.dumps(document), "x.json")
    settle(imported)
    assert [event.date for event in imported.events] == [
        "2011-12-10/2011-12-11",
        "-0499",
        "2011-12-10T07:02:00",
        "unknown",
    ]
    assert imported.events[2].groups == ("X", "Y")


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        ({"start": "2001-09-27"}, "2001-09-27"),
        ({"start": "500 BC"}, "-0499"),
        ({"start": "2001-09-01", "end": "2001-09-30"}, "2001-09-01/2001-09-30"),
        ({"start": "2001", "end": "2003", "isDuration": False}, "[2001..2003]"),
        ({"start": "2001", "end": "2003", "durationEvent": "false"}, "[2001..2003]"),
        ({"s": "2001", "e": "2003", "d": "short names", "t": "x"}, "2001/2003"),
        ({"start": "2001-03", "latestStart": "2001-06"}, "[2001-03..2001-06]"),
        (
            {"start": "1914-03-01", "latestStart": "1914-06", "end": "1918-11-11"},
            "1914-03-01~/1918-11-11",
        ),
        (
            {"start": "1914-03-01", "earliestEnd": "1918-10", "end": "1918-11-11"},
            "1914-03-01/1918-11-11~",
        ),
        ({"start": "2003", "end": "2001"}, "unknown"),
        ({"end": "2001"}, "unknown"),
        ({}, "unknown"),
        ({"start": "Feb 30 2001 00:00:00 GMT"}, "unknown"),
    ],
)
def test_simile_dates(fields, edtf):
    document = {"dateTimeFormat": "iso8601", "events": [{"title": "x", **fields}]}
    assert one(read_simile(json.dumps(document), "x.json")).date == edtf


def test_simile_xml():
    text = """<data wiki-url="https://e.org/">
      <event start="Fri Nov 22 1963 12:15:00 GMT-0600" end="Fri Nov 22 1963 12:20:00 GMT-0600"
        title="Shot" link="https://e.org/x" image="a.jpg" color="red">
        Words &lt;b&gt;bold&lt;/b&gt; &amp;amp; more</event>
      <event start="May 20 1961" end="May 25 1961" isDuration="true" title="Lasts"/>
      <other>thing</other></data>"""
    imported = read_simile(text, "x.xml")
    settle(imported)
    first, second = imported.events
    assert (first.line, first.date, first.title) == (2, "1963-11-22", "Shot")
    assert first.summary == "Words **bold** & more"
    assert dict(first.imported)["end"] == "Fri Nov 22 1963 12:20:00 GMT-0600"
    assert dict(first.imported)["color"] == "red"
    assert first.sources == ("https://e.org/x",)
    assert second.date == "1961-05-20/1961-05-25"
    assert any("<other> is no event" in message for message in said(imported, What.REFUSED))


def test_markwhen_fields():
    text = """---
title: All
dateFormat: d/M/y
#talks: blue
key: value
---
# Part one #talks
3/4/2025: A meeting #north #south_east 50%
id: first
location: Seoul
mood: good
Words below [link](https://e.org/a) ![alt](https://e.org/a.png)
// a remark
!first.end - 5/4/2025: [x] It goes on
_-_-_break_-_-_
words of nobody's
"""
    imported = read_markwhen(text, "x.mw")
    settle(imported)
    first, second = imported.events[:2]
    assert (first.date, first.title, first.wish) == ("2025-04-03", "A meeting", "first")
    assert first.tags == ("talks", "north", "south east")
    assert first.places == ("Seoul",)
    assert first.summary == "Words below [link](https://e.org/a) alt"
    assert dict(first.imported) == {
        "media": "https://e.org/a.png",
        "media-alt": "alt",
        "percent": "50",
        "section": "Part one",
        "mood": "good",
    }
    assert second.date == "2025-04-03/2025-04-05"
    assert dict(second.imported)["completed"] == "true"
    assert "it belongs to no event and was left out: words of nobody's" in (
        said(imported, What.REFUSED)
    )


def test_timemap_fields():
    document = {
        "events": [
            {
                "id": 1,
                "description": "The first thing. Then more of it happened there.",
                "date": "10/21/2015",
                "time": "16:20",
                "location": "Town",
                "latitude": "1.5",
                "associations": ["a", "n", "x"],
                "sources": ["s", "gone"],
            },
            {"description": "Nothing known"},
            {"description": "Day first", "date": "21/10/2015"},
        ],
        "sources": {
            "s": {"id": "s", "title": "S", "paths": ["https://e.org/v.mp4"], "date": "2015"}
        },
        "associations": [
            {"id": "a", "title": "tear_gas", "mode": "FILTER"},
            {"id": "n", "title": "Story", "mode": "NARRATIVE"},
        ],
    }
    imported = read_timemap(json.dumps(document), "x.json")
    settle(imported)
    first, second, third = imported.events
    assert (first.date, first.title) == ("2015-10-21T16:20:00", "The first thing.")
    assert first.tags == ("tear gas", "x")
    assert first.sources == ("#s",)
    kept = dict(first.imported)
    assert (kept["sources"], kept["narratives"], kept["latitude"]) == ("gone", "Story", "1.5")
    assert second.date == third.date == "unknown"
    assert any("--day-first" in message for message in said(imported, What.REFUSED))
    swapped = read_timemap(json.dumps(document), "x.json", day_first=True)
    assert [e.date for e in swapped.events] == ["unknown", "unknown", "2015-10-21"]
    assert imported.sources[0].published == "2015"


def test_timemap_sheets():
    events = (
        "id,description,date,time,time_display,location,latitude,longitude,association1,association2,"
        "source1,source2,comments\n"
        '1,"The first thing. More of it.",10/21/2015,16:20,in the afternoon,Town,1.5,2.5,tear_gas,'
        "police,s1,https://e.org/v.mp4,mine\n"
        "2,Nothing known,13/45/2015,,,,,,,,,,\n"
    )
    imported = read_timemap(events, "x.csv")
    settle(imported)
    first, second = imported.events
    assert (first.date, first.title, first.line) == ("2015-10-21T16:20:00", "The first thing.", 2)
    assert first.tags == ("tear gas", "police")
    assert first.places == ("Town",)
    assert first.sources == ("https://e.org/v.mp4",)
    kept = dict(first.imported)
    assert (kept["sources"], kept["latitude"], kept["comments"]) == ("s1", "1.5", "mine")
    assert second.date == "unknown"
    sources = read_timemap(
        "id,title,path1,author,date\ns1,A film,https://e.org/f.mp4,Ann,2015\n", "s.csv"
    )
    assert [(s.title, s.url, s.authors) for s in sources.sources] == [
        ("A film", "https://e.org/f.mp4", ("Ann",))
    ]
    assert said(read_timemap("a,b\n1,2\n", "x.csv"), What.REFUSED)
    assert sniff("x.csv", events) == "timemap"


def test_timelinesetter_fields():
    text = (
        "date,display_date,description,link,series,html\n"
        '"Feb. 18, 2003",,"He joined the army. It was cold.",https://e.org,Him,"<b>more</b>"\n'
    )
    event = one(read_timelinesetter(text, "x.csv"))
    assert (event.date, event.title, event.groups) == (
        "2003-02-18",
        "He joined the army.",
        ("Him",),
    )
    assert event.summary == "He joined the army. It was cold.\n\n**more**"
    assert event.sources == ("https://e.org",)


def test_mapped_columns():
    text = "Wann;Was;Wer;Quelle;Note\n3/4/2025;Treffen;Kim; https://e.org/a https://e.org/b;x\n"
    columns = {"date": "Wann", "title": "Was", "actors": "Wer", "url": "Quelle", "odd": "Note"}
    imported = read_csv_mapped(text, "x.csv", columns, day_first=True)
    event = one(imported)
    assert (event.date, event.title, event.actors) == ("2025-04-03", "Treffen", ("Kim",))
    assert event.sources == ("https://e.org/a", "https://e.org/b")
    assert dict(event.imported) == {"note": "x"}
    assert any("`odd` is none of" in message for message in said(imported, What.REFUSED))


def test_columns_known_by_their_names():
    text = "ID,Date,End date,Title,Tags,Place\nx,2020-01,2020-03,T,a; b,Seoul\n"
    event = one(read_csv_mapped(text, "x.csv"))
    assert (event.wish, event.date, event.tags) == ("x", "2020-01/2020-03", ("a", "b"))
    assert event.places == ("Seoul",)


def test_columns_unknown():
    imported = read_csv_mapped("a,b\n1,2\n", "x.csv", {"date": "c"})
    assert imported.events == ()
    assert len(said(imported, What.REFUSED)) == 2


def test_atom():
    text = """<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><subtitle>Daily</subtitle>
    <entry><title type="html">A &lt;b&gt;thing&lt;/b&gt;</title><id>urn:x</id>
    <link href="https://e.org/1"/><link rel="enclosure" href="https://e.org/1.mp3"/>
    <published>2025-02-07T10:00:00+02:00</published><updated>2025-02-08T10:00:00Z</updated>
    <author><name>Ann</name></author><category term="war" label="War"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em></p></div>
    </content></entry></feed>"""
    imported = read_feed(text, "x.xml")
    event = one(imported)
    assert (event.date, event.title) == ("2025-02-07T10:00:00+02:00", "A thing")
    assert event.date_basis == "editor"
    assert (event.summary, event.tags) == ("One *two*", ("War",))
    source = imported.sources[0]
    assert (source.publisher, source.authors, source.published) == ("News", ("Ann",), "2025-02-07")
    assert dict(event.imported)["updated"] == "2025-02-08T10:00:00Z"
    assert dict(event.imported)["link"] == "https://e.org/1.mp3"


def test_rss():
    text = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <title>News</title><ttl>60</ttl>
    <item><title>One</title><link>https://e.org/1</link>
    <pubDate>Fri, 07 Feb 2025 10:00:00 GMT</pubDate><dc:creator>Ann</dc:creator>
    <description><![CDATA[<p>Words&nbsp;here</p>]]></description>
    <enclosure url="https://e.org/a.mp3" type="audio/mpeg"/></item>
    <item><title>Two</title><guid>https://e.org/2</guid></item></channel></rss>"""
    imported = read_feed(text, "x.xml")
    settle(imported)
    first, second = imported.events
    assert (first.date, first.summary) == ("2025-02-07T10:00:00Z", "Words\u00a0here")
    assert dict(first.imported)["media"] == "https://e.org/a.mp3"
    assert (second.date, second.sources) == ("unknown", ("https://e.org/2",))
    assert imported.sources[0].authors == ("Ann",)


def test_records():
    document = [
        {
            "date": "44 BC",
            "text": "Caesar is killed. Many are glad of it.",
            "url": "https://e.org/1",
        },
        {
            "date": "-300",
            "title": "Old",
            "sources": [{"url": "https://e.org/2", "title": "The two"}],
        },
        {"date": "-0043", "title": "EDTF"},
        {"date": "2020-05/2020-06", "title": "Span", "tags": ["a", "b"], "score": 7},
        {"title": "No date", "date": None},
        "odd",
    ]
    imported = read_records(json.dumps(document), "x.json")
    settle(imported)
    assert [event.date for event in imported.events] == [
        "-0043",
        "-0299",
        "-0043",
        "2020-05/2020-06",
        "unknown",
    ]
    assert imported.events[0].title == "Caesar is killed."
    assert imported.events[3].tags == ("a", "b")
    assert dict(imported.events[3].imported) == {"score": "7"}
    assert imported.sources[1].title == "The two"
    nested = json.dumps({"result": {"count": "1", "event": document[:1]}})
    assert [e.date for e in read_records(nested, "x.json").events] == ["-0043"]


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.csv", SHEET, "timelinejs-csv"),
        ("a.csv", "Start Date,End Date,Headline,Text\n", "timelinejs-csv"),
        ("a.csv", "date,display_date,description,link,series,html\n", "timelinesetter"),
        ("a.csv", "date,title,url\n", "csv"),
        ("a.csv", "a,b\n", None),
        ("a.json", '{"timeline": {"headline": "x", "date": []}}', "timelinejs-json"),
        ("a.json", '{"events": [{"start_date": {"year": 1}}]}', "timelinejs-json"),
        ("a.json", '{"dateTimeFormat": "iso8601", "events": []}', "simile"),
        ("a.json", '{"events": [{"start": "1", "title": "x"}]}', "simile"),
        ("a.json", '[{"description": "x", "date": "1/1/2020", "sources": []}]', "timemap"),
        ("a.json", '[{"date": "2020", "text": "x"}]', "records"),
        ("a.json", '{"result": {"events": [{"date": "2020"}]}}', "records"),
        ("a.json", "{", None),
        ("a.json", "{}", None),
        ("a.xml", "<data><event/></data>", "simile"),
        ("a.xml", "<rss/>", "feed"),
        ("a.xml", "<html/>", None),
        ("a.mw", "", "markwhen"),
        ("a.txt", "2020: a\n2021-02: b\n", "markwhen"),
        ("a.txt", "words\n", None),
        ("a", b"\x00\xff\xfe", None),
    ],
)
def test_sniff(name, text, format):
    assert sniff(name, text) == format


@pytest.mark.parametrize(
    ("date", "day_first", "is_told"),
    [("3/4/2025", False, True), ("3/4/2025", True, False), ("3/3/2025", False, False),
     ("13/4/2025", True, False), ("4/2025", False, False), ("2025-03-04", False, False)],
)  # fmt: skip
def test_a_day_that_may_be_read_either_way_is_told(date, day_first, is_told):
    imported = read_csv_mapped(f"date,title\n{date},A\n", "x.csv", day_first=day_first)
    assert any("to come first" in message for message in said(imported, What.CHANGED)) is is_told


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b" \n", "there is nothing in it"),
        (b'{"events": [\n{"start_date": {"ye', "line 2: this is not JSON: unterminated string starting at column 17"),
        (b"<data>\n<event start='1", "line 2: this is not XML: unclosed token"),
        (b"a,b\n1,2\n", ""),
        (b'{"a": 1}', ""),
    ],
)  # fmt: skip
def test_what_is_cut_off_says_where(data, fault):
    assert sniff("x", data) is None
    assert find_fault(data) == fault

"""Codes of findings about the whole: names that link things, dates, media, addresses of pages."""

from collections.abc import Mapping
from types import MappingProxyType

from pincite.base.codes.entry import Code
from pincite.base.diagnostics import Severity

PAGES: Mapping[str, Code] = MappingProxyType(
    {
        "address-taken": Code(
            severity=Severity.ERROR,
            summary="two pages want the same address",
            explanation=(
                "One would overwrite the other. Capital and small letters count as the same, "
                "because some hosts cannot tell them apart."
            ),
            example="content/pages/sources.md     # /sources/ is the list of sources",
            way_out="Rename the page or the name that gives it its address.",
        ),
        "alias-taken": Code(
            severity=Severity.ERROR,
            summary="an alias is the address of something else",
            explanation=(
                "An alias sends readers of an old address to the new one. Here a page or another "
                "alias already answers at that address."
            ),
            example="- id: first-troops\n  aliases: [second-troops]     # is an event",
            way_out="Delete the alias, or rename the other thing.",
        ),
        "date-text-not-quoted": Code(
            severity=Severity.WARNING,
            summary="the words of `date_text` stand in no cited paragraph",
            explanation=(
                "`date_text` is shown as the source's own wording of the date. Here no paragraph "
                "that the event cites has these words."
            ),
            example="date_text: by mid-March 2025     # the source: in the middle of March",
            way_out="Copy the wording from the cited paragraph, or leave `date_text` out.",
        ),
        "future-event": Code(
            severity=Severity.WARNING,
            summary="an event said to have occurred is later than its source",
            explanation=(
                "A source cannot report what happened after it was retrieved. The date is "
                "wrong, or the source only announced the event."
            ),
            example="date: 2026-05\nmodality: occurred     # its source was retrieved in 2025",
            way_out="Correct the date, or set `modality` to `planned` or `predicted`.",
        ),
        "media-missing": Code(
            severity=Severity.ERROR,
            summary="a media file is not there",
            explanation="The page would show an empty frame where the reader expects evidence.",
            example="media:\n  - file: port.jpg\n    alt: The port at night",
            way_out="Put the file in `content/media/`, or correct its name, capitals included.",
        ),
        "media-refused": Code(
            severity=Severity.ERROR,
            summary="a media file is damaged, too large or of a kind that is not published",
            explanation=(
                "Images are opened and written anew, which drops hidden data and whatever a "
                "hostile file carries. This one could not be opened within the bounds."
            ),
            example="media:\n  - file: report.exe\n    alt: The report",
            way_out="Save it anew as JPEG, PNG or WebP, smaller if need be.",
        ),
        "near-duplicate-name": Code(
            severity=Severity.WARNING,
            summary="two names differ so little that one may be meant",
            explanation=(
                "Each spelling gets a page of its own, and each page then shows only part of the "
                "events."
            ),
            example="actors: [North Korea]\n…\nactors: [North-Korea]",
            way_out=(
                "Use one spelling, or declare the other as an alias in `content/actors.yaml` or "
                "`content/places.yaml`."
            ),
        ),
        "prose-image": Code(
            severity=Severity.ERROR,
            summary="an image stands in prose",
            explanation=(
                "Images need a text for those who cannot see them, a credit and a size; nothing "
                "may be loaded from elsewhere. The event's list `media` has room for all that."
            ),
            example="summary: ![a bridge](bridge.jpg)",
            way_out="Put the file into content/media and name it under `media`.",
        ),
        "published-address-lost": Code(
            severity=Severity.WARNING,
            summary="an address that was published leads nowhere now",
            explanation=(
                "`content/published.txt` lists the events, sources and pages that were published. "
                "Others may have cited this one, and their links would break."
            ),
            example="events/first-troops/     # the event was renamed",
            way_out=(
                "Add its old id to the `aliases` of the event that it became. Do not delete an "
                "event that was wrong: say so with `withdrawn`. Give the file of a source or a "
                "page its name back. Or delete the line."
            ),
        ),
        "single-source": Code(
            severity=Severity.WARNING,
            summary="a claim rests on one source",
            explanation=(
                "One source can be wrong, and nothing on the page would show it. A second one that "
                "does not go back to the first would."
            ),
            example="cite:\n  - source: eutoday\n    quote: supplied long-range artillery",
            way_out=(
                "Cite a second, independent source. A site about one document sets this code to "
                "`ignore` under `warnings` in `site.yaml`."
            ),
        ),
        "template-fault": Code(
            severity=Severity.ERROR,
            summary="a template cannot be read, or asks for what there is not",
            explanation=(
                "A template is told a view, `page`, and what all pages share, `frame`; its first "
                "line names the type of the view. Anything else it asks for is a fault, and the "
                "site stays as it was."
            ),
            example="templates/event.html:12     # {{ page.titel }}",
            way_out="Mend the template at this line, or delete it to get Pincite's own back.",
        ),
        "unknown-event": Code(
            severity=Severity.ERROR,
            summary="no event has this id",
            explanation="The link between the two events would lead nowhere.",
            example="related: [frist-troops]",
            way_out="Correct the id; the help names the nearest that exist.",
        ),
        "unknown-kind": Code(
            severity=Severity.ERROR,
            summary="no kind has this id",
            explanation=(
                "Kinds are the lanes of the timeline. They are those listed under `kinds` in "
                "`site.yaml`, or the default set if it lists none."
            ),
            example="kind: shipments     # the kind is `shipment`",
            way_out="Correct the id, or add the kind to `site.yaml`.",
        ),
        "unknown-page": Code(
            severity=Severity.ERROR,
            summary="no page has this name",
            explanation=(
                "A link to `page:name` leads to the file of that name in `content/pages/`. There "
                "is none, so the reader would arrive nowhere."
            ),
            example="summary: See [how we count](page:metod).     # the page is `method`",
            way_out="Correct the name: it is the file's, without `.md`.",
        ),
        "unknown-source": Code(
            severity=Severity.ERROR,
            summary="no source has this id",
            explanation=(
                "A source's id is the name of its file in `content/sources/` without `.md`. "
                "Without the source there is nothing in which to find the quote."
            ),
            example="- source: eutodya",
            way_out="Correct the id, or take the source in with `pincite add`.",
        ),
        "unused-name": Code(
            severity=Severity.WARNING,
            summary="a declared actor or place occurs in no event",
            explanation=(
                "Either it is left over, or the events spell the name differently and miss its "
                "description."
            ),
            example="# content/actors.yaml\nnorth-korea: {label: North Korea}     # in no event",
            way_out="Delete the entry, or add the spelling of the events as an alias.",
        ),
        "url-not-set": Code(
            severity=Severity.WARNING,
            summary="feeds and the sitemap are left out because the site has no address",
            explanation=(
                "Feeds, the sitemap and the preview cards of social networks need complete "
                "addresses. Pages link relatively and work without."
            ),
            example="title: North Korea and Russia     # and no `url`",
            way_out="Add `url: https://…` to `site.yaml`, or give `build --url`.",
        ),
        "words-refused": Code(
            severity=Severity.ERROR,
            summary="a file of interface words cannot be used",
            explanation=(
                "The words of the interface are JSON: text by key, or texts by plural category "
                "where a number is said. One that does not fit where it is filled in would break "
                "pages, so the site stays as it was."
            ),
            example='{"say_events": {"one": "{n} entry"}}     # and no `other`',
            way_out="Mend the word, or delete it to get Pincite's own back.",
        ),
    }
)

"""Codes of findings about files as they are read: encoding, YAML, keys, values, front matter."""

from collections.abc import Mapping
from types import MappingProxyType

from pincite.base.codes.entry import Code
from pincite.base.diagnostics import Severity

READING: Mapping[str, Code] = MappingProxyType(
    {
        "bad-character": Code(
            severity=Severity.ERROR,
            summary="a text holds a character that must not stand there",
            explanation=(
                "Control characters and marks that turn the writing direction are invisible, and "
                "can make a text read differently from what it says. Most come along with a copy "
                "from a PDF or a web page."
            ),
            example='title: "Shipment\\u202E arrives"',
            way_out="Delete the character at the place shown; it is printed there as an escape.",
        ),
        "bad-date": Code(
            severity=Severity.ERROR,
            summary="a date is not EDTF, or names a day that does not exist",
            explanation=(
                "Dates are written in the Extended Date/Time Format of ISO 8601-2:2019, so that "
                "doubt and precision are kept and every date can be put in order. Everyday "
                "wording, old drafts of the format and impossible days are refused, because a "
                "guess would be published as a fact."
            ),
            example="date: 7 February 2025",
            way_out=(
                "Write `2025-02-07`, `2025-02`, `2025-02-07~` (about), `2025-02-07?` (uncertain), "
                "`2025-02-07/2025-02-14` or `unknown`. The words of the source belong in "
                "`date_text`, and `pincite date` tries a date out."
            ),
        ),
        "bad-id": Code(
            severity=Severity.ERROR,
            summary="an id cannot be used as an address",
            explanation=(
                "An id becomes part of an address and a folder on disk, for good. It may hold "
                "letters, digits and `-`, at most 100 characters, and must not be a name that "
                "Windows keeps for devices, such as `con`."
            ),
            example="id: Troops/2024 (first)",
            way_out="Write words joined by `-`, such as `first-troops-2024`.",
        ),
        "bad-reference": Code(
            severity=Severity.ERROR,
            summary="a reference in prose is not well formed",
            explanation=(
                "Prose points to sources as `[@source-id]` or `[@source-id p7]`, and to the site's "
                "own things by links to `event:id`, `source:id` or `page:name`. This one is "
                "neither, so nobody could follow it."
            ),
            example="summary: As reported [@eu-today 7]     # [@eu-today p7]",
            way_out="Write the reference in one of these forms, or escape the bracket: `\\[@`.",
        ),
        "bad-url": Code(
            severity=Severity.ERROR,
            summary="a link is not a complete web address",
            explanation=(
                "Readers follow these links to check the evidence. Only complete addresses with "
                "`https` or `http` are published; other schemes can run a script in the page."
            ),
            example="url: www.example.org/article",
            way_out="Write the whole address, beginning with `https://`.",
        ),
        "bad-value": Code(
            severity=Severity.ERROR,
            summary="a value has the right type but cannot be right",
            explanation=(
                "The value is outside what its key allows: a number too large or too small, "
                "`low` above `high`, a latitude beyond the pole, a name that stands for nothing."
            ),
            example="lat: 139.75",
            way_out="Put a value that the message allows; `pincite schema` describes every key.",
        ),
        "comment-in-text": Code(
            severity=Severity.WARNING,
            summary="a `#` may have cut a text short",
            explanation=(
                "In YAML a `#` after a blank begins a comment, so the text before it is all that "
                "is read. With a letter or digit right behind it, it may have been meant as part "
                "of the text: a number, a colour, a tag."
            ),
            example="title: The mayor #1 rules     # the title is: The mayor",
            way_out='Put the text in quotes ("…"), or a blank after the `#` of a comment.',
        ),
        "duplicate-id": Code(
            severity=Severity.ERROR,
            summary="two things have the same id",
            explanation=(
                "An id is the permanent address of one thing. Capital and small letters count as "
                "the same, because some file systems cannot tell them apart."
            ),
            example="- id: first-troops\n…\n- id: First-Troops",
            way_out="Rename the newer of the two; published addresses should stay as they are.",
        ),
        "duplicate-key": Code(
            severity=Severity.ERROR,
            summary="a key stands twice in one mapping",
            explanation=(
                "YAML readers commonly keep the last of two equal keys without a word, so one of "
                "the two values would be lost unseen."
            ),
            example="title: First shipment\ndate: 2025-02\ntitle: Second shipment",
            way_out="Delete one, or begin a new list item with `-` if these are two events.",
        ),
        "file-encoding": Code(
            severity=Severity.ERROR,
            summary="a file is not UTF-8",
            explanation=(
                "Quotes are compared letter by letter. A file in another encoding would be read "
                "with wrong letters, and a guess at the encoding may be wrong."
            ),
            example="title: Caf\\xE9 society     # the byte E9 is Latin-1",
            way_out="Save the file as UTF-8 in your editor, then check its accented letters.",
        ),
        "file-too-large": Code(
            severity=Severity.ERROR,
            summary="a file is larger than Pincite reads",
            explanation=(
                "Sizes are bounded so that a mistaken or hostile file cannot use up the machine. "
                "A content file may have 64 MB."
            ),
            example="content/events/everything.yaml     # 70 MB",
            way_out="Divide it: every file below the folder is read, in any number of parts.",
        ),
        "file-unreadable": Code(
            severity=Severity.ERROR,
            summary="a file is there but cannot be read",
            explanation=(
                "The operating system refused it: no permission, a broken link, a folder where a "
                "file should be. A build without it would leave events out in silence."
            ),
            example="content/events/2025.yaml -> ../gone/2025.yaml",
            way_out="Mend its permission or its link, or move it out of `content/`.",
        ),
        "front-matter": Code(
            severity=Severity.ERROR,
            summary="a source or page does not begin with its front matter",
            explanation=(
                "The block between two lines of `---` says what the file is: its title, where it "
                "came from, when. Without it a source has no provenance to show."
            ),
            example="[p1] North Korea has supplied …",
            way_out="Put `---`, at least a `title:`, and `---` at the top, each on its own line.",
        ),
        "markdown-refused": Code(
            severity=Severity.ERROR,
            summary="a piece of Markdown is too long or nested too deeply",
            explanation=(
                "Some short inputs keep a Markdown reader busy for minutes. Length and depth of "
                "prose are bounded, so that a build always ends."
            ),
            example="summary: '> > > > > > > > > > > > > > > > > …'",
            way_out="Shorten it, or move long prose to a page of its own in `content/pages/`.",
        ),
        "missing-key": Code(
            severity=Severity.ERROR,
            summary="a required key is missing",
            explanation=(
                "Without it the thing cannot be shown or addressed: an event needs `id`, `date` "
                "and `title`, a citation its `source`, an image its `alt`, a site its `title`."
            ),
            example="- id: first-troops\n  title: First troops seen",
            way_out="Add the key. An event whose date nobody knows has `date: unknown`.",
        ),
        "unknown-choice": Code(
            severity=Severity.ERROR,
            summary="a value is not one of those the key allows",
            explanation=(
                "Some keys take one of a few words, each with its own meaning on the page. A "
                "misspelt word must not fall back to a default that says something else."
            ),
            example="modality: happened",
            way_out="Use one of the words that the help lists, such as `occurred`.",
        ),
        "unknown-key": Code(
            severity=Severity.ERROR,
            summary="a key is not known here",
            explanation=(
                "A key that nobody reads is most often a misspelling, and what it says would be "
                "missing from the page without a word."
            ),
            example="- id: first-troops\n  titel: First troops seen",
            way_out="Correct the spelling; keep your own remarks in comments that begin with `#`.",
        ),
        "wrong-type": Code(
            severity=Severity.ERROR,
            summary="a value has another shape than its key needs",
            explanation=(
                "A list stands where a text belongs, a text where a number belongs, or the other "
                "way round. Often an indentation is off, or a `-` too many or too few."
            ),
            example="actors: North Korea, Russia",
            way_out="Write the shape that the message names: here `actors: [North Korea, Russia]`.",
        ),
        "yaml-depth": Code(
            severity=Severity.ERROR,
            summary="YAML is nested more than 32 deep",
            explanation=(
                "Nothing in the content formats is nested so deeply. The bound keeps a hostile "
                "file from exhausting the reader."
            ),
            example="tags: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            way_out="Look for a bracket or an indentation that was never closed.",
        ),
        "yaml-refused": Code(
            severity=Severity.ERROR,
            summary="a feature of YAML that Pincite does not read",
            explanation=(
                "Anchors, aliases, tags, merge keys, tabs, several documents and keys that are "
                "not text are left out, because they make a value mean something else than what "
                "is written at its place."
            ),
            example="actors: &both [North Korea, Russia]",
            way_out=(
                "Write the value out. A text that begins with `&`, `*`, `!` or another sign of "
                "YAML goes in quotation marks."
            ),
        ),
        "yaml-syntax": Code(
            severity=Severity.ERROR,
            summary="a file is not well-formed YAML",
            explanation=(
                "The file cannot be read beyond this place, so nothing in it is used. A colon "
                "followed by a space inside a text, a missing quotation mark and a shifted "
                "indentation are the usual causes; the cause may stand a line higher."
            ),
            example="title: Ukraine: first troops seen",
            way_out='Put the text in quotation marks: `title: "Ukraine: first troops seen"`.',
        ),
    }
)

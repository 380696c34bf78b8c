"""Codes of findings about sources: paragraphs, snapshots, provenance."""

from collections.abc import Mapping
from types import MappingProxyType

from pincite.base.codes.entry import Code
from pincite.base.diagnostics import Severity

SOURCES: Mapping[str, Code] = MappingProxyType(
    {
        "bad-paragraph-mark": Code(
            severity=Severity.ERROR,
            summary="a paragraph's mark cannot be read",
            explanation=(
                "Every paragraph is opened by its permanent id in square brackets: `p` and a "
                "number, with the word `retired` for one that has vanished. Citations and "
                "published links rest on these marks."
            ),
            example="[P 12] The shipments continued …",
            way_out="Write `[p12] ` or `[p12 retired]` at the beginning of the line.",
        ),
        "duplicate-paragraph": Code(
            severity=Severity.ERROR,
            summary="two paragraphs of a source have the same id",
            explanation=(
                "A citation of that id could mean either. Ids are given once and never used "
                "again, not even after a paragraph is gone."
            ),
            example="[p4] The first shipment …\n\n[p4] The second shipment …",
            way_out="Give the newer paragraph the next number that was never used.",
        ),
        "hidden-character": Code(
            severity=Severity.WARNING,
            summary="a source holds a character that is not seen and may turn its words",
            explanation=(
                "A source is kept as it was received, so such a character stays; but an override "
                "of the writing direction can make its words read otherwise than their letters "
                "say, and a quotation is checked by the letters."
            ),
            example="[p4] The convoy carried \u202e051 tanks",
            way_out="Compare with the original. What is wrong there may be quoted around.",
        ),
        "paragraph-not-in-snapshot": Code(
            severity=Severity.ERROR,
            summary="a paragraph does not stand in the snapshot of its source",
            explanation=(
                "The snapshot is the evidence, the paragraphs are a reading of it. A paragraph "
                "that is not in it was changed, added or joined from two, and proves nothing."
            ),
            example="[p3] Some 300 pieces …     # the snapshot has 200",
            way_out=(
                "Restore the words of the snapshot; only white space and the form of quotation "
                "marks and dashes may differ. If the article itself changed, take it in again "
                "with `pincite add`."
            ),
        ),
        "paragraphs-unnumbered": Code(
            severity=Severity.WARNING,
            summary="the paragraphs of a source carry no ids",
            explanation=(
                "They are numbered in order for now. As soon as a paragraph is added or removed "
                "every later number shifts, and published links point to other words."
            ),
            example="North Korea has supplied …\n\nThe shipments began …",
            way_out="Write `[p1]`, `[p2]` … before the paragraphs, once and for good.",
        ),
        "retired-paragraph-cited": Code(
            severity=Severity.ERROR,
            summary="a citation names a paragraph that has vanished from its source",
            explanation=(
                "The paragraph is marked `retired`: the present snapshot does not contain it any "
                "more, so it cannot prove the claim."
            ),
            example="- source: eutoday\n  paragraph: p9     # [p9 retired]",
            way_out=(
                "Quote what the source says now, cite another source, or keep the older edition "
                "as a source of its own and cite that."
            ),
        ),
        "snapshot-block-lost": Code(
            severity=Severity.WARNING,
            summary="a block of the snapshot is neither a paragraph nor dropped",
            explanation=(
                "Part of the archived article is missing from its text. A reader who trusts the "
                "page would not know that something was left out."
            ),
            example="dropped: []     # the snapshot ends with “Read also: …”",
            way_out="Add it as a paragraph, or name its first words under `dropped`.",
        ),
        "snapshot-changed": Code(
            severity=Severity.ERROR,
            summary="the bytes of a snapshot are not those that were recorded",
            explanation=(
                "The SHA-256 in the front matter fixes what was received. Another sum means that "
                "the file was edited, converted or replaced, often by an editor or by version "
                "control that rewrote its line ends."
            ),
            example="sha256: 0000000000000000000000000000000000000000000000000000000000000000",
            way_out=(
                "Restore the file as it was received. Record a new sum only if the file was "
                "received anew and you know why it differs."
            ),
        ),
        "snapshot-missing": Code(
            severity=Severity.ERROR,
            summary="a snapshot that a source names is not there",
            explanation=(
                "Without the archived file nothing shows that the paragraphs are what the "
                "article said."
            ),
            example="snapshot: seeds/gone.txt",
            way_out=(
                "Put the file back, correct its path, or delete `snapshot` and `sha256` to have "
                "the source as a mere record."
            ),
        ),
        "source-not-archived": Code(
            severity=Severity.WARNING,
            summary="a source has no archived copy that readers can reach",
            explanation=(
                "Articles are changed and taken down. A public archive lets a reader check even "
                "when the original has gone."
            ),
            example="archives: []",
            way_out="Save the page in a public web archive and put its address under `archives`.",
        ),
        "source-not-retrieved": Code(
            severity=Severity.WARNING,
            summary="a source does not say when it was retrieved",
            explanation=(
                "Articles change after they are published. The day of retrieval says which state "
                "of the article is quoted."
            ),
            example="title: North Korea Increases Military Support\nurl: https://example.org/a",
            way_out="Add `retrieved_at`, and `retrieved_by` if it matters.",
        ),
        "source-unused": Code(
            severity=Severity.WARNING,
            summary="a source is never cited",
            explanation=(
                "It is published with a page of its own, though no event rests on it. Perhaps a "
                "citation was forgotten, or names another source by mistake."
            ),
            example="content/sources/background.md     # no event cites `background`",
            way_out="Cite it, or move it out of `content/sources/`.",
        ),
        "source-without-text": Code(
            severity=Severity.ERROR,
            summary="a quote is said to stand in a source that has no text",
            explanation=(
                "The source is a mere record without paragraphs, so there is nothing in which "
                "the quote could be found."
            ),
            example="- source: annual-report     # no paragraphs\n  quote: forty containers",
            way_out=(
                "Take in the text of the source with `pincite add`, or write `unverified:` and "
                "the reason in place of `quote`."
            ),
        ),
        "stray-text": Code(
            severity=Severity.ERROR,
            summary="text of a source stands outside any paragraph",
            explanation=(
                "Where one paragraph is marked all must be: text without a mark has no address "
                "and cannot be cited. Most often a blank line divides a paragraph."
            ),
            example="[p1] North Korea has supplied …\n\nThe shipments began …",
            way_out="Give the text a mark of its own, or join it to the paragraph above.",
        ),
        "unproven-source": Code(
            severity=Severity.WARNING,
            summary="a cited source is a mere record",
            explanation=(
                "It has neither a snapshot nor paragraphs, so nothing that rests on it can be "
                "checked on the site. Its page says so."
            ),
            example="---\ntitle: Annual report\n---",
            way_out="Take in its text with `pincite add`, so that the words can be quoted.",
            strict=True,
        ),
    }
)

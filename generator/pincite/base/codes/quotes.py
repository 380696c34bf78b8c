"""Codes of findings about quotes, and about claims that lack one."""

from collections.abc import Mapping
from types import MappingProxyType

from pincite.base.codes.entry import Code
from pincite.base.diagnostics import Severity

QUOTES: Mapping[str, Code] = MappingProxyType(
    {
        "editorial-insert": Code(
            severity=Severity.WARNING,
            summary="a quote holds words in square brackets that are not the source's",
            explanation=(
                "The bracketed words stand for others in the source and are published as part of "
                "the quote. They are the editor's reading, which no comparison can prove."
            ),
            example='quote: "[Kim] announced a new deployment"',
            way_out="Quote the words as they stand, and say in the claim who is meant.",
        ),
        "event-without-claim": Code(
            severity=Severity.ERROR,
            summary="an event has neither claims nor a citation",
            explanation=(
                "An event is published for what it claims, and each claim shows its proof. One "
                "that claims nothing has nothing to show."
            ),
            example="- id: first-troops\n  date: 2024-10\n  title: First troops seen",
            way_out="Add `cite` (then the title is the claim) or a list of `claims`.",
        ),
        "hedge-outside-quote": Code(
            severity=Severity.WARNING,
            summary="a word that turns or weakens the quote stands just outside it",
            explanation=(
                "A “not”, “allegedly” or “up to” right beside the quoted words changes what they "
                "say. Readers who see only the quote are misled."
            ),
            example='quote: "sent 12,000 troops"     # the source: allegedly sent 12,000 troops',
            way_out="Lengthen the quote to take the word in.",
        ),
        "number-not-quoted": Code(
            severity=Severity.WARNING,
            summary="a number in a claim stands in none of its quotes",
            explanation=(
                "Figures are what readers carry away and what goes wrong most easily. This one "
                "is not proven by the words that are cited."
            ),
            example="text: 300 guns were sent\ncite: [{source: eutoday, quote: long-range guns}]",
            way_out="Quote the words with the number, or correct the number in the claim.",
        ),
        "quote-ambiguous": Code(
            severity=Severity.ERROR,
            summary="a quote stands in several places of its source",
            explanation=(
                "The link of a citation leads to one place. Which one is meant decides which "
                "context the reader sees, so it is not guessed."
            ),
            example='quote: "military support to Russia"     # in p2 and in p7',
            way_out="Quote more words, or add `paragraph: p7` or `occurrence: 2`.",
        ),
        "quote-edge": Code(
            severity=Severity.WARNING,
            summary="a quote ends with punctuation that may not be the source's",
            explanation=(
                "A full stop or comma inside the quote is often the editor's own, by the habit "
                "of putting it before the closing quotation mark."
            ),
            example='quote: "approximately 200 pieces of artillery."',
            way_out="Leave the last punctuation mark out of the quote.",
        ),
        "quote-empty": Code(
            severity=Severity.ERROR,
            summary="a quote has no words",
            explanation=(
                "White space and marks alone are found everywhere and prove nothing. The same "
                "holds for one empty segment of a quote in several."
            ),
            example='quote: "…"',
            way_out="Copy the words from the source, or write `unverified:` and the reason.",
        ),
        "quote-long": Code(
            severity=Severity.WARNING,
            summary="a quote is longer than a pinpoint needs to be",
            explanation=(
                "A long quote hides the words that prove the claim, and may be more of the "
                "source than the law allows to be quoted."
            ),
            example='quote: "North Korea has supplied … (three whole paragraphs)"',
            way_out="Keep the words that bear the claim; join distant ones by ` … `.",
        ),
        "quote-missing": Code(
            severity=Severity.ERROR,
            summary="a citation has neither a quote nor a reason why it has none",
            explanation=(
                "A citation names the very words that support the claim, so that the build can "
                "prove it and readers can check it."
            ),
            example="cite:\n  - source: eutoday",
            way_out=(
                "Add `quote:`. Where the source is not archived yet, write `unverified:` and the "
                "reason; the page then says that it is not proven."
            ),
        ),
        "quote-moved": Code(
            severity=Severity.ERROR,
            summary="a quote stands in another paragraph than the one named",
            explanation=(
                "The words are in the source, but not where the citation says. Either the "
                "number is wrong, or the same words in another context are meant."
            ),
            example='quote: "long-range artillery"     # stands in p2\nparagraph: p3',
            way_out="Correct `paragraph` after looking at both places, or leave it out.",
        ),
        "quote-not-found": Code(
            severity=Severity.ERROR,
            summary="a quote stands nowhere in its source",
            explanation=(
                "The words differ from the source by more than white space, quotation marks, "
                "dashes and the first letter. One digit or one “not” makes another statement, so "
                "words that are merely similar are shown as the nearest, and never accepted."
            ),
            example="quote: approximately 300 pieces     # the source: approximately 200 pieces",
            way_out=(
                "Copy the words from the source letter by letter, with ` … ` where you leave "
                "some out. If they stand elsewhere, cite that source."
            ),
        ),
        "quote-occurrence": Code(
            severity=Severity.ERROR,
            summary="`occurrence` counts further than the quote is found",
            explanation=(
                "`occurrence: 3` means the third place at which the words stand, counted from "
                "the beginning of the source or of the named paragraph. There are fewer."
            ),
            example='quote: "military support"     # stands twice\noccurrence: 3',
            way_out="Correct the number, or quote more words and leave it out.",
        ),
        "quote-out-of-order": Code(
            severity=Severity.ERROR,
            summary="the segments of a quote stand in another order in the source",
            explanation=(
                "A quote with words left out must keep the order of the source. In another "
                "order the same words can be made to say something else."
            ),
            example='quote: ["in January", "long-range artillery"]     # the source: the reverse',
            way_out="Put the segments in the order of the source, or make two citations.",
        ),
        "quote-short": Code(
            severity=Severity.WARNING,
            summary="a quote has fewer than four words",
            explanation=(
                "A few words are easily found by chance in a passage that says something else, "
                "and tell a reader little."
            ),
            example='quote: "artillery to Russia"',
            way_out="Quote the whole clause that bears the claim.",
        ),
        "quote-spans-paragraphs": Code(
            severity=Severity.WARNING,
            summary="a quote reaches over neighbouring paragraphs",
            explanation=(
                "The words are found, but joined over the end of a paragraph, where a new "
                "thought may begin."
            ),
            example='quote: "to Russia … The shipments began"',
            way_out="Make one citation for each paragraph.",
        ),
        "uncited-claim": Code(
            severity=Severity.ERROR,
            summary="a claim has neither a citation nor a reason why it has none",
            explanation=(
                "Every claim is shown beside its proof. One without any must say so openly, "
                "or it borrows the trust that the others have earned."
            ),
            example="claims:\n  - text: Troops arrived by train",
            way_out="Add `cite`, or `uncited:` and the reason, which the page shows.",
        ),
        "uncited-with-reason": Code(
            severity=Severity.WARNING,
            summary="a claim is published without a citation, for a stated reason",
            explanation=(
                "The page shows the reason in place of a quotation, and nothing has been proven. "
                "Being listed keeps it from being forgotten."
            ),
            example="- text: Troops arrived by train\n  uncited: from an interview of our own",
            way_out=(
                "Add `cite` once there is a source. To accept all such claims, set this code to "
                "`ignore` under `warnings` in `site.yaml`."
            ),
        ),
        "unknown-paragraph": Code(
            severity=Severity.ERROR,
            summary="a citation names a paragraph that its source does not have",
            explanation=(
                "The link would lead to the top of the page, and the reader would search in "
                "vain. Perhaps another source is meant."
            ),
            example="- source: eutoday     # ends with p23\n  paragraph: p32",
            way_out="Correct the number; the marks in the source's file are the ones that count.",
        ),
        "unverified-citation": Code(
            severity=Severity.WARNING,
            summary="a citation is published without a proof",
            explanation=(
                "It is a link and a stated reason, with no quote that could be compared. The "
                "page says plainly that it is not proven."
            ),
            example="- source: annual-report\n  unverified: only on paper so far",
            way_out="Take in the text of the source with `pincite add`, and quote it.",
            strict=True,
        ),
    }
)

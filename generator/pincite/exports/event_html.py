"""An event as HTML to be read elsewhere: safe, without styles, with absolute links."""

from html import escape

from pincite.exports.index import Index
from pincite.model import Citation, Event
from pincite.plan.words import Words


def event_html(event: Event, index: Index, words: Words) -> str:
    """Return when, what, who says so, and the words that prove it, each with its address."""
    parts = [f"<p>{escape(index.label(event.date))}</p>"]
    if event.withdrawn:
        parts.append(f"<p><strong>{withdrawal_html(event, words)}</strong></p>")
    if event.summary and (summary := event.summary.plain):
        parts.append(f"<p>{escape(summary)}</p>")
    for claim in event.claims:
        by = f" ({escape(claim.attributed_to)})" if claim.attributed_to else ""
        if not event.title_is_claim or by:
            parts.append(f"<p>{escape(claim.text)}{by}</p>")
        for citation in claim.citations:
            name = escape(index.sources[citation.source].name)
            if isinstance(citation, Citation):
                url = escape(index.citation_url(citation.source, event.id, citation.n))
                parts.append(
                    f'<blockquote cite="{url}"><p>{escape(citation.exact)}</p></blockquote>'
                    f'<p><a href="{url}">{name}</a></p>'
                )
            else:
                url = escape(index.source_url(citation.source, citation.paragraph))
                parts.append(f'<p><a href="{url}">{name}</a>: {escape(citation.reason)}</p>')
    return "".join(parts)


def withdrawal_html(event: Event, words: Words) -> str:
    """Return the sentence that says when and why *event* was withdrawn, or nothing."""
    if event.withdrawn is None:
        return ""
    said = words.date(event.withdrawn.date)
    return escape(words("say_withdrawn", date=said, note=event.withdrawn.note))

"""The page on which a reader's own browser proves the site again; without a script it says how."""

from markupsafe import Markup

from pincite.exports.json_text import compact
from pincite.plan.heads import head
from pincite.plan.site import Site
from pincite.plan.urls import output_path, root_of
from pincite.plan.views import PageView

_SPOKEN = "verify_js_"  # keys of what the script says
_STEPS = ("claim", "quote", "mark", "paragraph", "snapshot")


def verifying_page(site: Site) -> PageView:
    words = site.words
    path = output_path("verify")
    root = root_of(path)
    spoken = {
        key.removeprefix(_SPOKEN): text
        for key, text in words.table.items()
        if key.startswith(_SPOKEN)
    }
    steps = Markup("").join(
        Markup("<li>{}</li>").format(words(f"verify_step_{step}")) for step in _STEPS
    )
    body = Markup(
        "<p>{intro}</p>\n"
        '<div id="verify" data-root="{root}" data-words="{spoken}">'
        "<p>{needs}</p></div>\n"
        "<h2>{heading}</h2>\n<ol>{steps}</ol>\n<p>{limits}</p>\n"
        '<p>{by_hand} <a href="{root}data/timeline.json">data/timeline.json</a></p>'
    ).format(
        intro=words("verify_intro"),
        root=root,
        spoken=compact(spoken),
        needs=words("verify_needs_script"),
        heading=words("verify_steps"),
        steps=steps,
        limits=words("verify_limits"),
        by_hand=words("verify_by_hand"),
    )
    return PageView(
        head=head(
            site,
            path,
            title=words("verify_title"),
            description=words("verify_description"),
            current="verify",
        ),
        title=words("verify_title"),
        body=body,
    )

SITENAME = "Timeline"
SITEURL = "https://timeline.example"
AUTHOR = "x"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["events"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = []
OUTPUT_PATH = "public"
THEME = "theme"
PLUGINS = ["pelican.plugins.sitemap"]
SITEMAP = {"format": "xml"}
DEFAULT_PAGINATION = False
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = "events/{slug}/"
ARTICLE_SAVE_AS = "events/{slug}/index.html"
PAGE_URL = "sources/{slug}/"
PAGE_SAVE_AS = "sources/{slug}/index.html"
YEAR_ARCHIVE_URL = "timeline/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "timeline/{date:%Y}/index.html"
DIRECT_TEMPLATES = ["index"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
NEWEST_FIRST_ARCHIVES = False
FEED_ALL_RSS = "index.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = (
    None
)
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = True
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}}, "output_format": "html5"}
FORMATTED_FIELDS = []  # summaries are plain text
LOG_FILTER = []


def _list(v):
    return v if isinstance(v, list) else [v]


def citations(article):
    return [c.split("|", 2) for c in _list(article.metadata["citation"])]


_memo = {}


def backlinks(articles):
    if not _memo:
        for a in articles:
            for key in dict.fromkeys((s, int(k)) for s, k, _ in citations(a)):
                _memo.setdefault(key, []).append(a)
        _memo[0] = True
    return _memo


JINJA_FILTERS = {"citations": citations, "aslist": _list, "backlinks": backlinks}

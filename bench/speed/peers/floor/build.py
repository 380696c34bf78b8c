"""The same pages by hand: PyYAML, Markdown and Jinja2, in one process, and nothing else.

python build.py CONTENT OUT
"""

import sys
from pathlib import Path

import markdown
import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

BASE = "https://timeline.example/"
CONTENT, OUT = Path(sys.argv[1]), Path(sys.argv[2])


def load(folder):
    entries = []
    for path in sorted(folder.iterdir()):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        entries.append({**yaml.load(head, yaml.CSafeLoader), "body": body})
    return entries


def put(address, html):
    folder = OUT / address
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, "utf-8")


def main():
    theme = FileSystemLoader(Path(__file__).parent / "templates")
    find = Environment(loader=theme, autoescape=True).get_template
    event_page, source_page, year_page = map(find, ("event.html", "source.html", "year.html"))
    events, sources = load(CONTENT / "events"), load(CONTENT / "sources")
    events.sort(key=lambda e: (e["date"], e["id"]))
    back, years = {}, {}
    for e in events:
        years.setdefault(e["date"].year, []).append(e)
        for key in dict.fromkeys((c["source"], c["paragraph"]) for c in e["citations"]):
            back.setdefault(key, []).append(e)
    md = markdown.Markdown()
    urls = []
    for e in events:
        body = Markup(md.reset().convert(e["body"]))
        told = {"title": e["title"], "e": e, "year": e["date"].year, "body": body}
        put(f"events/{e['id']}", event_page.render(told))
        urls.append((f"events/{e['id']}/", e["date"]))
    for s in sources:
        links = {k: back.get((s["id"], k)) for k in range(1, 1 + len(s["paragraphs"]))}
        put(f"sources/{s['id']}", source_page.render(title=s["title"], s=s, backlinks=links))
        urls.append((f"sources/{s['id']}/", s["date"]))
    for year, some in years.items():
        put(f"timeline/{year}", year_page.render(title=str(year), events=some))
        urls.append((f"timeline/{year}/", None))
    put(".", find("home.html").render(title="Timeline", years=list(years)))
    urls.append(("", None))
    feed = find("index.xml").render(base=BASE, events=events[:-51:-1])
    (OUT / "index.xml").write_text(feed, "utf-8")
    sitemap = find("sitemap.xml").render(base=BASE, urls=urls)
    (OUT / "sitemap.xml").write_text(sitemap, "utf-8")


main()

"""Payloads in every field of every file, on pages opened in Chromium: all of it stays text."""

import functools
import http.server
import re
import threading
from collections import Counter, defaultdict

import pytest
from markupsafe import escape

from browser.test_hostile import TRAP, Quiet
from hostile.fields import NOT_SHOWN, Payloads, all_leaves, takes_words, write_front, write_site
from hostile.payloads import families, texts
from pincite.base.schema import Prose
from support import Site

pytestmark = pytest.mark.browser

WORKERS = 6
OPENED = 4  # of each kind of page with a folder of its own; the others are read like them
MARK = re.compile(r"(?<=\s)zq\d+x\d+z")  # in an address it follows on something else
# Opens pages in frames, does there what readers do, and says what they hold. Others it only parses.
LOOK = r"""async ([opened, parsed, workers]) => {
  const mark = /zq\d+x\d+z/;
  const never = 'object, embed, style, applet, frame, frameset, math, portal, main iframe[srcdoc]';
  const read = page => {
    const faults = [...page.querySelectorAll(never)].map(element => element.outerHTML);
    const values = [], blocks = [];
    for (const element of page.querySelectorAll('*')) {
      for (const {name, value} of element.attributes) {
        if (/^on|^(style|srcdoc|ping|nonce|autofocus|background|formaction)$/.test(name))
          faults.push(`${element.tagName} ${name}=${value}`);
        if (mark.test(value) && !/^(href|src)$/.test(name)) values.push(value);
      }
      if (element.matches('a[href]') && element.protocol && !/^(https?|mailto):$/.test(element.protocol))
        faults.push(`${element.tagName} leads to ${element.href}`);
      if (element.matches('script:not([src])')) {
        if (/^application\/(ld\+)?json$/.test(element.type)) JSON.parse(element.textContent);
        else faults.push(`script: ${element.textContent}`);
        blocks.push(element.textContent);
      }
    }
    const texts = [];  // a drawing's titles stand amid its labels
    const walker = page.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const {data, parentNode: {tagName}} = walker.currentNode;
      if (tagName === 'title') values.push(data);
      else if (tagName !== 'SCRIPT') texts.push(data);
    }
    return {faults, values, blocks, text: texts.join('')};
  };
  const touch = ({contentWindow: view, contentDocument: page}) => {
    for (const element of page.querySelectorAll('main *')) {
      for (const type of ['mouseover', 'focus', 'pointerenter', 'toggle', 'animationstart'])
        element.dispatchEvent(new view.Event(type));
      if (element.tagName === 'DETAILS') element.open = true;
    }
    view.scrollTo(0, page.body.scrollHeight);
  };
  const seen = {};
  const work = async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    while (opened.length) {
      const path = opened.pop();
      await new Promise(done => { frame.onload = done; frame.src = '/' + path; });
      touch(frame);
      const found = seen[path] = read(frame.contentDocument);
      if (decodeURI(frame.contentWindow.location.pathname) !== '/' + path) found.faults.push('it leads away');
      for (const text of frame.contentWindow.sprung)  // of a long block the trap saw the beginning
        if (!found.blocks.some(block => block.startsWith(text))) found.faults.push(`it ran: ${text}`);
    }
  };
  await Promise.all(Array.from({length: workers}, work));
  for (const path of parsed) {
    const answer = await fetch('/' + path);
    seen[path] = read(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  }
  return seen;
}"""


class Kept(Quiet):
    """Lets the browser keep scripts and styles, which are the same for all pages."""

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """Say nothing: a page that is left takes no more of what it asked for."""


def look_at(browser, site, all_of=("", "events", "sources"), share=1):
    """Return what each page of a site holds, and what went wrong while they were open.

    Of the folders *all_of* every page is opened; of what is not, each *share*-th is parsed.
    """
    (site.out / "blank.html").write_text("<!doctype html><title>Frames</title>")
    pages = sorted(
        path.relative_to(site.out).as_posix()
        for path in site.out.rglob("*.html")
        if path.name != "blank.html"
    )
    folders, opened = Counter(), []
    for path in pages:
        folder = path.split("/")[0] if path.count("/") > 1 else ""
        folders[folder] += 1
        # What leads on from an older address is an instruction to the frame.
        if not path.startswith("events/old") and (folders[folder] <= OPENED or folder in all_of):
            opened.append(path)
    server = Server(("127.0.0.1", 0), functools.partial(Kept, directory=str(site.out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    page = browser.new_page()
    wrong = []
    page.on("request", lambda r: r.url.startswith(address) or wrong.append(f"asked: {r.url}"))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    try:
        page.add_init_script(TRAP)
        page.goto(f"{address}blank.html")
        seen = page.evaluate(LOOK, [opened, sorted({*pages} - {*opened})[::share], WORKERS])
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    return seen, wrong


def misread(seen, placed):
    """Return the fields whose payloads are shown as typed, and where one is shown otherwise."""
    typed = {p.mark: p for p in placed}
    shown, lost = set(), []
    for path, page in seen.items():
        for text in (page["text"], *page["values"]):
            line = " ".join(text.split())
            for match in MARK.finditer(line):
                found = typed[match[0]]
                before = line[: match.start()].rstrip()
                words = " ".join(found.text.split())
                if before.endswith((words, escape(words))):  # what to copy is shown escaped
                    shown.add(found.field)
                elif not isinstance(all_leaves().get(found.field, Prose()), Prose):
                    lost.append((path, found, before[-200:]))
    return shown, lost


@pytest.fixture(scope="module")
def looked(browser, tmp_path_factory):
    """Return payloads in every field, and what Chromium made of the pages that show them."""
    site = Site(tmp_path_factory.mktemp("fields") / "p", bare=True)
    front = Site(site.root.parent / "front", bare=True)
    payloads, seen, wrong = Payloads(), {}, []
    write_site(site, payloads)
    write_front(front, payloads)  # again: a title has room for a few only
    for project in (site, front):
        project.build()
        assert project.published, project.report
        pages, more = look_at(browser, project)
        seen |= {f"{project.root.name}/{path}": page for path, page in pages.items()}
        wrong += more
    return payloads.placed, seen, wrong


def test_every_field_meets_every_family_and_every_payload_several_fields(looked):
    met, fields = defaultdict(set), defaultdict(set)
    for one in looked[0]:
        met[one.field].add(one.text)
        fields[one.text].add(one.field)
    assert met.keys() >= {path for path in all_leaves() if takes_words(path)}
    for name, some in families().items():
        assert [path for path, dealt in met.items() if not dealt & set(some)] == [], name
    assert sum(len(found) >= 2 for found in fields.values()) > 4_900
    assert fields.keys() >= set(texts())


def test_nothing_runs_and_nothing_is_asked_for_elsewhere(looked):
    _, seen, wrong = looked
    assert {path: page["faults"] for path, page in seen.items() if page["faults"]} == {}
    assert wrong == []
    assert len(seen) > 500


def test_what_is_shown_is_shown_as_it_was_typed(looked):
    placed, seen, _ = looked
    shown, lost = misread(seen, placed)
    assert lost == []
    hidden = {path for path in all_leaves() if takes_words(path)} - shown
    assert hidden == NOT_SHOWN

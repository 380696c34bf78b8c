"""Pages from templates: Jinja2 over a theme held in memory, told a view and the frame.

A template sees ``page`` and ``frame`` and may call ``render_card`` and ``render_part``, and that
is all; whatever is wrong with one ends in a `TemplateFault` that knows its file and line.
"""

import marshal
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from types import BuiltinMethodType, CodeType, MethodType, TracebackType
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
)
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from pincite.base.diagnostics import Failure
from pincite.base.recent import Recent
from pincite.plan.views import Card, Frame

FOLDER: Final = "templates/"
CARD: Final = "parts/card.html"
_CARDS: Final = 4096  # in one generation of two: with cards of 2 kB some 30 MB at most
_WORDS: Final = "i18n/"
_PARTS: Final = 256
_METHODS: Final = frozenset((BuiltinMethodType, MethodType))  # of strings, of ours
_RANDOM: Final = frozenset(("lipsum", "random"))  # the same input gives the same page


class TemplateFault(Failure):
    """A template that cannot be read, or that asks for what there is not.

    *name* is the template's below ``templates/``, *line* counts from 1 (0 where no line is to
    blame); *message* says both.
    """

    def __init__(self, name: str, line: int, fault: str, *, help: str | None = None) -> None:
        place = f"{FOLDER}{name}:{line}" if line else f"{FOLDER}{name}"
        super().__init__(f"{place}: {fault}", help=help)
        self.name = name
        self.line = line
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The files below ``templates/``, by name; a project's own stand in place of ours."""

    files: Mapping[str, bytes]

    def templates(self) -> tuple[str, ...]:
        return tuple(sorted(name for name in self.files if name.endswith(".html")))


class Renderer:
    """Turns views into pages with one theme. *engine* is the digest of the program itself.

    Compiled templates and cards are kept as long as the renderer: one serves many builds.
    """

    def __init__(self, theme: Theme, engine: str) -> None:
        self.theme = theme
        self.engine = engine
        self._loader = _ThemeLoader(theme)
        self._environment = _Environment(
            loader=self._loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        for name in _RANDOM & self._environment.globals.keys():
            del self._environment.globals[name]
        for name in _RANDOM & self._environment.filters.keys():
            del self._environment.filters[name]
        self._environment.globals |= {
            "render_card": self._render_card,
            "render_part": self._render_part,
        }
        self._closures: dict[str, str] = {}
        self._frame: Frame | None = None
        self._parts: dict[tuple[str, tuple[str, ...]], Markup] = {}
        self._cards: Recent[Markup] = Recent(_CARDS)

    def render(self, template: str, page: object, frame: Frame) -> bytes:
        """Return the page: UTF-8, lines ended by LF, the last one too."""
        self._stay_with(frame)
        html = self._fill(template, {"page": page, "frame": frame})
        if "\r" in html:
            html = html.replace("\r\n", "\n").replace("\r", "\n")
        try:
            return (html.strip("\n") + "\n").encode()
        except UnicodeEncodeError as fault:
            raise TemplateFault(template, 0, f"the page holds what is no text: {fault}") from None

    def card(self, card: Card, root: str, frame: Frame) -> Markup:
        """Return an event as it stands in a list, on a page whose root is *root*.

        A card is rendered once for a root: an event's card stands on several pages.
        """
        self._stay_with(frame)
        html = self._cards.find(card, root)
        if html is None:
            html = self._render_html(CARD, {"card": card, "root": root, "frame": frame})
            self._cards.keep(card, html, root)
        return html

    def closure(self, name: str) -> str:
        """Return the digest of all files of the theme that can take part in the template *name*.

        These are the template, those that it reaches, and the interface words. A template that
        computes a name reaches all of them.
        """
        closure = self._closures.get(name)
        if closure is None:
            closure = self._closures[name] = self._digest(self._reach(name))
        return closure

    def known(self) -> bytes:
        """Return what was found out of the theme, and its compiled templates: for `know`."""
        return marshal.dumps((self.theme_digest(), self._closures, self._loader.codes), 2)

    def know(self, known: bytes) -> None:
        """Take what another renderer of this program knew, which spares reading templates.

        Nobody else can have written *known*; what is of another theme is of no use.
        """
        with suppress(ValueError, TypeError, EOFError):
            theme, closures, codes = marshal.loads(known)  # noqa: S302 - we alone wrote it
            if theme == self.theme_digest():
                self._closures.update(closures)
                self._loader.codes.update(codes)

    def theme_digest(self) -> str:
        """Return the digest of the whole theme."""
        return self._digest(set(self.theme.files))

    def _fill(self, name: str, variables: Mapping[str, object]) -> str:
        try:
            return self._environment.get_template(name).render(variables)
        except (TemplateFault, MemoryError):
            raise  # from a card, or from the text of a template
        except Exception as fault:  # noqa: BLE001 - a theme may do anything, and only a theme runs here
            raise _fault(fault, name, self.theme) from None

    def _render_html(self, name: str, variables: Mapping[str, object]) -> Markup:
        return Markup(self._fill(name, variables))  # noqa: S704 - a template has escaped it

    def _render_card(self, card: Card, root: str) -> Markup:
        """Give templates ``render_card(card, root)``."""
        assert self._frame is not None, "a page is being rendered"
        return self.card(card, root, self._frame)

    def _render_part(self, name: str, *told: str) -> Markup:
        """Give templates ``render_part(name, …)``: a part that sees ``told`` and ``frame`` alone.

        It is rendered once for each *told*, so that what stands on all pages costs nothing.
        """
        key = (name, told)
        html = self._parts.get(key)
        if html is None:
            html = self._render_html(name, {"told": told, "frame": self._frame})
            if len(self._parts) < _PARTS:
                self._parts[key] = html
        return html

    def _stay_with(self, frame: Frame) -> None:
        """Forget what was rendered with another frame."""
        if frame is not self._frame:
            self._frame = frame
            self._parts, self._cards = {}, Recent(_CARDS)

    def _reach(self, name: str) -> set[str]:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            at = waiting.pop()
            if at in reached or (at not in self.theme.files and at != name):
                continue  # what is missing is told when it is rendered
            reached.add(at)
            tree = self._loader.tree(self._environment, at)
            for other in (*meta.find_referenced_templates(tree), *_called(tree)):
                if other is None:
                    return set(self.theme.templates())
                waiting.append(other)
        return reached

    def _digest(self, names: set[str]) -> str:
        digest = sha256()
        words = {name for name in self.theme.files if name.startswith(_WORDS)}
        for name in sorted(names | words):
            content = self.theme.files[name]
            digest.update(f"{len(name)} {len(content)} {name}".encode() + content)
        return digest.hexdigest()


class _Context(Context):
    """What a template sees. What takes nothing from it, as nearly all, is called directly."""

    def call(
        self,
        called: Any,
        /,
        *args: Any,
        _block_vars: dict[str, Any] | None = None,
        _loop_vars: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        if type(called) in _METHODS:
            return called(*args, **kwargs)
        kwargs |= {"_block_vars": _block_vars, "_loop_vars": _loop_vars}
        return super().call(called, *args, **kwargs)


class _Environment(Environment):
    """Jinja's, but that a template which is at hand is found without a look at its loader."""

    context_class = _Context

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ready: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        if isinstance(name, Template):
            return name
        template = self._ready.get(name)
        if template is None:
            template = self._ready[name] = super().get_template(name, parent, globals)
        return template


class _ThemeLoader(BaseLoader):
    """Reads templates from a theme; each is parsed once, for its closure and its code alike."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._trees: dict[str, nodes.Template] = {}
        self.codes: dict[str, CodeType] = {}  # templates that were compiled

    def tree(self, environment: Environment, name: str) -> nodes.Template:
        """Return the parsed template, for reading only."""
        tree = self._trees.get(name)
        if tree is None:
            tree = self._trees[name] = self._parse(environment, name)
        return tree

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        code = self.codes.get(name)
        if code is None:
            code = self.codes[name] = self._compile(environment, name)
        # Jinja would give every page a chain of maps to copy; one plain map says the same.
        template = environment.template_class.from_code(environment, code, dict(globals or {}))
        # What is shown is joined at once, so that no string need become a Markup on its way.
        template.root_render_func.__globals__["escape"] = _escape_plainly
        return template

    def _compile(self, environment: Environment, name: str) -> CodeType:
        tree = self.tree(environment, name)
        try:
            code: CodeType = environment.compile(tree, name, FOLDER + name)
        except TemplateSyntaxError as fault:
            raise TemplateFault(name, fault.lineno, fault.message or str(fault)) from None
        finally:
            self._trees.pop(name)  # making code of a tree may change it
        return code

    def _parse(self, environment: Environment, name: str) -> nodes.Template:
        content = self._theme.files.get(name)
        if content is None:
            raise TemplateNotFound(name)
        try:
            return environment.parse(content.decode("utf-8-sig"), name, FOLDER + name)
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
            raise TemplateFault(name, line, "this is not UTF-8") from None
        except TemplateSyntaxError as fault:
            raise TemplateFault(name, fault.lineno, fault.message or str(fault)) from None


def _called(tree: nodes.Template) -> Iterator[str | None]:
    """Find the templates that a tree reaches by calls; None is a name that is computed."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "render_card":
            yield CARD
        if isinstance(call.node, nodes.Name) and call.node.name == "render_part":
            name = call.args[0] if call.args else None
            yield name.value if isinstance(name, nodes.Const) else None


def _escape_plainly(value: object) -> str:
    """Escape as `markupsafe.escape` does, but leave a string as it is that needs nothing."""
    kind = value.__class__
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is str and not (
        "&" in value or "<" in value or ">" in value or "'" in value or '"' in value  # type: ignore[operator]
    ):
        return value  # type: ignore[return-value]
    return escape(value)


def _fault(fault: Exception, asked: str, theme: Theme) -> TemplateFault:
    """Say what went wrong, at the innermost line of a template that took part in it."""
    name, line = asked, 0
    for at_name, at_line in _template_lines(fault.__traceback__):
        name, line = at_name, at_line
    if isinstance(fault, TemplateNotFound):
        return TemplateFault(
            name,
            line,
            f"there is no template `{fault.name}`",
            help="the theme has " + ", ".join(f"`{other}`" for other in theme.templates()),
        )
    if isinstance(fault, UndefinedError):
        return TemplateFault(
            name,
            line,
            fault.message or str(fault),
            help="the first line of a template names what it is told",
        )
    if isinstance(fault, RecursionError):
        return TemplateFault(name, line, "this template includes itself without an end")
    return TemplateFault(name, line, f"{type(fault).__name__}: {fault}")


def _template_lines(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    # Jinja rewrites the traceback so that frames of compiled code bear template names and lines.
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith(FOLDER):
            yield file.removeprefix(FOLDER), traceback.tb_lineno
        traceback = traceback.tb_next

"""The only door to the Markdown renderer and the sanitizer: numbered lines in, safe HTML out."""

import re
import threading
from collections.abc import Callable, Sequence
from html import escape
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import AUTOMAIL_RE, HTML_RE, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from course_engine.curriculum import elements, limits
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.questions import NO_HTML, Html
from course_engine.curriculum.reading import Line, Ruler, joined, trimmed
from course_engine.curriculum.scanning import fences

_TAG_NAMES = (
    "p br hr h2 h3 h4 h5 h6 a em strong code pre ul ol li dl dt dd blockquote img "
    "table thead tbody tr th td sup sub div aside section abbr"
)
_TAGS = set(_TAG_NAMES.split())
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "aside": {"role"},
    "section": {"role", "aria-label"},
}

# Built once: its tables cost more than cleaning a short text.
_SANITIZER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None)

# Most questions and feedback are plain sentences. These need no parser: every line begins with a
# letter, an opening mark or a bare number, and nothing that Markdown gives a meaning to occurs.
_PLAIN_LINE = r"""(?:[^\W\d_]|["“\u2018(]|\d+(?![\d.)]))[^\\`*_{}\[\]<>&#!|~^=+\n\u00a0]*(?<! )"""
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*")

_STAND_IN = re.compile("<p>\ufdd0([0-9]+)\ufdd1</p>")


class _Review(Treeprocessor):
    """Shows the finished tree to whoever asked for it, before it becomes text."""

    show: Callable[[Element], None]

    def run(self, root: Element) -> None:
        self.show(root)


class _RawHtml(InlineProcessor):
    """Keeps raw HTML as plain words, and remembers that it was there."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(HTML_RE, md)
        self.met: list[str] = []

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        self.met.append(m.group(1))
        return m.group(1), m.start(0), m.end(0)


class _Mail(InlineProcessor):
    """Makes <name@example.org> a plain link; the stock one hides the address in entities."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        link = Element("a", href=f"mailto:{m.group(1).removeprefix('mailto:')}")
        link.text = m.group(1)
        return link, m.start(0), m.end(0)


class _Fences(Preprocessor):
    """Renders fenced code wherever the scanner finds it, in indented blocks too."""

    def run(self, lines: list[str]) -> list[str]:
        numbered = [Line(text=text, number=at) for at, text in enumerate(lines, 1)]
        for fence in reversed(fences(numbered)):
            inside = numbered[fence.first + 1 : fence.last + 1]
            if inside and set(inside[-1].text.strip()) in ({"`"}, {"~"}):
                inside = inside[:-1]
            code = "\n".join(line.after(min(fence.indent, line.indent)).text for line in inside)
            name = re.sub(r"[^\w-]", "", fence.language)
            kind = f' class="language-{name}"' if name else ""
            html = f"<pre><code{kind}>{escape(code, quote=False)}\n</code></pre>"
            held = " " * fence.indent + self.md.htmlStash.store(html)
            lines[fence.first : fence.last + 1] = ["", held, ""]
        return lines


class _House(Extension):
    """The rules of this project: no raw HTML, code found by our own scanner."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self.raw_html = _RawHtml(md)
        self.review = _Review(md)
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_Fences(md), "fences", 25)
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(self.raw_html, "raw_html", 90)
        md.inlinePatterns.deregister("automail")
        md.inlinePatterns.register(_Mail(AUTOMAIL_RE, md), "mail", 110)
        # After attribute lists were read (8) and before escapes are put back (0).
        md.treeprocessors.register(self.review, "review", 5)


class _Converter:
    """One Markdown parser, used again for every text: building it costs more than a short text."""

    def __init__(self, extensions: Callable[[], Sequence[Extension]]) -> None:
        self._extensions = extensions
        self._build()

    def _build(self) -> None:
        self._house = _House()
        self._markdown = Markdown(
            extensions=[*self._extensions(), self._house], output_format="html"
        )

    def convert(self, text: str, lines: Sequence[Line], draft: Draft, role: elements.Role) -> str:
        raw_html = self._house.raw_html.met = []

        def show(root: Element) -> None:
            found = elements.Found(root, raw_html)
            elements.review(found, lines, draft, role)

        self._house.review.show = show
        try:
            html = self._markdown.reset().convert(text)
        except RecursionError:
            message = "lists or quotes are nested too deeply here. Use fewer levels."
            draft.report.problem(Ruler(lines).place(0), "too-deep", message)
            self._build()  # The parser was left in the middle of something.
            return ""
        except Exception:  # noqa: BLE001 - No text may stop the other files from being checked.
            message = "the renderer cannot read this text. Write it more simply."
            draft.report.problem(Ruler(lines).place(0), "unreadable-text", message)
            self._build()
            return ""
        return _SANITIZER.clean(html)


class _Converters(threading.local):
    """The parsers of one thread: they keep state while they work."""

    def __init__(self) -> None:
        self.fragments = _Converter(_in_questions)
        self.documents = _Converter(_in_documents)


def _in_questions() -> list[Extension]:
    return [TableExtension(use_align_attribute=True), AttrListExtension(), SaneListExtension()]


def _in_documents() -> list[Extension]:
    return [*_in_questions(), FootnoteExtension(), DefListExtension(), AdmonitionExtension()]


_CONVERTERS = _Converters()


def document(lines: Sequence[Line], draft: Draft) -> Html:
    """Render a text with headings, footnotes and callouts."""
    lines = trimmed(lines)
    if not lines or limits.exceeded(lines, draft):
        return NO_HTML
    converted = _CONVERTERS.documents.convert(joined(lines), lines, draft, "document")
    return _scrolling(converted)


def blocks(lines: Sequence[Line], draft: Draft) -> Html:
    """Render the paragraphs of a question: no headings, footnotes or callouts."""
    lines = trimmed(lines)
    text = joined(lines)
    if _PLAIN.fullmatch(text):
        return Html(f"<p>{text}</p>")
    if not lines or limits.exceeded(lines, draft):
        return NO_HTML
    return _scrolling(_CONVERTERS.fragments.convert(text, lines, draft, "blocks"))


def inline(lines: Sequence[Line], draft: Draft) -> Html:
    """Render a few words without a paragraph around them."""
    lines = trimmed(lines)
    text = " ".join(line.text.strip() for line in lines)
    if _PLAIN.fullmatch(text):
        return Html(text)
    if not text or limits.exceeded(lines, draft):
        return NO_HTML
    # As a heading, words that begin like a list or a quote stay words.
    text = re.sub(r"(#+)$", lambda match: "\\#" * len(match.group()), text)
    html = _CONVERTERS.fragments.convert(f"###### {text}", lines, draft, "inline")
    return Html(re.sub(r"^<h6[^>]*>|</h6>$", "", html))


def clean(html: str) -> Html:
    """Return foreign HTML with nothing left in it that our own texts could not hold."""
    return Html(_SANITIZER.clean(html))


def stand_in(number: int, line: Line) -> tuple[Line, ...]:
    """Return lines that keep a place in a document for something that is no Markdown."""
    return tuple(Line(text=text, number=line.number) for text in ("", f"\ufdd0{number}\ufdd1", ""))


def parted(html: Html) -> list[Html | int]:
    """Return a rendered document in pieces: HTML, and the numbers of what stands between."""
    pieces = _STAND_IN.split(html)
    parts: list[Html | int] = []
    for at, piece in enumerate(pieces):
        if at % 2:
            parts.append(int(piece))
        elif piece.strip():
            parts.append(Html(piece.strip()))
    return parts


def _scrolling(html: str) -> Html:
    """Let a wide table scroll by itself, by keyboard too, instead of widening the page."""
    return Html(
        html.replace("<table>", '<div class="table-scroll" tabindex="0"><table>').replace(
            "</table>", "</table></div>"
        )
    )

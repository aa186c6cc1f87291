"""What the elements of a text may be: the rules for headings, links, pictures and attributes."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.problems import Place, shortened
from course_engine.curriculum.reading import Line, Ruler, joined
from course_engine.curriculum.scanning import coded

Role = Literal["document", "blocks", "inline"]
"""Where a text stands: alone, with headings of its own; inside a question; inside a line."""

CALLOUTS = ("note", "tip", "caution", "example")
SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})

# What an author may add with {: …}. The renderer's own attributes are added after this check.
_ALLOWED = frozenset({"id", "class", "title", "lang", "dir", "alt", "src", "href", "start"})
_RENDERED = {"td": {"align"}, "th": {"align"}, "section": {"role", "aria-label"}, "aside": {"role"}}
_HEADING = re.compile(r"h([1-6])")
_CODE = re.compile(r"(?<!\\)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LOOSE_END = re.compile(r"\[\^[^\]\s]+\]|\[[^\]\n]+\]\[[^\]\n]*\]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Found(NamedTuple):
    """What the parser met in a text besides its tree."""

    root: Element
    raw_html: Sequence[str]


class Finder:
    """Finds the place of something that a parsed text says, reading forward."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._ruler = Ruler(lines)
        code = coded(lines)
        bare = "\n".join(
            " " * len(line.text) if at in code else line.text for at, line in enumerate(lines)
        )
        self._text = joined(lines)
        self._bare = _CODE.sub(lambda match: " " * len(match.group()), bare)
        self._read: dict[str, int] = {}

    def place(self, *needles: str) -> Place:
        """Return the next place of the first of these that is there; else where the text begins."""
        for needle in needles:
            after = self._read.get(needle, -1) + 1
            for text, begin in ((self._bare, after), (self._bare, 0), (self._text, 0)):
                if needle and (offset := text.find(needle, begin)) >= 0:
                    self._read[needle] = offset
                    return self._ruler.place(offset)
        return self._ruler.place(0)


def review(found: Found, lines: Sequence[Line], draft: Draft, role: Role) -> None:
    """Tell of everything in a tree that may not be published; put addresses into links."""
    _Review(found.root, Finder(lines), draft, role).run(found.raw_html)


class _Review:
    def __init__(self, root: Element, finder: Finder, draft: Draft, role: Role) -> None:
        self._root = root
        self._role = role
        self._finder = finder
        self._draft = draft
        self._ids: set[str] = set()
        self._level = 1

    def run(self, raw_html: Sequence[str]) -> None:
        for tag in raw_html:
            self._raw(tag)
        for element in self._root.iter():
            self._attributes(element)
        for element in self._root.iter():
            if level := _HEADING.fullmatch(element.tag):
                self._heading(element, int(level[1]))
            elif element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._picture(element)
            elif element.tag == "div" and (element.get("class") or "").startswith("admonition"):
                self._admonition(element)
            if element.tag not in {"code", "pre"}:
                self._words(element.text)
            self._words(element.tail)

    def _problem(self, code: str, message: str, *needles: str) -> None:
        self._draft.report.problem(self._finder.place(*needles), code, message)

    def _raw(self, tag: str) -> None:
        message = (
            f"raw HTML ({shortened(tag)}) is not used here. Write Markdown, or put it in backticks."
        )
        self._problem("raw-html", message, tag, tag.split("\n", maxsplit=1)[0])

    def _words(self, text: str | None) -> None:
        if not text:
            return
        if "<!--" in text:
            self._raw("<!--")
        for loose in _LOOSE_END.findall(text):
            kind = "footnote" if loose.startswith("[^") else "link"
            message = f"the {kind} {loose} is defined nowhere. Define it, or take it out."
            self._problem("loose-end", message, loose)

    def _attributes(self, element: Element) -> None:
        allowed = _ALLOWED | _RENDERED.get(element.tag, set())
        for key in list(element.attrib):
            if key not in allowed:
                message = f'the attribute "{key}" is not used here. Use id, class, title or lang.'
                self._problem("attribute", message, f"{key}=", key)
                del element.attrib[key]
        if element.tag in {"td", "th"} and (align := element.attrib.pop("align", None)):
            element.set("class", f"align-{align}")
        if own := element.get("id"):
            if own in self._ids:
                message = f'the id "{own}" stands twice in this text. Change one.'
                self._problem("id-twice", message, f"#{own}")
            self._ids.add(own)

    def _heading(self, element: Element, level: int) -> None:
        if self._role == "inline":
            return
        words = "".join(element.itertext()).strip()
        needles = ("#" * level + " " + words, "#" * level + " ", words)
        if self._role == "blocks":
            message = "a heading cannot stand inside a question. Use bold words instead."
            self._problem("heading-here", message, *needles)
        elif level == 1:
            message = "level 1 is the title, from the front matter. Begin with ##."
            self._problem("heading-level", message, *needles)
        elif level > self._level + 1:
            message = f"the heading skips a level. Use {'#' * (self._level + 1)} here."
            self._problem("heading-level", message, *needles)
        elif not words:
            self._problem("empty-heading", "the heading is empty. Give it words.", *needles)
        self._level = level

    def _link(self, element: Element) -> None:
        href = (element.get("href") or "").strip()
        if (element.get("class") or "").startswith("footnote-"):
            return
        needles = (f"]({href}", f"](<{href}", f"]: {href}", href)
        if not "".join(element.itertext()).strip() and element.find(".//img") is None:
            message = "the link has no words. Put some in the brackets."
            self._problem("empty-link", message, *needles)
        if _SCHEME.match(href):
            if href.partition(":")[0].lower() not in SCHEMES or not _splits(href):
                message = f'links to "{href.partition(":")[0]}:" are not safe. Use https.'
                self._problem("unsafe-link", message, *needles)
            return
        target, mark, anchor = href.partition("#")
        if mark and not target:
            if anchor not in self._ids:
                message = f'no heading here has the id "{anchor}". Add {{#{anchor}}} to one.'
                self._problem("broken-link", message, *needles)
            return
        address = self._draft.address(target) if target else None
        if address is None or address.startswith("/assets/"):
            message = f'the link to "{href}" leads nowhere. Write the path of a lesson\'s file.'
            self._problem("broken-link", message, *needles)
            return
        element.set("href", f"{address}{mark}{anchor}")

    def _picture(self, element: Element) -> None:
        source = element.get("src") or ""
        needles = (f"]({source}", f"](<{source}", f"]: {source}", source)
        if not (element.get("alt") or "").strip():
            message = "the picture has no alternative text. Say in the brackets what it shows."
            self._problem("no-alt", message, *needles)
        address = None if _SCHEME.match(source) else self._draft.address(source)
        if address is None or not address.startswith("/assets/"):
            message = f'there is no picture "{source}" in this course. Put its file there.'
            self._problem("no-picture", message, *needles)
            return
        element.set("src", address)

    def _admonition(self, element: Element) -> None:
        kind = (element.get("class") or "").removeprefix("admonition").strip()
        title = element.find("p")
        if title is None or title.get("class") != "admonition-title":
            title = None
        words = "".join(title.itertext()).strip() if title is not None else ""
        if kind in CALLOUTS and title is not None:
            element.tag = "aside"
            element.attrib = {"class": f"callout callout-{kind}", "role": "note"}
            title.set("class", "callout-title")
        elif kind == "story" and title is not None:
            element.tag = "section"
            element.attrib = {"class": "story", "role": "group", "aria-label": words}
            title.set("class", "story-title")
        else:
            element.tag = "section"
            message = f'a "!!! {kind}" block cannot stand here. Put it at the margin.'
            self._problem("block-here", message, f"!!! {kind}", "!!!")


def _splits(href: str) -> bool:
    try:
        return bool(urlsplit(href).netloc or urlsplit(href).path)
    except ValueError:
        return False

"""Text of other formats as HTML of ours: what it loses on the way is told."""

import re
from html import escape

from course_engine.curriculum import markup
from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.elements import SCHEMES
from course_engine.curriculum.problems import Report
from course_engine.curriculum.questions import NO_HTML, Html
from course_engine.curriculum.reading import Line
from course_engine.exchange import html_trees
from course_engine.exchange.html_trees import Child, Element
from course_engine.exchange.losses import Losses

_LONGEST = 60_000
_TAGGED = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_LOST = re.compile(
    r"<(?:\w+:)?(script|style|iframe|object|embed|video|audio|svg|math|canvas|form|input|select"
    r"|textarea|button|sub|sup|u|del|ins)\b",
    re.IGNORECASE,
)

_SAME = re.compile(r"<(/?)(b|i)(?=[\s/>])", re.IGNORECASE)
_OURS = {"b": "strong", "i": "em"}


def seen(text: str) -> str:
    """Return the text without the characters that no editor shows."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(text: str) -> Html:
    """Return words as paragraphs; an empty line parts them, a line's end breaks the line."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", seen(text)) if part.strip()]
    paragraphs = (
        "<br>\n".join(escape(line.strip(), quote=False) for line in part.split("\n"))
        for part in parts
    )
    return Html("".join(f"<p>{each}</p>\n" for each in paragraphs).rstrip())


def tagged(text: str) -> bool:
    """Tell whether a text holds HTML."""
    return _TAGGED.search(text) is not None


def html(text: str, line: int, losses: Losses) -> Html:
    """Return foreign HTML as ours; scripts, pictures and links that lead nowhere are told."""
    if len(text) > _LONGEST:
        reason = "the text is longer than any question is. Shorten it."
        losses.part(line, "text-too-long", "a text", reason)
        text = text[:_LONGEST]
    for tag in sorted({found.lower() for found in _LOST.findall(text)}):
        reason = "our Markdown has no mark for it. Read the text again without it."
        losses.part(line, "markup-lost", f"<{tag}>", reason)
    same = _SAME.sub(lambda found: f"<{found[1]}{_OURS[found[2].lower()]}", seen(text))
    return portable(markup.clean(same), line, losses)


def markdown(text: str, line: int, losses: Losses) -> Html:
    """Return Markdown rendered by our own parser; what it refuses is told."""
    draft = Draft(path="", addresses=Addresses(known={}), report=Report(""))
    lines = [Line(text=each.expandtabs(4), number=line) for each in seen(text).split("\n")]
    rendered = markup.blocks(lines, draft)
    for problem in draft.report.found:
        losses.part(line, problem.code, "a part of the text", problem.message)
    return portable(rendered, line, losses)


def portable(given: Html, line: int, losses: Losses) -> Html:
    """Return HTML that stands alone: a picture is its alternative text, a link leads outside."""
    if "<img" not in given and "<a" not in given:
        return given
    tree = html_trees.read(given)
    changed = [_portable(child, line, losses) for child in tree]
    return html_trees.written(changed) if changed != tree else given


def _portable(child: Child, line: int, losses: Losses) -> Child:
    if isinstance(child, str):
        return child
    if child.tag == "img":
        reason = "a picture is a file of its own. Add it to the course by hand."
        alternative = child.attributes.get("alt", "").strip()
        losses.part(line, "picture-lost", f'the picture "{alternative[:40]}"', reason)
        return alternative
    inside = [_portable(each, line, losses) for each in child.children]
    if child.tag == "a" and not _outside(child.attributes.get("href", "")):
        reason = "it leads nowhere outside its own site. Its words stay."
        target = child.attributes.get("href", "")[:60]
        losses.part(line, "link-lost", f'the link to "{target}"', reason)
        return Element(tag="span", children=inside)
    return Element(tag=child.tag, attributes=child.attributes, children=inside)


def _outside(target: str) -> bool:
    return target.partition(":")[0].lower() in SCHEMES and ":" in target


def paragraph(given: Html) -> Html:
    """Return a text as blocks, as feedback and explanations are."""
    bare = given.strip()
    if not bare:
        return NO_HTML
    return given if bare.startswith("<") else Html(f"<p>{bare}</p>")

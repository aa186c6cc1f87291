"""Sanitized HTML back to the Markdown that our own parser turns into the same HTML."""

import re
from collections.abc import Sequence

from course_engine.curriculum.questions import Html
from course_engine.exchange import html_trees
from course_engine.exchange.html_trees import BLOCKS, Child, Element

_BREAK = "\x00"
_SPACE = re.compile(r"[ \t\n\r\f\x00]+")
_MEANING = re.compile(r"[\\`*_{}\[\]]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKERS = {"em": "*", "strong": "**"}
_PLAIN_TARGET = re.compile(r"[^\s<>()\"']+")
_ALIGNED = {"align-left": ":--", "align-right": "--:", "align-center": ":-:"}


def inline(html: Html) -> str:
    """Return a text of one paragraph as one line."""
    return _squeezed(_inline(html_trees.read(html)))


def is_line(html: Html) -> bool:
    """Tell whether a text fits into a line: it is one paragraph, or words without one."""
    tree = [each for each in html_trees.read(html) if not _blank(each)]
    inside = _only_paragraph(tree)
    return not any(isinstance(each, Element) and each.tag in BLOCKS for each in inside)


def blocks(html: Html) -> list[str]:
    """Return a text as lines of Markdown, without blank ones around them."""
    return _blocks(html_trees.read(html))


def item(html: Html) -> list[str]:
    """Return the lines of a choice or a step: one where it is one paragraph."""
    tree = html_trees.read(html)
    if is_line(html):
        inside = _only_paragraph([each for each in tree if not _blank(each)])
        return [_item_start(_squeezed(_inline(inside)))]
    return blocks(html)


def guarded(line: str) -> str:
    """Return the line so that its beginning means nothing to Markdown or to our own marks."""
    if line[:1] in set("#>-+!"):
        return f"\\{line}"
    if line[:1] in set("=~|:"):
        return f"&#{ord(line[0])};{line[1:]}"
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", line)


def _item_start(line: str) -> str:
    return f"\\{line}" if line.startswith("(") else line


def _blank(child: Child) -> bool:
    return isinstance(child, str) and not child.strip(" \t\n\r\f")


def _only_paragraph(tree: Sequence[Child]) -> Sequence[Child]:
    if len(tree) == 1 and isinstance(tree[0], Element) and tree[0].tag in {"p", "div"}:
        return tree[0].children
    return tree


def _inline(children: Sequence[Child]) -> str:
    return "".join(
        _escaped(child) if isinstance(child, str) else _span(child) for child in children
    )


def _escaped(text: str) -> str:
    text = _ENTITY.sub("&amp;", _MEANING.sub(r"\\\g<0>", text)).replace("<", "&lt;")
    text = text.replace("=>", "=&gt;")
    return re.sub(r"(?<!#)#+\s*$", lambda found: found.group().replace("#", "&#35;"), text)


def _span(element: Element) -> str:
    match element.tag:
        case "br":
            return _BREAK
        case "code":
            return _code(html_trees.words(element.children)) + _language(element)
        case "em" | "strong":
            return _emphasized(element)
        case "a":
            return _link(element)
        case _:
            return _inline(element.children)


def _emphasized(element: Element) -> str:
    inside = _inline(element.children)
    bare = inside.strip(f" \t\n\r\f{_BREAK}")
    if not bare:
        return inside
    before, _, after = inside.partition(bare)
    marker = _MARKERS[element.tag]
    if bare.startswith("*") or bare.endswith("*"):
        marker = marker.replace("*", "_")
    return f"{before}{marker}{bare}{marker}{_language(element)}{after}"


def _code(words: str) -> str:
    words = _squeezed(words)
    if not words:
        return ""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    space = " " if "`" in (words[0], words[-1]) else ""
    return f"{fence}{space}{words}{space}{fence}"


def _link(element: Element) -> str:
    words = _inline(element.children).strip()
    target = element.attributes.get("href", "")
    if not words or not target:
        return words
    target = target if _PLAIN_TARGET.fullmatch(target) else f"<{target}>"
    return f"[{words}]({target}){_language(element)}"


def _language(element: Element) -> str:
    language = element.attributes.get("lang", "")
    return f'{{: lang="{language}" }}' if re.fullmatch(r"[A-Za-z0-9-]+", language) else ""


def _blocks(children: Sequence[Child]) -> list[str]:
    """Render block after block, a blank line between; loose words become paragraphs."""
    found: list[list[str]] = []
    run: list[Child] = []
    for child in children:
        if isinstance(child, Element) and child.tag in BLOCKS:
            found += [_paragraph(run), _block(child)]
            run = []
        else:
            run.append(child)
    found.append(_paragraph(run))
    lines: list[str] = []
    for block in filter(None, found):
        lines += ["", *block] if lines else block
    return lines


def _paragraph(children: Sequence[Child]) -> list[str]:
    parts = [
        "\n".join(filter(None, (_squeezed(line) for line in part.split("\n"))))
        for part in _inline(children).split(_BREAK)
    ]
    text = "  \n".join(filter(None, parts))
    return [guarded(line) for line in text.split("\n") if line]


def _squeezed(text: str) -> str:
    """Return the text with single spaces, and none around it; spaces that do not break stay."""
    return _SPACE.sub(" ", text).strip(" ")


def _block(element: Element) -> list[str]:
    match element.tag:
        case "p" | "dt":
            return _paragraph(element.children)
        case "h2" | "h3" | "h4" | "h5" | "h6":
            return _paragraph([Element(tag="strong", children=element.children)])
        case "ul" | "ol":
            return _list(element)
        case "pre":
            return _fenced(element)
        case "blockquote":
            return [f"> {line}".rstrip() for line in _blocks(element.children)]
        case "hr":
            return ["***"]
        case "table":
            return _table(element)
        case _:
            return _blocks(element.children)


def _list(element: Element) -> list[str]:
    items = [each for each in element.children if isinstance(each, Element)]
    loose = any(
        isinstance(child, Element) and child.tag == "p" for each in items for child in each.children
    )
    lines: list[str] = []
    for number, each in enumerate(items, 1):
        marker = f"{number}." if element.tag == "ol" else "-"
        first, *rest = _blocks(each.children) or [""]
        if not loose:
            rest = [line for line in rest if line] if _only_lists(each) else rest
        if lines and loose:
            lines.append("")
        lines.append(f"{marker} {_item_start(first)}")
        lines += [f"    {line}" if line else "" for line in rest]
    return lines


def _only_lists(element: Element) -> bool:
    tags = {each.tag for each in element.children if isinstance(each, Element)}
    return not tags & (BLOCKS - {"ul", "ol"})


def _fenced(element: Element) -> list[str]:
    words = html_trees.words(element.children).rstrip("\n")
    longest = max((len(run) for run in re.findall("`{3,}", words)), default=2)
    fence = "`" * (longest + 1)
    return [fence, *words.split("\n"), fence]


def _table(element: Element) -> list[str]:
    rows = [
        [cell for cell in row.children if isinstance(cell, Element)]
        for row in element.inside
        if row.tag == "tr"
    ]
    if not rows or not rows[0]:
        return []
    ruled = [_ALIGNED.get(cell.attributes.get("class", ""), "---") for cell in rows[0]]
    written = [[_cell(cell) for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (written[0], ruled, *written[1:])]


def _cell(cell: Element) -> str:
    return _squeezed(_inline(cell.children)).replace("|", "\\|")

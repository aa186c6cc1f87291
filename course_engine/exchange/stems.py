"""What other formats ask in one text, as our question and the situation under it."""

from collections.abc import Sequence

from course_engine.curriculum.questions import NO_HTML, Html
from course_engine.exchange import html_trees
from course_engine.exchange.html_trees import BLOCKS, Child, Element


def split(stem: Html, otherwise: str = "") -> tuple[Html, Html]:
    """Return the prompt and the vignette.

    The last paragraph asks; what stands before it is the situation. Where the text ends with a list
    or a table, its first paragraph asks. Where it has no paragraph at all, ``otherwise`` does.
    """
    parts = _paragraphs(html_trees.read(stem))
    asking = [part for part in parts if part.tag == "p"]
    if not asking:
        return html_trees.written([otherwise]), html_trees.written(parts)
    asks = parts[-1] if parts[-1].tag == "p" else asking[0]
    others = [part for part in parts if part is not asks]
    vignette = Html("\n".join(html_trees.written([part]) for part in others)) or NO_HTML
    return html_trees.written(asks.children), vignette


def joined(prompt: Html, vignette: Html) -> Html:
    """Return one text that splits into this prompt and this vignette."""
    return Html(f"{vignette}\n<p>{prompt}</p>".strip())


def _paragraphs(tree: Sequence[Child]) -> list[Element]:
    """Return the blocks of a text; loose words become paragraphs, empty ones are left out."""
    parts: list[Element] = []
    run: list[Child] = []
    for child in [*tree, Element(tag="hr")]:
        if not isinstance(child, Element) or child.tag not in BLOCKS:
            run.append(child)
            continue
        if html_trees.words(run).strip():
            parts.append(Element(tag="p", children=run))
        run = []
        if child.tag in {"div", "section", "aside"}:
            parts += _paragraphs(child.children)
        elif html_trees.words(child.children).strip():
            parts.append(child)
    return parts

"""What was rendered for a site, made to stand in a book: headings, links, names, pictures."""

import re
from dataclasses import replace

from course_engine.curriculum import addresses
from course_engine.curriculum.course import Course
from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    Ordering,
    Pair,
    Question,
    ScopeQuestion,
    SingleChoice,
)
from course_engine.press.assets import SCHEME

_HEADING = re.compile(r"<(/?)h([2-6])(?=[ >])")
_OWN_NAME = re.compile(r'(<[^<>]*? (?:id|href)=")(#?)([^"/:]+:?[^"/:]*)"')
_ADDRESS = re.compile(r'(<(?:a|img)\b[^<>]*? (?:href|src)=")(/[^"#]*)(?:#[^"]*)?"')
_LOWEST = 6


class Passages:
    """Adapts the passages of one course; links between its lessons stay inside the book."""

    def __init__(self, course: Course) -> None:
        self._places = {
            addresses.lesson(course.slug, module.slug, lesson.slug): self.anchor(
                module.slug, lesson.slug
            )
            for module in course.modules
            for lesson in module.lessons
        }
        self._places[addresses.course(course.slug)] = "contents"
        self._pictures = {
            addresses.picture(sha256): f"{SCHEME}{sha256}" for sha256 in course.assets
        }

    @staticmethod
    def anchor(module: str, lesson: str) -> str:
        """Return the name of a lesson inside the book."""
        return f"{module}.{lesson}"

    def adapted(self, html: Html, within: str, *, deeper: int = 0) -> Html:
        """Return a passage for its place: headings so many levels deeper, names not yet taken."""

        def heading(found: re.Match[str]) -> str:
            return f"<{found[1]}h{min(int(found[2]) + deeper, _LOWEST)}"

        def name(found: re.Match[str]) -> str:
            is_name = found[1].endswith(' id="') or found[2]
            return f'{found[1]}{found[2]}{within}.{found[3]}"' if is_name else found[0]

        def address(found: re.Match[str]) -> str:
            place = self._places.get(found[2])
            there = f"#{place}" if place else self._pictures.get(found[2], found[2])
            return f'{found[1]}{there}"'

        named = _OWN_NAME.sub(name, _HEADING.sub(heading, html))
        return Html(_ADDRESS.sub(address, named))

    def in_question(self, question: Question) -> Question:
        """Return the question with each of its texts adapted."""

        def text(html: Html) -> Html:
            return self.adapted(html, question.id)

        def maybe(html: Html | None) -> Html | None:
            return None if html is None else text(html)

        adapted = replace(
            question,
            prompt=text(question.prompt),
            vignette=text(question.vignette),
            explanation=maybe(question.explanation),
        )
        match adapted:
            case SingleChoice() | MultipleChoice() | ScopeQuestion():
                choices: list[Choice] = [
                    replace(each, text=text(each.text), feedback=maybe(each.feedback))
                    for each in adapted.choices
                ]
                return replace(adapted, choices=tuple(choices))  # type: ignore[arg-type]
            case Matching():
                pairs = (
                    Pair(left=text(each.left), right=text(each.right)) for each in adapted.pairs
                )
                return replace(adapted, pairs=tuple(pairs))
            case Ordering():
                return replace(adapted, items=tuple(map(text, adapted.items)))
            case _:
                return adapted

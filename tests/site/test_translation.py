"""Whatever a person reads can be translated: refusals too, wherever they are worded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask

from course_engine import places
from course_engine.errors import N_, Refusal, Refused
from course_engine.web.errors import explained

ROOT = Path(__file__).parents[2]


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Walk every kind of refusal that the site knows."""
    yield kind
    for child in kind.__subclasses__():
        yield from refusals(child)


@pytest.fixture(scope="module")
def texts(one_app: Flask) -> set[str]:
    """Every text that a translator is given."""
    assert one_app
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "lazy_gettext": None}
    found = extract_from_dir(str(ROOT / "course_engine"), [("**.py", "python")], keywords=keywords)
    return {text for _, _, message, _, _ in found for text in _all(message)}


def _all(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


def test_every_refusal_explains_itself_in_words_that_can_be_translated(texts: set[str]) -> None:
    ours = [kind for kind in refusals() if kind.__module__.startswith("course_engine")]
    assert len(ours) > 10
    assert {kind.explanation for kind in ours} <= texts


def test_values_are_filled_in_after_translation(app: Flask) -> None:
    error = Refused(N_("All %(limit)s attempts have been used."), limit=3)
    assert str(error) == "All 3 attempts have been used."
    with app.test_request_context():
        assert explained(error) == "All 3 attempts have been used."


def test_the_words_of_templates_are_found(texts: set[str]) -> None:
    found = extract_from_dir(
        str(places.TEMPLATES), [("**.html", "jinja2")], keywords={"_": None, "ngettext": (1, 2)}
    )
    words = {text for _, _, message, _, _ in found for text in _all(message)}
    assert "Take a break" in words
    assert len(words) > 200

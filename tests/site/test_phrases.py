"""Phrases of templates: in the language of the site, however they stand in a template."""

import pytest
from babel.support import Translations
from flask import Flask

from course_engine.web import localization


class Loud(Translations):
    """A language in which everything is said in capital letters."""

    def gettext(self, message: str) -> str:
        """Return the message, loudly."""
        return message.upper().replace("%(NAME)S", "%(name)s")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p> {{- _('ten %% of it') -}} </p>", "<p>TEN % OF IT</p>"),
        ("{{ _('one') }} {{ _('two') }}", "ONE TWO"),
        ("{{ _('so') if true else _('not so') }}", "SO"),
        ("{{ _('for %(name)s', name='<i>') }}", "FOR &lt;i&gt;"),
        ("{{ _('it is')|length }}", "5"),
        ("{% macro part() %}{{ _('in a part') }}{% endmacro %}{{ part() }}", "IN A PART"),
    ],
)
def test_a_phrase_is_said_in_the_language_of_the_site(
    monkeypatch: pytest.MonkeyPatch, written: str, shown: str
) -> None:
    monkeypatch.setattr(Translations, "load", lambda *_: Loud())
    app = Flask("phrases")
    localization._translate_templates(app, "en")
    assert app.jinja_env.from_string(written).render() == shown

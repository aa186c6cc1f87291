"""The language and the time zone in which people read."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import babel.dates
from babel import Locale
from babel.support import Translations
from flask import Flask, current_app
from flask_babel import Babel
from jinja2 import pass_eval_context
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, TOKEN_VARIABLE_BEGIN, Token, TokenStream
from jinja2.nodes import EvalContext
from markupsafe import Markup

from course_engine.web.site import Site

# {{ _("…") }}, token by token.
_PHRASE = ["variable_begin", "name", "lparen", "string", "rparen", "variable_end"]


def init_app(app: Flask, site: Site) -> None:
    """Show everything in the site's language and time zone."""
    Babel(
        app,
        default_locale=site.language,
        default_timezone=site.time_zone,
        locale_selector=lambda: site.language,
        timezone_selector=lambda: site.time_zone,
    )
    _translate_templates(app, site.language)
    app.jinja_env.filters.update(moment=moment, clock=clock, exactly=exactly, day=day)


def _translate_templates(app: Flask, language: str) -> None:
    """Give templates their words in the one language of the site, each phrase looked up once.

    Flask-Babel works out the language of the request again for every phrase, and a page has dozens:
    that was a fifth of the time of a lesson's page.
    """
    spoken = Translations.load(Path(app.root_path) / "translations", [language])

    @lru_cache(maxsize=2048)
    def plain(phrase: str) -> Markup:
        return Markup(spoken.gettext(phrase)) % {}  # noqa: S704 - a phrase of our own templates

    def filled(context: EvalContext, phrase: str, values: dict[str, Any]) -> str:
        return (Markup(phrase) if context.autoescape else phrase) % values  # noqa: S704 - as above

    @pass_eval_context
    def gettext(context: EvalContext, phrase: str, /, **values: Any) -> str:
        if context.autoescape and not values:
            return plain(phrase)
        return filled(context, spoken.gettext(phrase), values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:
        return filled(context, spoken.ngettext(one, many, num), {"num": num, **values})

    class Phrases(Extension):
        """Puts a phrase without values into a template as it is read, as if it stood there."""

        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            tokens, at = list(stream), 0
            while at < len(tokens):
                token, size = tokens[at], 1
                if token.type == TOKEN_VARIABLE_BEGIN:
                    here = tokens[at : at + len(_PHRASE)]
                    if [each.type for each in here] == _PHRASE and here[1].value == "_":
                        token = Token(token.lineno, TOKEN_DATA, str(plain(here[3].value)))
                        size = len(_PHRASE)
                yield token
                at += size

    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext})
    app.jinja_env.add_extension(Phrases)


def moment(value: datetime) -> str:
    """Write a day, a time and its zone: November 22, 2026, 10:42 AM EST."""
    return _moment(value.replace(second=0, microsecond=0), *_here())


def clock(value: datetime) -> str:
    """Write a time of day: 10:42 AM."""
    return _clock(value.replace(second=0, microsecond=0), *_here())


# A minute is written once: many people save their answers in the same one, and hand them in.
@lru_cache(maxsize=1024)
def _moment(minute: datetime, zone: ZoneInfo, locale: Locale) -> str:
    shape = "MMMM d, y, h:mm a z" if locale.language == "en" else "d MMMM y h:mm a z"
    return babel.dates.format_datetime(minute, shape, tzinfo=zone, locale=locale)


@lru_cache(maxsize=1024)
def _clock(minute: datetime, zone: ZoneInfo, locale: Locale) -> str:
    return babel.dates.format_time(minute, "short", tzinfo=zone, locale=locale)


def exactly(value: datetime) -> str:
    """Write a time of day to the second, with its zone: 10:42:07 AM EST."""
    zone, locale = _here()
    return babel.dates.format_time(value, "long", tzinfo=zone, locale=locale)


def day(value: date | datetime) -> str:
    """Write a day; a moment is first moved to the site's zone."""
    zone, locale = _here()
    if isinstance(value, datetime):
        value = value.astimezone(zone).date()
    return babel.dates.format_date(value, "long", locale=locale)


def _here() -> tuple[ZoneInfo, Locale]:
    site: Site = current_app.extensions["site"]
    return site.zone, _spoken(site.language)


@lru_cache(maxsize=16)
def _spoken(language: str) -> Locale:
    return Locale.parse(language)

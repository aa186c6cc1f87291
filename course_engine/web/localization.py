"""The language and the time zone in which people read."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import babel.dates
from flask import Flask
from flask_babel import Babel, get_locale

from course_engine.web.site import Site


def init_app(app: Flask, site: Site) -> None:
    """Show everything in the site's language and time zone."""
    Babel(
        app,
        default_locale=site.language,
        default_timezone=site.time_zone,
        locale_selector=lambda: site.language,
        timezone_selector=lambda: site.time_zone,
    )
    zone = site.zone
    app.jinja_env.filters["moment"] = lambda value: moment(value, zone)
    app.jinja_env.filters["clock"] = lambda value: clock(value, zone)
    app.jinja_env.filters["day"] = lambda value: day(value, zone)


def moment(value: datetime, zone: ZoneInfo) -> str:
    """Write a day, a time and its zone: November 22, 2026, 10:42 AM EST."""
    locale = get_locale()
    words = babel.dates.format_datetime(value, "d MMMM y h:mm a z", tzinfo=zone, locale=locale)
    if locale is not None and locale.language == "en":
        words = babel.dates.format_datetime(
            value, "MMMM d, y, h:mm a z", tzinfo=zone, locale=locale
        )
    return words


def clock(value: datetime, zone: ZoneInfo) -> str:
    """Write a time of day: 10:42 AM."""
    return babel.dates.format_time(value, "short", tzinfo=zone, locale=get_locale())


def day(value: date | datetime, zone: ZoneInfo) -> str:
    """Write a day; a moment is first moved to the site's zone."""
    if isinstance(value, datetime):
        value = value.astimezone(zone).date()
    return babel.dates.format_date(value, "long", locale=get_locale())

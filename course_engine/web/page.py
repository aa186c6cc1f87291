"""What every page is given: the site, who is asking, and where they can go."""

from collections.abc import Hashable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, request, url_for
from flask_babel import gettext as _
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from course_engine.records.people import Person, Role
from course_engine.settings import Settings
from course_engine.web import clock, headers, identity, keyring
from course_engine.web.site import Site


class Link(NamedTuple):
    """One entry of the main navigation."""

    label: str
    url: str
    current: bool


class Section(NamedTuple):
    """A part of the site that the main navigation leads to; without a role it is for everybody."""

    label: str
    url: str
    role: Role | None


_BELONGS = {
    "accommodations": "/cohorts",
    "agreement": "/cohorts",
    "receipts": "/cohorts",
    "attempts": "/courses",
}
"""The section under which the pages of a part are found, where their address does not say so."""


class Page(Template):
    """A template of this site. What it imports is made once, as it sees nothing of the page.

    Jinja looks at each import whether the page brings names that the other template lacks. Here
    every template has the same ones, and looking was a twentieth of the time of a page.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        return super()._get_default_module()


@lru_cache(maxsize=1024)
def kept(macro: Macro, *values: Hashable, **more: Hashable) -> Markup:
    """Return what a macro makes of these values, made once: for what is the same for everybody."""
    return Markup(macro(*values, **more))  # noqa: S704 - our own autoescaped template


def kept_each(macro: Macro, several: Iterable[tuple[Hashable, ...]]) -> Markup:
    """Return what a macro makes of several groups of values, one after the other, each made once.

    A template that asks for each by itself spends more on asking than on what it gets.
    """
    return Markup("".join([kept(macro, *values) for values in several]))  # noqa: S704 - as above


def init_app(app: Flask, settings: Settings, site: Site) -> None:
    """Hand the same plain values to every template."""
    app.jinja_env.template_class = Page
    app.jinja_env.globals.update(
        site=site,
        demo=settings.demo,
        watch="/watch" if settings.watch else "",
        kept=kept,
        kept_each=kept_each,
    )

    @app.context_processor
    def _everywhere() -> dict[str, Any]:
        person = _who()
        return {
            "me": person,
            "nonce": headers.nonce(),
            "navigation": navigation(app.extensions["sections"], person) if person else (),
            "stale_lines": stale_lines(site, person),
            "key_ends": key_ends(site, person),
        }


def settle(app: Flask) -> None:
    """Work out once what every page links to and shows, when every part is in place."""
    bundle_url: Any = app.jinja_env.globals["bundle_url"]
    with app.test_request_context():
        app.jinja_env.globals["links"] = {
            "home": url_for("home.front"),
            "stylesheet": bundle_url("site.css"),
            "script": bundle_url("site.js"),
            "mark": url_for("static", filename="img/mark.svg"),
            "account": url_for("account.account"),
            "sign_in": url_for("account.sign_in"),
            "sign_out": url_for("account.sign_out"),
            "verify": url_for("verification.ask"),
            "accessibility": url_for("home.accessibility"),
        }
        app.extensions["sections"] = _sections()
        # The same on every page of the site, so it is made once.
        crisis = app.jinja_env.get_template("parts/crisis.html").render()
        app.jinja_env.globals["crisis"] = Markup(crisis)  # noqa: S704 - our own autoescaped template


def _who() -> Person | None:
    """Return who is asking; an address that leads nowhere is not worth a look-up."""
    return identity.signed_in() if request.url_rule else None


def navigation(sections: tuple[Section, ...], person: Person) -> tuple[Link, ...]:
    """Return where this person's roles let them go, in the order of a day's work."""
    here = _BELONGS.get(request.path.split("/", 2)[1], request.path)
    return tuple(
        Link(section.label, section.url, here.startswith(section.url))
        for section in sections
        if section.role is None or section.role in person.roles
    )


def _sections() -> tuple[Section, ...]:
    return (
        Section(_("Courses"), url_for("courses.index"), None),
        Section(_("Certificates"), url_for("certificates.mine"), Role.TRAINEE),
        Section(_("Marking"), url_for("marking.index"), Role.ASSESSOR),
        Section(_("Cohorts"), url_for("cohorts.index"), Role.COORDINATOR),
        Section(_("Issued"), url_for("issued.index"), Role.COORDINATOR),
        Section(_("Repairs"), url_for("repairs.index"), Role.COORDINATOR),
        Section(_("Authoring"), url_for("authoring.index"), Role.AUTHOR),
        Section(_("People"), url_for("people.index"), Role.ADMINISTRATOR),
        Section(_("Approvals"), url_for("approvals.index"), Role.ADMINISTRATOR),
        Section(_("Journal"), url_for("journal.index"), Role.ADMINISTRATOR),
    )


def stale_lines(site: Site, person: Person | None) -> tuple[str, ...]:
    """Name the crisis lines that nobody verified for 180 days, for administrators alone."""
    if person is None or Role.ADMINISTRATOR not in person.roles:
        return ()
    today = clock.now().astimezone(site.zone).date()
    return tuple(line.label for line in site.crisis_lines if line.is_stale(today))


def key_ends(site: Site, person: Person | None) -> date | None:
    """Return the day the certificate that signs documents ends, for administrators, when near."""
    if person is None or Role.ADMINISTRATOR not in person.roles:
        return None
    ends = keyring.expiring()
    return ends.astimezone(site.zone).date() if ends else None

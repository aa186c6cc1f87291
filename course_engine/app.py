"""create_app: the one place that knows every part of the site."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import jinja2
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from course_engine import pages, places
from course_engine.settings import Settings
from course_engine.web import (
    access,
    assets,
    cookies,
    database,
    errors,
    forms,
    headers,
    health,
    keyring,
    localization,
    logs,
    mail,
    messages,
    page,
    passwords,
    rules,
    watching,
)
from course_engine.web import site as site_file


class App(Flask):
    """The site, as Flask knows it."""

    request_class = messages.Request
    response_class = messages.Response

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return what Flask is about to call; none of it is asynchronous, so it need not look."""
        return func


def create_app(settings: Settings) -> Flask:
    """Build the site from its settings.

    :raises WrongSetting: the site file or the organization's own key cannot be used.
    :raises UndeclaredAudience: a view does not say who may ask it.
    """
    site = site_file.read(settings.site_file)
    app = App("course_engine", template_folder=str(places.TEMPLATES))
    app.url_rule_class = rules.LateRule
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SESSION_COOKIE_NAME="__Host-forms" if settings.https else "course_forms",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PROPAGATE_EXCEPTIONS=False,
        TRUSTED_HOSTS=_hosts(settings),
        TEMPLATES_AUTO_RELOAD=settings.watch,
    )
    app.extensions["settings"] = settings
    app.extensions["site"] = site
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented place for it
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    logs.init_app(app)
    cookies.init_app(app)
    database.init_app(app)
    passwords.init_app(app, settings)
    mail.init_app(app, settings)
    keyring.init_app(app, settings)
    localization.init_app(app, site)
    page.init_app(app, settings, site)
    assets.init_app(app)
    access.init_app(app)
    forms.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    health.init_app(app)
    if settings.watch:
        watching.init_app(app)
    for blueprint in pages.blueprints():
        app.register_blueprint(blueprint)
    page.settle(app)
    access.insist(app)
    return app


def _hosts(settings: Settings) -> list[str] | None:
    """Return the host names that a public site answers to; one on this machine takes any."""
    if not settings.https:
        return None
    return [urlsplit(settings.public_url).hostname or "", "localhost", "127.0.0.1"]

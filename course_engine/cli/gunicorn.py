"""The production server where the system is POSIX: gunicorn, with one thread a worker."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from course_engine.web.database import db


class _Site(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """Our app inside gunicorn: built once before the workers fork, so that they share memory."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def run(app: Flask, *, bind: str, workers: int, threads: int) -> None:
    """Serve until told to stop. One thread a worker is quickest for pages that only compute."""

    def after_fork(_server: object, _worker: object) -> None:
        with app.app_context():
            db.connections.forget()

    _Site(
        app,
        {
            "bind": bind,
            "workers": workers,
            "worker_class": "sync" if threads == 1 else "gthread",
            "threads": threads,
            "preload_app": True,
            "post_fork": after_fork,
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            # What a proxy says of the request is read in one place, and only where the settings
            # name proxies: not here, whoever asks.
            "forwarded_allow_ips": "*",
            "secure_scheme_headers": {},
            "forwarder_headers": "",
        },
    ).run()

"""``course-engine serve``: the site, on this machine."""

import gc
import hashlib
import os
import socket
import sys
from collections.abc import Callable

import click
from flask import Flask

from course_engine import __version__, demo
from course_engine.cli import clerking, starting
from course_engine.cli.progress import working
from course_engine.records import editions, people
from course_engine.records.people import Role
from course_engine.settings import Settings
from course_engine.web import keyring, logs
from course_engine.web.database import db


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--demo", "is_demo", is_flag=True, help="A site to try, with people to sign in as.")
@click.option("--watch", is_flag=True, help="Publish a course again whenever a file of it changes.")
def serve(host: str, port: int, workers: int, *, is_demo: bool, watch: bool) -> None:
    """Serve the site.

    Makes the database on first start, publishes the curriculum, and listens on HOST and PORT.
    With --demo everything lives in a folder of its own (instance/demo), with people to sign in
    as; nothing of it reaches a site that is started without --demo. With --watch, authors see
    each saved change, or its Problems, in the browser at once.
    """
    address = f"http://{host}:{port}"
    settings = starting.settings(address=address, demo=is_demo, watch=watch)
    _insist_on_free(host, port)
    logs.start(settings.log_level)
    app = starting.site(settings)
    with app.app_context():
        try:
            demo.insist_on_kind(is_demo=is_demo)
        except demo.WrongKindOfSite as error:
            starting.stop(str(error))
        _publish_if_changed(settings)
        if is_demo:
            demo.settle()
        _ready_keys()
        is_new = not people.page(db.session, role=Role.ADMINISTRATOR, size=1).rows
        db.close()
    _greet(address, is_demo=is_demo, is_new=is_new)
    # What is loaded by now stays for good: no process that begins here need walk over it again and
    # again, and the pages of memory that they share stay shared.
    gc.collect()
    gc.freeze()
    parent = os.getpid()
    end_watcher = _watcher(settings) if watch else None
    end_clerk = clerking.start(app, demo=is_demo)
    try:
        _run(app, host, port, workers=1 if watch else workers, threads=8 if watch else 1)
    finally:
        end_clerk()
        # A web worker that ends comes through here too, and the watcher is not its own to end.
        if end_watcher and os.getpid() == parent:
            end_watcher()


def _watcher(settings: Settings) -> Callable[[], None]:
    """Start a process that publishes what is saved; return what ends it."""
    from multiprocessing import Process  # noqa: PLC0415 - only serve --watch needs both

    from course_engine.cli import watching  # noqa: PLC0415

    started = Process(target=watching.run, args=(settings,), daemon=True)
    started.start()
    return started.terminate


def _insist_on_free(host: str, port: int) -> None:
    """Stop with one line when something else listens there, before anything is changed."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        starting.stop(f"{host}:{port} cannot be used: {why}. Choose another with --port.")


def _greet(address: str, *, is_demo: bool, is_new: bool) -> None:
    click.echo(f"\nCourse Engine is at {address}")
    if is_demo:
        click.echo(f"This is a demo site. Sign in with the password  {demo.PASSWORD}  as:")
        for somebody in demo.PEOPLE:
            click.echo(f"  {somebody.email:<28} {somebody.purpose}")
    elif is_new:
        click.echo("A new site needs an administrator: course-engine person add --help")
    click.echo("Stop with Ctrl-C.\n")
    sys.stdout.flush()


def _ready_keys() -> None:
    """Make the keys of a new site, and say when the certificate in use is about to end."""
    try:
        keyring.current()
    except keyring.KeysUnusable as error:
        starting.stop(str(error))
    ends = keyring.expiring()
    if ends:
        click.echo(
            f"The certificate that signs PDF documents ends on {ends:%Y-%m-%d}. "
            "See: course-engine keys --help",
            err=True,
        )


def _publish_if_changed(settings: Settings) -> None:
    """Publish, unless no file and no program changed since the last start on this machine."""
    stamp_file = settings.instance / "published"
    stamp = _stamp(settings)
    served = editions.current(db.session)
    if served and stamp_file.is_file() and stamp_file.read_text(encoding="ascii") == stamp:
        return
    # What reads Markdown takes a moment to load, and most starts have nothing to publish.
    from course_engine.web import publishing  # noqa: PLC0415

    with working("Publishing the curriculum"):
        outcomes = publishing.publish(settings.curriculum)
    for outcome in outcomes:
        for problem in outcome.problems:
            if problem.severity == "problem":
                click.echo(f"{problem}", err=True)
    stamp_file.write_text(stamp, encoding="ascii")


def _stamp(settings: Settings) -> str:
    seen = hashlib.sha256(f"{__version__} {settings.database_url}".encode())
    for path in sorted(settings.curriculum.rglob("*")):
        state = path.lstat()
        seen.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _run(app: Flask, host: str, port: int, *, workers: int, threads: int) -> None:
    if os.name == "posix":
        from course_engine.cli.gunicorn import run  # noqa: PLC0415 - only where it can run

        run(app, bind=f"{host}:{port}", workers=workers, threads=threads)
    else:
        import waitress  # noqa: PLC0415 - the portable server, where gunicorn cannot run

        waitress.serve(app, host=host, port=port, threads=workers * threads)

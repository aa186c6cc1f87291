"""The measure of all ratios: the least that Flask, Jinja and SQLAlchemy can do for a page or a row.

Served by the same server as the site, on the same database with the same settings. Its page is an
ordinary one of 20 kB: a layout, and a list of 100 entries, each with a link and escaped values.
"""

import os
from dataclasses import dataclass

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import DictLoader
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from course_engine.records import engine

LAYOUT = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
  <body>
    <h1>{{ self.title() }}</h1>
    {% block content %}{% endblock %}
  </body>
</html>
"""
PAGE = """{% extends "layout.html" %}
{% block title %}{{ title }}{% endblock %}
{% block content %}
  <ul>
    {% for entry in entries %}
      <li class="entry{% if entry.current %} entry--current{% endif %}">
        <a href="{{ url_for('entry', number=entry.number) }}">{{ entry.name }}</a>
        {% if entry.done %}<span class="done">done</span>{% endif %}
        <p>{{ entry.words }}</p>
      </li>
    {% endfor %}
  </ul>
{% endblock %}
"""
WORDS = "An ordinary sentence of some words, as a list has them."
ROW = Table(
    "bare_row",
    metadata := MetaData(),
    Column("id", Integer, primary_key=True),
    Column("words", Text, nullable=False),
)


@dataclass(frozen=True)
class Entry:
    """One entry of the list."""

    number: int
    name: str
    words: str
    done: bool
    current: bool


ENTRIES = tuple(
    Entry(number, f"Entry {number}", WORDS, done=number % 2 == 0, current=number == 7)
    for number in range(100)
)


def create_app(database_url: str) -> Flask:
    """Build the bare app; its one table is made when it is missing."""
    app = Flask(__name__, static_folder=None)
    app.jinja_loader = DictLoader({"layout.html": LAYOUT, "page.html": PAGE})
    rows = engine.create(database_url)
    metadata.create_all(rows)
    # The workers that are forked from this process open connections of their own.
    rows.dispose()

    @app.get("/")
    def hello() -> ResponseReturnValue:
        return "Hello"

    @app.get("/page")
    def page() -> ResponseReturnValue:
        return render_template("page.html", title="A list", entries=ENTRIES)

    @app.get("/entries/<int:number>")
    def entry(number: int) -> ResponseReturnValue:
        return ENTRIES[number].name

    @app.post("/row")
    def row() -> ResponseReturnValue:
        with rows.begin() as connection:
            connection.execute(insert(ROW), {"words": request.form["words"]})
        return {"saved": True}

    return app


if "BENCH_DATABASE_URL" in os.environ:
    app = create_app(os.environ["BENCH_DATABASE_URL"])

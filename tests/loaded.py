"""All that a server loads before it does anything; imported once, where servers are forked from."""

import course_engine.app
import course_engine.cli.gunicorn
import course_engine.cli.serving
from course_engine import pages

pages.blueprints()

__all__ = ["course_engine"]

"""The ``course-engine`` command."""

import click

from course_engine.cli.certificates import certificate
from course_engine.cli.checking import check, schema
from course_engine.cli.coverage import coverage
from course_engine.cli.database import db
from course_engine.cli.people import person
from course_engine.cli.printing import print_
from course_engine.cli.publishing import publish
from course_engine.cli.serving import serve
from course_engine.cli.verifying import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(package_name="course-engine", message="%(version)s")
def main() -> None:
    """Run training courses for peer supporters, from Markdown to a certificate.

    Start with "course-engine serve --demo" and open the address it prints. Settings come from
    environment variables whose names begin with COURSE_ENGINE_; docs/running-a-site.md lists them.

    Exit codes: 0 all is well; 1 the answer is no (problems found, certificate not in force);
    2 the command was not understood or cannot start.
    """


for command in (serve, check, schema, coverage, print_, publish, person, certificate, verify, db):
    main.add_command(command)

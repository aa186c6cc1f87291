"""``course-engine print``: a course on paper."""

from pathlib import Path

import click

from course_engine.cli import courses, starting
from course_engine.cli.progress import working
from course_engine.curriculum import editions
from course_engine.press.faults import PrintingFault
from course_engine.settings import WrongSetting
from course_engine.web import site as site_file
from course_engine.web.site import CrisisLine, Site
from course_engine.workbooks import binding, printing
from course_engine.workbooks.book import Audience
from course_engine.workbooks.composing import Help, Imprint, PageSize


@click.command("print")
@click.argument("course")
@click.option(
    "--for",
    "audience",
    type=click.Choice(["facilitator", "trainee"]),
    required=True,
    help="The guide with keys, times and prompts, or the workbook without any key.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The PDF file to write; an existing one is replaced.",
)
@click.option(
    "--size", type=click.Choice(["A4", "Letter"]), help="The site's own size if left out."
)
def print_(course: str, audience: Audience, out: Path, size: PageSize | None) -> None:
    """Print COURSE as a PDF to hand out, from the same files as the site.

    COURSE is the folder of a course, or its name below the folder that COURSE_ENGINE_CURRICULUM
    names. The trainee's workbook holds the lessons, room to write, and the checks as questions. The
    facilitator's guide adds aims, times, keys with feedback, and prompts for a talk together. The
    exam's questions are in neither. The crisis lines of the site file stand on every page.
    """
    chosen = starting.settings()
    found, pictures = courses.opened(course)
    try:
        site = site_file.read(chosen.site_file)
        with working(f"Printing {found.title}"):
            pdf = printing.print_book(
                binding.bind(found, audience),
                pictures,
                size=size or site.paper,
                help_line=_help(site),
                imprint=Imprint(
                    organization=site.organization,
                    contact=site.contact,
                    edition=editions.digest(editions.document(found))[:12],
                ),
            )
        out.write_bytes(pdf)
    except (WrongSetting, PrintingFault) as error:
        starting.stop(str(error))
    except OSError as error:
        starting.stop(f"{out} cannot be written: {error.strerror}.")
    click.echo(f"Printed {out}")


def _help(site: Site) -> Help:
    return Help(
        short=" · ".join(_short(line) for line in site.crisis_lines),
        full=tuple(_full(line) for line in site.crisis_lines),
    )


def _ways(line: CrisisLine) -> str:
    if line.call and line.call == line.text:
        return f"call or text {line.call}"
    ways = [f"call {line.call}" if line.call else "", f"text {line.text}" if line.text else ""]
    return " or ".join(filter(None, ways))


def _short(line: CrisisLine) -> str:
    emergency = f", emergency {line.emergency}" if line.emergency else ""
    ways = _ways(line) or f"chat at {line.chat}"
    return f"{line.region}: {ways}{emergency}"


def _full(line: CrisisLine) -> str:
    parts = [f"{line.region}, {line.label}: {_ways(line) or 'chat'}."]
    parts += [f"Chat: {line.chat}."] if line.chat else []
    parts += [line.note] if line.note else []
    parts += [f"If a life is in danger, call {line.emergency}."] if line.emergency else []
    return " ".join(parts)

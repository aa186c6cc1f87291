"""``course-engine certificate``: see a certificate before anybody earns one."""

import dataclasses
from datetime import datetime
from pathlib import Path

import click
from babel import Locale, UnknownLocaleError

from course_engine.certificates.design import Orientation, PageSize
from course_engine.certificates.facts import Kind
from course_engine.certificates.preflight import preflight
from course_engine.certificates.samples import sample_facts
from course_engine.cli import starting
from course_engine.errors import Refused
from course_engine.settings import WrongSetting
from course_engine.web import site as site_file
from course_engine.web.site import signed


@click.group()
def certificate() -> None:
    """Look at certificates without issuing one."""


@certificate.command()
@click.option("--name", required=True, help="The name to print, in any script.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The PDF file to write; an existing one is replaced.",
)
@click.option("--style", help="A style of the site, such as classic; its own if left out.")
@click.option(
    "--orientation", type=click.Choice(["landscape", "portrait"]), help="Its own if left out."
)
@click.option(
    "--size", type=click.Choice(["A4", "Letter"]), help="The site's own size if left out."
)
@click.option(
    "--kind",
    type=click.Choice(["attendance", "completion", "credential"]),
    default="completion",
    show_default=True,
)
@click.option("--language", help="In which dates are written; the site's own if left out.")
@click.option("--course", default="Understanding Peer Support", show_default=True)
def sample(  # noqa: PLR0917 — click passes every option by name.
    name: str,
    out: Path,
    style: str | None,
    orientation: Orientation | None,
    size: PageSize | None,
    kind: Kind,
    language: str | None,
    course: str,
) -> None:
    """Print a sample, marked as one, with the site's own name, signature and template.

    Use it while editing a style, or to see how a long name is set. The number and code on a sample
    are all zeros and belong to no certificate. What cannot be printed is told of as it would be at
    issue, with exit code 1: characters that no font draws, texts without room, and every variable
    of a template that does not exist, by file and line.
    """
    chosen = starting.settings()
    try:
        site = site_file.read(chosen.site_file)
        language = language or site.language
        Locale.parse(language, sep="-")
    except WrongSetting as error:
        starting.stop(str(error))
    except (ValueError, UnknownLocaleError):
        starting.stop(f"{language} is not a language code such as en or es-MX.")
    design = dataclasses.replace(
        site.design,
        style=style or site.design.style,
        orientation=orientation or site.design.orientation,
        page_size=size or site.design.page_size,
    )
    try:
        facts = sample_facts(
            name,
            **signed(site),
            site_address=chosen.public_url,
            today=datetime.now(site.zone).date(),
            time_zone=site.time_zone,
            language=language,
            kind=kind,
            course_title=course,
        )
    except Refused as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    found = preflight(facts, design)
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        raise SystemExit(1)
    out.write_bytes(found.pdf)
    click.echo(f"Wrote {out}.")

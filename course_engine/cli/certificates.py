"""``course-engine certificate``: see a certificate before anybody earns one."""

from datetime import datetime
from pathlib import Path

import click

from course_engine.certificates.design import Design, PageSize
from course_engine.certificates.facts import Issuer, Signatory
from course_engine.certificates.printing import PrintingFault, print_certificate
from course_engine.certificates.samples import sample_facts
from course_engine.cli import starting
from course_engine.errors import Refused
from course_engine.settings import WrongSetting
from course_engine.web import site as site_file


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
@click.option(
    "--size", type=click.Choice(["A4", "Letter"]), help="The site's own size if left out."
)
@click.option("--course", default="Understanding Peer Support", show_default=True)
def sample(name: str, out: Path, size: PageSize | None, course: str) -> None:
    """Print a sample, marked as one, with the site's own name, signature and template.

    Use it while editing templates/certificates/pdf/, or to see how a long name is set. The number
    and code on a sample are all zeros and belong to no certificate. A name that no installed font
    can draw is refused here as it would be at issue, with exit code 1.
    """
    chosen = starting.settings()
    try:
        site = site_file.read(chosen.site_file)
    except WrongSetting as error:
        starting.stop(str(error))
    try:
        facts = sample_facts(
            name,
            issuer=Issuer(name=site.organization, place=site.place, web=str(site.website or "")),
            signatory=Signatory(name=site.signatory.name, title=site.signatory.title),
            site_address=chosen.public_url,
            today=datetime.now(site.zone).date(),
            time_zone=site.time_zone,
            language=site.language,
            course_title=course,
        )
        pdf = print_certificate(facts, Design(page_size=size or site.paper), sample=True)
    except Refused as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    except PrintingFault as error:
        starting.stop(str(error))
    out.write_bytes(pdf)
    click.echo(f"Wrote {out}.")

"""``course-engine person``: the first people of a site, before anybody can sign in."""

import click

from course_engine.cli import starting
from course_engine.errors import Refused
from course_engine.records import journal, people
from course_engine.records.people import Role
from course_engine.web import passwords
from course_engine.web.clock import now
from course_engine.web.database import db

ROLES = click.Choice([role.value for role in Role])


@click.group()
def person() -> None:
    """Add people from the terminal."""


@person.command()
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--name", "legal_name", required=True, help="Legal name, printed on certificates.")
@click.option("--goes-by", "used_name", help="The name they go by; the legal name if left out.")
@click.option("--role", "roles", type=ROLES, multiple=True, default=["trainee"], show_default=True)
@click.password_option(help="Asked for when left out, so that it does not stay in your history.")
def add(
    email: str, legal_name: str, used_name: str | None, roles: tuple[str, ...], password: str
) -> None:
    """Add a person who can sign in at once.

    A new site needs one administrator; everybody else can be invited from the browser:

        course-engine person add --email ana@example.org --name "Ana Ruiz" --role administrator
    """
    if not passwords.LEAST <= len(password) <= passwords.MOST:
        starting.stop(f"The password needs at least {passwords.LEAST} characters.")
    with starting.context():
        try:
            added = people.add(
                db.session,
                email=email,
                legal_name=legal_name,
                used_name=used_name or legal_name,
                roles=frozenset(Role(role) for role in roles),
                password_hash=passwords.hashed(password),
                now=now(),
            )
        except Refused as error:
            starting.stop(str(error))
        journal.write(
            db.session,
            action="person.added",
            subject=("person", added.id),
            actor_id=None,
            now=now(),
            details={"roles": sorted(roles), "from": "terminal"},
        )
        db.session.commit()
    click.echo(f"Added. They can sign in as {email}.")

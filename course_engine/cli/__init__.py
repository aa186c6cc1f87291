"""The ``course-engine`` command."""

import os
from importlib import import_module

import click

from course_engine.cli.lasting import lasting

# Pydantic would look through every installed package for plugins, and none is used here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Command -> where it is defined, and its name there.
COMMANDS = {
    "serve": "serving:serve",
    "check": "checking:check",
    "schema": "checking:schema",
    "coverage": "coverage:coverage",
    "print": "printing:print_",
    "import": "exchanging:import_",
    "export": "exchanging:export",
    "publish": "publishing:publish",
    "person": "people:person",
    "rescore": "rescoring:rescore",
    "certificate": "certificates:certificate",
    "keys": "keys:keys",
    "verify": "verifying:verify",
    "clerk": "clerking:clerk",
    "ledger": "ledger:ledger",
    "db": "database:db",
}


class _OnDemand(click.Group):
    """Loads a command when it is asked for: serving does not wait for what printing needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click passes it
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        with lasting():
            found: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return found


@click.group(
    cls=_OnDemand,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(package_name="course-engine", message="%(version)s")
def main() -> None:
    """Run training courses for peer supporters, from Markdown to a certificate.

    Start with "course-engine serve --demo" and open the address it prints. Settings come from
    environment variables whose names begin with COURSE_ENGINE_; docs/running-a-site.md lists them.

    Exit codes: 0 all is well; 1 the answer is no (problems found, certificate not in force);
    2 the command was not understood or cannot start; 3 "verify" alone: genuine, and whether it is
    in force is not known here.
    """

"""The site file: whose site this is, where it stands in time, and whom to call in a crisis."""

import datetime as dt
import zoneinfo
from pathlib import Path
from typing import Annotated, Literal, TypedDict

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    ValidationError,
    field_validator,
)

from course_engine.certificates import facts
from course_engine.certificates.design import Design
from course_engine.certificates.facts import Issuer
from course_engine.certificates.validity import Rule
from course_engine.settings import WrongSetting
from course_engine.web.look import Look, Signatory

STALE_AFTER = dt.timedelta(days=180)

Line = Annotated[str, Field(min_length=1, max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CrisisLine(_Part):
    """One place to turn to at once, for one region, with the day somebody last tried it."""

    region: Line
    label: Line
    call: str = ""
    text: str = ""
    chat: HttpUrl | None = None
    note: str = ""
    emergency: str = ""
    languages: tuple[Line, ...] = Field(min_length=1)
    source: HttpUrl
    verified: dt.date

    def is_stale(self, today: dt.date) -> bool:
        """Say whether nobody has verified this line for 180 days."""
        return today - self.verified > STALE_AFTER


class Site(_Part):
    """Whose site this is. Times are shown in ``time_zone``; certificates print on ``paper``."""

    name: Line
    organization: Line
    place: Line
    website: HttpUrl | None = None
    contact: Line
    language: Line = "en"
    time_zone: Line = "UTC"
    paper: Literal["A4", "Letter"] = "Letter"
    open_enrollment: bool = True
    ledger_to: str = Field("", pattern=r"^([^@\s]+@[^@\s]+)?$")
    signatory: Signatory
    certificate: Look = Look()
    accepted_by: tuple[Rule, ...] = ()
    crisis_lines: tuple[CrisisLine, ...]

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            zoneinfo.ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("is not a time zone such as America/Chicago") from error
        return value

    @field_validator("crisis_lines")
    @classmethod
    def _somebody_to_call(cls, value: tuple[CrisisLine, ...]) -> tuple[CrisisLine, ...]:
        if not value:
            raise ValueError(
                "names no crisis line. People may need one on any page: add at least one for your "
                "region, with its source and the date you verified it"
            )
        return value

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """Who signs certificates, one or two people."""
        return tuple(filter(None, (self.signatory, self.certificate.cosignatory)))

    @property
    def design(self) -> Design:
        """How certificates look."""
        return self.certificate.design(self.paper, self.signatories)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which people read times."""
        return zoneinfo.ZoneInfo(self.time_zone)


def read(path: Path) -> Site:
    """Read the site file.

    :raises WrongSetting: one line that names the file, the field and what to do.
    """
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        first_line = str(error).splitlines()[0]
        raise WrongSetting(f"The site file {path} cannot be read: {first_line}.") from error
    if not isinstance(written, dict):
        raise WrongSetting(f"The site file {path} must hold fields such as 'name: …'.")
    try:
        return Site.model_validate(written, context={"folder": path.parent})
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"])
        said = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "missing" and field == "crisis_lines":
            said = "names no crisis line. Add at least one for your region, with its source"
        raise WrongSetting(f"The site file {path}: {field}: {said}.") from error


class Signed(TypedDict):
    """The facts that name the organization, and who signs for it."""

    issuer: Issuer
    signatory: facts.Signatory | None
    cosignatory: facts.Signatory | None


def signed(site: Site) -> Signed:
    """Return what certificates say of the organization."""
    signs = [facts.Signatory(name=one.name, title=one.title) for one in site.signatories]
    return {
        "issuer": Issuer(
            name=site.organization, place=site.place, web=str(site.website or "").rstrip("/")
        ),
        "signatory": signs[0],
        "cosignatory": signs[1] if len(signs) > 1 else None,
    }

"""Frozen settings, read once from the environment variables ``COURSE_ENGINE_*``."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from course_engine.places import SHIPPED_CURRICULUM

PREFIX = "COURSE_ENGINE_"
KNOWN = (
    "CURRICULUM",
    "DATABASE_URL",
    "INSTANCE",
    "LOG_LEVEL",
    "MAIL_FROM",
    "MAIL_URL",
    "PASSWORD_COST",
    "PROXIES",
    "PUBLIC_URL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SIGNING_PASSPHRASE",
    "SIGNING_PASSPHRASE_FILE",
    "SIGNING_PKCS12",
    "SITE",
    "TIMESTAMP_URL",
)
LEAST_SECRET = 32
DATABASES = ("sqlite", "postgresql+psycopg")
PASSWORD_COSTS = ("normal", "cheap")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class WrongSetting(Exception):
    """A setting that the site cannot start with; its text is the one line to print."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Everything a site is told from outside.

    ``public_url`` is the address that links in mails and on certificates begin with, without a
    slash at its end. ``proxies`` is how many trusted reverse proxies stand in front.
    ``password_cost`` "cheap" makes passwords quick to check and is meant for tests alone.
    ``signing_pkcs12`` is the organization's own key for certificates, None when the site makes one.
    """

    instance: Path
    database_url: str
    curriculum: Path
    site_file: Path
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()
    public_url: str = "http://127.0.0.1:8000"
    mail_url: str = ""
    mail_from: str = "course-engine@localhost"
    proxies: int = 0
    password_cost: str = "normal"  # noqa: S105 - not a password
    log_level: str = "INFO"
    signing_pkcs12: Path | None = None
    signing_passphrase: str = field(default="", repr=False)
    timestamp_url: str = ""
    demo: bool = False
    watch: bool = False

    @property
    def https(self) -> bool:
        """Whether people reach the site over https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    @property
    def outbox(self) -> Path:
        """Where mails are kept when no mail server is set."""
        return self.instance / "outbox"

    @property
    def keys(self) -> Path:
        """Where the keys are kept that certificates are signed with."""
        return self.instance / "keys"


def load(
    environ: Mapping[str, str] = os.environ,
    *,
    address: str = "http://127.0.0.1:8000",
    demo: bool = False,
    watch: bool = False,
) -> Settings:
    """Read the settings; the secret key is made on first use and kept with mode 600.

    ``address`` is where the site is reached unless ``PUBLIC_URL`` says otherwise.

    A demo site keeps everything in a folder of its own, so that nothing of it can reach another.

    :raises WrongSetting: one line that names the variable and says what it must be.
    """
    given = {name.removeprefix(PREFIX): environ[name] for name in environ if _is_ours(name)}
    for name in sorted(set(given) - set(KNOWN)):
        raise WrongSetting(f"{PREFIX}{name} is not a setting. Known: {', '.join(KNOWN)}.")
    instance = Path(given.get("INSTANCE", "instance")).absolute()
    if demo:
        instance /= "demo"
    _make_folder(instance)
    curriculum = Path(given.get("CURRICULUM", SHIPPED_CURRICULUM)).absolute()
    if not curriculum.is_dir():
        raise WrongSetting(f"{PREFIX}CURRICULUM: there is no folder {curriculum}.")
    site_file = Path(given.get("SITE", _first_site_file(instance, curriculum))).absolute()
    if not site_file.is_file():
        raise WrongSetting(f"{PREFIX}SITE: there is no site file {site_file}.")
    return Settings(
        instance=instance,
        database_url=_database_url(given.get("DATABASE_URL"), instance, demo=demo),
        curriculum=curriculum,
        site_file=site_file,
        secret_key=_secret_key(given.get("SECRET_KEY"), instance),
        secret_key_fallbacks=tuple(given.get("SECRET_KEY_FALLBACKS", "").split()),
        public_url=_public_url(given.get("PUBLIC_URL", address)),
        mail_url=_mail_url(given.get("MAIL_URL", "")),
        mail_from=given.get("MAIL_FROM", "course-engine@localhost"),
        proxies=_whole_number("PROXIES", given.get("PROXIES", "0")),
        password_cost=_one_of("PASSWORD_COST", given.get("PASSWORD_COST"), PASSWORD_COSTS),
        log_level=_one_of("LOG_LEVEL", given.get("LOG_LEVEL", "INFO").upper(), LOG_LEVELS),
        # A demo site signs nothing in the name of a real organization.
        signing_pkcs12=None if demo else _file("SIGNING_PKCS12", given),
        signing_passphrase=_passphrase(given),
        timestamp_url=_timestamp_url(given.get("TIMESTAMP_URL", "")),
        demo=demo,
        watch=watch,
    )


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX)


def _first_site_file(instance: Path, curriculum: Path) -> Path:
    """Return the site's own file if there is one, else the curriculum's, else the shipped one."""
    candidates = [instance / "site.yml", curriculum / "site.yml", SHIPPED_CURRICULUM / "site.yml"]
    return next((path for path in candidates if path.is_file()), candidates[0])


def _make_folder(instance: Path) -> None:
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"{PREFIX}INSTANCE: the folder {instance} cannot be made: {error.strerror}."
        ) from error


def _database_url(given: str | None, instance: Path, *, demo: bool) -> str:
    if given is None or demo:
        return f"sqlite:///{instance / 'course-engine.db'}"
    given = given.replace("postgres://", "postgresql://", 1)
    given = given.replace("postgresql://", "postgresql+psycopg://", 1)
    if given.split(":", 1)[0] not in DATABASES or "://" not in given:
        raise WrongSetting(
            f"{PREFIX}DATABASE_URL must begin with sqlite:/// or postgresql://host/name."
        )
    return given


def _secret_key(given: str | None, instance: Path) -> str:
    if given is not None:
        if len(given) < LEAST_SECRET:
            raise WrongSetting(
                f"{PREFIX}SECRET_KEY must have at least {LEAST_SECRET} characters. "
                "Leave it out and one is made for you."
            )
        return given
    path = instance / "secret_key"
    try:
        # Exclusive creation: of two first starts, one makes the key and the other reads it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text(encoding="ascii").strip()
        if len(kept) < LEAST_SECRET:
            raise WrongSetting(
                f"{path} is too short to be a key. Remove it and start again."
            ) from None
        return kept
    except OSError as error:
        raise WrongSetting(f"{path} cannot be written: {error.strerror}.") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(48)
        file.write(made)
        return made


def _public_url(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise WrongSetting(
            f"{PREFIX}PUBLIC_URL must be an address such as https://learn.example.org."
        )
    return given.rstrip("/")


def _mail_url(given: str) -> str:
    if given and urlsplit(given).scheme not in {"smtp", "smtps"}:
        raise WrongSetting(f"{PREFIX}MAIL_URL must look like smtp://name:password@host:587.")
    return given


def _timestamp_url(given: str) -> str:
    if given and (urlsplit(given).scheme not in {"http", "https"} or not urlsplit(given).netloc):
        raise WrongSetting(
            f"{PREFIX}TIMESTAMP_URL must be an address such as https://time.example.org."
        )
    return given


def _file(name: str, given: Mapping[str, str]) -> Path | None:
    if not given.get(name):
        return None
    path = Path(given[name]).absolute()
    if not path.is_file():
        raise WrongSetting(f"{PREFIX}{name}: there is no file {path}.")
    return path


def _passphrase(given: Mapping[str, str]) -> str:
    path = _file("SIGNING_PASSPHRASE_FILE", given)
    if path is None:
        return given.get("SIGNING_PASSPHRASE", "")
    if "SIGNING_PASSPHRASE" in given:
        raise WrongSetting(f"{PREFIX}SIGNING_PASSPHRASE and its _FILE are both set. Keep one.")
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{PREFIX}SIGNING_PASSPHRASE_FILE cannot be read: {path}.") from error


def _whole_number(name: str, given: str) -> int:
    if not given.isdecimal() or int(given) > 10:  # noqa: PLR2004 - more proxies is a mistake
        raise WrongSetting(f"{PREFIX}{name} must be a whole number from 0 to 10.")
    return int(given)


def _one_of(name: str, given: str | None, allowed: tuple[str, ...]) -> str:
    if given is None:
        return allowed[0]
    if given not in allowed:
        raise WrongSetting(f"{PREFIX}{name} must be one of {', '.join(allowed)}.")
    return given

"""Settings and the site file: a wrong value stops the start with one line that names it."""

import stat
from datetime import date
from pathlib import Path

import pytest
import yaml

from course_engine import settings
from course_engine.app import create_app
from course_engine.records import schema
from course_engine.settings import WrongSetting
from course_engine.web import site
from tests.conftest import settings_for

SAMPLE = Path(__file__).parents[1] / "sample"


def environ(folder: Path, **changes: str) -> dict[str, str]:
    """Settings that a site can start with, as the environment gives them."""
    given = {"INSTANCE": str(folder), "CURRICULUM": str(SAMPLE), "SITE": str(SAMPLE / "site.yml")}
    return {f"COURSE_ENGINE_{name}": value for name, value in (given | changes).items()}


def test_without_anything_set_a_site_keeps_to_its_instance_folder(tmp_path: Path) -> None:
    read = settings.load(environ(tmp_path))
    assert read.database_url == f"sqlite:///{tmp_path / 'course-engine.db'}"
    assert read.outbox == tmp_path / "outbox"


def test_the_secret_key_is_made_once_and_only_the_owner_can_read_it(tmp_path: Path) -> None:
    first = settings.load(environ(tmp_path)).secret_key
    assert settings.load(environ(tmp_path)).secret_key == first
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_demo_site_lives_in_a_folder_and_a_database_of_its_own(tmp_path: Path) -> None:
    read = settings.load(environ(tmp_path, DATABASE_URL="postgresql://x/y"), demo=True)
    assert read.instance == tmp_path / "demo"
    assert read.database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://x", "DATABASE_URL"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("PUBLIC_URL", "learn.example.org", "PUBLIC_URL"),
        ("PUBLIC_URL", "ftp://learn.example.org", "PUBLIC_URL"),
        ("MAIL_URL", "mail.example.org", "MAIL_URL"),
        ("PROXIES", "many", "PROXIES"),
        ("PASSWORD_COST", "free", "PASSWORD_COST"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL"),
        ("CURRICULUM", "/nowhere/at/all", "CURRICULUM"),
        ("SITE", "/nowhere/site.yml", "SITE"),
        ("SIET", "x", "SIET is not a setting"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    with pytest.raises(WrongSetting, match=said) as refused:
        settings.load(environ(tmp_path, **{name: value}))
    assert "\n" not in str(refused.value)


def written(folder: Path, **changes: object) -> Path:
    """Write a site file that differs in some fields; None leaves a field out."""
    fields = yaml.safe_load((SAMPLE / "site.yml").read_text(encoding="utf-8")) | changes
    path = folder / "site.yml"
    path.write_text(
        yaml.safe_dump({name: value for name, value in fields.items() if value is not None}),
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("lines", [[], None])
def test_a_site_without_a_crisis_line_refuses_to_start_and_says_why(
    tmp_path: Path, lines: list[object] | None
) -> None:
    with pytest.raises(WrongSetting, match="no crisis line"):
        site.read(written(tmp_path, crisis_lines=lines))


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Olympus"), ("paper", "A3"), ("unknown", "x"), ("name", "")],
)
def test_a_wrong_field_of_the_site_file_is_named(tmp_path: Path, field: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=field):
        site.read(written(tmp_path, **{field: value}))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"name: [", b"- a\n- b\n", b""])
def test_a_site_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "site.yml"
    path.write_bytes(content)
    with pytest.raises(WrongSetting, match=r"site\.yml"):
        site.read(path)


def test_a_line_is_stale_when_nobody_verified_it_for_180_days() -> None:
    line = site.read(SAMPLE / "site.yml").crisis_lines[0]
    assert not line.is_stale(date(2027, 4, 30))
    assert line.is_stale(date(2027, 5, 1))


def test_a_public_site_answers_to_its_own_name_alone(tmp_path: Path) -> None:
    public = settings_for(tmp_path, public_url="https://learn.example.org")
    schema.upgrade(public.database_url)
    client = create_app(public).test_client()
    for host, status in (("learn.example.org", 200), ("127.0.0.1", 200), ("evil.example", 400)):
        assert client.get("/health", base_url=f"https://{host}").status_code == status
    page = client.get("/sign-in", base_url="https://learn.example.org")
    assert "__Host-forms" in page.headers["Set-Cookie"]
    assert page.headers["Strict-Transport-Security"]

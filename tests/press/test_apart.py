"""No name, picture or template stops the site: each ends in a fault, and the next is printed."""

import os
import signal
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from struct import pack
from threading import Timer

import pytest

from course_engine.press import apart
from course_engine.press.apart import PrintingStopped
from course_engine.press.assets import Asset, AssetRefused, PictureTooLarge
from course_engine.press.faults import DesignFaulty, PrintingFault
from course_engine.press.limits import Limits
from tests.press import errands

pytestmark = pytest.mark.slow
linux = pytest.mark.xfail(sys.platform != "linux", reason="no such limit here")

STOPPED = r"processor time|memory|longer than"  # Whichever a busy machine comes to first.
DOUBLING = "".join(f"--v{n}: var(--v{n - 1}) var(--v{n - 1});" for n in range(1, 40))
NESTED_USE = "".join(
    f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)
)


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(apart, "LIMITS", Limits(processor=4, clock=30, megabytes=300))
    yield
    monkeypatch.setattr(apart, "LIMITS", Limits())
    assert apart.run(errands.say_number).content == str(apart.number()).encode()


def test_five_hundred_nested_boxes_are_a_fault_of_the_design() -> None:
    with pytest.raises(DesignFaulty, match="nested"):
        apart.run(errands.print_page, "<div>" * 500 + "x")


def test_variables_that_double_without_end_are_stopped() -> None:
    style = f"<style>:root {{ --v0: 1px; {DOUBLING} }} p {{ margin: var(--v39) }}</style><p>x"
    with pytest.raises(PrintingFault, match=STOPPED):
        apart.run(errands.print_page, style)


def test_a_drawing_that_uses_itself_without_end_is_stopped() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs>'
        f'<rect id="g0" width="1" height="1"/>{NESTED_USE}</defs><use href="#g11"/></svg>'
    )
    logo = Asset(content=drawing.encode(), media_type="image/svg+xml")
    with pytest.raises(PrintingFault, match=STOPPED):
        apart.run(errands.print_page, '<img alt="x" src="asset:logo">', logo=logo)
    assert apart.run(errands.print_page, "<p>The next page").content.startswith(b"%PDF")


def test_a_picture_of_81_million_pixels_is_not_even_unpacked() -> None:
    logo = Asset(content=png(9000, 9000), media_type="image/png")
    with pytest.raises(PictureTooLarge, match="9000 by 9000"):
        apart.run(errands.print_page, '<img alt="x" src="asset:logo">', logo=logo)


@linux
def test_memory_ends_before_that_of_the_machine_does() -> None:
    assert apart.run(errands.take, 100).content
    with pytest.raises(PrintingFault, match="memory"):
        apart.run(errands.take, 1000)


def test_waiting_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LIMITS", Limits(clock=0.3))
    with pytest.raises(PrintingStopped, match=r"longer than 0\.3 seconds"):
        apart.run(errands.sleep, 60)


def test_a_worker_killed_in_the_middle_is_a_fault_and_not_an_endless_wait() -> None:
    Timer(0.2, os.kill, (apart.number(), signal.SIGKILL)).start()
    with pytest.raises(PrintingStopped, match="-9"):
        apart.run(errands.sleep, 30)


def test_a_worker_that_has_gone_home_is_replaced_without_a_word() -> None:
    first = apart.run(errands.say_number)
    with pytest.raises(PrintingStopped):
        apart.run(errands.leave)
    assert apart.run(errands.say_number) != first


def test_the_worker_stays_for_the_next_page() -> None:
    assert apart.run(errands.say_number) == apart.run(errands.say_number)


def test_what_the_press_refuses_is_told_here_in_the_same_words() -> None:
    with pytest.raises(AssetRefused, match="file:///etc/hostname"):
        apart.run(errands.print_page, '<img alt="x" src="file:///etc/hostname">')


def png(width: int, height: int) -> bytes:
    """A PNG of one color, small as a file."""

    def part(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return pack("!I", len(content)) + name + content + pack("!I", check)

    head = pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes((width * 3 + 1) * height), 1)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def test_the_worker_is_told_none_of_the_sites_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_ENGINE_SECRET_KEY", "not for the worker")
    with suppress(PrintingStopped):
        apart.run(errands.leave)
    told = apart.run(errands.tell_environment).content.decode()
    assert "PYTHONPATH" in told
    assert "COURSE_ENGINE" not in told

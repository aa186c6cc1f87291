"""What tests have the worker do; it finds these functions by their names."""

import os
import time

from course_engine.press import rendering
from course_engine.press.assets import Asset
from course_engine.press.messages import Printed


def print_page(html: str, **assets: Asset) -> Printed:
    with rendering.at_the_press():
        document = rendering.render(f"<html lang=en><title>x</title>{html}", assets)
        return Printed(content=document.write_pdf())


def say_number() -> Printed:
    return Printed(content=str(os.getpid()).encode())


def sleep(seconds: float) -> Printed:
    time.sleep(seconds)
    return Printed(content=b"")


def leave() -> Printed:
    raise SystemExit(0)


def take(megabytes: int) -> Printed:
    return Printed(content=str(len(bytearray(megabytes * 1024 * 1024))).encode())


def tell_environment() -> Printed:
    return Printed(content="\n".join(os.environ).encode())

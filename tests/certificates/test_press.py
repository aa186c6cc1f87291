import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course_engine.certificates.design import Design
from course_engine.certificates.printing import print_certificate
from course_engine.press import fonts
from course_engine.press.assets import PressMissing, press
from course_engine.press.fonts import FontsMissing, our_fonts_only
from tests.certificates.printed import facts, plain


def test_a_missing_library_is_told_in_one_line_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PressMissing, match="apt-get install libpangoft2") as missing:
        press.__wrapped__()
    assert "\n" not in str(missing.value)


def test_a_missing_font_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGES", ("font_never_heard_of",))
    with pytest.raises(FontsMissing, match="font-never-heard-of"), our_fonts_only():
        pass


@pytest.mark.parametrize("before", [None, "/somewhere/fonts.conf"])
def test_our_fonts_are_in_force_only_while_they_are_loaded(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with our_fonts_only():
        ours = Path(os.environ["FONTCONFIG_FILE"])
        assert "font_source_serif_pro" in ours.read_text(encoding="utf-8")
    assert not ours.exists()
    assert os.environ.get("FONTCONFIG_FILE") == before


@pytest.mark.slow
def test_threads_may_print_at_once_and_get_the_same_bytes() -> None:
    with ThreadPoolExecutor(4) as threads:
        printed = list(threads.map(lambda _: print_certificate(facts(), Design()), range(6)))
    assert set(printed) == {plain()}

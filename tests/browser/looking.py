"""What must hold on any page, at any size, in light and in dark."""

from pathlib import Path
from typing import Literal

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page, ViewportSize

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In the dark only colors differ, so only what depends on them is asked again.
SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, object]], ...] = (
    ("light", {"type": "tag", "values": AXE_TAGS}),
    ("dark", {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}),
)
SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
FOCUSABLE = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, "
    "[tabindex]:not([tabindex='-1'])"
)

JUMPING = "[tabindex]:not([tabindex='-1'], [tabindex='0'])"


def listen(page: Page) -> list[str]:
    """Collect what the browser complains of: faults of scripts and of the security policy."""
    heard: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # An error page is told to the console too, by its status: that is no fault of the page.
        of_status = (
            message.text.startswith("Failed to load resource") and "status of" in message.text
        )
        if message.type in {"error", "warning"} and not of_status:
            heard.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def begin(page: Page) -> None:
    """Give the page the first size and the first colors back, for what is opened in it next."""
    page.set_viewport_size(SIZES[0])
    page.emulate_media(color_scheme=SCHEMES[0][0])


def faults(page: Page) -> list[str]:
    """Look at the page at both sizes in both schemes; return each fault in one line."""
    found = _outline_faults(page)
    page.evaluate(AXE)
    for size in SIZES:
        page.set_viewport_size(size)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{width} px wide in a window of {size['width']} px: {_widest(page)}")
        for scheme, rules in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            told = _axe_findings(page, rules)
            found += [f"{size['width']} px, {scheme}: {each}" for each in told]
    return found


def _outline_faults(page: Page) -> list[str]:
    found = []
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} headings of level 1")
    if not page.locator("aside.crisis a[href^='tel:']").first.is_visible():
        found.append("no crisis line in sight")
    first = page.locator(FOCUSABLE).first
    if first.get_attribute("class") != "skip" or page.locator(JUMPING).count():
        found.append("the skip link does not come first")
    if not page.title().partition(" · ")[0].strip():
        found.append("no title")
    return found


def _axe_findings(page: Page, rules: dict[str, object]) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    report = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['help']}: {node['target']}"
        for violation in report["violations"]
        for node in violation["nodes"]
    ]


def _widest(page: Page) -> str:
    return str(
        page.evaluate(
            "() => [...document.querySelectorAll('body *')]"
            ".filter(each => each.getBoundingClientRect().right > innerWidth + 1)"
            ".map(each => each.tagName + '.' + each.className).slice(0, 5).join(', ')"
        )
    )

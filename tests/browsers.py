"""A real browser, and ways to look at what it shows."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

# Of two such lists Chromium heeds the last, so the first names are Playwright's own. The last two
# draw a page each for the address bar of every window: nobody looks at them here, and they cost
# more than most tests.
FEATURES_LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
    "ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,"
    "NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)
CHROMIUM_ARGUMENTS = [
    f"--disable-features={FEATURES_LEFT_OUT}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A busy machine may take its time: what is waited for must come, and how soon is no test's matter.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing. Install Debian's package chromium.")
        pytest.skip("Chromium is missing. Install Debian's package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[NewContext]:
    """Make browser contexts, each a person's own browser, closed when the test ends."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made = chromium.new_context(locale="en-US", **options)
        made.set_default_timeout(PATIENCE)
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()

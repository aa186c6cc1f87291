"""The browser, for the tests that watch a page."""

from tests.browser.conftest import chromium, context

__all__ = ["chromium", "context"]

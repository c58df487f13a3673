"""A browser, a running suite, and Alice's desk: the same as for the signing page."""

from tests.browser.conftest import chromium, desk, playwright, suite

__all__ = ["chromium", "desk", "playwright", "suite"]

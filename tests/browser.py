"""A real browser for tests: Debian's Chromium through Playwright, with nothing to load and nothing to report."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader"),
)
READBACK = "GPU stall due to ReadPixels"  # the driver's remark on a screenshot of WebGL


def chromium() -> str | None:
    """Find the browser: KG_CHROMIUM, else on the PATH."""
    return os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, path: Path, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Page]:
    """Open a file's page; a request to anywhere, an error or a warning of the console fails the test."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") and READBACK not in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(f"request: {request.url}") if not request.url.startswith(("file:", "data:", "blob:")) else None)
    page.goto(path.resolve().as_uri())
    try:
        yield page
        assert not said, said
    finally:
        page.close()

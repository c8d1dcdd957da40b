"""Finds a Chromium for the browser stories: one already there, else from apt where that is allowed, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def installed() -> str | None:
    """The path of a Chromium on this machine, None where there is none."""
    if path := os.environ.get("GUIDANCE_CHROMIUM"):
        return path
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (MAC if os.path.exists(MAC) else None) or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install() -> str:
    """Bring a Chromium, saying which; ends with a plain sentence where none can be had."""
    if path := installed():
        return f"the Chromium that is there: {path}"
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL)
        if path := installed():
            return f"Debian's chromium, just installed: {path}"
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if path := installed():
        return f"Playwright's own Chromium: {path}"
    sys.exit("No Chromium can be had: install one (apt-get install chromium), or set GUIDANCE_CHROMIUM to its path.")


if __name__ == "__main__":
    print(f"Browser stories run in {install()}")

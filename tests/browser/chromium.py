"""The Chromium that tests and pictures use: the one on the PATH, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

INSTALL = (
    "The browser tests need a Chromium, and none was found. Install one:"
    " playwright install chromium; or, as root on Debian: apt-get install chromium"
)


def launch_options(browser_type: BrowserType) -> dict[str, Any]:
    """Return what starts it; {} where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    own = browser_type.executable_path
    if found is None and not Path(own).exists():
        return {}
    # Chromium's sandbox refuses to run as root, as tests in a container do.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": found or own, "args": ["--no-sandbox"] if is_root else []}

"""Which Chromium the browser tests use. Run by itself, with any Python, it installs one where there is none."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

# The one made to run without a screen takes a third less work than a whole browser does.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium-headless-shell", "chromium")
# Seconds for an installation.
PATIENCE = 900


class NoBrowser(RuntimeError):
    """No Chromium was found and none could be installed."""


def as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@lru_cache(maxsize=1)
def chromium_path() -> str | None:
    """The Chromium to use; None means the one the test library keeps for itself.

    In order: LINKWELL_CHROMIUM, one on the path, the system's package (as root), the library's own.
    """
    chosen = os.environ.get("LINKWELL_CHROMIUM") or _of_the_system()
    if chosen is None:
        _install_library_browser()
    return chosen


def _of_the_system() -> str | None:
    if _on_path() is None and as_root() and shutil.which("apt-get"):
        with _one_at_a_time():
            if _on_path() is None:
                _install_system_package()
    return _on_path()


def _on_path() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Test processes begin together, and the system's installer refuses a second one."""
    with (Path(tempfile.gettempdir()) / "linkwell-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install_system_package() -> None:
    _apt_get("update")
    for package in PACKAGES:
        if _on_path() is None:
            _apt_get("install", "-y", "--no-install-recommends", package)


def _apt_get(*step: str) -> None:
    subprocess.run(["apt-get", *step], check=False, capture_output=True, timeout=PATIENCE)


def _install_library_browser() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        check=False, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode != 0:
        raise NoBrowser("No Chromium found. Install one, or set LINKWELL_CHROMIUM to its path.\n" + done.stderr)


if __name__ == "__main__" and not os.environ.get("LINKWELL_CHROMIUM"):
    _of_the_system()

"""Addresses of the built front-end files.

The build writes each file under a name that carries a hash of its content, so a browser may
keep it for ever, and lists the names in ``manifest.json``. No second naming by Django is needed.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

BUILD_FOLDER = Path(__file__).resolve().parents[1] / "web" / "static" / "build"


class AssetsNotBuilt(RuntimeError):
    """The front end has not been built yet."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The front-end file {name} is not built. Run: python -m linkwell.web.build_assets")


@lru_cache(maxsize=4)
def _names(manifest: Path, changed_at: int) -> dict[str, str]:
    names = json.loads(manifest.read_text())
    return {str(plain): str(hashed) for plain, hashed in names.items()}


def asset(name: str) -> str:
    """The address of a built file: ``asset("linkwell.css")``.

    Raises AssetsNotBuilt when the front end has not been built, or has no such file.
    """
    manifest = BUILD_FOLDER / "manifest.json"
    try:
        names = _names(manifest, manifest.stat().st_mtime_ns)
        return f"{settings.STATIC_URL}build/{names[name]}"
    except (FileNotFoundError, KeyError) as missing:
        raise AssetsNotBuilt(name) from missing

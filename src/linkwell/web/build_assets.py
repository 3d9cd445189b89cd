"""Build the front end: one style sheet, one script and two icons, with hashed names.

Run ``python -m linkwell.web.build_assets`` (make does). Needs only this environment: Node comes
from a Python package, the rest from ``package-lock.json``. Does nothing when nothing changed.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

WEB = Path(__file__).resolve().parent
ROOT = WEB.parents[2]
SOURCE = WEB / "static_src"
BUILD = WEB / "static" / "build"
MODULES = ROOT / "node_modules"
ICONS = ("icon.svg", "neutral.svg")
NHS_IMAGES = MODULES / "nhsuk-frontend" / "dist" / "nhsuk" / "assets" / "images"
INSTALL_STAMP = ".linkwell-installed"
LONGEST_SECONDS = 600


class BuildFailed(RuntimeError):
    """A step of the build ended badly; the message is what it printed."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for another build on this machine; tests run on several cores."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(paths: Iterable[Path]) -> str:
    """One hash over the names and contents of these files, in order of name."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def source_files() -> list[Path]:
    """Every file the result depends on."""
    files = [path for path in SOURCE.rglob("*") if path.is_file()]
    return [*files, ROOT / "package-lock.json", Path(__file__)]


def is_current(stamp: str) -> bool:
    """Whether what stands in the build folder was made from these very inputs, and is whole."""
    try:
        names = json.loads((BUILD / "manifest.json").read_text())
        if (BUILD / "inputs.sha256").read_text() != stamp:
            return False
    except (FileNotFoundError, ValueError):
        return False
    return all((BUILD / hashed).is_file() for hashed in names.values())


def say(message: str) -> None:
    sys.stdout.write(f"  {message}\n")
    sys.stdout.flush()


def run(*command: str) -> None:
    """Run one Node program from the project folder, with this environment's Node first on the path."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", "")])
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
    )
    if done.returncode != 0:
        raise BuildFailed(f"{' '.join(command[:2])} failed.\n{done.stdout}\n{done.stderr}")


def tool(name: str) -> str:
    """A program beside this Python, or on the path."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise BuildFailed(f"{name} was not found. Run: make setup")
    return found


def install_packages() -> None:
    """``npm ci``, once for each version of the lock file."""
    lock = digest([ROOT / "package-lock.json"])
    stamp = MODULES / INSTALL_STAMP
    if stamp.is_file() and stamp.read_text() == lock:
        return
    say("Fetching the front-end packages")
    run(tool("npm"), "ci", "--no-progress", "--loglevel=error")
    stamp.write_text(lock)


def build_style(target: Path) -> None:
    say("Building the style sheet")
    run(
        tool("node"), str(MODULES / "sass" / "sass.js"), "--no-source-map", "--style=compressed",
        "--quiet-deps", "--load-path", str(MODULES), f"{SOURCE}/styles/linkwell.scss", str(target),
    )  # fmt: skip


def build_script(target: Path) -> None:
    say("Building the script")
    run(
        tool("node"), str(MODULES / "esbuild" / "bin" / "esbuild"), f"{SOURCE}/scripts/main.js",
        "--bundle", "--minify", "--format=iife", "--target=es2020", "--legal-comments=none",
        f"--outfile={target}",
    )  # fmt: skip


def copy_images(made: Path) -> None:
    """The pictures the style sheet names; it finds them beside itself, so they keep their names."""
    style = (made / "linkwell.css").read_text()
    for image in NHS_IMAGES.glob("nhsuk-icon-*.svg"):
        if image.name in style:
            shutil.copyfile(image, made / image.name)
    for icon in ICONS:
        shutil.copyfile(SOURCE / icon, made / icon)


def hashed_name(path: Path) -> str:
    if path.name.startswith("nhsuk-icon-"):
        return path.name
    return f"{path.stem}-{digest([path])[:12]}{path.suffix}"


def publish(made: Path, stamp: str) -> dict[str, str]:
    """Copy the made files under hashed names, the list of names last, so it never names a missing file."""
    names = {path.name: hashed_name(path) for path in sorted(made.iterdir())}
    for plain, hashed in names.items():
        content = (made / plain).read_bytes()
        (BUILD / hashed).write_bytes(content)
        (BUILD / f"{hashed}.gz").write_bytes(gzip.compress(content, mtime=0))
    (BUILD / "inputs.sha256").write_text(stamp)
    waiting = BUILD / "manifest.json.new"
    waiting.write_text(json.dumps(names, indent=2))
    waiting.replace(BUILD / "manifest.json")
    keep = {".lock", *names.values(), *(f"{name}.gz" for name in names.values()), "inputs.sha256", "manifest.json"}
    for old in BUILD.iterdir():
        if old.name not in keep:
            old.unlink(missing_ok=True)
    return names


def build(*, force: bool = False) -> bool:
    """Build what is out of date. Returns whether anything was built."""
    stamp = digest(source_files())
    if not force and is_current(stamp):
        return False
    with one_at_a_time():
        if not force and is_current(stamp):
            return False
        install_packages()
        build_everything(stamp)
    return True


def build_everything(stamp: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        build_style(made / "linkwell.css")
        build_script(made / "linkwell.js")
        copy_images(made)
        publish(made, stamp)


def main() -> int:
    started = time.monotonic()
    sys.stdout.write("Front end\n")
    try:
        built = build(force="--force" in sys.argv[1:])
    except BuildFailed as failed:
        sys.stderr.write(f"{failed}\n")
        return 1
    say(f"Built in {time.monotonic() - started:.1f} s" if built else "Nothing has changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())

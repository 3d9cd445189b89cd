"""Makes the fonts of this folder, and the list of characters they can show, from their originals.

Not part of the program: run by hand when a font is added or renewed. It needs `fonttools` and the
contents of the Debian packages fonts-noto-core, fonts-noto-cjk and fonts-dejavu-core:

    pip install fonttools
    apt-get download fonts-noto-core fonts-noto-cjk fonts-dejavu-core
    for p in *.deb; do dpkg-deb -x $p originals; done
    python make_fonts.py originals/usr/share/fonts

Screen hints are dropped, and glyphs reached by no kept character. All shaping rules stay.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = (
    "", "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati",
    "Gurmukhi", "Hebrew", "Sinhala", "Tamil", "Thai",
)  # fmt: skip
ALL = "*"
# Everyday Chinese, simplified and traditional, with Japanese syllables, Korean and full-width forms.
# The rare ones past U+20000 also make the font's table of characters one that Typst reads without loss.
HAN = (
    "U+2E80-303F,U+3041-30FF,U+3105-312F,U+31A0-31BF,U+3200-33FF,U+4E00-9FFF,"
    "U+AC00-D7A3,U+F900-FAFF,U+FE30-FE4F,U+FF00-FFEF,U+20000-2FA1F"
)
SYMBOLS = "U+2190-27BF,U+2900-297F,U+2B00-2BFF,U+1F300-1F6FF,U+1F800-1F8FF"
EMOTICONS = "U+1F600-1F64F,U+1F0A0-1F0FF,U+2600-26FF"


def main(originals: Path) -> None:
    noto = originals / "truetype/noto"
    for script in SCRIPTS:
        for weight in ("Regular", "Bold"):
            subset(noto / f"NotoSans{script}-{weight}.ttf", f"NotoSans{script}-{weight}.ttf", ALL)
    subset(noto / "NotoSansSymbols-Regular.ttf", "NotoSansSymbols-Regular.ttf", ALL)
    subset(noto / "NotoSansSymbols2-Regular.ttf", "NotoSansSymbols2-Regular.ttf", SYMBOLS)
    subset(originals / "truetype/dejavu/DejaVuSans.ttf", "DejaVuSans-Symbols.ttf", EMOTICONS)
    # Face 2 of the collection is the one drawn for simplified Chinese.
    subset(originals / "opentype/noto/NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", HAN, face=2)
    coverage = {path.name: ranges(path) for path in sorted(HERE.glob("*.[to]tf"))}
    (HERE / "coverage.json").write_text(json.dumps(coverage, separators=(",", ":")) + "\n")


def subset(source: Path, name: str, unicodes: str, face: int = 0) -> None:
    features = "*"
    if source.suffix == ".ttc":
        # The other forms of one character (Japanese, Korean) are the bulk of the file and never asked for.
        features = "kern,mark,mkmk,ccmp"
    command = [
        "pyftsubset", str(source), f"--output-file={HERE / name}", f"--unicodes={unicodes}",
        f"--font-number={face}", f"--layout-features={features}", "--name-IDs=*", "--no-hinting",
        "--notdef-outline", "--no-recalc-timestamp",
    ]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603


def ranges(path: Path) -> list[list[int]]:
    """The characters a font can show, as pairs of first and last."""
    library = importlib.import_module("fontTools.ttLib")
    found: list[list[int]] = []
    for code in sorted(library.TTFont(path).getBestCmap()):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))

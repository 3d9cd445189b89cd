"""Pictures for made-up listings, drawn here, so that nobody's photograph is used."""

import io

from PIL import Image, ImageDraw

from linkwell.directory.actions.photographs import Picture

SIZE = (800, 500)
WALL, DOOR, FRAME, PATH, GLASS = "#d8c9b0", "#1d5fa8", "#f7f3ea", "#9a9a94", "#bcd8ea"
DOOR_WORDS = "A blue door with a window in it, a ramp up to it on the left and a lamp beside it."


def blue_door() -> Picture:
    """The door of the Mill Hall, as `DOOR_WORDS` says."""
    image = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 800, 500), fill=PATH)
    draw.polygon([(40, 430), (300, 390), (300, 430)], fill="#b5b5ae")
    draw.rectangle((290, 120, 520, 430), fill=FRAME)
    draw.rectangle((305, 135, 505, 430), fill=DOOR)
    draw.rectangle((340, 165, 470, 270), fill=GLASS)
    draw.ellipse((478, 290, 494, 306), fill="#e8c24a")
    draw.ellipse((560, 170, 590, 215), fill="#ffe9a8", outline="#5b5b57", width=3)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return Picture(out.getvalue(), *SIZE)

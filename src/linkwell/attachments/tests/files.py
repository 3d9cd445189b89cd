"""Small files of every kind, made for tests: with what must not stay in them."""

import io

import pikepdf
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

PLACE = "51.45"


def photo(width: int = 60, height: int = 40) -> bytes:
    """A photo that was taken on its side, and says where."""
    image = Image.new("RGB", (width, height), "white")
    image.putpixel((0, 0), (255, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Made-up Phone"
    exif.get_ifd(0x8825)[2] = (IFDRational(51), IFDRational(27), IFDRational(0))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"canaryplace")
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("P", (30, 20)).save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """A few kilobytes that would unfold to half a gigabyte."""
    out = io.BytesIO()
    Image.new("1", (24_000, 24_000)).save(out, "PNG")
    return out.getvalue()


def letter(*, active: bool = False, password: str = "", owner_only: bool = False) -> bytes:
    """A PDF of one page; `active` ones run a script, start a program, lead away and carry another file."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = "canaryauthor"
        if active:
            _make_active(pdf)
        out = io.BytesIO()
        locked = bool(password or owner_only)
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=password) if locked else False)
    return out.getvalue()


def _make_active(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('canaryscript')")
    pdf.Root.OpenAction = script
    pdf.attachments["other.txt"] = b"canaryfile"
    page = pdf.pages[0]
    page.obj.AA = pikepdf.Dictionary(O=script)
    away = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://canary.example/")
    start = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="canaryprogram")
    page.obj.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=away),
            pdf.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=start)),
            pikepdf.Dictionary(Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9]),
        ]
    )

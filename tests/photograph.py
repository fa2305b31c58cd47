"""Pages as copiers, cameras and offices leave them: aslant, shaded, on grey paper, stamped, grainy; from the prints of tests/render.py."""

import math
import random
import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

RED = (215, 40, 45)


@dataclass(frozen=True, slots=True)
class Wear:
    """What befell a page: degrees of slant, shadow (0 to 1) towards a corner, the paper's grey, stamps, blur in pixels, quality of the JPEG, size."""

    slant: float = 0.0
    shadow: float = 0.0
    paper: int = 255
    stamped: bool = False
    blur: float = 0.6
    quality: int = 60
    size: float = 1.0


def as_pictures(pdf: bytes, folder: Path, dots: int = 200) -> list[Image.Image]:
    """The pages of a PDF as pictures of so many dots an inch."""
    program = shutil.which("pdftoppm")
    assert program is not None
    (folder / "p.pdf").write_bytes(pdf)
    subprocess.run([program, "-r", str(dots), "-png", str(folder / "p.pdf"), str(folder / "p")], check=True, capture_output=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("p-*.png"))]


def photograph(page: Image.Image, wear: Wear) -> bytes:
    """A page as JPEG after what befell it, the same each time."""
    if wear.stamped:
        ink = ImageChops.invert(page.convert("L").crop((0, 0, page.width, page.height * 9 // 10))).getbbox() or (0, 0, 0, page.height // 2)
        page = _stamp(_stamp(page, page.width * 68 // 100, ink[3] - 60), page.width * 3 // 10, page.height * 4 // 10)
    page = page.resize((round(page.width * wear.size), round(page.height * wear.size)), Image.Resampling.LANCZOS)
    page = page.rotate(wear.slant, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    ramp = Image.linear_gradient("L")
    shade = ImageChops.add(ramp.resize(page.size), ramp.rotate(90).resize(page.size), scale=2).point(lambda v: int(255 - wear.shadow * v))
    page = ImageChops.multiply(page, Image.merge("RGB", [shade] * 3)).point(lambda v: int(30 + v * (wear.paper - 30) / 255))
    grain = _grain(page.size)
    page = ImageChops.add(page.filter(ImageFilter.GaussianBlur(wear.blur)), Image.merge("RGB", [grain] * 3), offset=-128)
    out = BytesIO()
    page.save(out, "JPEG", quality=wear.quality, dpi=(200, 200))
    return out.getvalue()


def _grain(size: tuple[int, int], deviation: float = 18.0) -> Image.Image:
    """Grey noise of a normal distribution around 128: one row of it, laid at another place in each line."""
    chance = random.Random(2025)
    row = bytes(max(0, min(255, round(chance.gauss(128, deviation)))) for _ in range(1 << 16))
    starts = (chance.randrange(len(row) - size[0]) for _ in range(size[1]))
    return Image.frombytes("L", size, b"".join(row[at : at + size[0]] for at in starts))


def _stamp(page: Image.Image, x: int, y: int, radius: int = 165) -> Image.Image:
    """Lay a round red seal with a star over a place."""
    layer = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=9)
    arms = [((60, 24)[k % 2], math.pi * k / 5) for k in range(10)]
    draw.polygon([(x + size * math.sin(angle), y - size * math.cos(angle)) for size, angle in arms], fill=RED)
    for k in range(7):
        angle = -1.95 + 0.65 * k
        left, top = x + (radius - 42) * math.sin(angle), y - (radius - 42) * math.cos(angle)
        draw.rectangle((left - 14, top - 18, left + 14, top + 18), outline=RED, width=6)
        draw.line((left - 14, top, left + 14, top), fill=RED, width=5)
    return ImageChops.multiply(page, layer)


def as_pdf(pictures: list[bytes]) -> bytes:
    """Pictures as the pages of a PDF without any text."""
    pages = [Image.open(BytesIO(picture)) for picture in pictures]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()

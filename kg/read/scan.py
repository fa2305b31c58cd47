"""Picture of a page → the picture that is recognised: marks in colour away, light even, lines level, type of the size and weight that suits.

Pages are copied, photographed and stamped. Each step leaves a clean page as it is but for a shade; `docs/formats.md` holds
what each brings.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = (
    1754  # pixels, A4 at 150 dots an inch: type of 12 to 16 points is then as high as what tesseract was trained on; at 300 dots an inch it misreads figures
)
FINEST = 3508  # A4 at 300 dots an inch: finer pictures would only take memory
LONG, NARROW = 2.2, 200  # times its width that a page is high at most, and pixels that it is wide at least
SLANT, STEP, LEAST = 5, 0.1, 0.15  # degrees: the widest slant that is looked for, how finely, and the least that is mended
BLACK, WHITE, SOFT = 90, 200, 0.7  # greys that become black and white, and how far grain is spread before, in pixels at 200 dots an inch
_PROBE, _PAPER = 900, 8
COLOURED = ("RGB", "RGBA", "P", "CMYK", "YCbCr")


def prepare_page(page: "Image") -> bytes:
    """Make a picture of a page ready for recognition, as PNG; the same picture gives the same bytes."""
    from PIL import Image, ImageFilter  # an optional library, which has been found by whoever opened the picture

    by = FINEST / max(page.size)
    if by < 1:
        page = page.resize((max(1, round(page.width * by)), max(1, round(page.height * by))), Image.Resampling.LANCZOS)
    grey = _even(_without_colour(page))
    slant = find_slant(grey)
    if abs(slant) >= LEAST:
        grey = grey.rotate(slant, Image.Resampling.BICUBIC, fillcolor=255)
    by = max(grey.size) / 2339
    grey = grey.filter(ImageFilter.GaussianBlur(SOFT * max(1.0, by))).point([min(255, max(0, (v - BLACK) * 255 // (WHITE - BLACK))) for v in range(256)])
    by = LONG_SIDE / max(grey.size)
    if by < 1:
        grey = grey.resize((max(1, round(grey.width * by)), max(1, round(grey.height * by))), Image.Resampling.LANCZOS)
    out = BytesIO()
    grey.save(out, "PNG")
    return out.getvalue()


def in_pieces(page: "Image") -> Iterator["Image"]:
    """Cut a long picture, such as a screenshot of a whole article, into pages, where between two lines it is brightest."""
    from PIL import Image  # as above

    if page.height <= LONG * page.width or page.width < NARROW:
        yield page
        return
    rows, top = page.convert("L").resize((1, page.height), Image.Resampling.BOX).tobytes(), 0
    while page.height - top > LONG * page.width:
        first, last = top + round(1.1 * page.width), top + round(1.5 * page.width)
        cut = max(range(first, last), key=lambda row: (sum(rows[row - 3 : row + 4]), row))
        yield page.crop((0, top, page.width, cut))
        top = cut
    yield page.crop((0, top, page.width, page.height))


def _without_colour(page: "Image") -> "Image":
    """Take red stamps and blue pens for paper; a band of colour as wide as a letterhead stays."""
    from PIL import ImageChops  # as above

    plain = page.convert("L")
    if page.mode not in COLOURED:
        return plain
    red, green, blue = page.convert("RGB").split()
    light = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    marked = ImageChops.subtract(light, ImageChops.darker(red, ImageChops.darker(green, blue))).point([255 * (v > 70) for v in range(256)])
    for top, bottom in _letterheads(marked):
        light.paste(plain.crop((0, top, plain.width, bottom)), (0, top))
    return light


def _letterheads(marked: "Image") -> list[tuple[int, int]]:
    """The bands of rows in which what is coloured spans half the width and is no taller than a line of large type."""
    from PIL import Image  # as above

    rows = [value > 0 for value in marked.resize((1, marked.height), Image.Resampling.BOX).point([255 * (v > 0) for v in range(256)]).tobytes()]
    edges = [n for n in range(1, len(rows)) if rows[n] != rows[n - 1]]
    bounds = [0] * (rows[:1] == [True]) + edges + [len(rows)] * (rows[-1:] == [True])
    found = []
    for top, bottom in zip(bounds[::2], bounds[1::2], strict=True):
        box = marked.crop((0, top, marked.width, bottom)).getbbox()
        if box is not None and box[2] - box[0] > marked.width * 0.45 and bottom - top < marked.height * 0.08:
            found.append((top, bottom))
    return found


def _even(page: "Image") -> "Image":
    """Divide a page by its paper: what is brightest around each place, shadows and grey paper with it."""
    from PIL import Image, ImageFilter, ImageMath  # as above

    small = page.resize((max(1, page.width // _PAPER), max(1, page.height // _PAPER)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(8)).resize(page.size, Image.Resampling.BILINEAR)
    evened: Image.Image = ImageMath.lambda_eval(lambda of: of["convert"](of["min"](of["page"] * 255 / (of["paper"] + 1), 255), "L"), page=page, paper=paper)
    return evened


def find_slant(page: "Image") -> float:
    """Give the degrees by which a page has to be turned for its lines to lie level: those at which its rows differ most."""
    from PIL import Image, ImageChops  # as above

    by = min(1.0, _PROBE / max(page.size))
    small = page.resize((max(1, round(page.width * by)), max(1, round(page.height * by))), Image.Resampling.LANCZOS)
    ink = ImageChops.invert(small).point([255 * (v > 90) for v in range(256)])
    ink = ink.crop((ink.width // 12, ink.height // 12, ink.width - ink.width // 12, ink.height - ink.height // 12))

    def contrast(degrees: float) -> int:
        turned = ink.rotate(degrees, Image.Resampling.BILINEAR)
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum((above - below) ** 2 for above, below in pairwise(rows))

    def best(angles: Iterable[float]) -> float:
        return max(angles, key=lambda degrees: (contrast(degrees), -abs(degrees)))

    coarse = best(n / 2 for n in range(-2 * SLANT, 2 * SLANT + 1))
    return round(best(coarse + n * STEP for n in range(-5, 6)), 2)

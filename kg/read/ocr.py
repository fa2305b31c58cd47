"""Pictures of pages → Source, by tesseract where it is installed; marked as recognised, with the mean confidence.

Recognition is the one reader that may misread: a figure from it carries the report's `confidence`, so that a researcher
can leave it out or look at the page.
"""

import csv
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from statistics import median
from typing import TYPE_CHECKING

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.columns import Glyph, in_columns
from kg.read.jbig2 import is_jbig2, open_jbig2
from kg.read.layout import Line, Page, join_pages, line_of
from kg.read.scan import COLOURED, in_pieces, prepare_page

if TYPE_CHECKING:
    from PIL.Image import Image

LAYER = "text layer"  # what a scan states that carries the text of another recognition program
MAX_PIXELS, MAX_SIDE, MAX_SECONDS, MAX_PAGES = 60_000_000, 100_000, 180, 200
SMALLEST = 300  # pixels that a picture of a page is wide and high at least
ASKEW = 0.6  # confidence below which a page may lie sideways or upside down, and is tried so; upright pages, the worst that were tried among them, lie above
_SIGNATURES = {
    **{b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"II*\0": "image/tiff", b"MM\0*": "image/tiff"},
    **{b"BM": "image/bmp", b"GIF8": "image/gif", b"RIFF": "image/webp"},
}
_AFTER = {"image/bmp": (6, b"\0\0\0\0"), "image/webp": (8, b"WEBP")}  # what stands further on, where the start says little


def image_type(data: bytes) -> str | None:
    """Name the media type of a picture by its first bytes."""
    kind = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    if kind is None and is_jbig2(data):
        return "image/jbig2"
    place, further = _AFTER.get(kind or "", (0, b""))
    return kind if data.startswith(further, place) else None


def read_image(data: bytes, name: str) -> Source:
    """Read a scanned page, or the pages of a TIFF."""
    return read_images(frames_of(data, name), name, image_type(data) or "image/png", ())


def read_images(pictures: Iterable["Image"], name: str, media_type: str, stated: tuple[tuple[str, str], ...]) -> Source:
    """Recognise the pages of one report."""
    pages = recognise((piece for picture in pictures for piece in in_pieces(picture)), name)
    text, starts = join_pages([page for page, _ in pages])
    return Source(text, name, hashlib.sha256(text.encode()).hexdigest(), media_type, stated, pages=starts, confidence=confidence_of(pages))


def read_shown(pictures: Iterable[bytes], name: str, media_type: str, stated: tuple[tuple[str, str], ...]) -> Source:
    """Recognise the pictures that a document or page shows in place of a text; icons and codes to scan are none."""
    return read_images((frame for picture in pictures for frame in frames_of(picture, name) if min(frame.size) >= SMALLEST), name, media_type, stated)


def confidence_of(pages: Sequence[tuple[Page, float]]) -> float:
    """The mean confidence of pages, each by the characters on it."""
    weights = [sum(len(line.text) for line in page.lines) for page, _ in pages]
    return round(sum(sure * weight for (_, sure), weight in zip(pages, weights, strict=True)) / (sum(weights) or 1), 3)


def recognise(pictures: Iterable["Image"], name: str) -> list[tuple[Page, float]]:
    """Recognise pictures of pages; each gives its lines and the mean confidence of its words, 0 to 1."""
    program = shutil.which("tesseract")
    if program is None:
        raise InputError(f"{name}: 没有文字层的扫描件,需安装 tesseract 与 chi_sim · a scan without a text layer: install tesseract with chi_sim")
    return [_upright(program, picture, name) for picture in pictures]


def _upright(program: str, picture: "Image", name: str) -> tuple[Page, float]:
    """Recognise a page; one that gives little sense is turned, and the way up that gives most is taken."""
    found = _recognise(program, prepare_page(picture), name)
    if not found[0].lines or found[1] >= ASKEW:
        return found
    return max((found, *(_recognise(program, prepare_page(picture.rotate(by, expand=True)), name) for by in (90, 180, 270))), key=lambda tried: tried[1])


def _recognise(program: str, picture: bytes, name: str) -> tuple[Page, float]:
    command = [program, "stdin", "stdout", "-l", "chi_sim", "--dpi", "150", "--psm", "6", "-c", "preserve_interword_spaces=0", "tsv"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=MAX_SECONDS, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    except subprocess.TimeoutExpired as error:
        raise LimitError(f"{name}: 一页识别超过 {MAX_SECONDS} 秒 · recognising a page took more than {MAX_SECONDS} seconds") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(f"{name}: 识别失败 · tesseract failed: {said[-1] if said else done.returncode}; it needs the language chi_sim")
    rows = list(csv.DictReader(StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE))
    height = max((float(row["height"]) for row in rows if row["level"] == "1"), default=1.0)
    words = [row for row in rows if row["level"] == "5" and (row["text"] or "").strip()]
    sure = [max(0.0, float(row["conf"])) / 100 for row in words for _ in row["text"]]
    return Page(height, tuple(_lines(words))), sum(sure) / len(sure) if sure else 0.0


def _lines(words: list[dict[str, str]]) -> Iterator[Line]:
    """Words of one recognised line, set side by side, column by column; a wide gap between Chinese characters is none."""
    numbers: dict[tuple[str, str, str], int] = {}
    glyphs = [_glyph(word, numbers.setdefault((word["block_num"], word["par_num"], word["line_num"]), len(numbers))) for word in words]
    usual = median(max(glyph.size for glyph in row) for row in _by_line(glyphs)) if glyphs else 1.0
    blocks = list(in_columns(glyphs))
    if len(blocks) > 1:  # a line of both columns is as high as both lie apart: the characters are as wide as they should be high
        usual = median([(glyph.x1 - glyph.x0) / len(glyph.text) for glyph in glyphs if len(glyph.text) > 1 and not glyph.text.isascii()] or [usual])
    for block in blocks:
        for row in _by_line(block):
            tall = max(glyph.size for glyph in row)
            size = tall if len(blocks) == 1 and not 0.6 * usual <= tall <= 1.3 * usual else usual
            line = line_of([(glyph.text, glyph.x0, glyph.x1) for glyph in row], min(glyph.top for glyph in row), size)
            if line is not None:
                yield line


def _glyph(word: dict[str, str], line: int) -> Glyph:
    left, top, width, height = (float(word[key]) for key in ("left", "top", "width", "height"))
    return Glyph(word["text"], left, left + width, top, top + height, height, line)


def _by_line(glyphs: Iterable[Glyph]) -> Iterable[list[Glyph]]:
    rows: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        rows.setdefault(glyph.line, []).append(glyph)
    return rows.values()


def join_pictures(pictures: Sequence[bytes], name: str) -> "Image":
    """Set the pictures of one page below one another."""
    parts = [frame for picture in pictures for frame in frames_of(picture, name)]
    if len(parts) == 1:
        return parts[0]
    from PIL import Image  # as in frames_of

    whole = Image.new("RGB", (max(part.width for part in parts), sum(part.height for part in parts)), "white")
    if whole.width * whole.height > MAX_PIXELS:
        raise _too_large(name)
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    return whole


def _too_large(name: str) -> LimitError:
    return LimitError(f"{name}: 图像过大 · the picture is too large; at most {MAX_PIXELS} pixels a page, {MAX_PAGES} pages")


def frames_of(data: bytes, name: str) -> Iterator["Image"]:
    """The pages of a picture file, as the camera held them; refuses one that is too large before it is unpacked."""
    if is_jbig2(data):
        yield open_jbig2(data, name)
        return
    try:
        from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError  # an optional library
    except ImportError as error:
        raise InputError(f"{name}: 读取扫描件需要 pillow · reading scans needs pillow: pip install 'fazhi-kg[documents]'") from error
    try:
        with Image.open(BytesIO(data)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if frame.width * frame.height > MAX_PIXELS or max(frame.size) > MAX_SIDE or number >= MAX_PAGES:
                    raise _too_large(name)
                yield ImageOps.exif_transpose(frame.convert("RGB" if frame.mode in COLOURED else "L"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise InputError(f"{name}: 图像损坏,无法读取 · the picture is damaged and cannot be read") from error

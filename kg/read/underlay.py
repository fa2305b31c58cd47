"""A PDF page → whether its text was laid under or over a scan by a recognition program: such text is found, not seen.

Recognition programs write the text in render mode 3, which draws nothing, or draw it first and the
picture of the page over it. Both are told from what the page draws, and only where pictures fill most of it.
"""

import re
from collections.abc import Iterator
from typing import Any

COVERED, HIDDEN = 0.6, 0.9
MAX_FORMS = 40
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]*>", re.S)
_STEP = re.compile(rb"(?<![\w.])([0-7])\s+Tr\b|/([^\s/<>\[\]()]+)\s+Do\b|(?<![\w*'\"])(Tj|TJ|'|\")(?=[\s/\[(<]|$)|(?<![\w*])([qQ])(?=[\s/\[(<]|$)")


def is_laid_under(page: Any) -> bool:
    """Whether a page's text was recognised by whoever made the file: a picture fills the page, and nearly all text is not to be seen."""
    area = sum(max(0.0, image["x1"] - image["x0"]) * max(0.0, image["bottom"] - image["top"]) for image in page.images)
    if not page.chars or area < COVERED * float(page.width * page.height):
        return False
    pictures = {image["name"] for image in page.images if not image["stream"].attrs.keys() & {"SMask", "Mask"}}
    shown: list[str] = []  # "seen", "unseen" for each text, "picture" for each opaque picture, in the order of drawing
    for contents in _contents(page):
        shown += _steps(contents, pictures)
    texts = [step for step in shown if step != "picture"]
    unseen = texts.count("unseen")
    if "picture" in shown:
        unseen += shown[: len(shown) - shown[::-1].index("picture")].count("seen")  # drawn before the last picture
    return texts != [] and unseen >= HIDDEN * len(texts)


def _steps(contents: bytes, pictures: set[str]) -> Iterator[str]:
    mode, kept = b"0", list[bytes]()
    for match in _STEP.finditer(_STRING.sub(b" () ", contents)):
        set_mode, drawn, text, state = match.groups()
        if set_mode is not None:
            mode = set_mode
        elif drawn is not None and drawn.decode("latin-1") in pictures:
            yield "picture"
        elif text is not None:
            yield "unseen" if mode == b"3" else "seen"
        elif state == b"q":
            kept.append(mode)
        elif state == b"Q" and kept:
            mode = kept.pop()


def _contents(page: Any) -> Iterator[bytes]:
    """What the page draws, and then the forms that it holds."""
    from pdfminer.pdftypes import PDFStream, resolve1  # an optional library

    yield b"\n".join(stream.get_data() for stream in (resolve1(each) for each in page.page_obj.contents) if isinstance(stream, PDFStream))
    forms = resolve1((resolve1(page.page_obj.resources) or {}).get("XObject")) or {}
    for form in list(forms.values())[:MAX_FORMS]:
        stream = resolve1(form)
        if isinstance(stream, PDFStream) and str(stream.attrs.get("Subtype")) == "/'Form'":
            yield stream.get_data()

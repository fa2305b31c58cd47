"""A picture as JBIG2, without an encoder: its generic region may hold fax coding (MMR), which Pillow writes for TIFF."""

import struct
from io import BytesIO

from PIL import Image, ImageChops

MARK = b"\x97JB2\r\n\x1a\n"


def as_jbig2(page: Image.Image, order: str = "sequential", striped: bool = False) -> bytes:
    """One page of black and white; `order` is sequential, random (all heads first) or bare (as in a PDF, without the file's head)."""
    ink = ImageChops.invert(page.convert("L").point([255 * (v > 127) for v in range(256)])).convert("1")
    out = BytesIO()
    ink.save(out, "TIFF", compression="group4", tiffinfo={278: ink.height})
    tags = Image.open(out).tag_v2  # type: ignore[attr-defined]  # of a TIFF
    coded = out.getvalue()[tags[273][0] : tags[273][0] + tags[279][0]]
    height = 0xFFFFFFFF if striped else ink.height
    segments = [
        (48, struct.pack(">IIIIBH", ink.width, height, 0, 0, 0, 0x8000 | ink.height if striped else 0)),
        (38, struct.pack(">IIIIBB", ink.width, ink.height, 0, 0, 0, 1) + coded),
        *([(50, struct.pack(">I", ink.height - 1))] if striped else []),
        (49, b""),
        (51, b""),
    ]
    heads = [struct.pack(">IBBBI", number, kind, 0, 0 if kind == 51 else 1, len(body)) for number, (kind, body) in enumerate(segments)]
    bodies = [body for _, body in segments]
    if order == "random":
        return MARK + b"\0" + struct.pack(">I", 1) + b"".join(heads) + b"".join(bodies)
    joined = b"".join(head + body for head, body in zip(heads, bodies, strict=True))
    return joined if order == "bare" else MARK + b"\1" + struct.pack(">I", 1) + joined

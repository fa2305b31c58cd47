"""Fonts that hold Chinese: the stack that pictures name, and whether this machine has one of it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "Heiti SC", "SimHei")
STACK = ", ".join([*NAMES, "sans-serif"])
_FILES = ("notosanscjk", "sourcehansans", "pingfang", "msyh", "wqy-", "heiti", "simhei", "simsun", "notosanssc", "droidsansfallback", "arplu")
REMEDY = (
    "没有找到中文字体,图中的汉字会成空框;请安装,如 Debian/Ubuntu: apt-get install fonts-noto-cjk"
    " · no Chinese font found, Chinese text would be drawn as boxes; install one, e.g. Debian/Ubuntu: apt-get install fonts-noto-cjk"
)


def warn_of_fonts(output: Path, say: Callable[[str], None]) -> None:
    """Say where a Chinese font is to be had, if this machine has none; a page brings the reader's own fonts."""
    if output.suffix != ".html" and not has_chinese_font():
        say(REMEDY)


def has_chinese_font() -> bool:
    """Whether one of the usual folders holds a font file known to have Chinese glyphs."""
    return any(name.lower().startswith(_FILES) for folder in _folders() for _, _, names in os.walk(folder) for name in names)


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    data = [Path(part) for part in os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":") if part]
    return [*(part / "fonts" for part in data), home / ".fonts", home / ".local/share/fonts"]

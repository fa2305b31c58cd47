"""A page in one file: title, style, script, content and data → HTML that opens offline and runs nothing else.

The policy names the one script by its hash and lets nothing be fetched; data stands in a block of JSON, in which
no `<` is left, so that a label cannot end it.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.resources import data_folder


def render_shell(title: str, language: str, bundle: str, content: str, data: Mapping[str, Any]) -> str:
    """Put a page of a bundle together; `content` is markup of our own making, in which every value is escaped."""
    style, script = _part(bundle, "css"), _part(bundle, "js")
    allowed = "; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'"
    block = f'<script type="application/json" id="data">{json_block(data)}</script>'
    return f"{page_head(title, language, style, script, allowed)}<body>\n{content}\n{block}\n{page_end(script)}"


def page_head(title: str, language: str, style: str, script: str = "", allowed: str = "; img-src data:", inline_styles: bool = False) -> str:
    """All that stands before the body: the policy admits this one script, this style (and styles on elements, where they are), and what `allowed` adds (the empty icon by default)."""
    styles = "'unsafe-inline'" if inline_styles else _hash(style)
    policy = f"default-src 'none'{f'; script-src {_hash(script)}' if script else ''}; style-src {styles}{allowed}"
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if language == "zh" else "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)} · fazhi-kg</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
"""


def page_end(script: str) -> str:
    """The script that the policy admits, and the end of the page."""
    return f"<script>{script}</script>\n</body>\n</html>\n"


def json_block(data: Mapping[str, Any]) -> str:
    """Write data for a block of JSON inside HTML: compact, and without the signs that could end the block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _part(bundle: str, suffix: str) -> str:
    path = data_folder("web") / "dist" / f"{bundle}.{suffix}"
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise UsageError(
            f"{_short(path)}: 页面脚本尚未打包,请运行 make 或重新安装 · the page's bundle is missing: run make, or install fazhi-kg again"
        ) from error
    if f"</{'style' if suffix == 'css' else 'script'}" in text.lower():
        raise UsageError(f"{_short(path)}: 打包结果含结束标签 · the bundle holds an end tag; bundle it anew")
    return text


def _short(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

"""A page in one file: title, content, data and a bundle from web/ → HTML that opens offline and runs nothing else.

The policy names the one script and the one style by their hashes and lets nothing be fetched; data stands in a block of JSON, in which
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
    """Put a page together; `content` is markup of our own making, in which every value is escaped."""
    style, script = _part(bundle, "css"), _part(bundle, "js")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'"
    )
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
<body>
{content}
<script type="application/json" id="data">{json_block(data)}</script>
<script>{script}</script>
</body>
</html>
"""


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

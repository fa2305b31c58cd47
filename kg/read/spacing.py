"""Blanks between all characters, as some recognition programs leave them: told from a title that is merely set wide."""

import re

_HAN = r"[\u3400-\u9fff]"
_TOUCHING = re.compile(rf"{_HAN}(?={_HAN})")
_PARTED = re.compile(rf"{_HAN}[ \u3000](?={_HAN})")
MOST, FEW = 0.6, 4


def is_spaced(text: str, least: int = FEW) -> bool:
    """Whether most characters that follow one another are parted by a blank.

    >>> is_spaced("全 年 办 结 案 件 1 2 件"), is_spaced("法治政府建设 报 告")
    (True, False)
    """
    parted = len(_PARTED.findall(text))
    return parted >= least and parted >= MOST * (parted + len(_TOUCHING.findall(text)))


def close_gaps(line: str) -> str:
    """Take the blanks out of a line in which they part all characters; any other stays as it is.

    >>> close_gaps("全 年 办 结 案 件 1 2 3 件 ( 次 )"), close_gaps("表 1 案件 12 件")
    ('全年办结案件123件(次)', '表 1 案件 12 件')
    """
    return re.sub(r"(?<=\S) (?=\S)", "", line) if is_spaced(line) else line

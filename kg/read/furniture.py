"""Lines of a page's block → the report's own: what the page's tools say ahead of it, and what follows it, goes."""

import re

TAIL = re.compile(
    r"^(?:\W*(?:上一篇|下一篇|上一条|下一条|相关(?:链接|阅读|文章|新闻|信息|报告|解读|文件|稿件|附件)|打印|关闭|分享|扫一扫|扫码|附件下载|责任编辑|编辑[:：]|审核[:：]|友情链接|返回顶部|网站地图|主办单位|承办单位|主办[:：]|承办[:：]|版权所有|网站标识码|联系我们|技术支持|您访问的链接|您是第|(?:政策|文件)解读$|【?(?:打印|关闭|纠错|返回)))|^[\W\d]*(?:共\s*\d+\s*页[\W\d]*)?(?:首页|上一?页|前一页|下一?页|后一页|尾页|末页)(?![\u4e00-\u9fff])|^\W*共\s*\d+\s*页[\W\d]*$|ICP备|公网安备|版权所有|网站标识码|Copyright|©",
    re.I,
)
_TOOLS = re.compile(
    r"[【\[(（]?\s*(?:字\s*[体号][:：]?\s*(?:[【\[(（]?\s*[大中小]\s*[】\])）]?\s*){1,3}|(?:打印|关闭)(?:本页|此页|窗口|页面|文章|正文)?|分享(?:到|至)?[:：]?|收藏(?:本页)?|(?:我要)?纠错|"
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?[:：]?\s*\d*\s*次?|扫一扫.{0,12}|无障碍(?:浏览|阅读)?|长者(?:模式|版)|(?:语音)?(?:朗读|播报))\s*[】\])）]?"
)
_DATED = re.compile(r"(?:来源|发布时间|发布日期|日期|时间)\s*[:：]|(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}")
_FILE = re.compile(r"^\W*附\s*件\s*\d*\s*[:：]?\s*$|\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar)\W*$", re.I)
LONGEST_TOOLS, PROSE = 160, 25


def without_tools(line: str) -> str:
    """Take font sizes, counters and buttons out of a line with a date or source; a line of nothing else becomes empty.

    >>> without_tools("来源:市司法局 浏览次数:120次 字号:[大 中 小]"), without_tools("【打印本页】 【关闭窗口】")
    ('来源:市司法局', '')
    """
    if len(line) > LONGEST_TOOLS or (rest := re.sub(r"\s+", " ", _TOOLS.sub(" ", line)).strip(" |丨·")) == line:
        return line
    return rest if _DATED.search(rest) else "" if not re.search(r"\w", rest) else line


def own_lines(lines: list[str]) -> list[str]:
    """Leave out tools ahead of the first running text, files and furniture behind the last; without running text, all stays."""
    prose = [n for n, line in enumerate(lines) if len(line) >= PROSE and line[-1] in "。;；!！" and not TAIL.search(line)]
    if not prose:
        return lines
    ahead = [rest for line in lines[: prose[0]] if (rest := without_tools(line))]
    behind = [line for line in lines[prose[-1] + 1 :] if not _FILE.search(line)]
    end = next((n for n, line in enumerate(behind) if TAIL.search(line)), len(behind))
    return [*ahead, *lines[prose[0] : prose[-1] + 1], *behind[:end]]

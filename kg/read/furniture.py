"""Lines of a page's block → the report's own: what the page's tools say ahead of it, and what follows it, goes."""

import re
from itertools import accumulate

TAIL = re.compile(
    r"^(?:\W*(?:上一篇|下一篇|上一条|下一条|相关(?:链接|阅读|文章|新闻|信息|报告|解读|文件|稿件|附件)|打印|关闭|分享|扫一扫|扫码|附件下载|责任编辑|(?:撰稿|供稿|来稿|文稿|通讯员|编辑|审核|初审|复审|终审|校对|审校|审签|签发|录入|信息员|发布人|值班)\s*(?:人|单位)?[:：]|友情链接|返回顶部|顶部\W|(?:文章|稿件|信息|新闻)?来源\s*[:：]|作者\s*[:：]|打印(?:日期|时间)|本[页文](?:地址|网址|链接)|政策咨询[:：]|网站地图|主办单位|承办单位|主办[:：]|承办[:：]|版权所有|网站标识码|联系我们|技术支持|您访问的链接|您是第|(?:政策|文件)解读$|【?(?:打印|关闭|纠错|返回)))|^[\W\d]*(?:共\s*\d+\s*页[\W\d]*)?(?:首页|上一?页|前一页|下一?页|后一页|尾页|末页)(?![\u4e00-\u9fff])|^\W*共\s*\d+\s*页[\W\d]*$|ICP备|公网安备|版权所有|网站标识码|Copyright|©",
    re.I,
)
_TOOLS = re.compile(
    r"[【\[(（]?\s*(?:字\s*[体号][:：]?\s*(?:[【\[(（]?\s*[大中小]\s*[】\])）]?\s*){1,3}|打印(?:日期|时间)\s*[:：]?\s*\S*|本[页文](?:地址|网址|链接)\s*[:：]?\s*\S*|(?:我要)?(?:打印|关闭)(?:本页|此页|窗口|页面|文章|正文)?|分享(?:到|至)?[:：]?(?:\s*(?:微信|朋友圈|(?:新浪|腾讯)?微博|QQ(?:空间|好友)?|钉钉|更多))*|收藏(?:本页)?|(?:我要)?纠错|"
    r"点击收听|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?[:：]?\s*\d*\s*次?|扫一扫.{0,12}|无障碍(?:浏览|阅读)?|长者(?:模式|版)|(?:语音)?(?:朗读|播报|播放)|(?:当前)?语速\s*[\d.]*\s*[xX倍]?|视力保护色[:：]?)\s*[】\])）]?"
)
_DATED = re.compile(r"(?:来源|发布时间|发布日期|日期|时间)\s*[:：]|(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}")
_FILE = re.compile(r"^\W*附\s*件\s*\d*\s*[:：]?\s*$|\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar)\W*$", re.I)
# Headings of what other texts follow the report: each is a line of its own.
_OTHERS = re.compile(
    r"\W*(?:(?:相关|关联|延伸|推荐|扩展)(?:链接|阅读|文章|新闻|信息|报告|解读|文件|稿件|资讯|政策|推荐|内容)|(?:政策|文件|图文|图解|部门|专家)解读|(?:热点|热门|精彩|猜你喜欢|为您|编辑)\W?(?:推荐|新闻|文章|资讯)|(?:最新|热门)(?:评论|留言)|网[友民](?:评论|留言)|我(?:要|来)(?:评论|说两句)|发表评论|公众评论|满意度(?:评价|调查)?|意见反馈|(?:\d+\s*小时)?热(?:文|榜|门)(?:排行)?|[您你]可能(?:还|也)?(?:感兴趣|喜欢)\w{0,6})\W*(?:更多\W*)?"
)
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、]")
LONGEST_TOOLS, PROSE, LEAST_COPY = 160, 25, 200


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
    lines = _before_others(_once(lines))
    prose = [n for n, line in enumerate(lines) if len(line) >= PROSE and line[-1] in "。;；!！" and not TAIL.search(line)]
    if not prose:
        return lines
    ahead = [rest for line in lines[: prose[0]] if (rest := without_tools(line))]
    behind = [line for line in lines[prose[-1] + 1 :] if not _FILE.search(line)]
    end = next((n for n, line in enumerate(behind) if TAIL.search(line)), len(behind))
    return [*ahead, *lines[prose[0] : prose[-1] + 1], *behind[:end]]


def _before_others(lines: list[str]) -> list[str]:
    """Leave out other texts that follow the report under a heading of their own, such as 网友评论; they are the smaller part, and no numbered heading comes after."""
    sizes = list(accumulate(map(len, lines), initial=0))
    last = max((n for n, line in enumerate(lines) if _NUMBERED.match(line)), default=-1)
    return lines[: next((n for n, line in enumerate(lines) if n > last and 2 * sizes[n] > sizes[-1] and _OTHERS.fullmatch(line)), len(lines))]


def _once(lines: list[str]) -> list[str]:
    """Leave out the second copy of a text that a page holds twice, for screens of two sizes, and what follows it."""
    prose, seen = [n for n, line in enumerate(lines) if len(line) >= PROSE], set[str]()
    for again in prose:
        if lines[again] in seen:
            break
        seen.add(lines[again])
    else:
        return lines
    first, later = lines.index(lines[again]), set(lines[again:])
    repeated = sum(len(line) for line in lines[first:again] if line in later)
    if repeated < LEAST_COPY or repeated * 5 < 4 * sum(map(len, lines[first:again])):
        return lines
    while again > first + 1 and lines[again - 1] in lines[:first]:  # the title, once more
        again -= 1
    return lines[:again]

"""Quantities → the names that lists give them by position: k names, 分别, k values; a second list without 分别 inherits the names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Named, Quantity

_RESPECTIVELY = re.compile(
    r"(?P<names>(?:[\u4e00-\u9fff()\"A-Za-z]{1,20}[、,和与及])+[\u4e00-\u9fff()\"A-Za-z]{1,20}?)(?P<verb>分别(?:同比|比上年|较上年)?(?:增长|增加|提高|提升|上升|下降|减少|降低|压减|压缩|缩短)?)(?:为|达到|达|超过|超|突破|约|近|至|到|在|是|了|有)*$"
)
_ONE_NAME = re.compile(r"(?:^|,)(?P<name>[\u4e00-\u9fff()]{2,14}[率例重])分别(?:均)?(?:为|达到|达|在|是)*$")
_NAMES_ONLY = re.compile(r"(?P<names>(?:[\u4e00-\u9fff()]{2,14}[、和与及])+[\u4e00-\u9fff()]{2,14})$")
_GROWTH = re.compile(r"[,、;](?P<verb>(?:分别)?(?:同比|比上年|较上年|环比)?(?:分别)?(?:增长|增加|提高|提升|上升|下降|减少|降低|压减))(?:了|约|近|超)?$")
_PARTED = re.compile(r"其中|^\([^()]{1,14}$|[^,;。]{1,12}中(?:仅|只|仍)?有$")
_WHOLES = 3  # figures before 其中 among which the whole is looked for: 收到92件,上年结转1件,其中网络申请52件
_ENDS_LIST = re.compile(r"[。;\n]")
_BETWEEN = re.compile(r"[、和与及,]|、?(?:约|近|超|超过)|左右、|以上、")
_HEADS = re.compile(r"(?:居民收入|案件|事项|文件|收入|人数|户数|件数|起数|次数|数量|金额|总额|面积|比重|占比|建议|提案|支出|[率量数额])$")
_LEAD = re.compile(
    r"^(?:其中|全年|全市|全县|全省|全区|共|并|累计|实现|开展|召开|办理|完成|组织|受理|审结|制定|出台|新增|制发|发出|查处|培训|调解|清理|抽查|检查)(?=[\u4e00-\u9fff]{2})"
)


def pair_lists(folded: str, quantities: Sequence[Quantity]) -> dict[int, str]:
    """Give {start of a quantity: its name} for all lists that pair; a list whose lengths differ pairs nothing."""
    named: dict[int, str] = {}
    runs = list(_runs(folded, quantities))
    for at, run in enumerate(runs):
        before = folded[max(0, run[0].start - 90) : run[0].start]
        clause = re.split(r"[;。:\n]", before)[-1]
        if (
            len(run) > 1
            and (growth := _GROWTH.search(clause)) is not None
            and "分别" in growth["verb"]
            and (singles := _single_names(folded, runs, at, len(run)))
        ):
            names, verb = singles, growth["verb"].replace("分别", "")
        elif len(run) > 1 and (one := _ONE_NAME.search(clause)) is not None:
            names, verb = [one["name"]] * len(run), ""
        elif "分别" in clause and (match := _RESPECTIVELY.search(clause)) is not None:
            names = _names(match["names"], len(run))
            verb = match["verb"].removeprefix("分别")
        elif len(run) > 1 and len({q.unit for q in run}) == 1 and (plain := _NAMES_ONLY.search(clause)) is not None:
            names, verb = _names(plain["names"], 99), ""
        elif (
            at
            and runs[at - 1][0].start in named
            and (growth := _GROWTH.search(clause)) is not None
            and runs[at - 1][-1].end + len(growth.group()) >= run[0].start - 3
        ):
            names = [named.get(q.start, "") for q in runs[at - 1]]
            verb = growth["verb"].removeprefix("分别")
        else:
            continue
        if len(names) == len(run) and all(names):
            named.update({q.start: name + verb for q, name in zip(run, names, strict=True)})
    return named


def _single_names(folded: str, runs: Sequence[list[Quantity]], at: int, count: int) -> list[str]:
    """The words before the single quantities that a list of growths follows: 立案2139件,罚款5328万元,同比分别增长12.4%、21%."""
    before = runs[max(0, at - count) : at]
    if len(before) < count or any(len(run) > 1 for run in before):
        return []
    names = []
    for number, run in enumerate(before, at - count):
        floor = max(run[0].start - 40, runs[number - 1][-1].end if number else 0)
        names.append(_LEAD.sub("", re.split(r"[,;。:\n]", folded[floor : run[0].start])[-1]))
    return names


def leave_parts_out(folded: str, named: Sequence[Named]) -> list[Named]:
    """Take the indicator of the whole from what 其中 parts off it (公证5230件,其中涉外公证425件): a part is no second count of the same."""
    kept: list[Named] = []
    whole: Named | None = None
    for item in named:
        words = folded[kept[-1].quantity.end : item.quantity.start] if kept else ""
        if _ENDS_LIST.search(words) is not None:
            whole = None
        if kept and "\n" not in words and _PARTED.search(words) is not None:
            before = [k for k in reversed(kept) if k.quantity.unit != "%"]
            near = (k for k in before[:_WHOLES] if ";" not in folded[k.quantity.end : item.quantity.start])
            alike = (k for k in near if (k.indicator, k.quantity.unit) == (item.indicator, item.quantity.unit))
            whole = next((k for k in alike if k.quantity.value >= item.quantity.value), before[0] if before else kept[-1])
        same = whole is not None and item.indicator is not None and (item.indicator, item.quantity.unit) == (whole.indicator, whole.quantity.unit)
        kept.append(replace(item, indicator=None, matched=None) if same else item)
    return kept


def _runs(folded: str, quantities: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Runs of quantities with nothing but 、 or 和 between them."""
    run: list[Quantity] = []
    for quantity in quantities:
        if run and _BETWEEN.fullmatch(folded[run[-1].end : quantity.start]) is None:
            yield run
            run = []
        run.append(quantity)
    if run:
        yield run


def _names(words: str, count: int) -> list[str]:
    """Split the names of a list; what only the last one says of all (…案件, …率) is said of each."""
    names = [name.strip('"') for name in re.split(r"[、,和与及]", words) if name]
    if len(names) > count:
        names = names[-count:]
    names[0] = _LEAD.sub("", names[0])
    head = _HEADS.search(names[-1])
    if head is not None:
        names = [name if _HEADS.search(name) is not None else name + head.group() for name in names]
    return names

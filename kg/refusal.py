"""Header → why an input is not taken in, since it is of another genre than annual reports, and what else a reader should know."""

from kg.divisions import load_register
from kg.model import Division, Header
from kg.picture.facts import GENRE

_LONGEST = 15  # of a division's name
_REMEDY_ZH = "请以 --place 给出所在的县(市、区)(如“--place 某市某区”,管本次全部文本),或在标题中写全上级(如“某市某区某街道”),或在抽取记录的 report.division 中写明后以 --record 入库"
_REMEDY_EN = "say by --place in which county or city the reports of the run lie, write what is above it into the title, or name the division in report.division of the extraction record, then `kg ingest --record FILE`"


def other_genre(header: Header, because: bool = True) -> str:
    """Say what an input is where it is no annual report, and by which words; nothing where it is one."""
    words = f"(据“{header.genre_basis}” · from “{header.genre_basis}”)" if because and header.genre_basis else ""
    zh = GENRE[header.genre][0] if header.genre in GENRE else header.genre
    said = f"文种为{zh},不是法治政府建设年度报告 · genre is {header.genre}, not an annual report{words}"
    return said if header.genre != "annual_report" else ""


SURE = 0.9
"""The mean confidence below which validation warns of a recognised text (shapes:report-misread)."""


def unfinished(header: Header) -> str:
    """Say that a page holds only a part of its text, where it is one of several."""
    place = next((claim.value for claim in header.stated if claim.field == "continued"), None)
    return (
        f"网页分页,此页只有部分正文,下一页 {place};请取全文(打印页、附件或拼合各页)· one of several pages, the text goes on at {place}: give all of it"
        if place
        else ""
    )


def unplaced(header: Header) -> str:
    """Say that no place was recognised, so that no official name and no lasting IRI can be made; several of one name are named with what is above them."""
    if header.division is not None:
        return ""
    if header.year is None:
        return "未识别年度,地方也无从确定:标题应写明年度 · no year is recognised, so the place cannot be either: the title should name it"
    if (found := _namesakes(header)) == ():
        if (given := next((claim.value for claim in header.stated if claim.origin == "--place"), None)) is not None:
            return f"--place 给出的 {given} 不足以定其地方,或与文中所写不合;乡镇、街道须给出县(市、区)· the place given by --place, {given}, does not settle it or is not what the text says; towns need their county: {_REMEDY_EN}"
        return f"未识别地方,文中没有写明:{_REMEDY_ZH};新设或表外的地方用 --divisions 给出 · no place is named: {_REMEDY_EN}; give new or further places by --divisions FILE"
    register = load_register()
    said = "、".join(f"{''.join(above.name for above in reversed(register.parents(each)))}{each.name} {each.code}" for each in found[:6])
    return f"有几处都叫{found[0].name}:{said}{' …' if len(found) > 6 else ''};{_REMEDY_ZH} · several places are called so: {_REMEDY_EN}"


def _namesakes(header: Header) -> tuple[Division, ...]:
    """The divisions of one name that stands at the head of the issuer's or the report's, where they are several."""
    register = load_register()
    for name in (header.issuer, header.title):
        for end in range(min(len(name or ""), _LONGEST), 1, -1):
            if name is not None and len(found := register.candidates(name[:end], header.year)) > 1:
                return found
    return ()


def caveats(header: Header) -> list[str]:
    """Say of a report that is read and not refused: it is of another genre, of no known place, its text was recognised from pictures."""
    said = [other_genre(header, because=False), unfinished(header), unplaced(header)]
    if header.confidence is not None:
        doubt = (
            "数字很可能有误 · recognised from pictures: figures are likely misread" if header.confidence < SURE else "数字可能有误 · recognised from pictures"
        )
        said.append(f"文字由图像识别,置信度 {header.confidence:.2f},{doubt}, confidence {header.confidence:.2f}; check them against the original")
    said += [
        f"文字层由他人程序识别而成,数字可能有误 · its text was recognised by another program, whose sureness is not known: check figures against the original: {claim.value}"
        for claim in header.stated
        if claim.field == "recognised_by"
    ]
    said += [
        f"文中写明的地方与 --place 不合,以文中为准 · the text names another place than --place; what it names decides: {' ≠ '.join(claim.value for claim in conflict.claims)}"
        for conflict in header.conflicts
        if conflict.field == "division" and header.division_basis != "given"
    ]
    return [words for words in said if words]

"""A page of statistics names its week, month, quarter or years once, in its head or at its first figure, and goes on with it."""

import pytest

from kg.pipeline import extract_bytes

HEADED = "临溪县2025年一季度行政检查通报\n2025年一季度,各单位按照要求开展检查,现将情况通报如下。\n"
PLAIN = "临溪县12345热线情况\n第三季度,县政务服务热线共受理群众诉求553件,其中受理有效诉求486件。\n从类型来看,投诉类301件,占总量的61.9%;咨询类120件,占总量的24.7%。\n"
YEARLY = "临溪县热线情况\n2025年3月份,县政务服务热线认真办理群众诉求,共受理诉求553件。\n2025年,全县共受理诉求6120件。满意率98%。\n"
YEARS = "临溪县法院工作情况\n2022年1月至2024年5月,县法院认真办理各类行政案件,共收案258件。\n受理二审案件96件,审结80件。\n"
SINCE = "临溪县热线情况\n2025年11月10日至2025年底,县政务服务热线认真办理群众诉求,共受理诉求241件,同比增长3倍。\n"
REST = "各单位要认真办理群众诉求,按时限办结答复,做到件件有着落、事事有回音。" * 4 + "\n"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (HEADED + "共检查企业173户次,同比减少16%。实施行政处罚22次,比去年同期减少3次。\n", ["other"] * 4),
        (PLAIN, ["other"] * 6),
        (YEARLY, ["month", "year", "year"]),
        (YEARS, ["multi_year"] * 3),
        (SINCE, ["other"] * 2),
    ],
)
def test_the_time_that_is_spoken_of_holds_until_another_is_named(text: str, kinds: list[str]) -> None:
    record = extract_bytes((text + REST).encode(), "page.txt")
    assert [o.period.kind for o in record.observations] == kinds

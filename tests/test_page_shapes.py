"""Pages of many shapes: parts that government sites put around a report, drawn and mixed by a seed; only the report's lines may come out.

The names of content blocks are those in use on sites of cities and counties; what stands in the parts is invented.
"""

import random

import pytest

from kg.pipeline import identify_bytes
from kg.read import read_bytes
from tests.test_templates import BODY, NEWS, TITLE

NAMES = [
    "id=conN",
    "class=Section0",
    "class=wzxqnr",
    "class=mailbox_content_wznrs",
    "id=neirong",
    "class=news_content_content",
    "class=news_content_text",
    "id=info_content",
    'class="art-con art-con-bottonmLine"',
    "id=detailCont",
    "class=article-mail-txt",
    "id=div_zhengwen",
    "class=article_i",
    "class=mycontont",
    "id=ggzw",
    "class=detail-desc",
    "class=xiangqing",
    "class=overview",
    "class=easysite-news-text",
    "class=nrtxt",
    "class=detailContent",
    "id=Zoom2",
    "class=storyContent",
    "class=txt1",
    "class=Article_content",
    'class="gsj_htmlcon_bot"',
    "class=pub-det-content",
    "id=textBox",
    "class=hd_zw",
    "class=m_article",
    "class=con_nei",
    "id=artibody",
    "class=zwxl-article",
    "class=zfxxgk_nr",
    'class="TRS_Editor"',
    "id=zoom",
    "class=xq_con",
    "class=minNewsText",
    "class=NewsContent",
    "id=MyContent",
    "class=tongzhi_con",
    "class=wz_content",
    "class=g-con",
    "class=u-content",
    "id=content1",
    "class=p_content",
    'class="row text"',
    "class=cas_content",
    'class=""',
]
PARTS: dict[str, list[str]] = {
    "crumb": [
        '<div class="dqwz">当前位置:<a href=/>首页</a> &gt; <a href=/a>政务公开</a> &gt; 正文</div>',
        "<table width=980><tr><td>您现在的位置: <a href=/>首页</a>&gt;&gt;<a>法治政府</a>&gt;&gt;正文</td></tr></table>",
        '<p class="wz">您的位置:首页 / 专题 / 法治建设</p>',
    ],
    "top": [
        '<div class="gd"><p>2026-02-01 东浦区召开会议部署工作</p></div>',
        '<div class="header1"><div class="date">今天是2026年2月3日 星期二 欢迎访问云泽市人民政府网站!</div><ul><li><a href=/>首页</a></li><li><a href=/2>要闻动态</a></li></ul><div class="ss">热门搜索:<a>公积金</a> <a>社保</a></div></div>',
        '<table><tr><td><img alt="云泽市人民政府"></td></tr><tr><td><a>首页</a>|<a>走进云泽</a>|<a>政务公开</a></td></tr></table>',
        '<div class="tq">云泽市 今天 晴 -3~8℃ <span>空气质量:良</span></div><div class="gg"><p>欢迎访问云泽市人民政府门户网站,今天是2026年2月3日星期二,农历十二月十六</p></div>',
        '<div class="wza"><a>无障碍浏览</a><a>长者模式</a><a>简体</a>|<a>繁体</a></div><h2>云泽市人民政府 政府信息公开</h2>',
    ],
    "title": [
        "<h1>{t}</h1>",
        '<div class="bt">{t}</div>',
        '<p class="title" align=center><b>{t}</b></p>',
        '<div class="xl-title"><h2>{t}</h2></div>',
        '<div class="newsdetail_title">{t}</div>',
        '<div class="conTit">{t}</div>',
        "<div align=center><font size=5>{t}</font></div>",
    ],
    "info": [
        '<div class="info">来源:市司法局&nbsp;&nbsp;发布时间:2026-01-05&nbsp;&nbsp;浏览次数:<span>120</span>次 字号:[<a>大</a> <a>中</a> <a>小</a>]</div>',
        '<div class="msg"><span>发布日期:2026- 01- 05 14: 58: 15</span><span>浏览次数:120</span><span>来源:市司法局</span><span>字体:[ 大 中 小 ]</span></div>',
        '<ul class="xxhead"><li><b>索引号:</b><span>990100/2026-00012</span></li><li><b>发文机构:</b><span>云泽市人民政府</span></li><li><b>发布日期:</b><span>2026年01月05日 16:34</span></li><li><b>有效性:</b><span>有效</span></li><li><b>内容概述:</b><span>{t}</span></li></ul>',
        '<table class="xx"><tr><td>索 引 号</td><td>990100-1</td><td>主题分类</td><td>司法</td></tr><tr><td>发布机构</td><td>云泽市人民政府</td><td>发布日期</td><td>2026-01-05</td></tr><tr><td>名  称</td><td colspan=3>{t}</td></tr></table>',
        '<p class="laiyuan">2026-01-05 09:12 &nbsp; 来源: 市司法局 &nbsp; 【字体:<a>大</a> <a>中</a> <a>小</a>】 <a>打印本页</a> 视力保护色:<i></i></p>',
        '<div class="fb"><em>2026-01-05</em> <em>16:30:22</em> <em>市司法局</em> <em>阅读:</em><em id=hits></em></div>',
        '<div class="sx"><p>【信息时间:2026/1/5   阅读次数:<span>120</span>】【我要打印】【关闭】</p></div>',
        "<table><tr><td>信息分类:</td><td>法治政府建设</td><td>文  号:</td><td></td></tr><tr><td>发布时间:</td><td>2026-01-05 10:00</td><td>信息名称:</td><td>{t}</td></tr></table>",
        "<p>时间:2026年1月5日 来源:市司法局 点击率:<script>document.write(120)</script></p>",
    ],
    "tools": [
        "",
        '<div class="yy"><span>语音播放</span><span>点击收听</span><audio></audio> 当前语速 1.0x</div>',
        '<div class="fx">分享到:<a>微信</a><a>微博</a> <a>收藏</a></div>',
        '<div class="ewm"><img><p>扫一扫在手机打开当前页</p></div>',
    ],
    "end": [
        "",
        '<p style="text-align:right">(责任编辑:张三  审核:李四)</p>',
        '<div class="fn"><a>【打印此页】</a><a>【关闭窗口】</a></div>',
        "<p>撰稿:张三 编辑:李四 审核:王五</p>",
        '<p>附件:<a href="/1.pdf">云泽市2025年法治政府建设年度报告.pdf</a></p>',
        "<p>附件:</p><p>1.<a href=/1.docx>云泽市依法行政情况表.docx</a></p><p>2.<a href=/2.xlsx>数据表.xlsx</a></p>",
        '<p class="fjxx">附件下载:<a href=/1.pdf>1.pdf</a></p>',
        "<p>政策咨询:市司法局张三,电话:0990-1234567</p>",
        '<div class="ms"><p>打印日期:2026-02-03</p><p>本页地址:http://www.example.org/a.html</p></div>',
        "<p>【作者:张三】</p>",
        '<div style="text-align:center"><a>[顶部]</a> <a>[打印]</a> <a>[关闭]</a></div>',
        "<p>文章来源:市司法局</p>",
    ],
    "after": [
        '<div class="pn"><p>上一篇:<a href=/9>东浦区召开会议</a></p><p>下一篇:<a href=/8>上岚县2019年度报告</a></p></div>',
        '<div class="xg"><h3>相关阅读</h3><ul><li><a href=/1>东浦区召开会议</a><span>2026-02-01</span></li><li><a href=/2>上岚县2019年法治政府建设年度报告</a><span>2020-01-02</span></li></ul></div>',
        '<div class="pl"><h4>网友评论</h4><p>网友上岚人:建议加大普法力度,多到东浦区走走,听听群众意见。</p><p>文明上网理性发言,请遵守新闻评论服务协议。</p></div>',
        '<div class="jd"><h3>相关解读</h3><p>东浦区司法局负责人就年度工作答记者问,介绍了总体情况、主要做法和下一步打算。</p></div>',
        '<div class="gxq"><p>您可能感兴趣的文章</p><a href=/1>东浦区召开会议</a> <a href=/2>上岚县2019年度报告</a></div>',
        '<div class="zx"><p>24小时热文</p><ol><li><a href=/1>东浦区召开会议</a></li></ol></div>',
        '<div class="wj"><strong>相关文件:</strong><a href=/2>上岚县2019年法治政府建设年度报告</a></div>',
        '<div class="next"><span>上一条信息:</span><a href=/1>东浦区召开会议</a><span>下一条信息:</span><a href=/2>上岚县2019年报告</a></div>',
        '<div class="mydp"><h3>满意度评价</h3><p>您对本页内容是否满意?</p><label>满意</label><label>一般</label><p>请留下您的宝贵意见,我们将尽快改进。</p></div>',
    ],
    "side": [
        "",
        '<div class="r_box"><h3>热点推荐</h3><ul><li><a href=/3>东浦区召开会议</a><p>' + NEWS + "</p></li></ul></div>",
        "<td width=200 valign=top><b>通知公告</b><br>·<a href=/5>上岚县2019年法治政府建设年度报告</a><br>·<a href=/6>东浦区召开会议</a></td>",
    ],
    "foot": [
        '<div class="dibu"><p>主办单位:云泽市人民政府办公室,地址:云泽市人民路1号,邮编:990100</p><p>网站标识码:9901000001 虚ICP备09999999号</p></div>',
        "<table width=980><tr><td align=center>版权所有:云泽市人民政府 承办:市大数据中心 虚公网安备99010002000001号<br>本网站信息未经授权,不得转载;如需转载,请注明来源。</td></tr></table>",
        '<div class="b"><p>您访问的链接即将离开“云泽市人民政府网”门户网站,是否继续?</p><p><a>放弃</a><a>继续访问</a></p></div><div>Copyright 2026 云泽市人民政府</div>',
        "<div><p>地址:云泽市人民路1号 电话:0990-1234567 传真:0990-7654321</p><p>建议使用1024*768分辨率浏览本网站</p></div>",
        '<div id="gotop"><p>设为首页 加入收藏 联系我们 网站地图</p><p>主办:云泽市人民政府 承办:云泽市人民政府办公室 技术支持:某某科技</p></div>',
        '<div class="tc" style="display: none;"><p>您即将离开本网站,是否继续访问?</p></div><p>中文域名:云泽市人民政府.政务 政府网站标识码:9901000001</p>',
    ],
}
FURNITURE = (
    "东浦",
    "上岚",
    "首页",
    "标识码",
    "人民路",
    "李四",
    "推荐",
    "浏览",
    "打印",
    "关闭",
    "扫一扫",
    "120",
    "收听",
    "语速",
    "分享",
    "网友",
    "解读",
    "转载",
    "离开",
    "公积金",
    "星期二",
    "下一篇",
    "1.pdf",
    "docx",
    "xlsx",
    "0990-",
    "打印日期",
    "本页地址",
    "顶部",
    "感兴趣",
    "热文",
    "下一条",
    "满意度",
    "宝贵",
    "传真",
    "分辨率",
    "收藏",
    "技术支持",
    "标识码",
    "℃",
    "农历",
    "无障碍",
    "繁体",
)
PARAGRAPHS = "".join(f'<p style="text-indent:2em"><span>{line[:4]}</span>{line[4:]}</p>' for line in BODY)
BREAKS = "<br><br>".join(f"&emsp;&emsp;{line}" for line in BODY)


def a_page(chance: random.Random, name: str, layout: str) -> str:
    """Draw a page: the block with its name, and what stands ahead of it, behind and beside."""
    drawn = {kind: chance.choice(choices).replace("{t}", TITLE) for kind, choices in PARTS.items()}
    text, end, side = chance.choice((PARAGRAPHS, BREAKS)), drawn["end"], drawn["side"]
    block = f"<div {name}>{text}{end}</div>"
    if layout == "split":
        third = len(BODY) // 3
        pieces = (BODY[:third], BODY[third : 2 * third], BODY[2 * third :])
        block = "".join(f"<div {name}>" + "".join(f"<p>{line}</p>" for line in piece) + "</div>" for piece in pieces) + end
    elif layout == "cell":
        block = f"<table><tr><td {name}>{text}{end}</td></tr></table>"
    elif layout == "form":
        block = f"<form name=_newscontent_fromname><div {name}><div class=v_news_content>{text}</div></div>{end}</form>"
    main = f"<div class=main_l>{drawn['title']}{drawn['info']}{drawn['tools']}{block}{drawn['after']}</div>"
    if layout == "twice":  # for two sizes of screens
        main = f"<div class=pc>{main}</div><div class=phone>{drawn['title']}{block}</div>"
    main = f"<table><tr>{side}<td>{main}</td></tr></table>" if side.startswith("<td") else main + side
    head = f"<meta charset=utf-8><title>{TITLE}_云泽市人民政府</title>"
    return f"<html><head>{head}</head><body>{drawn['top']}{drawn['crumb']}<div class=center>{main}</div>{drawn['foot']}</body></html>"


@pytest.mark.parametrize("layout", ["plain", "cell", "form", "split", "twice"])
def test_nothing_but_the_report_comes_out(layout: str) -> None:
    chance = random.Random(layout)
    for name in NAMES:
        page = a_page(chance, name, layout)
        lines = read_bytes(page.encode(), "p.html").text.splitlines()
        assert lines[-len(BODY) :] == BODY, page
        ahead = "\n".join(lines[: -len(BODY)])
        assert not [word for word in FURNITURE if word in ahead], page
        assert BODY[2] not in ahead, page
        header = identify_bytes(page.encode(), "p.html")
        assert (header.title, header.published, header.signed, header.year) == (TITLE, "2026-01-05", "2026-01-03", 2025), page


@pytest.mark.parametrize("word", ["相关文件审查情况", "相关解读材料同步公开", "意见反馈机制进一步健全", "政策解读", "意见反馈"])
def test_a_heading_of_the_report_is_no_end(word: str) -> None:
    lines = [*BODY[:8], word, *BODY[8:]]
    page = f"<html><body><h1>{TITLE}</h1><div id=zoom>{''.join(f'<p>{line}</p>' for line in lines)}</div></body></html>"
    assert read_bytes(page.encode(), "p.html").text.splitlines()[1:] == lines


def test_what_a_report_repeats_stays() -> None:
    lines = [*BODY[:4], BODY[0], *BODY[4:]]
    page = f"<html><body><h1>{TITLE}</h1><div id=zoom>{''.join(f'<p>{line}</p>' for line in lines)}</div></body></html>"
    assert read_bytes(page.encode(), "p.html").text.splitlines()[1:] == lines

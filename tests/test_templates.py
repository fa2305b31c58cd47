"""Pages as the content systems of government sites build them: the report's lines and nothing else, and what the page says of itself.

Ids, classes, metas and the order of the parts are those of the systems; places, texts and numbers are invented.
"""

import pytest

from kg.errors import InputError
from kg.pipeline import identify_bytes
from kg.read import read_bytes
from kg.refusal import caveats

TITLE = "云泽市2025年法治政府建设年度报告"
BODY = [
    "2025年,云泽市坚持依法行政,扎实推进法治政府建设,现将有关情况报告如下。",
    "一、主要举措",
    *(f"({number})全年办结行政复议案件12{number}件,调解成功6{number}件,举办讲座1{number}场,群众满意度稳步提升。" for number in range(1, 8)),
    "二、存在不足",
    "执法力量还不均衡,个别单位办案质量不高,需要进一步改进。",
    "云泽市人民政府",
    "2026年1月3日",
]
NEWS = "东浦区召开会议,部署年度重点工作,强调要压实责任,狠抓落实;会议还研究了其他事项,并就安全生产、信访稳定作出安排。"
# What stands around the text on most pages: a sidebar with the openings of other news, a footer with an address.
SIDE = f'<div class="RIGHT"><h3>热点推荐</h3><ul><li><a href="/1">东浦区召开会议</a><p>{NEWS}</p></li><li><a href="/2">上岚县2019年度法治政府建设情况报告</a><p>{NEWS}</p></li></ul></div>'
TOP = '<div class="top"><ul class="menu"><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div><div class="dqwz">您当前所在位置:<a href="/">首页</a> &gt; <a href="/b">法治政府</a></div>'
FOOT = '<div class="page-foot"><p>主办单位:云泽市人民政府办公室,地址:云泽市人民路1号,邮编:990100</p><p>网站标识码:9901000001 虚ICP备09999999号</p></div>'
TOOLS = '<div class="tools">字体:<a href="#">大</a> <a href="#">中</a> <a href="#">小</a> <a href="#">打印</a> 分享到:</div>'

PAGES = {
    "ucap, State Council": """<meta name="firstpublishedtime" content="2026-01-05-09:00:00"><meta name="author" content="云泽市司法局"></head><body>{top}
        <div class="article oneColumn pub_border"><h1 id="ti">{title}</h1><div class="pages-date">2026-01-05 09:00<span class="font">来源:云泽市司法局</span><span class="font">【字体:大 中 小】打印</span></div>
        <div class="pages_content mhide" id="UCAP-CONTENT"><div class="trs_editor_view TRS_UEDITOR trs_paper_default trs_web">{body}</div></div><div class="editor">责任编辑:张三</div></div>{side}""",
    "ucap, own tags": """<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2026-01-05 17:18"><meta name="ContentSource" content="市司法局"></head><body>{top}
        <div class="wrap"><div class="LEFT"><UCAPTITLE>{title}</UCAPTITLE><UCAPCONTENT>{body}</UCAPCONTENT></div>{side}</div>""",
    "trs, styled": """<meta name="PubDate" content="2026-01-05"><meta name="ArticleTitle" content="{title}"></head><body>{top}<div class="main-content"><div class="xl_title">{title}</div>{tools}
        <div class="view TRS_UEDITOR trs_paper_default trs_word"><style>.TRS_Editor P{{line-height:2;font-size:12pt}}</style>{body}</div>{side}</div>""",
    "trs, old": """</head><body>{top}<table width="1000"><tr><td class="bt">{title}</td></tr><tr><td>发布时间:2026-01-05 来源:市司法局 点击数:88</td></tr><tr><td><div class="TRS_PreAppend"><div class="TRS_Editor">{body}</div></div></td><td>{side}</td></tr></table>""",
    "hanweb": """<meta name="PubDate" content="2026-01-05 08:30"></head><body>{top}<table id="c"><tr><td class="title"><!--<$[信息名称]>begin-->{title}<!--<$[信息名称]>end--></td></tr>
        <tr><td class="bt_content"><div id="zoom"><!--ZJEG_RSS.content.begin--><!--<$[信息内容]>begin-->{body}<!--<$[信息内容]>end--></div></td></tr></table>{side}""",
    "boda": """<META Name="pageTitle" Content="{title}" /></head><body>{top}<form name="_newscontent_fromname"><div class="ar_title"><h3>{title}</h3><h6><span>发布时间:2026-01-05</span></h6></div>
        <div class="ar_article" id="vsb_content_2"><div class="v_news_content">{body}</div></div><div id="div_vote_id"></div><ul><li>附件【<a href="/d">{title}.pdf</a>】已下载<span>7</span>次</li></ul>
        <p>上一条:<a href="/x">东浦区人民政府2019年度法治政府建设情况报告</a></p></form>{side}""",
    "art_con": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="container"><div class="art_title">{title}</div><div class="art_con">{body}</div>{side}</div>""",
    "artCon": """</head><body>{top}<div class="all"><h2 class="artTitle">{title}</h2><div class="artInfo">时间:2026-01-05 来源:市司法局</div><div class="artCon">{body}</div>{side}</div>""",
    "gkmlpt": """</head><body>{top}<div class="content"><div class="classify"><table><tr><td class="title">索引号:</td><td>YZ2026-001</td><td class="title">分类:</td><td>其他</td></tr><tr><td class="title">发布机构:</td><td>云泽市司法局</td><td class="title">成文日期:</td><td>2026-01-03</td></tr>
        <tr><td class="title">名称:</td><td colspan="3">{title}</td></tr><tr><td class="title">文号:</td><td></td><td class="title">发布日期:</td><td>2026-01-05</td></tr></table></div>
        <h1 class="title">{title}</h1><div class="article-content">{body}</div></div>{side}""",
    "longxun": """<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2026-01-05 10:00"></head><body>{top}<div class="wenzhang"><h1 class="wztit">{title}</h1><div class="wzfbxx"><span>来源:市司法局</span></div>
        <div class="j-fontContent newscontnet minh300" id="J_content">{body}</div></div>{side}""",
    "ivs": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="Article"><h2 class="Article-title">{title}</h2><small class="PBtime">(2026年1月5日)</small><div class="Article_content" id="ivs_content">{body}</div></div>{side}""",
    "mainText": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="header"><p>{title}</p></div><div class="mainTextBox"><div id="mainText"><div class="view TRS_UEDITOR trs_paper_default trs_web">{body}</div></div></div>{side}""",
    "common-content": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="common-content"><h1>{title}</h1><div id="xlrllt">{body}</div></div>{side}""",
    "BodyLabel": """</head><body>{top}<div class="zw"><h1>{title}</h1><span class="zw_sta">2026-01-05 来源:市司法局</span><span id="BodyLabel">{body}</span></div>{side}""",
    "nrcontent": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="nr-box"><div class="nr_title">{title}</div><div class="nrcontent">{body}</div>{side}</div>""",
    "xl_cont": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="xl_box"><h3>{title}</h3><div class="xl_cont">{body}</div>{side}</div>""",
    "font zoom": """</head><body>{top}<table><tr><td align="center"><b>{title}</b></td></tr><tr><td>日期:2026-01-05</td></tr><tr><td><font id="zoom">{body}</font></td></tr></table>{side}""",
    "zoomTY": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<table><tr><td><h1>{title}</h1><div class="zoomTY">{body}</div></td><td>{side}</td></tr></table>""",
    "sj_nr": """</head><body>{top}<div class="sj_nrbr"><h1>{title}</h1><p>发布日期:2026-01-05</p><table class="sj_nr"><tr><td>{body}</td></tr></table></div>{side}""",
    "generalContent": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="general"><h1>{title}</h1><div class="generalContent">{body}</div>{side}</div>""",
    "wechat": """<meta property="og:title" content="{title}"></head><body><div class="rich_media_area_primary"><h1 class="rich_media_title" id="activity-name">{title}</h1><em id="publish_time">2026-01-05 10:00</em>
        <div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; ">{body}</div></div><div class="rich_media_tool">阅读 88 在看 9</div>""",
    "article tag": """<meta property="article:published_time" content="2026-01-05T09:00:00+08:00"></head><body>{top}<main><article class="post"><header><h1>{title}</h1></header>{body}</article>{side}</main>""",
    "cut by scripts": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="cut"><h1>{title}</h1><script>if ("x" != "") document.write('来源:市司法局');</script><div class="detail_con">{body}<script>var next = "上一篇:东浦区";</script></div></div>{side}""",
    "li of a list": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<ul class="wzxq"><li class="wzxqbt">{title}</li><li class="wzxqfbt">发布时间:2026-01-05 来源:市司法局 浏览:120 次</li><li class="wzxqnr">{body}<p><a href="/z/r.pdf">{title}.pdf</a></p></li></ul>{side}""",
    "mailbox": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="mailbox_content"><div class="mailbox_content_wzbts">{title}</div><div class="mailbox_content_wznrs">{body}</div></div>{side}""",
    "div_zhengwen": """</head><body>{top}<div id="div_shijian">日期:2026-01-05</div><h1>{title}</h1><div id="div_zhengwen">{body}</div>{side}""",
    "mycontont": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="mytitle"><h1>{title}</h1></div><div class="mycontont">{body}</div>{side}""",
    "easysite": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="portlet"><h2 class="easysite-news-title">{title}</h2><p class="easysite-news-describe">发布日期:2026-01-05 信息来源:市司法局 浏览次数:<span>120</span></p><div id="easysiteText" class="easysite-news-text">{body}</div></div>{side}""",
    "nrtxt": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="nrbox"><p class="nrtit">{title}</p><div class="nrtxt">{body}</div></div>{side}""",
    "zzy": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="zzy"><div class="zzy_bt"><h1>{title}</h1></div><div class="zzy_wz clearfix">{body}</div><div class="zzy_fy">【打印】【关闭】</div></div>{side}""",
    "file_detail": """</head><body>{top}<div class="file"><table class="file_table"><tr><th>索 引 号:</th><td>YZ2026-001</td><th>发布日期:</th><td>2026-01-05</td></tr><tr><th>发文机关:</th><td>市司法局</td><th>有 效 性:</th><td></td></tr></table><h1>{title}</h1><div class="file_detail">{body}</div></div>{side}""",
    "gk_zn_con": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="gk_zn"><div class="gk_zn_tit">{title}</div><div class="gk_zn_con">{body}</div></div>{side}""",
    "main_content_p": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="main_content"><div class="main_content_left">{side}</div><div class="main_content_right"><h2>{title}</h2><div class="main_content_p">{body}</div></div></div>""",
    "xxgkcont": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="xxgk"><ul class="xxgk_list"><li>索引号:YZ2026-001</li><li>发布机构:市司法局</li><li>成文日期:2026-01-03</li></ul><div class="xxgktit">{title}</div><div class="xxgkcont">{body}</div></div>{side}""",
    "neirong": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div id="biaoti">{title}</div><div id="neirong">{body}</div>{side}""",
    "con-detail": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="con"><h3>{title}</h3><div class="con-detail">{body}</div></div>{side}""",
    "det_content": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="wrapper"><div class="content"><div class="detail_con"><h1>{title}</h1><div class="det_content"><div>{body}</div></div></div>{side}</div></div>""",
    "xiangqing": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="xiangqing"><h1>{title}</h1><div>{body}</div></div>{side}""",
    "tools inside": """</head><body>{top}<div class="art"><h1>{title}</h1><div id="zoom"><p>发布时间:2026-01-05 09:00 来源:市司法局 浏览次数:120次 字号:[大 中 小]</p><p>【打印本页】 【关闭窗口】</p>{body}
        <p>扫一扫在手机打开当前页</p><p>【打印本页】 【关闭窗口】</p></div></div>{side}""",
    "tail inside": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="art"><h1>{title}</h1><div id="zoom">{body}<p>附件:</p><p><a href="/r.docx">{title}.docx</a></p><p>责任编辑:张三 审核:李四</p>
        <p>上一篇:<a href="/1">东浦区2019年度法治政府建设情况报告</a></p><p>下一篇:没有了</p><p>相关链接</p><ul><li><a href="/2">上岚县2019年度法治政府建设情况报告</a></li><li><a href="/3">政策解读</a></li></ul></div></div>{side}""",
    "visitors and clock": """<meta name="PubDate" content="2026-01-05"></head><body><div class="topbar"><span class="date">2026年2月1日 星期日</span><a href="#">无障碍</a><a href="#">长者模式</a> 简体 | 繁体</div>{top}<div class="cont"><h1>{title}</h1><div class="text-tools"><span>打印</span><span>收藏</span><span>我要纠错</span></div>{body}
        <div class="ewm"><p>扫一扫在手机打开当前页</p></div><p>您是第12345位访客</p></div>{side}""",
    "share icons": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="detail"><h1>{title}</h1><div class="info"><span>发布时间:2026-01-05</span><span>来源:市司法局</span><span>字体:【大】【中】【小】</span></div><div class="bdsharebuttonbox">分享到:<a href="#">微信</a><a href="#">微博</a></div><div class="txt">{body}</div>
        <div class="xgwj"><h3>相关文件</h3><ul><li><a href="/2">上岚县2019年度法治政府建设情况报告</a></li></ul></div><div class="zcjd"><h3>相关解读</h3><p><a href="/4">一图读懂东浦区法治政府建设</a></p></div></div>{side}""",
    "notice and appendix": """<meta name="PubDate" content="2026-01-05"></head><body>{top}<div class="zwnr"><h1>{title}</h1><div class="wzy1"><table width="100%"><tbody><tr><td>{body}</td></tr></tbody></table></div><p>(此件公开发布)</p><p>主办单位:云泽市人民政府办公室</p></div>{side}""",
    "frames of tables": """</head><body>{top}<table><tr><td><table><tr><td height="40" align="center"><font size="4"><b>{title}</b></font></td></tr><tr><td align="center">【字体:大 中 小】 2026-01-05 来源:市司法局 阅读:120次</td></tr><tr><td><div>{body}</div></td></tr><tr><td>【<a href="#">打印</a>】【<a href="#">关闭</a>】</td></tr></table></td><td>{side}</td></tr></table>""",
    "unknown": """</head><body>{top}<div class="w1200"><div class="q-left"><h1>{title}</h1><div class="q-date">发布时间:2026-01-05</div><div class="q-words">{body}</div></div><div class="q-more">{side}</div></div>""",
}


FURNITURE = (
    *("东浦", "上岚", "首页", "标识码", "人民路", "张三", "李四", "已下载", "推荐", "浏览", "阅读", "点击", "打印", "关闭", "字号", "字体", "扫一扫"),
    *("访客", "120", "无障碍", "长者", "收藏", "纠错", "分享", "微信", "解读", "下一篇", "主办", "相关"),
)


def lines_of(page: str) -> list[str]:
    return read_bytes(page.encode(), "p.html").text.splitlines()


def page_of(name: str, body: str) -> str:
    frame = {"title": TITLE, "top": TOP, "side": SIDE, "tools": TOOLS}
    return f"<!DOCTYPE html><html><head><title>{TITLE}-云泽市人民政府</title>{PAGES[name].format(body=body, **frame)}{FOOT}</body></html>"


@pytest.mark.parametrize("name", PAGES)
def test_the_report_and_nothing_else(name: str) -> None:
    paragraphs = "".join(f'<p style="text-indent:2em"><span>{line[:4]}</span>{line[4:]}</p>' for line in BODY)
    for body in (paragraphs, "<br><br>".join(f"&emsp;&emsp;{line}" for line in BODY)):
        lines = lines_of(page_of(name, body))
        assert lines[-len(BODY) :] == BODY
        ahead = "\n".join(lines[: -len(BODY)])
        assert not [word for word in FURNITURE if word in ahead]
    header = identify_bytes(page_of(name, paragraphs).encode(), "p.html", ())
    assert (header.title, header.published, header.signed, header.year) == (TITLE, "2026-01-05", "2026-01-03", 2025)


def test_a_page_that_only_links_to_the_report_says_so() -> None:
    page = page_of("boda", "<p>年度报告见附件。</p>").replace('href="/d"', 'href="../d/r.pdf?id=3"')
    with pytest.raises(InputError, match=r"give that file: https://www\.example\.org/d/r\.pdf\?id=3$"):
        identify_bytes(page.encode(), "https://www.example.org/a/b.html")


EMPTY = {
    "<div id=zoom><p>全文见<a href='/d/8.docx'>附件</a></p></div>": "the page links to: https://www.example.org/d/8.docx",
    "<div id=zoom><a href='/down.jsp?id=8'>2025年法治政府建设报告.pdf</a></div>": "give that file: https://www.example.org/down.jsp?id=8",
    "<div id=zoom><a href='/down.do?file=8.wps&k=1'>下载</a></div>": "the page links to: https://www.example.org/down.do?file=8.wps&k=1",
    "<div id=zoom><a href='javascript:;' onclick=\"down('/u/8.pdf')\">2025年法治政府建设报告</a></div>": "give that file: https://www.example.org/u/8.pdf",
    "<iframe src='/pdfjs/web/viewer.html?file=%2Fu%2F8.pdf'></iframe>": "give that file: https://www.example.org/u/8.pdf",
    "<iframe src='main.html'></iframe><iframe src='/count' width=0></iframe>": "its text lies at: https://www.example.org/a/main.html",
    "<script>location.replace('/new/b.html')</script>": "only leads to: https://www.example.org/new/b.html",
    "<div class=content><p><img src=1.jpg><img src=2.jpg></p></div>": "as one file (.mhtml) in a browser: https://www.example.org/a/1.jpg https://www.example.org/a/2.jpg",
    "<div id=app></div><script src=/js/app.js></script>": "open it in a browser and save it (as a page, MHTML or PDF)",
    "<noscript>请启用脚本</noscript><script>var a = 1;" + "a += 1;" * 99 + "</script>": "open it in a browser and save it (as a page, MHTML or PDF)",
}


@pytest.mark.parametrize("body", EMPTY)
def test_a_page_without_a_text_says_where_it_may_be(body: str) -> None:
    for page in (
        f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>",
        f"<html><head><base href='https://www.example.org/a/b.html'></head>{body}",
    ):
        with pytest.raises(InputError, match=r"no report text: \d+ characters") as refused:
            identify_bytes(page.encode(), "https://www.example.org/a/b.html" if "<base" not in page else "saved.html", ())
        assert str(refused.value).endswith(EMPTY[body])


def test_a_few_lines_above_an_attached_report_are_not_the_report() -> None:
    lines = f"<div id=zoom><p>{'现将本年度报告予以公布,请社会各界监督。' * 8}</p>{{}}</div>"
    assert identify_bytes(lines.format("").encode(), "p.html", ()).sha256
    with pytest.raises(InputError, match=r"give that file: r\.pdf"):
        identify_bytes(lines.format("<a href=r.pdf>年度报告</a>").encode(), "p.html", ())


PAGERS = {
    "<p>1 <a href='t2026_1.html'>2</a> <a href='t2026_1.html'>下一页</a></p>": "the text goes on at https://www.example.org/a/t2026_1.html",
    "<a href='?page=2'>[ 下一页 ]</a>": "the text goes on at https://www.example.org/a/t2026.html?page=2",
    "<script>createPageHTML(3, 0, 't2026', 'html');</script>": "the text goes on at https://www.example.org/a/t2026_1.html",
    "<script>createPageHTML(1, 0, 't2026', 'html');</script>": "",
    "<p>下一页:<a href='t2025.html'>上岚县2019年度报告</a></p>": "",
    "<ul><li><a href='index_1.html'>下一页</a></li></ul>": "",
    "<a href='javascript:next()'>下一页</a>": "",
}


@pytest.mark.parametrize("pager", PAGERS)
def test_one_of_several_pages_says_where_the_text_goes_on(pager: str) -> None:
    page = page_of("artCon", "".join(f"<p>{line}</p>" for line in BODY) + pager).replace("<head>", "<head><base href='https://www.example.org/a/t2026.html'>")
    said = [each for each in caveats(identify_bytes(page.encode(), "p.html", ())) if "--divisions" not in each]
    assert (len(said) == 1 and PAGERS[pager] in said[0]) if PAGERS[pager] else said == []


@pytest.mark.parametrize("broken", ["<a href='http://[/r.pdf'>附件</a>", "<a href='http://[/t_1.html'>下一页</a>", "<iframe src='http://[/v.html?file=http://[/r.pdf'></iframe>", "<base href='http://['><a href='r.pdf'>附件</a>"])  # fmt: skip
def test_what_is_no_address_does_no_harm(broken: str) -> None:
    page = page_of("artCon", "".join(f"<p>{line}</p>" for line in BODY) + broken)
    assert lines_of(page)[-len(BODY) :] == BODY
    empty = f"<html><head><title>{TITLE}</title></head><body>{broken}</body></html>"
    with pytest.raises(InputError, match="no report text"):
        identify_bytes(empty.encode(), "https://www.example.org/a/b.html")

// What the page says, in both languages. Labels of nodes, kinds and titles come with the data.
export const WORDS = {
  zh: {
    search: "搜索中文或英文…", nodes: "结点", edges: "条边", legend: "图例", years: "年度", weight: "最小权重", layout: "重新排布", stop: "停止排布",
    png: "PNG 图片", svg: "SVG 图片", fit: "全图", bigger: "放大", smaller: "缩小", language: "English", theme: "深浅色", close: "关闭", none: "没有匹配的结点",
    quotes: "原文", neighbours: "相邻结点", report: "报告", reports: "报告", count: "次数", kind: "种类", degree: "度", iri: "标识", busiest: "联系最多的结点",
    hint: "点选结点或连线,可见原文与报告。快捷键:/ 搜索,+ − 0 缩放,方向键移动,L 排布,Esc 关闭。", settings: "筛选与工具", more: "其余",
    nowebgl: "此浏览器未启用 WebGL,无法绘制网络。请启用硬件加速,或改用新版浏览器。", all: "全部", since: "始于", change: "变化", measures: "量度", basis: "依据",
    new: "新增", gone: "消失", kept: "延续", explicit: "明文", implied: "推定", text: "明文", name: "按名", empty: "没有符合筛选的结点", weightOf: "权重", drawn: "作图",
  },
  en: {
    search: "Search in Chinese or English…", nodes: "nodes", edges: "edges", legend: "Legend", years: "Years", weight: "Least weight", layout: "Arrange anew", stop: "Stop",
    png: "PNG", svg: "SVG", fit: "Fit", bigger: "Zoom in", smaller: "Zoom out", language: "中文", theme: "Dark or light", close: "Close", none: "No node matches",
    quotes: "Quotes", neighbours: "Neighbours", report: "report", reports: "Reports", count: "Count", kind: "Kind", degree: "Degree", iri: "Identifier", busiest: "Busiest nodes",
    hint: "Choose a node or an edge to see its quotes and reports. Keys: / search, + − 0 zoom, arrows move, L arrange, Esc close.", settings: "Filters and tools", more: "more",
    nowebgl: "WebGL is off in this browser, so the network cannot be drawn. Turn hardware acceleration on, or take a newer browser.", all: "all", since: "Since", change: "Change", measures: "Measures", basis: "Basis",
    new: "new", gone: "gone", kept: "kept", explicit: "explicit", implied: "implied", text: "by text", name: "by name", empty: "No node passes the filters", weightOf: "Weight", drawn: "Drawn",
  },
};

"""Pictures: charts of stored questions, and the page of a report. Each is one file and loads nothing."""

NEEDS = "图表需要附加组件:pip install 'fazhi-kg[charts]' · charts need an extra: pip install 'fazhi-kg[charts]'"

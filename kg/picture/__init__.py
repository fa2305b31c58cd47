"""Pictures: charts of stored questions, and the page of a report. Each is one file and loads nothing."""

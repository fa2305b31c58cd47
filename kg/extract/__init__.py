"""Sentence → Mentions: figures, bodies, mechanisms, documents, measures, events, damage. Extract finds, link decides."""

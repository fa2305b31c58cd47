"""Ontology and vocabularies → what people read and machines find: a page, a codebook, a description of the dataset."""

"""A SPARQL 1.1 endpoint as an engine: questions and whole graphs over the network."""

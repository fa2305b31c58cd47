"""Networks: a stored question → a graph of networkx, its measures, and files for Gephi, Cytoscape, yEd, Neo4j, Graphviz and the browser."""

"""Figures → indicators: the words around a figure, compared with the labels of the vocabulary."""

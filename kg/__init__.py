"""Knowledge graph of what Chinese local governments do to govern by law, and who is responsible."""

__version__ = "0.1.0"

"""Afronding: are the goals reached and did the violence stop, the watch period, closing, and how long is kept."""

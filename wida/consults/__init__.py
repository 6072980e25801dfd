"""Tracks 0 and 1: groups of which only heads are counted, and advice to a professional about a family nobody names."""

"""The case file itself: its number, life, overview, tasks and search."""

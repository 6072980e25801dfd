"""Fictional data, made through the same actions the screens use. Never in production."""

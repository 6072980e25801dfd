"""Bijlagen: files of a dossier, encrypted under its key, and judged by what is in them."""

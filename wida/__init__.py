"""WIDA: one shared case file per family for the Flemish Safe Homes (Veilige Huizen)."""

__version__ = "0.1.0"

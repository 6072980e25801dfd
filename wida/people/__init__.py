"""Persoonsgegevens: the persons of a family, how they relate, where they live, how to reach them safely."""

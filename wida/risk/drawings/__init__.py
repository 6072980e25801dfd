"""Drawings of the risk assessment and the weighing, as SVG; each with a twin in words.

They are as wide as their place: sideways everything is a share of the width, while type keeps its size. So a phone, a
desk and a page of paper show the same drawing, and writing never shrinks. Red, orange and green are the weighing's.
"""

from wida.risk.drawings.cells import Cell, swatch
from wida.risk.drawings.completeness import completeness, completeness_table
from wida.risk.drawings.course import Column, course, course_table
from wida.risk.drawings.weighing import weighing_line, weighing_table

__all__ = [
    "Cell",
    "Column",
    "completeness",
    "completeness_table",
    "course",
    "course_table",
    "swatch",
    "weighing_line",
    "weighing_table",
]

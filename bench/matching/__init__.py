"""How well the house recognises people, beside splink's stock model. `make matching` writes docs/matching.md.

belgium, names   an invented set with labelled duplicates      learn      weights without labels, of a set itself
febrl            the published sets, as persons                stock      splink as its guides set it up
measure          candidates and thresholds                     archive    how fast, among many encrypted persons
"""

"""Fictional families by the ten thousand, for looking at what WIDA does when it is full. Never in production.

stories  a few families are told through the actions of the screens, read back, and undone
names    who plays in a copy: names, birthdays and homes that no other copy has
moulds   a story is cut in pieces, most of which every copy shares
copies   a story becomes rows of another family: own ids, own key, sealed anew, own tokens
load     everything goes in with COPY in one transaction, which builds and so checks every constraint again
"""

from wida.seed.load import seed

__all__ = ["seed"]

"""Fictional families by the ten thousand, for looking at what WIDA does when it is full. Never in production.

chapters  how families come in and where their files stand, in which numbers; told through the actions of the screens
stories   what was told is read back as rows, and undone
names     who plays in a copy: names, birthdays and homes that no other copy has
moulds    a story is cut in pieces, most of which every copy shares
copies    a story becomes rows of another family: own ids, own key, sealed anew, own tokens
load      everything goes in with COPY in one transaction, in which every unique value and foreign key is checked
"""

from wida.seed.load import seed

__all__ = ["seed"]

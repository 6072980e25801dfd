"""Casusoverleg: meetings, who was there on which ground, what was said and decided (decree art. 9 to 14)."""

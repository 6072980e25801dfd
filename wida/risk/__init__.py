"""Risico-inschatting and Weging: what is known of the danger, by whom, and how heavy the members weigh it."""

"""Who did or saw what: append-only events without content and without foreign keys."""

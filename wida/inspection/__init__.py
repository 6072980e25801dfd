"""What a file holds about one person, for that person: gathered by the system, decided passage by passage by people."""

"""Who may: the matrix, mandates, conflict blocks, and the one door through which a dossier is opened."""

"""Mail that says only that something waits in WIDA: never what, about whom, or in which dossier."""

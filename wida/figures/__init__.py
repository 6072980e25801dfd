"""Policy figures: what the dossiers say when they are counted, and nothing that leads back to one."""

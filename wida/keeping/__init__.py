"""Backups that only their key opens, restores that check themselves, and what must stay ended after one."""

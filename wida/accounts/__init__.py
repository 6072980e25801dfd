"""The people who work: organisations, Safe Homes, users, their roles, and signing in."""

"""The screens of signing in, of one's own account, and of who manages accounts."""

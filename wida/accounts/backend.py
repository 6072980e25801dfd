"""Signing in with a local account: for the demo, and later as the fallback."""

from django.contrib.auth.backends import ModelBackend

from wida.accounts.models import User


class LocalAccounts(ModelBackend):
    def authenticate(self, request, username=None, password=None, **credentials):
        """The user whose login and password match, else None after the same amount of work."""
        user = User.objects.filter(login=username).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

"""The language of a request: the one chosen in this session, else that of the installation."""

from django.conf import settings
from django.utils import translation


def locale(get_response):
    """The browser's own wish is not followed: on a shared computer it says nothing about who sits there."""

    def middleware(request):
        with translation.override(request.session.get("language", settings.LANGUAGE_CODE)):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response

    return middleware

"""The language of a request: the one chosen in this session, else that of the installation."""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils import translation


def locale(get_response):
    """The browser's own wish is not followed: on a shared computer it says nothing about who sits there."""

    def middleware(request):
        with translation.override(request.session.get("language", settings.LANGUAGE_CODE)):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response

    return middleware


def compressed(get_response):
    """Pages travel compressed, each with a few random bytes more, so that their length tells nothing (BREACH).

    Files don't: they are packed already, or sealed.
    """
    zipper = GZipMiddleware(get_response)

    def middleware(request):
        response = get_response(request)
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/"):
            return response
        return zipper.process_response(request, response)

    return middleware

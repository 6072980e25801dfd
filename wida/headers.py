"""Headers that keep a page with this person, on this computer, for this moment."""


def private(get_response):
    """Nothing of a page is kept by a browser or proxy, and no other site can embed any answer.

    Static files come with their own Cache-Control and keep it.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware

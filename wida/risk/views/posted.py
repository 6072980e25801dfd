"""What a form was sent."""

from wida.accounts.http import Request


def sent(request: Request):
    """What a form is made from: the answers of a POST, even when there are none."""
    return request.POST if request.method == "POST" else None

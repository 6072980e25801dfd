"""The version a form started from."""

from wida.accounts.http import Request


def started_from(request: Request, newest: int) -> int:
    """As it was when the form was opened, also when it comes back with faults: a fault may not hide a conflict."""
    value = request.POST.get("version", "") if request.method == "POST" else str(newest)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def sent(request: Request):
    """What a form is made from: the answers of a POST, even when there are none."""
    return request.POST if request.method == "POST" else None

"""All that an answer tells: its page, its headers, and the statements that it cost."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.addresses import without_tokens

VALUES = re.compile(r"""'[^']*'|"s\d+_x\d+"|(?<=[ (]) ?-?\d{9,}""")  # texts, savepoints, tokens of names
INSERTED = re.compile(r" values ", re.IGNORECASE)


def told(send, *hidden: str) -> tuple:
    """What `send()` gives away, without tokens that differ each time and the words that were asked for."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = send()
    statements = [VALUES.sub("", INSERTED.split(row["sql"])[0]) for row in captured]
    page, headers = without_tokens(answer), dict(answer.headers)
    headers.pop("Content-Length", None)
    assert len(headers.pop("X-Request-ID")) == 12  # by chance, new for each request
    for word in hidden:
        page = page.replace(word, "")
    return answer.status_code, page, headers, statements

"""`GET /healthz`: is this worker able to serve?"""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import JsonResponse

from wida.access.walls import build
from wida.keeping import doors


def healthz(get_response):
    """Answers `/healthz` before anything else, so that a missing table or session can't hide what is wrong.

    200 with `{"status": "ok"}`, or 503 with `{"status": "error", "problems": [...]}`. Open to everybody.
    """

    def middleware(request):
        if request.path_info != "/healthz":
            return get_response(request)
        problems = find_problems()
        answer = {"status": "error", "problems": problems} if problems else {"status": "ok"}
        response = JsonResponse(answer, status=503 if problems else 200)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def find_problems() -> list[str]:
    """What stands in the way, in words. The database's own message stays out: it names hosts and roles."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select to_regclass('django_migrations') is not null")
            if not cursor.fetchone()[0]:
                return ["migrations: none applied"]
            cursor.execute("select app, name from django_migrations")
            missing = _on_disk() - set(cursor.fetchall())
        walls = build.find_problems()
        clock = [off] if (off := doors.clock_off()) else []
    except DatabaseError:
        return ["database: no answer"]
    return [f"migrations: {app}.{name} not applied" for app, name in sorted(missing)] + walls + clock


@cache
def _on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)

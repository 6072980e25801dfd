"""`column = any (array)`: an index finds each of the array, also beside `or`, which it does not for `in (select …)`."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func, QuerySet, Value

from wida.records.statements import Ids


class Among(Func):
    """That a column holds one of the values that a subquery finds, or one of these ids."""

    template = "%(expressions)s)"
    arg_joiner = " = any ("
    output_field = BooleanField()

    def __init__(self, column: str, found: QuerySet | Ids):
        array: Func | ArraySubquery = (
            Func(Value(found), template="%(expressions)s::uuid[]")
            if isinstance(found, Ids)
            else ArraySubquery(found)
        )
        super().__init__(column, array)


class Numbers(Func):
    """These numbers as an array."""

    template = "array[%(expressions)s]::bigint[]"

    def __init__(self, *numbers: int):
        super().__init__(*map(Value, numbers))

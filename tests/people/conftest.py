import pytest

from tests import cast
from wida.records.sealing import keyring


@pytest.fixture
def house(db):
    cast.organisations()
    with keyring(trusted=True):
        yield

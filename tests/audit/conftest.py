import pytest

from wida.demo.organisations import make_organisations
from wida.records.sealing import keyring


@pytest.fixture
def seals(tmp_path, settings):
    """A folder of its own for what is published."""
    settings.WIDA_AUDIT_FOLDER = tmp_path / "seals"
    return settings.WIDA_AUDIT_FOLDER


@pytest.fixture
def committed(transactional_db, seals):
    """The house, really committed, for who looks at the tables by another connection."""
    with keyring(trusted=True):
        make_organisations()
        yield seals

import shutil

import pytest

from tests.keeping.steps import live_in
from wida.demo.organisations import make_organisations
from wida.records.sealing import keyring


@pytest.fixture
def home(transactional_db, settings, tmp_path):
    """A house whose files, seals and ledger lie where the commands look, with everything really committed."""
    home = tmp_path / "home"
    shutil.copytree(settings.WIDA_HOME / "keys", home / "keys")
    live_in(home, settings)
    with keyring(trusted=True):
        make_organisations()
        yield home

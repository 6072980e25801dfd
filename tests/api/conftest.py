import pytest

from tests.api import systems


@pytest.fixture
def issuer(house, settings):
    with systems.issuer(settings) as running:
        yield running

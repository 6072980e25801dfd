"""What the first page costs somebody on a slow line."""

import gzip
import re

from django.contrib.staticfiles import finders

from tests import cast
from wida.dossiers.codes import Stage


def test_the_first_page_is_small_on_the_wire(house):
    for _dossier in range(3):
        cast.at(cast.new_dossier(), Stage.EXECUTION)
    client = cast.signed_in("coordinator.limburg")

    page = client.get("/dossiers/", headers={"accept-encoding": "gzip"})

    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    plain = client.get("/dossiers/").content
    assert len(gzip.decompress(page.content)) == len(plain)
    files = set(re.findall(r'(?:href|src)="/static/([^"?]+)"', plain.decode()))
    sizes = {}
    for name in files:
        with open(finders.find(name), "rb") as file:
            sizes[name] = len(gzip.compress(file.read()))
    assert any(name.endswith(".js") for name in sizes)
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 30_000
    assert len(page.content) + sum(sizes.values()) <= 60_000


def test_its_length_differs_from_time_to_time_and_files_travel_as_they_are(house):
    client = cast.signed_in("coordinator.limburg")

    lengths = {len(client.get("/tasks/", headers={"accept-encoding": "gzip"}).content) for _time in range(12)}

    assert len(lengths) > 3
    assert "Content-Encoding" not in client.get("/tasks/")

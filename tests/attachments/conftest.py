import pytest


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Files of a test go nowhere else."""
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    }
    return tmp_path / "files"


@pytest.fixture
def on_disk(storage):
    """Every file in the storage, by its path."""
    return lambda: {path: path.read_bytes() for path in storage.rglob("*") if path.is_file()}

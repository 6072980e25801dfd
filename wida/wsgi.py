"""The door for a WSGI server such as gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wida.settings")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every room, before the workers are forked

# What is loaded now stays: the collector needn't look at it again while somebody waits. A page makes some tens of
# thousands of objects and leaves a few dozen behind in circles, so once in a page or so is enough.
gc.collect()
gc.freeze()
gc.set_threshold(30_000, 20, 50)

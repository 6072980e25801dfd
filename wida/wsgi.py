"""The door for a WSGI server such as gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wida.settings")

application = get_wsgi_application()

# What is loaded now stays: the collector needn't look at it again while somebody waits. A page makes some tens of
# thousands of objects and leaves a few dozen behind in circles, so once in a page or so is enough.
gc.collect()
gc.freeze()
gc.set_threshold(30_000, 20, 50)

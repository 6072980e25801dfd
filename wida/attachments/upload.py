"""Reading an upload: counted while it comes in, kept in memory, and never more than a file may be."""

import io

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class Bounded(FileUploadHandler):
    """Lets go of a file as soon as it is too large; the rest of the form is still read.

    `request.cut_off` then says that there was a file. Django's own handlers believe the length that a browser
    announces, or put the plain file on disk.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > settings.WIDA_ATTACHMENT_MAX_BYTES:
            self.file.close()
            self.request.cut_off = True
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size):
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )

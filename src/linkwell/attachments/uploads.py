"""How a file that is sent comes in: into memory, no further than the largest that is taken, never onto a disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler


class CutShort(MemoryFileUploadHandler):
    """Keeps one byte more than may be sent, over all files of a form, so that whoever looks sees it is too large."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left = settings.FILE_BYTES + 1

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        taken = raw_data[: self.left]
        self.left -= len(taken)
        self.file.write(taken)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return super().file_complete(self.file.tell())

"""Refuses an uploaded file that is too large while it arrives, before it fills the disk."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class LimitedUpload(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS; hands every piece on to the next handler."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            raise RequestDataTooBig(f"The file is larger than {settings.UPLOAD_LIMIT:,} bytes. Upload a smaller one.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

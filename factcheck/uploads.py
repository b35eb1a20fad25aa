"""Refuses an uploaded file that is too large while it arrives, before it fills the disk."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.formats import number_format
from django.utils.translation import gettext as _


class LimitedUpload(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS; hands every piece on to the next handler."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            sentence = _("The file is larger than %(most)s bytes. Upload a smaller one.")
            raise RequestDataTooBig(sentence % {"most": number_format(settings.UPLOAD_LIMIT, force_grouping=True)})
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

"""Uploaded files: all stay in memory, but a postcode file passes through a folder that is deleted at once."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final

from starlette.formparsers import MultiPartParser
from streamlit import config
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from layers.source_file import SourceFile

_MEGABYTE: Final = 1024 * 1024
_UNSAFE: Final = re.compile(r'[<>:"|?*\x00-\x1f]')  # what Windows forbids in a file's name


def keep_uploads_in_memory() -> None:
    """Stop Starlette from writing uploads over 1 MB to a temporary file; they may be referrals.

    Streamlit reads an upload through Starlette's form parser, which spools what is larger than `spool_max_size` to
    disk. The size above which Streamlit refuses an upload, and one megabyte for the form around it, keep the whole
    of it in memory.
    """
    MultiPartParser.spool_max_size = (int(config.get_option("server.maxUploadSize")) + 1) * _MEGABYTE


def drop_uploads() -> None:
    """Let go of every upload of this browser tab; Streamlit would hold them in memory until the tab is closed."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def source_file(upload: UploadedFile) -> SourceFile:
    """Hand an upload to a reader of open data, under its own name and still in memory."""
    return SourceFile(PurePath(upload.name.replace("\\", "/")).name or "upload", upload.getvalue())


@contextmanager
def on_disk(upload: UploadedFile) -> Iterator[Path]:
    """Lay a postcode file into a temporary folder for as long as it is read: open data only, never referrals."""
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        path = Path(folder) / _UNSAFE.sub("_", source_file(upload).name)
        path.write_bytes(upload.getvalue())
        yield path

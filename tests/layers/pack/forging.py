"""Take a pack apart and put it together again as a forger would: changed in one place, and signed anew."""

import hashlib
import io
import json
import zipfile

from layers.pack.files import pack_files
from layers.pack.verify import verify_bundle

SLOW = ("report", "briefing", "maps/")  # made and compared once, in one test


def quick_files(pack, calendar):
    """All files but those that take long; one map stays."""
    files = pack_files(pack, calendar)
    return tuple(one for one in files if not one.name.startswith(SLOW) or "wards_this_year" in one.name)


def files_of(content):
    """What is in a pack, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files):
    """Any files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return out.getvalue()


def changed(content, changes, *, signed=True):
    """Change files, and sign the digests again as a forger would; None takes a file out."""
    files = {name: part for name, part in (files_of(content) | changes).items() if part is not None}
    if signed:
        manifest = json.loads(files["manifest.json"])
        rest = {name: part for name, part in files.items() if name != "manifest.json"}
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(part).hexdigest(), "bytes": len(part)} for name, part in rest.items()
        }
        if "aggregates.json" in files:
            manifest["aggregates_digest"] = manifest["files"]["aggregates.json"]["sha256"]
        files["manifest.json"] = json.dumps(manifest).encode()
    return zipped(files)


def apart(content):
    """What differs in a pack, by name."""
    return {one.name: one.told for one in verify_bundle(content).of("differs")}

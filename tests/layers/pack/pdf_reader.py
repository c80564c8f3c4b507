"""A PDF as another program reads it: its tags, its words, its pages."""

import io
from collections import Counter
from functools import cached_property

import pypdf


class Read:
    """What pypdf finds."""

    def __init__(self, pdf):
        self.file = pypdf.PdfReader(io.BytesIO(pdf))
        self.root = self.file.trailer["/Root"]
        self.tags, self.figures, self.order, self.heads = Counter(), [], [], []
        self._walk(self.root["/StructTreeRoot"]["/K"])

    @cached_property
    def texts(self):
        """The words of each page but those of A3, whose pictures take long to read."""
        upright = [page for page in self.file.pages if float(page.mediabox.width) < 1_000]
        return [self.text(page) for page in upright]

    @cached_property
    def words(self):
        return " ".join(self.texts).replace("\u200b", "")

    def text(self, page):
        return " ".join(page.extract_text().split())

    @property
    def sizes_mm(self):
        boxes = [page.mediabox for page in self.file.pages]
        return [(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes]

    def _walk(self, node):
        found = node.get_object()
        if isinstance(found, list):
            for inner in found:
                self._walk(inner)
            return
        if not hasattr(found, "get") or "/S" not in found:
            return
        name = found["/S"]
        self.tags[name] += 1
        if name == "/Figure":
            self.figures.append(found.get("/Alt", ""))
        if name in {"/H1", "/H2", "/H3"}:
            self.order.append(int(name[-1]))
        if name == "/TH":
            self.heads.append(found)
        if "/K" in found:
            self._walk(found["/K"])

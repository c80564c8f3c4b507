"""Hand a file to the browser over its own connection, so that the file has no address that another browser could ask.

Streamlit's download button lays a file under /media, named by a hash of its content, for whoever asks: it looks at no
cookie there, and whoever guesses a small table right would learn that the guess was right.
"""

import base64
import secrets
from typing import Final

import streamlit as st

# Each file comes with a word of its own, so that drawing the page again saves nothing a second time.
_SAVE: Final = """
const saved = new Set();
export default function (component) {
  const file = component.data;
  if (!file || saved.has(file.once)) { return; }
  saved.add(file.once);
  const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.mime }));
  link.download = file.name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
"""
_hand_over = st.components.v2.component("planner_handover", js=_SAVE)


def hand_over(content: bytes, *, file_name: str, mime: str) -> None:
    """Let the browser save a file, once."""
    written = base64.b64encode(content).decode("ascii")
    _hand_over(data={"content": written, "name": file_name, "mime": mime, "once": secrets.token_hex(16)}, height=1)

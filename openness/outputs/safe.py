"""The one door through which untrusted text leaves: the words of a card, a file name or a server stay text."""

from __future__ import annotations

import re
import unicodedata

_KEPT = frozenset("\t")
_MARKDOWN = re.compile(r"([\\`*_\[\]()<>|#!~{}$])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")
_TOKEN = re.compile(r"hf_[A-Za-z0-9]{8,}")
_REPLACEMENTS = {"\n": "⏎", "\r": "⏎", "\x0b": "⏎", "\x0c": "⏎", "\u2028": "⏎", "\u2029": "⏎", "\x85": "⏎", "\t": " "}


def text(value: str, limit: int = 2_000) -> str:
    """One line of harmless text, of `limit` characters at most.

    Control, bidirectional, invisible and surrogate characters become visible escapes. What looks like a Hub token is hidden. The
    two characters of `::` are kept apart, because a CI runner takes `::` at the start of a line for a command.
    """
    value = _TOKEN.sub("hf_***", value[:limit])
    shown = value if value.isprintable() else "".join(_visible(character) for character in value)
    return shown.replace("::", ":\u2060:")


def _visible(character: str) -> str:
    if character in _REPLACEMENTS:
        return _REPLACEMENTS[character]
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and character not in _KEPT:
        return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"
    return character


def markdown(value: str, limit: int = 2_000) -> str:
    """Text for a Markdown paragraph or table cell: no character is markup, and nobody is mentioned."""
    escaped = (
        _MARKDOWN.sub(r"\\\1", text(value, limit)).replace("&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")
    )
    escaped = _LINE_START.sub(r"\1\\\2", escaped)
    return escaped.replace("@", "&#64;").replace("://", ":&#8203;//").replace("www.", "www&#46;")


def url(value: str) -> str:
    """An http or https address that is safe in a link, '' for anything else."""
    from urllib.parse import quote, urlsplit

    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc or len(value) > 2_000:
        return ""
    if _TOKEN.search(value):
        return ""
    return quote(value, safe="/:?#=&%+,;~@!$'-._", errors="replace")


def markdown_link(words: str, address: str) -> str:
    """A Markdown link, or the words alone if the address is not a web address."""
    target = url(address)
    return f"[{markdown(words)}](<{target}>)" if target else markdown(words)


def redacted(page: str) -> str:
    """A whole page of a data format, without what looks like a Hub token."""
    return _TOKEN.sub("hf_***", page)


def workflow(value: str, limit: int = 2_000, is_property: bool = False) -> str:
    """A value of a GitHub workflow command: percent signs and line ends are encoded, in a property also `:` and `,`.

    https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    """
    shown = text(value, limit).replace("%", "%25")
    return shown.replace(":", "%3A").replace(",", "%2C") if is_property else shown


def lines(value: str, limit: int = 20_000) -> list[str]:
    """Several lines of harmless text, each as `text` gives it."""
    return [text(line) for line in value[:limit].splitlines()]

"""Hostile strings: every output and every message is run over all of them."""

from __future__ import annotations

STRINGS = {
    "escapes": "A\x1b[2J\x1b]0;x\x07\x1b]8;;http://e\x1b\\c\x9b31m\u202e",
    "ci command": "x\r::stop-commands::t\n::error::y",
    "ci command first": "::set-output name=x::y",
    "script": "</script><img src=x onerror=alert(1)>",
    "javascript link": "[a](javascript:alert(1)) ![i](https://e.example/t.png)",
    "table": "a | b \\| c\n| d |",
    "fence": "`````\ncode",
    "formula": "=HYPERLINK('http://e')",
    "mention": "@everyone #123 org/repo#4",
    "markup": "[bold red]x[/bold red] :smile:",
    "bidi": "a\u202eb\u2066c\u200bd\ufeffe",
    "surrogate": "a\ud800b",
    "nul": "a\x00b",
    "long": "x" * 50_000,
    "newlines": "a\n\n\nb\u2028c\u2029d\x85e",
    "token": "hf_abcdefghijklmnop",
    "entity": "&lt;b&gt; &#64; <b>",
    "list": "1. x\n- y\n> z\n# t",
    "format": "{name} {licence} {0} %s",
}

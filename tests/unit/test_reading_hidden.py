"""Text that no reader sees is blanked, at the same offsets, and told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.reading.hidden import visible
from openness.sources.cards import read_card


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!-- {} -->", "comment"),
        ("<!-- {}", "comment"),
        ("<![CDATA[ {} ]]>", "comment"),
        ("<?xml {} ?>", "comment"),
        ("<div hidden>{}</div>", "attribute"),
        ("<div hidden='hidden'>{}</div>", "attribute"),
        ('<div class="a" HIDDEN>{}</div>', "attribute"),
        ("<div hidden><div>x</div>{}</div>", "attribute"),
        ("<div hidden>\n\n{}\n\n</div>", "attribute"),
        ("<p style='display: none'>{}</p>", "style"),
        ('<P STYLE="Display:None;">{}</P>', "style"),
        ("<p style=display:none>{}</p>", "style"),
        ('<p style="display:&#110;one">{}</p>', "style"),
        ('<p style="display:/* x */none">{}</p>', "style"),
        ('<span style="visibility:hidden">{}</span>', "style"),
        ('<span style="color:red;font-size:0px">{}</span>', "style"),
        ('<span style="opacity:0.0">{}</span>', "style"),
        ('<span style="position:absolute;left:-9999px">{}</span>', "style"),
        ('<span style="height:0;overflow:hidden">{}</span>', "style"),
        ('<span style="color:#FFF">{}</span>', "style"),
        ('<span style="color: rgb(255, 255, 255)">{}</span>', "style"),
        ('<span style="color:black;background-color:black">{}</span>', "style"),
        ('<span style="color:transparent">{}</span>', "style"),
        ('<font color="white">{}</font>', "style"),
        ("<script>var a = '{}'</script>", "element"),
        ("<style>/* {} */</style>", "element"),
        ("<template>{}</template>", "element"),
        ("<noscript>{}</noscript>", "element"),
        ("![{}](a.png)", "alt"),
        ('![a](a.png "{}")', "title"),
        ('<img src="a.png" alt="{}">', "alt"),
        ('[a](https://example.org "{}")', "title"),
        ('[a]: https://example.org "{}"', "reference"),
        ("[//]: # ({})", "reference"),
        ("~~{}~~", "struck"),
        ("<del>{}</del>", "struck"),
        ("<s>{}</s>", "struck"),
    ],
)
def test_hidden_text_is_blanked_and_told(text: str, kind: str) -> None:
    text = f"Before.\n\n{text.format('for research only')}\n\nAfter."
    shown, spans = visible(text)
    assert "research" not in shown
    assert shown.startswith("Before.\n\n")
    if "After." in shown:
        assert len(shown) == len(text)
    assert any(span.kind == kind and "for research only" in span.text for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary>More</summary>for research only</details>",
        '<div class="hidden">for research only</div>',
        "<div data-x='hidden'>for research only</div>",
        '<span style="font-size:0.9em">for research only</span>',
        '<span style="opacity:0.8">for research only</span>',
        '<span style="line-height:0">for research only</span>',
        '<span style="color:white;background:red">for research only</span>',
        '<div style="background:black"><span style="color:white">for research only</span></div>',
        '<img src="a.png" hidden> for research only',
        "`<div hidden>` for research only",
        "```html\n<div hidden>for research only</div>\n```",
        "[a]: is for research only",
        "Text\n[a]: research",
        "[^1]: for_research_only",
        "a < b, for research only > c",
        "~~~\nfor research only\n~~~",
        "~ for research only ~",
        "</div hidden> for research only",
        "<p hidden>x\n\nfor research only",
    ],
)
def test_what_readers_see_stays(text: str) -> None:
    assert "research" in visible(text)[0]


def test_lines_of_what_is_hidden() -> None:
    _, spans = visible("a\n\n<div hidden>\nb\n</div>\nc ~~d~~")
    assert [(span.kind, span.lines, span.text) for span in spans] == [
        ("attribute", (3, 5), "<div hidden>\nb\n</div>"),
        ("struck", (6, 6), "~~d~~"),
    ]


def test_a_comment_in_code_is_blanked_and_not_told() -> None:
    shown, spans = visible("```html\n<!-- a -->\n```")
    assert "a" not in shown.split("\n")[1]
    assert spans == ()


def test_tag_characters_are_told_in_words() -> None:
    hidden = "".join(chr(0xE0000 + ord(each)) for each in "open")
    shown, spans = visible(f"a{hidden}b")
    assert shown == "a    b"
    assert [(span.kind, span.text) for span in spans] == [("invisible", "open")]


def test_it_agrees_with_the_reader_of_cards() -> None:
    text = "A <!-- b --> c\u200bd <!-- e\nf"
    assert visible(text)[0] == read_card("README.md", text)[0].body


PIECES = [
    "<",
    ">",
    "<!--",
    "-->",
    "<div hidden>",
    "</div>",
    "~~",
    "`",
    "```",
    "\n",
    "\n\n",
    "![",
    "](",
    ")",
    "[a]: ",
    "\u200b",
    "<p ",
    "style='",
    "display:none",
    "'",
    '"',
    "alt=",
    "x",
    "\U000e0041",
    "<script>",
    "<?",
    "<![CDATA[",
]


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_blanking_keeps_length_and_lines(text: str) -> None:
    shown, spans = visible(text)
    assert len(shown) == len(text)
    assert [place for place, each in enumerate(shown) if each == "\n"] == [
        place for place, each in enumerate(text) if each == "\n"
    ]
    assert all(new in (old, " ") for old, new in zip(text, shown, strict=True))
    for span in spans:
        assert 1 <= span.lines[0] <= span.lines[1] <= text.count("\n") + 1
    assert visible(shown)[0] == shown or "<" in text or "~~" in text or "]" in text


@pytest.mark.parametrize(
    "unit",
    [
        "<div hidden>",
        "<p hidden>a\n",
        "<!--",
        "`",
        "``` `",
        "~~a ",
        "![",
        '[a](b "',
        "<a b='",
        "<",
        "[a]: b\n",
        "<i style='color:white'>",
    ],
)
def test_time_grows_no_faster_than_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 9e9
        for _ in range(3):
            begin = time.perf_counter()
            visible(text)
            best = min(best, time.perf_counter() - begin)
        return best

    assert seconds(200_000) < 4 * seconds(50_000) * 2 + 0.05

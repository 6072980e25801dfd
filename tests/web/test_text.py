"""The little Markdown of long texts: what it shows, and what can never come through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wida.web.text import ATTRIBUTES, SCHEMES, TAGS, render

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/a)",
    "[x](/accounts/logout/)",
    '[x](http://example.org" onmouseover="alert(1))',
    '[x](https://example.org "onmouseover=alert(1)")',
    "![x](https://example.org/pixel.gif)",
    "<iframe src=https://example.org></iframe>",
    "<style>body{display:none}</style>",
    "<form action=https://example.org><input name=csrfmiddlewaretoken></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "**<b onclick=alert(1)>x</b>**",
    "- <div style='position:fixed;inset:0'>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "`<script>`\n```\n<script>alert(1)</script>\n```",
    "[x]: javascript:alert(1)\n\n[x]",
    "<https://example.org/<script>>",
]


@pytest.mark.parametrize("typed", ATTACKS)
def test_attack_comes_out_as_harmless_text(typed):
    assert _offences(render(typed)) == []


@given(st.text(max_size=300))
def test_no_text_becomes_more_than_the_little_markdown(typed):
    assert _offences(render(typed)) == []


@given(
    st.lists(st.sampled_from([*ATTACKS, "- ", "\n", "**", "](", "[", "1. ", "> ", "&lt;", "\\"]), max_size=8)
)
def test_no_mixture_of_attacks_comes_through(parts):
    assert _offences(render("".join(parts))) == []


def test_paragraphs_lines_lists_and_bold():
    assert render("Eerste **regel**\ntweede\n\n- één\n- twee") == (
        "<p>Eerste <strong>regel</strong><br>\ntweede</p>\n<ul>\n<li>één</li>\n<li>twee</li>\n</ul>\n"
    )


def test_line_that_starts_with_a_date_keeps_its_day():
    assert '<ol start="14">' in render("14. november was er een tussenkomst")


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=1", "http://example.org", "mailto:help@example.org", "tel:1712"]
)
def test_link_to_a_full_address_works_and_tells_nobody_where_it_stood(address):
    assert f'<a href="{address}" rel="noopener noreferrer nofollow">hier</a>' in render(f"[hier]({address})")


def test_what_is_no_markup_stays_as_it_was_typed():
    assert render("# 3 < 5 & 2 > 1 | `x` > y") == "<p># 3 &lt; 5 &amp; 2 &gt; 1 | `x` &gt; y</p>\n"


def test_nothing_written_shows_nothing():
    assert render("") == render(None) == ""


def _offences(html: str) -> list[str]:
    """Every tag and attribute beyond the allowed ones, and every link that leads elsewhere than it may."""
    found = []
    for name, rest in re.findall(r"<\s*/?\s*([^\s/>]*)([^>]*)>", html):
        allowed = ATTRIBUTES.get(name, set()) | ({"rel"} if name == "a" else set())
        if name not in TAGS:
            found.append(name)
        for attribute, value in re.findall(r'([^\s=]+)="([^"]*)"', rest):
            if attribute not in allowed:
                found.append(f"{name} {attribute}")
            if attribute == "href" and value.partition(":")[0].lower() not in SCHEMES:
                found.append(value)
    return found

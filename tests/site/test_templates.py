"""Every template compiles, and every word in it can be translated."""

import re

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from course_engine import places

# What a screen reader or a person reads is words; these are signs, units and the PDF's own page,
# whose words come from the wording table.
NOT_SITE_PAGES = ("certificates/pdf/", "workbooks/")
TEMPLATES = sorted(
    str(path.relative_to(places.TEMPLATES)) for path in places.TEMPLATES.rglob("*.html")
)
ATTRIBUTES = re.compile(r'\b(?:alt|title|placeholder|aria-label|aria-description)="([^"{]*)"')
TAGS = re.compile(r"<!--.*?-->|<[^>]*(?:>|$)", re.DOTALL)
WORD = re.compile(r"(?<![-\w])[^\W\d_]{2,}")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(one_app: Flask, name: str) -> None:
    if "pdf/" in name or name.startswith("workbooks/"):
        one_app.jinja_env.parse((places.TEMPLATES / name).read_text(encoding="utf-8"))
    else:
        assert one_app.jinja_env.get_template(name).name == name


@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if not name.startswith(NOT_SITE_PAGES)]
)
def test_no_word_of_a_page_stands_outside_translation(name: str) -> None:
    # The site's own Jinja puts phrases in as it reads; here they are to be told from bare words.
    tree = Environment(autoescape=True).parse((places.TEMPLATES / name).read_text(encoding="utf-8"))
    bare: set[str] = set()
    inside_tag = False
    for data in tree.find_all(nodes.TemplateData):
        text = data.data
        bare |= {word for value in ATTRIBUTES.findall(text) for word in WORD.findall(value)}
        if inside_tag and ">" in text:
            text = text.split(">", 1)[1]
        elif inside_tag:
            text = ""
        inside_tag = data.data.rfind("<") > data.data.rfind(">") or (
            inside_tag and ">" not in data.data
        )
        bare |= set(WORD.findall(re.sub(r"&\w+;", "", TAGS.sub(" ", text))))
    assert bare - {"html", "DOCTYPE"} == set()

"""Properties are set by calls: as keywords of a constructor they fail under Turkish and Azerbaijani locales."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.places import ROOT

UI = ROOT / "fer_desktop" / "ui"
FILES = sorted(UI.rglob("*.py"))


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def is_qt(name: str) -> bool:
    return name.startswith("Q") and name[1:2].isupper()


def constructors(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls of Qt's classes, and of the constructor that a class of ours inherits from one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_qt(name_of(node.func)):
            yield node
        elif isinstance(node, ast.ClassDef) and any(is_qt(name_of(base)) for base in node.bases):
            calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
            yield from (call for call in calls if name_of(call.func) == "__init__")


def properties_by_keyword(source: str) -> list[str]:
    found = constructors(ast.parse(source))
    return [f"line {call.lineno}: {word.arg}" for call in found for word in call.keywords if word.arg != "parent"]


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(UI)) for file in FILES])
def test_no_property_is_set_by_a_constructor_s_keyword(file: Path) -> None:
    assert properties_by_keyword(file.read_text(encoding="utf-8")) == []


def test_keywords_are_found_wherever_they_stand() -> None:
    assert properties_by_keyword("QTimer(self, interval=5)") == ["line 1: interval"]
    assert properties_by_keyword("QtCore.QTimer(parent=self, singleShot=True)") == ["line 1: singleShot"]
    assert properties_by_keyword("class A(QLabel):\n  def __init__(self):\n    super().__init__(text='a')") == [
        "line 3: text"
    ]
    assert properties_by_keyword("Page(title='a')\nQTimer(self)") == []

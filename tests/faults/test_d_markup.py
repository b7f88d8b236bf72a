"""Text that somebody typed reaches Textual as text, never as markup: read in the code of the workspace."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.faults.matrix import Tally
from tests.test_architecture import SOURCE, calls, dotted, name_of, parsed

WIDGETS = {
    "Static", "Label", "Button", "Checkbox", "RadioButton", "Switch", "Option", "OptionList", "Select",
    "SelectionList", "Selection",
    "Tab", "Tabs", "TabPane", "TabbedContent", "Collapsible", "ListItem", "RichLog", "Markdown", "Tree",
    "DataTable", "Tooltip",
    "Header", "Link", "Digits", "Pretty",
}  # fmt: skip
METHODS = {
    "notify",
    "add_row",
    "add_rows",
    "add_column",
    "add_columns",
    "add_option",
    "add_options",
    "set_options",
    "add_leaf",
}
UPDATES = {"update", "set_content"}
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "placeholder", "renderable", "prompt"}
SAFE_MAKERS = {
    "Content", "Content.assemble", "Content.styled", "Content.from_text", "Content.from_rich_text", "Content.empty",
    "Text",
    "Text.assemble", "Strip", "len", "str.isdigit",
}  # fmt: skip
PLAIN_KEYWORDS = {
    "id",
    "classes",
    "name",
    "markup",
    "severity",
    "timeout",
    "disabled",
    "compact",
    "variant",
    "type",
    "key",
    "width",
}


def is_plain(node: ast.AST | None) -> bool:
    """A text that stands in the code, or one that was made not to be markup."""
    if node is None or isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return is_plain(node.body) and is_plain(node.orelse)
    if isinstance(node, ast.Tuple | ast.List):
        return all(is_plain(item) for item in node.elts)
    if isinstance(node, ast.Call):
        if dotted(node.func) == "Content.from_markup":
            return bool(node.args) and isinstance(node.args[0], ast.Constant)
        return dotted(node.func) in SAFE_MAKERS
    return False


def is_literal_false(call: ast.Call) -> bool:
    return any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )


def texts(call: ast.Call) -> list[ast.AST]:
    return [*call.args, *(word.value for word in call.keywords if word.arg not in PLAIN_KEYWORDS)]


def offences(file: str, tree: ast.AST) -> Iterator[str]:
    """Where a text that is not in the code could be read as markup."""
    quiet = all(is_literal_false(call) for name, call in calls(tree) if name.rpartition(".")[2] in {"Static", "Label"})
    for name, call in calls(tree):
        called = name.rpartition(".")[2]
        plain = all(map(is_plain, texts(call))) or is_literal_false(call)
        speaks = called in WIDGETS | METHODS or (
            called in UPDATES and isinstance(call.func, ast.Attribute) and not quiet
        )
        if speaks and not plain:
            yield f"{file}:{call.lineno} {called}"
    yield from assigned(file, tree)


def assigned(file: str, tree: ast.AST) -> Iterator[str]:
    """Titles and the like that are set to a text that is not in the code."""
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                assert isinstance(node, ast.Assign | ast.AnnAssign)
                if not is_plain(node.value):
                    yield f"{file}:{node.lineno} {target.attr}"


@pytest.mark.fault("D3")
def test_no_text_from_outside_is_read_as_markup(tally: Tally) -> None:
    files = list((SOURCE / "tui").rglob("*.py"))
    tally.tried = sum(1 for file in files for _ in calls(parsed(file)))
    tally.injected = [at for file in files for at in offences(name_of(file), parsed(file))]


@pytest.mark.parametrize(
    "code",
    ["yield Static(name)", "yield Label(f'[b]{name}')", "self.notify(told)",
    "self.app.notify(f'{x}', severity='error')",
     "box.border_title = name", "box.border_subtitle = f'{name}'", "self.tooltip = account.name",
     "table.add_row(name, 'x')",
     "Option(name, id='x')", "yield Static('a' + name, markup=True)",
     "Static('x')\nself.query_one(Static).update(name)",
     "x.border_title = Content.from_markup(f'{name}')", "yield Static(shown(name))", "yield Button(label=name)"],
)  # fmt: skip
def test_that_test_sees_what_it_is_there_for(code: str) -> None:
    assert len(list(offences("x", ast.parse("def f():\n    " + code.replace("\n", "\n    "))))) == 1


@pytest.mark.parametrize(
    "code",
    ["yield Static(name, markup=False)", "yield Static('plain')", "self.notify(told, markup=False)",
     "box.border_title = Content(name)", "x.border_title = Content.from_markup('$v', v=name)",
     "box.border_title = Content(a) if a else Content('')", "Static('', markup=False)\nself.query(Static).update(name)",
     "totals.update(other)"],
)  # fmt: skip
def test_that_test_lets_pass_what_is_safe(code: str) -> None:
    assert list(offences("x", ast.parse("def f():\n    " + code.replace("\n", "\n    ")))) == []

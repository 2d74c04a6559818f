"""A colour of the theme is asked for while something is painted, or stands in the theme's own sheet: then it changes with it."""

import ast

from tests.house.test_architecture import everything


def test_no_part_keeps_a_colour_of_the_theme_in_a_sheet_of_its_own() -> None:
    kept = [
        f"{module.path}:{node.lineno}"
        for module in everything()
        if module.path.startswith("ui/") and module.path != "ui/kit/theme.py"
        for node in module.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setStyleSheet"
        if "colour(" in ast.unparse(node)
    ]
    assert kept == []

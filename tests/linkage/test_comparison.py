"""What was compared is kept from night to night; it is compared again when the code that compares is another."""

import ast
import hashlib
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[2]
COMPARING = ("linkage/edits.py", "linkage/overlap.py")


def digest_of(*sources: str) -> str:
    """Digest of code alone: comments, docstrings and layout change no count."""
    trees = [ast.parse(source) for source in sources]
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
                node.body = node.body[1:]
    return hashlib.sha256("".join(map(ast.unparse, trees)).encode()).hexdigest()[:16]


def test_only_code_changes_the_digest() -> None:
    assert digest_of('"""One."""\nx = 1  # one\n') == digest_of("x = (1)")
    assert digest_of("x = 1") != digest_of("x = 2")


def test_the_setting_that_has_pairs_compared_again_is_the_digest_of_what_compares_them() -> None:
    settings = yaml.safe_load((PROJECT / "dbt_project" / "dbt_project.yml").read_text("utf-8"))["vars"]
    digest = digest_of(*((PROJECT / path).read_text("utf-8") for path in COMPARING))
    assert settings["comparison"] == digest, f"set comparison to {digest!r} in dbt_project/dbt_project.yml"

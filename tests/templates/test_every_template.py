"""Every template of every app of the catalogue, hand-made and generic."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from pd_lsp.catalog import catalog
from pd_lsp.catalog.import_packages import package_of
from pd_lsp.features.insertion.template_code import packages_of, take_apart
from pd_lsp.model import Template, as_pypi_writes
from pd_lsp.syntax.pd_reads import pd_reads
from pd_lsp.syntax.tree import parse
from pd_lsp.templates import templates_for
from tests.conftest import ROOT


def all_templates() -> Iterator[Template]:
    for slug in catalog():
        yield from templates_for(slug)


def handler_of(template: Template) -> ast.FunctionDef:
    """The handler of a template, which has nothing beside it but imports."""
    *imports, handler = ast.parse(template.code).body
    assert all(isinstance(statement, (ast.Import, ast.ImportFrom)) for statement in imports), template.code
    assert isinstance(handler, ast.FunctionDef), template.code
    return handler


def keys_read(template: Template) -> set[str]:
    """The keys of `$auth` in the code: of the account itself, or of the alias `auth`."""
    return {
        node.slice.value
        for node in ast.walk(ast.parse(template.code))
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        if ast.unparse(node.value) == "auth" or ast.unparse(node.value).endswith("['$auth']")
    }


def test_every_template_of_every_app_is_a_whole_step_that_reads_its_own_account(
    capsys: pytest.CaptureFixture[str],
) -> None:
    good = 0
    for template in all_templates():
        handler = handler_of(template)
        assert ast.unparse(handler).startswith("def handler(pd: 'pipedream'):"), template.code
        assert template.code.endswith("\n")
        returns = [node for node in ast.walk(handler) if isinstance(node, ast.Return)]
        assert returns == [handler.body[-1]], template.code
        assert returns[0].value is not None
        facts = catalog().app(template.app)
        assert facts is not None
        reads = pd_reads(parse(template.code))
        assert set(reads.inputs) <= {template.app}, template.code
        assert not reads.computed, template.code
        assert keys_read(template) <= {field.name for field in facts.app.fields}, template.code
        good += 1
    with capsys.disabled():
        sys.stdout.write(
            f"\n{good} of {sum(1 for _ in all_templates())} templates of {len(catalog())} apps are sound\n"
        )
    assert good > len(catalog())


def test_every_request_has_a_timeout_and_is_checked() -> None:
    for template in all_templates():
        for node in ast.walk(ast.parse(template.code)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("requests."):
                assert "timeout" in {keyword.arg for keyword in node.keywords}, template.code
                assert "response.raise_for_status()" in template.code


def test_a_template_of_a_row_that_nobody_has_read_over_says_what_to_check() -> None:
    unread = [slug for slug in catalog() if not (facts := catalog().app(slug)) or not facts.reviewed]
    assert len(unread) > 1000
    for slug in unread:
        assert re.search(r"#.*\b(check|put it in|Nobody)\b", templates_for(slug)[-1].code), slug


def test_more_than_a_hundred_apps_have_templates_with_their_client_library() -> None:
    with_library = {
        slug
        for slug in catalog()
        for template in templates_for(slug)[:-1]
        if not _imported(template) <= {"requests", *sys.stdlib_module_names}
    }
    assert len(with_library) >= 100


def test_every_hand_made_template_has_a_title_of_its_own_for_its_app() -> None:
    for slug in catalog():
        titles = [template.title for template in templates_for(slug)]
        assert all(titles), slug
        assert len(set(titles)) == len(titles), slug
        assert titles[-1].startswith(("Call the ", "Connect to "))


def test_what_a_template_imports_is_a_package_that_its_import_or_a_comment_names() -> None:
    requirements = (ROOT / "requirements" / "templates.txt").read_text().splitlines()
    published = {line.partition("==")[0] for line in requirements if line[:1].isalnum()}
    for template in all_templates():
        code = take_apart(template)
        assert code is not None, template.code
        asked = published & set(map(as_pypi_writes, packages_of(template, code)))
        for module in _modules(template):
            is_ours_or_asked = asked or module.partition(".")[0] in sys.stdlib_module_names
            package = package_of(module) or module.partition(".")[0]
            assert is_ours_or_asked or as_pypi_writes(package) in published, f"{template.app}: {module}"


def _imported(template: Template) -> set[str]:
    return {module.partition(".")[0] for module in _modules(template)}


def _modules(template: Template) -> Iterator[str]:
    for node in ast.parse(template.code).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""

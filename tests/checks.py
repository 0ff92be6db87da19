"""One check per feature: the only lines that know a feature's signature."""

from collections.abc import Callable
from typing import Any

from pd_lsp.features.app_links import app_links
from pd_lsp.features.arguments import signature
from pd_lsp.features.code_actions import code_actions
from pd_lsp.features.code_actions.fixes import fixes
from pd_lsp.features.completion import complete
from pd_lsp.features.definition import definition
from pd_lsp.features.diagnostics import diagnose
from pd_lsp.features.highlights import highlights
from pd_lsp.features.hover import hover
from pd_lsp.features.inlay_hints import inlay_hints
from pd_lsp.features.offered import offered
from pd_lsp.features.references import references
from pd_lsp.features.runnables import runnables
from pd_lsp.features.step_needs import step_needs
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextEdit, TextRange, apply_edits
from tests import samples
from tests.features.navigation import in_post, shown
from tests.marker import marked

HEADER = 'def handler(pd: "pipedream"):\n    '


def check_hover(line: str, says: list[str], make: Callable[..., Snapshot] = samples.snapshot, **world: Any) -> None:
    """In a handler that holds `line`, the hover at its `$0` has these as its heading and rows; none where none."""
    text, offset = marked(HEADER + line + "\n")
    found = hover(make(text, **world), offset)
    assert ([found.heading, *found.rows] if found else []) == says


def check_completion(line: str, labels: list[str], make: object = samples.snapshot, **world: object) -> None:
    """In a handler that holds `line`, exactly `labels` are offered at its `$0`."""
    text, offset = marked(HEADER + line + "\n")
    snapshot = make(text, **world)  # type: ignore[operator]
    assert [completion.label for completion in complete(snapshot, offset)] == labels


def check_accepted(line: str, label: str, result: str, make: object = samples.snapshot) -> None:
    """In a handler that holds `line`, choosing `label` at its `$0` gives `result`."""
    text, offset = marked(HEADER + line + "\n    return 1\n")
    found = {completion.label: completion for completion in complete(make(text), offset)}  # type: ignore[operator]
    edit = found[label].edit
    assert apply_edits(text, [edit, *found[label].further_edits]) == HEADER + result + "\n    return 1\n"


def check_offered(line: str, labels: list[str], make: Callable[..., Snapshot] = samples.snapshot, **world: Any) -> None:
    """In a handler that holds `line`, exactly `labels` are offered at its `$0`, of whatever kind."""
    text, offset = marked(HEADER + line + "\n")
    assert [completion.label for completion in offered(make(text, **world), offset).completions] == labels


def check_chosen(line: str, label: str, result: str, make: Callable[..., Snapshot] = samples.snapshot) -> None:
    """In a handler that holds `line`, choosing `label`, of whatever kind, at its `$0` gives `result`."""
    text, offset = marked(HEADER + line + "\n    return 1\n")
    [chosen] = [one for one in offered(make(text), offset).completions if one.label == label]
    assert apply_edits(text, [chosen.edit, *chosen.further_edits]) == HEADER + result + "\n    return 1\n"


def check_signature(
    line: str, call: str | None, active: int | None = None, make: Callable[..., Snapshot] = samples.snapshot
) -> None:
    """In a handler that holds `line`, the call at its `$0` is this one, the caret at this parameter of it."""
    text, offset = marked(HEADER + line + "\n")
    found = signature(make(text), offset)
    assert (found and (found.member.call, found.active)) == (call and (call, active))


def check_diagnostics(
    text: str, found: list[tuple[str, str]], make: Callable[..., Snapshot] = samples.snapshot, **world: Any
) -> None:
    """The diagnostics of a whole text are these: the code of each, and the text it stands at."""
    diagnostics = diagnose(make(text, **world))
    assert [(one.code, text[one.finding.range.start : one.finding.range.end]) for one in diagnostics] == found


def check_rule(
    code: str, text: str, places: list[str], make: Callable[..., Snapshot] = samples.snapshot, **world: Any
) -> None:
    """One rule finds these places in a whole text, whatever the others find."""
    diagnostics = [one.finding.range for one in diagnose(make(text, **world)) if one.code == code]
    assert [text[place.start : place.end] for place in diagnostics] == places


def check_fixed(
    text: str, title: str, result: str, make: Callable[..., Snapshot] = samples.snapshot, **world: Any
) -> None:
    """The one fix in `text` that is called `title` makes `result` of it, which it has no more to say about."""
    snapshot = make(text, **world)
    found = fixes(snapshot, TextRange(Offset(0), Offset(len(text))), diagnose(snapshot))
    (fix,) = [action for action in found if action.title == title]
    assert apply_edits(text, list(fix.edits)) == result
    assert fix.mends
    assert fix.mends.code not in [one.code for one in diagnose(make(result, **world))]


def check_runnables(text: str, titles: list[str]) -> None:
    """Exactly these lenses stand in `text`."""
    assert [runnable.title for runnable in runnables(samples.snapshot(text))] == titles


def check_needs(snapshot: Snapshot, apps: tuple[str, ...], data_stores: tuple[str, ...] = ()) -> None:
    """A run of the step needs exactly these props."""
    needs = step_needs(snapshot)
    assert (needs.apps, needs.data_stores) == (apps, data_stores)


def action_titles(snapshot: Snapshot, offset: int = 0) -> list[str]:
    """The titles of the code actions at `offset`."""
    return [action.title for action in code_actions(snapshot, TextRange(offset, offset))]  # type: ignore[arg-type]


def check_definition(line: str, places: list[str], make: Callable[..., Snapshot] = in_post, **world: Any) -> None:
    """In a handler that holds `line`, what its `$0` is on is defined at these places."""
    text, offset = marked(HEADER + line + "\n")
    found = definition(make(text, **world), offset)
    assert [shown(place) for place in (found.places if found else ())] == places


def check_references(
    line: str, places: list[str], make: Callable[..., Snapshot] = in_post, *, declared: bool = False, **world: Any
) -> None:
    """In a handler that holds `line`, what its `$0` is on is read at these places."""
    text, offset = marked(HEADER + line + "\n")
    found = references(make(text, **world), offset, with_declaration=declared)
    assert [shown(place) for place in found] == places


def check_highlights(line: str, lines: list[str], make: Callable[..., Snapshot] = in_post) -> None:
    """In a handler that holds `line`, these keys are marked with the one at its `$0`."""
    text, offset = marked(HEADER + line + "\n")
    assert [text[place.start : place.end] for place in highlights(make(text), offset)] == lines


def check_links(line: str, links: list[tuple[str, str]], make: Callable[..., Snapshot] = samples.snapshot) -> None:
    """In a handler that holds `line`, these texts lead to these addresses."""
    text = HEADER + line + "\n"
    assert [(text[one.range.start : one.range.end], one.address) for one in app_links(make(text))] == links


def check_inlay_hints(line: str, shown: str, make: Callable[..., Snapshot] = samples.snapshot, **world: Any) -> None:
    """In a handler that holds `line`, it reads like this with its hints in it, each in `«»`."""
    text = HEADER + line
    found = list(inlay_hints(make(text, **world), TextRange(Offset(0), Offset(len(text)))))
    edits = [TextEdit(TextRange(hint.offset, hint.offset), f"«{hint.label}»") for hint in found]
    assert apply_edits(text, edits) == HEADER + shown

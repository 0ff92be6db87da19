"""workflow.yaml, as GitHub Sync writes it (docs/platform.md, section 6.2)."""

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from pd_lsp.model import AppProp, AppSlug, Step, Workflow
from pd_lsp.workflows.files import MOST_FOLDERS_UP, UnreadableFileError, nearest_file, read_text

FILE_NAME = "workflow.yaml"
_STATE = ".workflow.state"
_ID = re.compile(r"p_[A-Za-z0-9]+")
_LIMIT = 1_000_000
_FOLDERS_OF_STEP = 2
"""The folder of a step, and that of its workflow: a file further up may be anybody's."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def find_workflow_file(step: Path, folder: Path) -> Path | None:
    """The workflow.yaml that owns `step`: the one in the nearest folder above it, not above `folder`."""
    return nearest_file(FILE_NAME, step, folder, most_up=MOST_FOLDERS_UP)


def workflow_at(place: Path, folder: Path) -> Workflow | None:
    """The workflow of a step, of its folder, or of the folder that holds it, not above `folder`; None without one.

    Raises UnreadableFileError.
    """
    below = place / FILE_NAME if place.is_dir() else place
    file = nearest_file(FILE_NAME, below, folder, most_up=_FOLDERS_OF_STEP)
    return read_workflow(file) if file else None


def read_workflow(file: Path) -> Workflow:
    """The workflow that `file` describes. What it lacks or has in another shape is left out.

    Raises UnreadableFileError where the file can't be read at all or is broken YAML; the message says where.
    """
    text = read_text(file, file.parent, limit=_LIMIT)
    name = f"{file.parent.name}/{FILE_NAME}"
    try:
        document = yaml.load(text, _LOADER)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UnreadableFileError(f"{name} is broken YAML{line}: mend it, or pull it again.") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise UnreadableFileError(f"{name} is broken YAML: mend it, or pull it again.") from None
    if not isinstance(document, Mapping):
        raise UnreadableFileError(f"{name} has no keys: it should begin with `schema: workflow/2022.04`.")
    settings = _mapping(document.get("settings"))
    return Workflow(
        folder=file.parent,
        id=_id_of(file.parent),
        name=_text(document.get("name")),
        steps=tuple(_steps(document.get("steps"))),
        triggers=tuple(filter(None, (_text(_mapping(one).get("id")) for one in _list(document.get("triggers"))))),
        time_limit=_positive(settings.get("lambda_timeout")),
        memory_limit=int(_positive(settings.get("lambda_memory")) or 0) or None,
        has_branches=any(_holds_steps(entry) for entry in _list(document.get("steps"))),
    )


def _holds_steps(entry: Any) -> bool:
    """Whether anything below a step, its props apart, is a step too."""
    below = [value for name, value in _mapping(entry).items() if name != "props"]
    seen: set[int] = set()  # an alias of YAML can lead back to where it stands
    while below:
        value = below.pop()
        if isinstance(value, Mapping) and "namespace" in value:
            return True
        if id(value) not in seen:
            seen.add(id(value))
            below += value.values() if isinstance(value, Mapping) else _list(value)
    return False


def _id_of(folder: Path) -> str:
    """The workflow's id: as `.workflow.state` has it, else as the folder's name ends (section 6.1)."""
    try:
        state = yaml.load(read_text(folder / _STATE, folder, limit=_LIMIT), _LOADER)  # noqa: S506 - as above
    except (UnreadableFileError, yaml.YAMLError, ValueError, RecursionError):
        state = None
    named = _text(_mapping(state).get("id")) or folder.name.rpartition("-")[2]
    return named if _ID.fullmatch(named) else ""


def step_of(workflow: Workflow, step: Path) -> Step | None:
    """The entry of `workflow` whose code is the file `step`."""
    for entry in workflow.steps:
        if entry.uses.startswith("./") and Path(workflow.folder, entry.uses) == step:
            return entry
    return None


def _steps(entries: Any) -> Iterator[Step]:
    for entry in entries if isinstance(entries, list) else []:
        fields = _mapping(entry)
        namespace = _text(fields.get("namespace"))
        if not namespace:
            continue
        props = _mapping(fields.get("props"))
        declared = [_mapping(prop) for prop in _list(props.get("__configurableProps"))]
        yield Step(
            namespace=namespace,
            uses=_text(fields.get("uses")),
            runtime=_text(fields.get("runtime")),
            disabled=fields.get("disabled") is True,
            apps=tuple(_app_props(declared, props)),
            data_stores=tuple(_text(prop.get("name")) for prop in declared if prop.get("type") == "data_store"),
        )


def _app_props(declared: list[Mapping[str, Any]], props: Mapping[str, Any]) -> Iterator[AppProp]:
    for prop in declared:
        name, app = _text(prop.get("name")), _text(prop.get("app"))
        if prop.get("type") == "app" and name and app:
            account = _text(_mapping(props.get(name)).get("authProvisionId"))
            yield AppProp(name, AppSlug(app), account or None)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _positive(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value) if value > 0 else None

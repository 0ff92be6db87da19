"""The type of `pd.inputs`: the app props and data stores of all steps of a project, by name.

One annotation serves all steps. A name that stands for several apps in different steps has the keys of each of them;
one that is an app here and a data store there is of any type.
"""

from collections import defaultdict
from collections.abc import Mapping

from pd_lsp.catalog import known_app
from pd_lsp.features.step_needs import StepNeeds, step_needs
from pd_lsp.model import Accounts, AppProp, AppSlug
from pd_lsp.stubs.known_keys import AUTH, Keys, keys_of_app
from pd_lsp.stubs.project import Project, StepCode
from pd_lsp.stubs.python_type import ANY_OBJECT, ANYTHING, TEXT, Names, Plain, PythonType, Record
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import LineIndex

STORE = Plain("_DataStore")
_SEVERAL = "_or_"


def inputs_record(project: Project, accounts: Accounts, before: Mapping[str, Keys], names: Names) -> Record:
    """The type of `pd.inputs`; a step may get a prop that no file names yet, so there may be others."""
    needs = [(code, step_needs(_snapshot(code))) for code in project.steps]
    props = _props(project, accounts, needs)
    keys = _keys(props, accounts, before)
    apps: dict[tuple[AppSlug, ...], Record] = {}
    for known in sorted({_apps(of_name) for of_name in props.values()}):
        apps[known] = _app(known, [keys[app] for app in known], names)
    fields: dict[str, PythonType] = {name: apps[_apps(known)] for name, known in props.items()}
    for name in _stores(project, needs):
        fields[name] = ANYTHING if name in fields else STORE
    return Record("_Inputs", tuple(sorted(fields.items())), is_open=True)


def _props(
    project: Project, accounts: Accounts, needs: list[tuple[StepCode, StepNeeds]]
) -> Mapping[str, frozenset[AppProp]]:
    """By name: what the steps declare, and what the code of a step without a workflow reads and somebody knows."""
    found: dict[str, set[AppProp]] = defaultdict(set)
    for prop in [prop for flow in project.workflows for step in flow.steps for prop in step.apps]:
        found[prop.name].add(prop)
    for name in [name for code, read in needs if code.step is None for name in read.apps]:
        slug = AppSlug(name)
        if accounts.of(slug) or known_app(slug):
            found[name].add(AppProp(name, slug))
    return {name: frozenset(known) for name, known in found.items()}


def _stores(project: Project, needs: list[tuple[StepCode, StepNeeds]]) -> set[str]:
    declared = {name for flow in project.workflows for step in flow.steps for name in step.data_stores}
    return declared | {name for code, read in needs if code.step is None for name in read.data_stores}


def _keys(
    props: Mapping[str, frozenset[AppProp]], accounts: Accounts, before: Mapping[str, Keys]
) -> Mapping[AppSlug, Keys]:
    of_app: dict[AppSlug, set[AppProp]] = defaultdict(set)
    for prop in [prop for known in props.values() for prop in known]:
        of_app[prop.app].add(prop)
    return {
        app: keys_of_app(app, known, accounts, before.get(Names().name(AUTH, app))) for app, known in of_app.items()
    }


def _apps(props: frozenset[AppProp]) -> tuple[AppSlug, ...]:
    return tuple(sorted({prop.app for prop in props}))


def _app(apps: tuple[AppSlug, ...], keys: list[Keys], names: Names) -> Record:
    """What `pd.inputs[name]` is for a name that stands for these apps."""
    title = _SEVERAL.join(apps)
    known = sorted({name for one in keys for name in one.names})
    complete = all(one.complete for one in keys)
    auth = Record(names.name(AUTH, title), tuple((name, TEXT) for name in known), is_open=not complete)
    return Record(names.name("App", title), (("$auth", auth if known else ANY_OBJECT),), is_open=True)


def _snapshot(code: StepCode) -> Snapshot:
    return Snapshot(
        lines=LineIndex(code.tree.text),
        tree=code.tree,
        accounts=Accounts(),
        workflow=None,
        step=code.step,
        catalogue=known_app,
        templates=lambda _slug, _app: (),
    )

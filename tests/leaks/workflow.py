"""A workflow of steps that show secrets, with saved events, in the workspace of the canaries."""

import json
from pathlib import Path

from tests.leaks.showing import step_that_ends, step_that_shows
from tests.leaks.world import World

_STEPS = {
    "gives": step_that_shows("pd.export(name, value)\npd.export(value, {value: value})", end="return auth"),
    "shows": step_that_shows(
        "print(name, value, file=sys.stderr)\nprint(pd.steps['gives'])\npd.respond({'status': 200, 'body': value})"
    ),
    "keeps": step_that_shows(
        "pd.inputs['data_store'][name] = value\nprint(json.dumps(dict(pd.inputs['data_store'].items())))"
    ),
    "fails": step_that_ends("raise ValueError(*values) from KeyError('\\n'.join(values))"),
}
_PROPS = """\
  props:
    __configurableProps:
    - {app: canaries, name: canaries, type: app}
    - {name: data_store, type: data_store}
    data_store: {storeId: ds_1}
"""


def workflow_in(world: World, workflow_id: str = "p_1") -> Path:
    """The folder of the workflow."""
    folder = world.workspace / f"flow-{workflow_id}"
    for name, text in _STEPS.items():
        world.step(text, f"{folder.name}/{name}/entry.py")
    entries = "".join(f'- namespace: {name}\n  uses: "./{name}/entry.py"\n{_PROPS}' for name in _STEPS)
    (folder / "workflow.yaml").write_text(
        f"schema: workflow/2022.04\ntriggers:\n- id: {world.sandbox.source_id}\nsteps:\n{entries}"
    )
    (folder / "events").mkdir(exist_ok=True)
    for number in range(3):
        (folder / "events" / f"{number}.json").write_text(json.dumps({"number": number}))
    return folder

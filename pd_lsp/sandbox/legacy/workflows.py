"""`GET /v1/workflows/{id}`: which step uses which account (docs/platform.md, section 3)."""

import hashlib
import json
from typing import Any

from pd_lsp.sandbox.answers import NOT_FOUND
from pd_lsp.sandbox.directory import APPS
from pd_lsp.sandbox.exchange import Answer
from pd_lsp.sandbox.legacy.people import WORKSPACE
from pd_lsp.sandbox.legacy.steps import NODE, PYTHON, WORKFLOWS, SandboxStep

_CODE = {
    PYTHON: 'def handler(pd: "pipedream"):\n    return pd.steps["trigger"]["event"]\n',
    NODE: "export default defineComponent({\n  async run({ steps }) {\n    return steps.trigger.event\n  },\n})\n",
}
"""In place of the steps' own code, which the sandbox does not have."""


def one(workflow_id: str) -> Answer:
    """The workflow, without `data` around it."""
    workflow = WORKFLOWS.get(workflow_id)
    if workflow is None:
        return NOT_FOUND
    steps = [_step_json(f"c_{workflow.id[2:]}{place}", step) for place, step in enumerate(workflow.steps, 1)]
    return Answer(200, {"triggers": [_trigger_json(workflow.trigger)], "steps": steps})


def _trigger_json(trigger: str) -> dict[str, Any]:
    if trigger.startswith("hi_"):
        key = f"eo{trigger[3:].lower()}"
        return {"id": trigger, "key": key, "endpoint_url": f"https://{key}.m.pipedream.net", "custom_response": False}
    return {"id": trigger, "interval_seconds": None, "cron": "0 8 * * *", "timezone": "Europe/Vienna"}


def _step_json(id_: str, step: SandboxStep) -> dict[str, Any]:
    key = step.component.partition("@")[0] or None
    value = {"authProvisionId": step.names} if step.app else {"storeId": step.names}
    return {
        "id": id_,
        "type": "CodeCell",
        "namespace": step.namespace,
        "disabled": step.disabled,
        "lang": step.lang,
        "appConnections": [],
        "component": True,
        "savedComponent": _saved_component(f"sc_{id_[2:]}", step),
        "component_key": key,
        "component_owner_id": None if key else WORKSPACE,
        "configured_props_json": json.dumps({step.prop: value} if step.prop else {}),
        "authProvisionIdMap": {},
        "authProvisionIds": [],
    }


def _saved_component(id_: str, step: SandboxStep) -> dict[str, Any]:
    code = _CODE[step.lang]
    key, _, version = step.component.partition("@")
    app = APPS.get(step.app)
    of_app = {"name": step.prop, "type": "app", "app": step.app}
    props = [of_app if app else {"name": step.prop, "type": "data_store"}] if step.prop else []
    auth = "oauth" if app and app.oauth else "keys"
    return {
        "id": id_,
        "code": code,
        "codeHash": hashlib.sha256(code.encode()).hexdigest(),
        "configurableProps": props,
        "key": key or None,
        "description": None,
        "entryPath": None,
        "version": version,
        "apps": [{"appId": app.id, "nameSlug": app.slug, "authType": auth}] if app else [],
    }

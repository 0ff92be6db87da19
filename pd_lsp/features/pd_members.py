"""The members of `pd` and of a data store, and their arguments (docs/platform.md, sections 1.2 to 1.8)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdParameter:
    """One argument of a member."""

    label: str
    """As it stands in the member's `call`."""
    says: str
    has_name: bool = False
    """Whether it is documented as one that is given by its name."""

    @property
    def name(self) -> str:
        """Its name alone."""
        return self.label.partition("=")[0]


@dataclass(frozen=True, slots=True)
class PdMember:
    """One member, as a person calls it."""

    call: str
    says: str
    parameters: tuple[PdParameter, ...] = ()


PD_MEMBERS: Mapping[str, PdMember] = {
    "inputs": PdMember("pd.inputs", "The step's connected accounts and data stores, by the names of its props."),
    "steps": PdMember("pd.steps", "What earlier steps gave on: the trigger, return values, exports."),
    "export": PdMember(
        "pd.export(name, value)",
        "Gives later steps a value of JSON: pd.steps[step][name].",
        (PdParameter("name", "The name that later steps read it by."), PdParameter("value", "A value of JSON.")),
    ),
    "respond": PdMember(
        "pd.respond({status, headers, body})",
        "Answers an HTTP trigger, when the workflow ends; of several calls a run here takes the last.",
        (PdParameter("{status, headers, body}", "A dictionary, at least with a status and a body."),),
    ),
    "flow": PdMember("pd.flow", "Ends, delays, suspends or repeats the workflow: exit, delay, suspend, rerun."),
    "flow.exit": PdMember(
        "pd.flow.exit(reason=None)",
        "Ends the workflow after this step has run to its end: return it to stop at once.",
        (PdParameter("reason=None", "Why, as a string."),),
    ),
    "flow.delay": PdMember(
        "pd.flow.delay(ms)",
        "Pauses the workflow after this step, from a millisecond to a year.",
        (PdParameter("ms", "Milliseconds."),),
    ),
    "flow.suspend": PdMember(
        "pd.flow.suspend(timeout_ms=86400000)",
        "Pauses until resume_url is called; not in test runs, nor in runs here.",
        (PdParameter("timeout_ms=86400000", "Milliseconds, after which the workflow is cancelled."),),
    ),
    "flow.rerun": PdMember(
        "pd.flow.rerun(delay_ms, context=None, max_retries=10)",
        "Runs this step again later; not in runs here.",
        (
            PdParameter("delay_ms", "Milliseconds until then."),
            PdParameter("context=None", 'What the next run finds in pd.context["run"]["context"].'),
            PdParameter("max_retries=10", "How often at most; after that the workflow goes on."),
        ),
    ),
    "send": PdMember("pd.send", "Sends an e-mail to the owner of the workflow: pd.send.email."),
    "send.email": PdMember(
        "pd.send.email(subject, text, html)",
        "Sends the owner an e-mail; pass html=None where text should be shown.",
        (
            PdParameter("subject", "The subject.", has_name=True),
            PdParameter("text", "The text, which is shown where html is None.", has_name=True),
            PdParameter("html", 'HTML; "" unless given, which hides the text.', has_name=True),
        ),
    ),
    "context": PdMember("pd.context", "The execution; its run counts the repetitions of pd.flow.rerun."),
}
"""By path below `pd`."""

STORE_MEMBERS: Mapping[str, PdMember] = {
    "get": PdMember(
        "get(key, default=None)",
        "The value of a key; None, or the default, where there is none.",
        (PdParameter("key", "The name of an entry."), PdParameter("default=None", "In its place.")),
    ),
    "set": PdMember(
        "set(key, value, ttl=None)",
        "Keeps a value of JSON.",
        (
            PdParameter("key", "The name of an entry."),
            PdParameter("value", "A value of JSON."),
            PdParameter("ttl=None", "Seconds after which the entry ends.", has_name=True),
        ),
    ),
    "set_ttl": PdMember(
        "set_ttl(key, ttl)",
        "Sets when an entry ends; with ttl=None it stays.",
        (PdParameter("key", "The name of an entry."), PdParameter("ttl", "Seconds from now, or None.", has_name=True)),
    ),
    "keys": PdMember("keys()", "All keys, to go through: no list, and nothing that can be exported."),
    "items": PdMember("items()", "All pairs of key and value, to go through."),
    "clear": PdMember("clear()", "Deletes every entry for good, also in a test run."),
}
"""The methods of a data store (docs/platform.md, section 1.8)."""

RESPOND_KEYS: Mapping[str, str] = {
    "status": "a whole number from 100 to 599",
    "headers": "a dictionary of names and values",
    "body": "text, or what JSON can hold",
    "immediate": "True answers at once and runs on; documented for Node alone",
}
"""What `pd.respond` takes (section 1.5)."""

RUN_KEYS: Mapping[str, str] = {
    "runs": "how often this step has run, counted from 1",
    "context": "what pd.flow.rerun was given before",
    "callback_request": "the request to resume_url, where there was one",
}
"""What `pd.context["run"]` has (section 1.6)."""

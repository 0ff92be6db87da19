"""The members of `pd`: what each does on the platform, in a sentence (docs/platform.md, sections 1.2 to 1.6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdMember:
    """One member, as a person calls it."""

    call: str
    says: str


PD_MEMBERS = {
    "inputs": PdMember("pd.inputs", "The step's connected accounts and data stores, by the names of its props."),
    "steps": PdMember("pd.steps", "What earlier steps gave on: the trigger, return values, exports."),
    "context": PdMember("pd.context", "The execution; its run counts the repetitions of pd.flow.rerun."),
    "export": PdMember("pd.export(name, value)", "Gives later steps a value of JSON: pd.steps[step][name]."),
    "respond": PdMember(
        "pd.respond({status, headers, body})", "Answers an HTTP trigger, when the workflow ends; the last call counts."
    ),
    "flow": PdMember("pd.flow", "Ends, delays, suspends or repeats the workflow: exit, delay, suspend, rerun."),
    "flow.exit": PdMember(
        "pd.flow.exit(reason=None)", "Ends the workflow after this step has run to its end: return it to stop at once."
    ),
    "flow.delay": PdMember("pd.flow.delay(ms)", "Pauses the workflow after this step, from a millisecond to a year."),
    "flow.suspend": PdMember(
        "pd.flow.suspend(timeout_ms=86400000)", "Pauses until resume_url is called; not in test runs, nor in runs here."
    ),
    "flow.rerun": PdMember(
        "pd.flow.rerun(delay_ms, context=None, max_retries=10)", "Runs this step again later; not in runs here."
    ),
    "send": PdMember("pd.send", "Sends an e-mail to the owner of the workflow: pd.send.email."),
    "send.email": PdMember(
        "pd.send.email(subject, text, html)", "Sends the owner an e-mail; pass html=None where text should be shown."
    ),
}
"""By path below `pd`."""

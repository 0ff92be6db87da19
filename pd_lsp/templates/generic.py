"""A template made from what the catalogue says of an app: a request that carries its credentials."""

import textwrap
from collections.abc import Mapping

from pd_lsp.catalog import AppFacts, Placement
from pd_lsp.model import Template
from pd_lsp.templates.auth_reads import AuthReads, auth_reads, literal
from pd_lsp.templates.request import Request, api_of, placeholders, request_of, to_check
from pd_lsp.templates.signed import signed_code

_COMMENT_WIDTH = 88
_LONGEST_LINE = 96
_LONGEST_NAME = 60
_SPECIAL = {
    "oauth1": "Requests to {name} are signed (OAuth 1), for instance with the package requests-oauthlib.",
    "sigv4": "Requests to {name} are signed (AWS Signature, version 4), best by its client library.",
    "service_account": "{name} is reached as a service account, best by its client library.",
    "driver": "{name} is reached by its client library, not by a plain request.",
}
"""Kinds of placement that no single request shows, and what to say of each."""


def generic_template(facts: AppFacts) -> Template:
    """Working code for an app, as far as it is known; comments in it say what to check."""
    name = _shown(facts.app.name, _LONGEST_NAME)
    if signed := signed_code(facts):
        first, *rest = signed.body
        doubts = to_check(facts, request_of(facts), name) if not facts.reviewed else []
        body = [first, *(line for sentence in doubts for line in _comment(sentence)), *rest]
        code = "\n".join(signed.imports) + "\n\n\n" + _handler(body)
        return Template(facts.app.slug, f"Call the {api_of(name)}", code, signed.packages)
    if facts.placement and facts.placement.kind in _SPECIAL:
        return Template(facts.app.slug, f"Connect to {name}", _special_code(facts, facts.placement, name))
    return Template(facts.app.slug, f"Call the {api_of(name)}", _request_code(facts, name))


def _request_code(facts: AppFacts, name: str) -> str:
    request = request_of(facts)
    known = {key.name for key in facts.app.fields}
    used = [key for text in request.texts() for key in placeholders(text) if key in known]
    reads = auth_reads(facts.app.slug, used)
    body = [
        *reads.lines,
        *(line for sentence in to_check(facts, request, name) for line in _comment(sentence)),
        *(f"{variable} = {_mapping(texts, reads)}" for variable, texts in _mappings(request).items()),
        *_call(request, reads),
        "response.raise_for_status()",
        "return response.json()",
    ]
    return "import requests\n\n\n" + _handler(body)


def _mappings(request: Request) -> dict[str, Mapping[str, str]]:
    """What the request sends in dicts of its own, by the name of the variable."""
    sent = {"headers": request.headers, "params": request.params, "body": request.json}
    return {variable: texts for variable, texts in sent.items() if texts}


def _mapping(texts: Mapping[str, str], reads: AuthReads) -> str:
    entries = [f"{literal(name)}: {reads.text(text)}" for name, text in texts.items()]
    return _within("{", entries, "}")


def _call(request: Request, reads: AuthReads) -> list[str]:
    arguments = [reads.text(request.url)]
    arguments += [f"{'json' if variable == 'body' else variable}={variable}" for variable in _mappings(request)]
    if request.basic:
        arguments.append(f"auth=({', '.join(map(reads.text, request.basic))})")
    return _within(f"response = requests.{request.method}(", [*arguments, "timeout=30"], ")").splitlines()


def _within(opening: str, parts: list[str], closing: str) -> str:
    """`parts` between brackets, on one line where that is short enough."""
    line = opening + ", ".join(parts) + closing
    if len(line) <= _LONGEST_LINE:
        return line
    return opening + "\n" + "".join(f"    {part},\n" for part in parts) + closing


def _special_code(facts: AppFacts, placement: Placement, name: str) -> str:
    sentences = [
        _SPECIAL[placement.kind].format(name=name),
        f"Check how in its documentation; in short: {placement.note}." if placement.note else "",
        f"A library for Python is {facts.sdk.package}: {facts.sdk.usage}." if facts.sdk else "",
        "" if facts.reviewed else "Nobody has checked this yet.",
        "Until then, the names of the account's keys:",
    ]
    comments = [line for sentence in sentences for line in _comment(sentence)]
    return _handler([f'auth = pd.inputs[{literal(facts.app.slug)}]["$auth"]', *comments, "return sorted(auth)"])


def _handler(body: list[str]) -> str:
    lines = "\n".join(body).splitlines()
    return 'def handler(pd: "pipedream"):\n' + "".join(f"    {line}\n" for line in lines)


def _comment(sentence: str) -> list[str]:
    return textwrap.wrap(
        _shown(sentence, None), _COMMENT_WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )


def _shown(text: str, longest: int | None) -> str:
    """`text` without what could end its line or disguise it, cut to a length (D26)."""
    return "".join(character if character.isprintable() else " " for character in text)[:longest].strip()

"""Lines for apps whose requests are signed: OAuth 1, AWS, and the service accounts of Google.

Where a library signs, the credentials themselves do not travel (docs/platform.md, section 9).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pd_lsp.catalog import AppFacts
from pd_lsp.templates.auth_reads import literal
from pd_lsp.templates.request import address_of

_OAUTH1_KEYS = ("developer_consumer_key", "developer_consumer_secret", "oauth_access_token", "oauth_refresh_token")
_SIGNER_KEYS = ("oauth_signer_uri", "oauth_access_token", "oauth_refresh_token")
_AWS_KEYS = ("accessKeyId", "secretAccessKey")
_CLOUD_SCOPE = "https://www.googleapis.com/auth/cloud-platform"


@dataclass(frozen=True, slots=True)
class SignedCode:
    """The imports of a template and the body of its handler, line by line."""

    imports: tuple[str, ...]
    body: tuple[str, ...]
    packages: Mapping[str, str]
    """Import name to package name, where the platform would not find the package by its import."""


def signed_code(facts: AppFacts) -> SignedCode | None:
    """Code that signs a harmless request; None for an app that signs nothing, or whose keys are other ones."""
    kind = facts.placement.kind if facts.placement else None
    keys = {key.name for key in facts.app.fields}
    account = f'pd.inputs[{literal(facts.app.slug)}]["$auth"]'
    if kind == "oauth1" and keys.issuperset(_OAUTH1_KEYS):
        return _oauth1(account, address_of(facts))
    if kind == "oauth1" and keys.issuperset(_SIGNER_KEYS):
        return _signed_by_pipedream(account, address_of(facts))
    if kind == "sigv4" and keys.issuperset(_AWS_KEYS):
        return _aws(account)
    if kind == "service_account" and "key_json" in keys:
        return _service_account(account)
    return None


def _oauth1(account: str, address: str) -> SignedCode:
    body = [
        f"auth = {account}",
        "session = OAuth1Session(",
        *(f"    auth[{literal(key)}]," for key in _OAUTH1_KEYS),
        ")",
        f"response = session.get({literal(address)}, timeout=30)",
        "response.raise_for_status()",
        "return response.json()",
    ]
    return SignedCode(("from requests_oauthlib import OAuth1Session",), tuple(body), {})


def _signed_by_pipedream(account: str, address: str) -> SignedCode:
    body = [
        f"auth = {account}",
        f"url = {literal(address)}",
        "# Pipedream keeps the secret of the OAuth client, and signs what it is asked to.",
        'token = {"key": auth["oauth_access_token"], "secret": auth["oauth_refresh_token"]}',
        'asked = {"requestData": {"method": "get", "url": url}, "token": token}',
        'signed = requests.post(auth["oauth_signer_uri"], json=asked, timeout=30)',
        "signed.raise_for_status()",
        'response = requests.get(url, headers={"Authorization": signed.text}, timeout=30)',
        "response.raise_for_status()",
        "return response.json()",
    ]
    return SignedCode(("import requests",), tuple(body), {})


def _aws(account: str) -> SignedCode:
    body = [
        f"auth = {account}",
        "# The last two are the region and the service: this call is harmless, and shows whose keys they are.",
        'signature = AWS4Auth(auth["accessKeyId"], auth["secretAccessKey"], "us-east-1", "sts")',
        'url = "https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"',
        'response = requests.get(url, auth=signature, headers={"Accept": "application/json"}, timeout=30)',
        "response.raise_for_status()",
        "return response.json()",
    ]
    return SignedCode(("import requests", "from requests_aws4auth import AWS4Auth"), tuple(body), {})


def _service_account(account: str) -> SignedCode:
    body = [
        f'key = json.loads({account}["key_json"])',
        f"credentials = Credentials.from_service_account_info(key, scopes=[{literal(_CLOUD_SCOPE)}])",
        "session = AuthorizedSession(credentials)",
        'project = key["project_id"]',
        "# Lists which APIs the project uses; put in the address of the one that you need.",
        'url = f"https://serviceusage.googleapis.com/v1/projects/{project}/services?filter=state:ENABLED"',
        "response = session.get(url, timeout=30)",
        "response.raise_for_status()",
        "return response.json()",
    ]
    imports = (
        "import json\n",
        "from google.auth.transport.requests import AuthorizedSession",
        "from google.oauth2.service_account import Credentials",
    )
    return SignedCode(imports, tuple(body), {"google.oauth2": "google-auth"})

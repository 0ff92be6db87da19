"""How the tokens of well-known services look: precise enough that nothing else looks so."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.text import Offset, TextRange

_FEWEST_LETTERS = 9
"""Different characters that a random token has at the least; one made up by hand often has fewer."""
_MADE_UP = re.compile(
    r"your|example|placeholder|changeme|dummy|fake|sample|insert|redacted|xxxx|0000000|([^-])\1{4}|12345678|abcdefgh"
    r"|ABCDEFGH|fedcba|qwerty|[*<>{}]|\.\.\.",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TokenForm:
    """One form of token."""

    name: str
    """What it is, for a sentence."""
    pattern: str
    variable: str
    """How an environment variable for it is usually called."""
    keys: tuple[tuple[str, str], ...] = ()
    """The apps whose accounts have such a token, each with its key in `$auth`."""
    is_strong: bool = True
    """Whether it counts in a comment too."""
    starts: tuple[str, ...] = ()
    """What the text must have in it: looked for before the pattern is."""


FORMS = (
    TokenForm(
        "a token of Slack",
        r"xox[abeprs]-\d{9,13}-[0-9A-Za-z-]{20,}",
        "SLACK_TOKEN",
        (("slack_bot", "bot_token"), ("slack", "oauth_access_token"), ("slack_v2", "oauth_access_token")),
        starts=("xox",),
    ),
    TokenForm(
        "an address to post to Slack with",
        r"https://hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{24}",
        "SLACK_WEBHOOK",
        starts=("hooks.slack.com",),
    ),
    TokenForm(
        "an address to post to Discord with",
        r"https://(?:ptb\.|canary\.)?discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,80}",
        "DISCORD_WEBHOOK",
        starts=("/api/webhooks/",),
    ),
    TokenForm(
        "a bot token of Discord",
        r"[MNO][A-Za-z\d_-]{23,27}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,40}",
        "DISCORD_TOKEN",
        (("discord_bot", "bot_token"),),
        starts=("M", "N", "O"),
    ),
    TokenForm(
        "a bot token of Telegram",
        r"\d{8,10}:AA[A-Za-z0-9_-]{33}",
        "TELEGRAM_TOKEN",
        (("telegram_bot_api", "token"),),
        starts=(":AA",),
    ),
    TokenForm(
        "a token of GitHub",
        r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
        "GITHUB_TOKEN",
        (("github", "oauth_access_token"),),
        starts=("gh", "github_pat_"),
    ),
    TokenForm(
        "a token of GitLab",
        r"glpat-[A-Za-z0-9_-]{20,}",
        "GITLAB_TOKEN",
        (("gitlab", "oauth_access_token"),),
        starts=("glpat-",),
    ),
    TokenForm(
        "an API key of Anthropic",
        r"sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{80,}",
        "ANTHROPIC_API_KEY",
        (("anthropic", "api_key"),),
        starts=("sk-ant-",),
    ),
    TokenForm(
        "an API key",
        r"sk-(?:proj-|svcacct-|admin-|or-v1-)?(?!ant-)(?=[A-Za-z_-]*\d)(?=[\w-]*[A-Za-z0-9]{20})[A-Za-z0-9_-]{32,}",
        "API_KEY",
        (("openai", "api_key"),),
        is_strong=False,
        starts=("sk-",),
    ),
    TokenForm(
        "a secret key of Stripe",
        r"[sr]k_live_[A-Za-z0-9]{24,}",
        "STRIPE_API_KEY",
        (("stripe", "api_key"),),
        starts=("k_live_",),
    ),
    TokenForm(
        "an access key of AWS",
        r"(?:AKIA|ASIA)[0-9A-Z]{16}",
        "AWS_ACCESS_KEY_ID",
        (("aws", "accessKeyId"),),
        starts=("AKIA", "ASIA"),
    ),
    TokenForm("an API key of Google", r"AIza[0-9A-Za-z_-]{35}", "GOOGLE_API_KEY", starts=("AIza",)),
    TokenForm(
        "an access token of Google", r"ya29\.[0-9A-Za-z_-]{50,}", "GOOGLE_TOKEN", is_strong=False, starts=("ya29.",)
    ),
    TokenForm(
        "an API key of SendGrid",
        r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
        "SENDGRID_API_KEY",
        (("sendgrid", "api_key"),),
        starts=("SG.",),
    ),
    TokenForm(
        "a token of Notion",
        r"secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{46}",
        "NOTION_TOKEN",
        (("notion", "oauth_access_token"),),
        starts=("secret_", "ntn_"),
    ),
    TokenForm(
        "a token of Airtable",
        r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}",
        "AIRTABLE_TOKEN",
        (("airtable_oauth", "oauth_access_token"),),
        starts=("pat",),
    ),
    TokenForm(
        "a token of HubSpot",
        r"pat-(?:na|eu|ap)\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "HUBSPOT_TOKEN",
        starts=("pat-",),
    ),
    TokenForm("a token of Shopify", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "SHOPIFY_TOKEN", starts=("shp",)),
    TokenForm("a token of Hugging Face", r"hf_[A-Za-z0-9]{34,}", "HF_TOKEN", starts=("hf_",)),
    TokenForm("an API key of Groq", r"gsk_[A-Za-z0-9]{52}", "GROQ_API_KEY", starts=("gsk_",)),
    TokenForm(
        "an API key of Linear",
        r"lin_api_[A-Za-z0-9]{40}",
        "LINEAR_API_KEY",
        (("linear_app", "api_key"),),
        starts=("lin_api_",),
    ),
    TokenForm(
        "a private key",
        r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\s|\\n|\\r|\\)+[A-Za-z0-9+/=\s\\]{100,}",
        "PRIVATE_KEY",
        is_strong=False,
        starts=("PRIVATE KEY-----",),
    ),
    TokenForm(
        "a signed token (JWT)",
        r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}",
        "API_TOKEN",
        is_strong=False,
        starts=("eyJ",),
    ),
)
_PATTERNS = tuple((form, re.compile(rf"(?<![\w-])(?:{form.pattern})(?![\w-])")) for form in FORMS)


def tokens_in(text: str) -> Iterator[tuple[TokenForm, TextRange]]:
    """What looks like a real token in `text`, and where; not what was made up to stand for one."""
    for form, pattern in _PATTERNS:
        if any(start in text for start in form.starts):
            for found in pattern.finditer(text):
                if _is_real(found.group()):
                    yield form, TextRange(Offset(found.start()), Offset(found.end()))


def _is_real(token: str) -> bool:
    if _MADE_UP.search(token) or len(set(token)) < _FEWEST_LETTERS:
        return False
    if token.startswith("eyJ"):
        return not _is_public(token)
    return token[0] not in "MNO" or _is_number(token.partition(".")[0])


def _is_number(part: str) -> bool:
    """Whether base64 hides a number, such as the id of a bot at the start of its token."""
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True).isdigit()
    except binascii.Error:
        return False


def _is_public(token: str) -> bool:
    """Whether a JWT is one that its service calls public: the `anon` key of Supabase."""
    payload = token.split(".")[1]
    try:
        said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return False
    return isinstance(said, dict) and said.get("role") == "anon"

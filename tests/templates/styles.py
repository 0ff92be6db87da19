"""Every template of every app, merged into steps of every style in which people write."""

from collections.abc import Iterable, Iterator

from pd_lsp.features.code_actions.insert_template import insert_template
from pd_lsp.model import AppSlug
from pd_lsp.templates import templates_for
from pd_lsp.text import Offset, apply_edits

STYLES = {
    "a file with nothing in it": ("", ""),
    "double quotes, four blanks": (
        'import os\n\n\ndef handler(pd: "pipedream"):\n    name = os.environ["NAME"]\n',
        "    return name\n",
    ),
    "single quotes, two blanks": (
        "import os\n\n\ndef handler(pdm: 'pipedream'):\n  name = os.environ['NAME']\n",
        "  return name\n",
    ),
    "single quotes, tabs, the ends of lines of Windows": (
        "import os\r\n\r\n\r\ndef handler(pd):\r\n\tname = os.environ['NAME']\r\n",
        "\treturn name\r\n",
    ),
    "a block within": ("def handler(pd):\n    for number in range(3):\n        print('a', number)\n", ""),
}
"""By name: the text before the caret, and that after it."""


def merged(style: str, apps: Iterable[AppSlug]) -> Iterator[tuple[str, str]]:
    """A name for each template of the apps, `slack_0`, and the step that it makes of the text of this style."""
    before, after = STYLES[style]
    for slug in apps:
        for number, template in enumerate(templates_for(slug)):
            edits = insert_template(before + after, Offset(len(before)), template)
            assert edits is not None, (slug, template.title)
            yield f"{slug}_{number}", apply_edits(before + after, list(edits))

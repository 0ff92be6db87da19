"""What a person or a project has set for the rules: `{"unknown-key": "off"}`.

The rules themselves are imported where something is set: a run from a command line needs none of them.
"""
# ruff: noqa: PLC0415 - see above

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pd_lsp.features.rules.rule import Level

_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RuleLevels:
    """The levels by code of rule, and what was wrong with the setting, as sentences."""

    levels: "Mapping[str, Level]" = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_levels(setting: Any, where: str) -> RuleLevels:
    """The levels in a setting that came from `where`, a file or an editor; what can't be used of it is left out."""
    if setting is None:
        return RuleLevels()
    if not isinstance(setting, Mapping):
        return RuleLevels(problems=(f'rules in {where} is no table: write {{"unknown-key": "off"}}.',))
    from pd_lsp.features.rules import ALL
    from pd_lsp.features.rules.near_name import listed
    from pd_lsp.features.rules.rule import LEVELS

    codes = [rule.code for rule in ALL]
    levels: dict[str, Level] = {}
    problems: list[str] = []
    for code, value in setting.items():
        level = next((known for known in LEVELS if known == value), None)
        if code not in codes:
            problems.append(f"There is no rule {_shown(code)}, as {where} says.{_meant(code, codes)}")
        elif level is None:
            problems.append(f"{where} sets {code} to {_shown(value)}: write one of {listed(LEVELS)}.")
        else:
            levels[code] = level
    return RuleLevels(levels, tuple(problems))


def _shown(value: Any) -> str:
    return repr(value)[:_MOST_SHOWN]


def _meant(code: Any, codes: list[str]) -> str:
    from pd_lsp.features.rules.near_name import near_name

    near = near_name(code, codes) if isinstance(code, str) else None
    return f" Did you mean {near}?" if near else " `pd-lsp check --explain all` lists them."

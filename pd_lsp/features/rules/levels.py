"""What a person or a project has set for the rules: `{"unknown-key": "off"}`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pd_lsp.features.rules import ALL
from pd_lsp.features.rules.near_name import listed, near_name
from pd_lsp.features.rules.rule import LEVELS, Level

_CODES = [rule.code for rule in ALL]
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RuleLevels:
    """The levels by code of rule, and what was wrong with the setting, as sentences."""

    levels: Mapping[str, Level] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_levels(setting: Any, where: str) -> RuleLevels:
    """The levels in a setting that came from `where`, a file or an editor; what can't be used of it is left out."""
    if setting is None:
        return RuleLevels()
    if not isinstance(setting, Mapping):
        return RuleLevels(problems=(f'rules in {where} is no table: write {{"unknown-key": "off"}}.',))
    levels: dict[str, Level] = {}
    problems: list[str] = []
    for code, value in setting.items():
        level = next((known for known in LEVELS if known == value), None)
        if code not in _CODES:
            problems.append(f"There is no rule {_shown(code)}, as {where} says.{_meant(code)}")
        elif level is None:
            problems.append(f"{where} sets {code} to {_shown(value)}: write one of {listed(LEVELS)}.")
        else:
            levels[code] = level
    return RuleLevels(levels, tuple(problems))


def _shown(value: Any) -> str:
    return repr(value)[:_MOST_SHOWN]


def _meant(code: Any) -> str:
    near = near_name(code, _CODES) if isinstance(code, str) else None
    return f" Did you mean {near}?" if near else " `pd-lsp check --explain all` lists them."

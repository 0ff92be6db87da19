"""The rules: one file each, and the tuple that lists them."""

from pd_lsp.features.rules import (
    app_not_connected,
    app_not_of_step,
    console_log,
    dead_account,
    disabled_step,
    env_in_inputs,
    exit_without_return,
    hasattr_on_mapping,
    later_step,
    lost_store_change,
    plain_prop,
    step_attribute,
    store_given_on,
    store_key_error,
    store_method,
    this_in_python,
    unhealthy_account,
    unknown_key,
    unknown_member,
    unknown_output,
    unknown_step,
    unreadable_account,
)
from pd_lsp.features.rules.of_the_platform import OF_THE_PLATFORM
from pd_lsp.features.rules.rule import Rule

_ACCOUNTS = (
    app_not_connected.RULE,
    app_not_of_step.RULE,
    unknown_key.RULE,
    dead_account.RULE,
    unhealthy_account.RULE,
    unreadable_account.RULE,
)
_PD = (
    unknown_member.RULE,
    env_in_inputs.RULE,
    plain_prop.RULE,
    hasattr_on_mapping.RULE,
    console_log.RULE,
    this_in_python.RULE,
)
_STEPS = (unknown_step.RULE, later_step.RULE, disabled_step.RULE, step_attribute.RULE, unknown_output.RULE)
_DATA_STORES = (store_key_error.RULE, lost_store_change.RULE, store_method.RULE, store_given_on.RULE)
ALL: tuple[Rule, ...] = (*_ACCOUNTS, *_PD, *_STEPS, *_DATA_STORES, exit_without_return.RULE, *OF_THE_PLATFORM)

__all__ = ["ALL"]

"""What every provider of accounts must do. A test class for one of them inherits this, and says what there is."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import pytest

from pd_lsp.accounts import AccountProvider
from pd_lsp.accounts.provider import AccountsError, RefusedError, SignedOutError
from pd_lsp.model import Account

Question: TypeAlias = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Case:
    """A provider that works, and what is true of it."""

    provider: AccountProvider
    account_id: str
    values: Mapping[str, object]
    """What the account of this id holds."""
    canaries: tuple[str, ...]
    """Every value that the provider could come across, its own keys included."""
    held: tuple[str, ...]
    """What it holds itself, once it was asked."""
    dead_id: str | None = None
    workflow: Mapping[str, Mapping[str, str]] | None = None
    """What it knows of the workflow `p_V9Ch2Lk`, where it knows workflows."""

    async def account(self, account_id: str) -> Account:
        found = (await self.provider.accounts()).by_id(account_id)
        assert found
        return found


@dataclass(frozen=True)
class Failing:
    """A question that fails, what is said then, and what must not be said."""

    ask: Question
    says: str
    never: tuple[str, ...] = ()


class AccountProviderContract:
    """The tests. Each class that inherits them has the three fixtures."""

    @pytest.fixture
    def case(self) -> Case:
        raise NotImplementedError

    @pytest.fixture
    def without_key(self) -> Failing:
        """A question of somebody who has no key, or one that is not good."""
        raise NotImplementedError

    @pytest.fixture
    def unreachable(self) -> Failing:
        """A question to a service that can't be reached."""
        raise NotImplementedError

    async def test_names_are_listed_and_no_value(self, case: Case) -> None:
        accounts = await case.provider.accounts()
        assert accounts.complete
        account = accounts.by_id(case.account_id)
        assert account
        assert set(account.keys.names) >= set(case.values) or not account.keys.complete
        assert not [canary for canary in case.canaries if canary in repr(accounts)]

    async def test_a_second_list_is_the_same(self, case: Case) -> None:
        assert await case.provider.accounts() == await case.provider.accounts()

    async def test_an_account_is_listed_once(self, case: Case) -> None:
        ids = [account.id for account in (await case.provider.accounts()).accounts]
        assert len(ids) == len(set(ids))

    async def test_the_credentials_of_an_account_are_its_values(self, case: Case) -> None:
        credentials = await case.provider.credentials(await case.account(case.account_id), "prop")
        assert credentials.reveal() == case.values
        assert credentials.source == "prop"

    async def test_credentials_can_not_be_printed(self, case: Case) -> None:
        credentials = await case.provider.credentials(await case.account(case.account_id), "prop")
        shown = f"{credentials} {credentials!r} {credentials!s}"
        assert not [value for value in case.values.values() if str(value) in shown]

    async def test_a_dead_account_is_refused_with_what_to_do(self, case: Case) -> None:
        dead = [account.id for account in (await case.provider.accounts()).accounts if account.dead]
        assert dead == ([case.dead_id] if case.dead_id else [])
        for account_id in dead:
            with pytest.raises(RefusedError, match="is dead: connect it again"):
                await case.provider.credentials(await case.account(account_id), "prop")

    @pytest.mark.parametrize("account_id", ["apn_nobody", "local_000000000000", "..", "../../tokens", "", "apn_a/b"])
    async def test_an_account_that_nobody_has_is_refused(self, case: Case, account_id: str) -> None:
        account = replace(await case.account(case.account_id), id=account_id, label="Nobody's")
        with pytest.raises(AccountsError) as caught:
            await case.provider.credentials(account, "prop")
        assert_sentence(caught.value, case.canaries)

    async def test_without_a_good_key_a_sentence_says_what_to_do(self, without_key: Failing) -> None:
        with pytest.raises(SignedOutError) as caught:
            await without_key.ask()
        assert re.search(without_key.says, str(caught.value))
        assert_sentence(caught.value, without_key.never)

    async def test_what_can_not_be_reached_says_so(self, unreachable: Failing) -> None:
        with pytest.raises(AccountsError) as caught:
            await unreachable.ask()
        assert re.search(unreachable.says, str(caught.value))
        assert_sentence(caught.value, unreachable.never)

    async def test_the_accounts_of_steps_are_told_by_step_and_prop(self, case: Case) -> None:
        found = await case.provider.accounts_of_steps("p_V9Ch2Lk")
        assert {step: props for step, props in found.items() if props} == (case.workflow or {})

    @pytest.mark.parametrize("workflow_id", ["p_nobody", "", "..", "p_a/../../x", "p_1?x=y"])
    async def test_of_a_workflow_that_is_not_there_nothing_is_told(self, case: Case, workflow_id: str) -> None:
        assert await case.provider.accounts_of_steps(workflow_id) == {}

    async def test_the_redactor_hears_what_the_provider_holds(self, case: Case) -> None:
        await case.provider.accounts()
        secrets = case.provider.own_secrets()
        assert {secret.value for secret in secrets} >= set(case.held)
        assert not [secret for secret in secrets if secret.value in repr(secrets)]

    async def test_it_can_be_closed_twice(self, case: Case) -> None:
        await case.provider.accounts()
        await case.provider.close()
        await case.provider.close()


def assert_sentence(error: AccountsError, never: tuple[str, ...]) -> None:
    """A sentence of our own: it says what to do, and quotes nothing."""
    sentence = str(error)
    assert re.fullmatch(r"[^\n]+: [^\n]+[.?]", sentence), sentence
    assert not [canary for canary in never if canary in sentence]
    assert "Traceback" not in sentence

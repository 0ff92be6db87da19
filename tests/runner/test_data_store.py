"""A data store as section 1.8 of docs/platform.md has it, in a real run."""

import asyncio
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.execution.running import Run, handle


async def use(body: str, path: Path | None = None) -> Run:
    return await handle(f'ds = pd.inputs["data_store"]\n{body}', data_stores={"data_store": path})


async def test_what_is_stored_can_be_read() -> None:
    done = await use('ds["a"] = {"n": [1]}\nds.set("b", None)\nreturn [ds["a"], ds["b"], ds.get("a")]')
    assert done.result.returned == [{"n": [1]}, None, {"n": [1]}]


async def test_storing_again_replaces() -> None:
    done = await use('ds["a"] = 1\nds["a"] = 2\nreturn ds["a"]')
    assert done.result.returned == 2


async def test_a_missing_key_is_a_type_error_as_on_the_platform() -> None:
    done = await use('return ds["missing"]')
    assert done.result.error
    assert done.result.error.type == "TypeError"
    assert "data_store has no key 'missing': use data_store.get(key, default)" in done.result.error.message


async def test_get_answers_a_missing_key_with_none_or_the_default() -> None:
    done = await use('return [ds.get("missing"), ds.get("missing", 0)]')
    assert done.result.returned == [None, 0]


async def test_in_says_whether_a_key_is_there() -> None:
    done = await use('ds["a"] = None\nreturn ["a" in ds, "b" in ds]')
    assert done.result.returned == [True, False]


async def test_an_entry_expires_after_its_time_to_live() -> None:
    done = await use(
        """
import time
ds.set("a", 1, ttl=0.05)
ds.set("b", 2, ttl=3600)
ds.set("c", 3)
while "a" in ds:
    time.sleep(0.01)
return [ds.get("a"), list(ds.keys()), dict(ds.items())]
"""
    )
    assert done.result.returned == [None, ["b", "c"], {"b": 2, "c": 3}]


async def test_the_time_to_live_can_be_changed_and_removed() -> None:
    done = await use(
        """
import time
ds.set("a", 1, ttl=0.2)
ds.set_ttl("a", ttl=None)
ds["b"] = 2
ds.set_ttl("b", ttl=0.2)
while "b" in ds:
    time.sleep(0.01)
return ds.get("a")
"""
    )
    assert done.result.returned == 1


@pytest.mark.parametrize("ttl", ["0", "-1", "'60'", "True"])
async def test_a_time_to_live_is_a_number_of_seconds(ttl: str) -> None:
    done = await use(f'ds.set("a", 1, ttl={ttl})')
    assert done.result.error
    assert done.result.error.type == "ValueError"


async def test_keys_can_be_iterated_and_are_no_list() -> None:
    done = await use('ds["a"] = 1\nreturn [list(ds.keys()), isinstance(ds.keys(), list)]')
    assert done.result.returned == [["a"], False]


@pytest.mark.parametrize(("value", "kind"), [("ds", "a DataStore"), ("ds.keys()", "a Keys")])
async def test_neither_a_store_nor_its_keys_can_be_returned(value: str, kind: str) -> None:
    done = await use(f"return {value}")
    assert done.result.error
    assert f"$return_value is {kind}, which is not JSON" in done.result.error.message


async def test_items_are_pairs() -> None:
    done = await use('ds["a"] = 1\nds["b"] = [2]\nreturn [[key, value] for key, value in ds.items()]')
    assert done.result.returned == [["a", 1], ["b", [2]]]


async def test_entries_can_be_deleted_one_by_one_and_all_at_once() -> None:
    done = await use(
        """
for key in "abc":
    ds[key] = 1
del ds["a"]
left = list(ds.keys())
ds.clear()
return [left, list(ds.keys())]
"""
    )
    assert done.result.returned == [["b", "c"], []]


async def test_what_is_read_is_a_copy() -> None:
    done = await use('ds["a"] = {"n": 1}\nds["a"]["n"] = 2\nreturn ds["a"]')
    assert done.result.returned == {"n": 1}


async def test_only_json_is_stored_and_only_under_strings() -> None:
    done = await use('ds["a"] = {1}')
    assert done.result.error
    assert "data_store['a'] is a set, which is not JSON" in done.result.error.message
    done = await use("ds[1] = 2")
    assert done.result.error
    assert "Keys of data_store are strings, not int" in done.result.error.message


async def test_a_store_is_true_and_its_length_is_no_part_of_the_platform() -> None:
    done = await use("return [bool(ds), repr(ds.keys())]")
    assert done.result.returned == [True, "<keys of <data store data_store>>"]
    done = await use("len(ds)")
    assert "use len(list(data_store.keys()))" in done.result.error.message


@pytest.mark.parametrize("use_of_it", ["ds.values()", "ds.pop('a')", "ds.update({})", "len(ds)", "list(ds)"])
async def test_what_is_not_documented_is_refused(use_of_it: str) -> None:
    done = await use(f"return {use_of_it}")
    assert done.result.outcome == "raised"
    assert done.result.error
    assert done.result.error.type in {"AttributeError", "TypeError"}


async def test_a_store_is_true_even_when_it_is_empty() -> None:
    done = await use("return bool(ds)")
    assert done.result.returned is True


async def test_a_store_in_a_file_outlives_the_run(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    await use('ds["runs"] = ds.get("runs", 0) + 1', path)
    done = await use('ds["runs"] = ds.get("runs", 0) + 1\nreturn ds["runs"]', path)
    assert done.result.returned == 2


async def test_the_file_of_a_store_is_the_persons_alone(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    await use('os.umask(0)\nds["a"] = 1', path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    path.touch(0o644)
    await use('ds["a"] = 1', path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [lambda file: file.write_bytes(b"no store" * 20), Path.mkdir])
async def test_a_store_whose_file_is_damaged_says_which_and_what_to_do(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    file = tmp_path / "store.sqlite"
    damage(file)
    done = await use('return ds.get("a")', file)
    assert done.result.error
    assert done.result.error.type == "StoreFileError"
    assert done.result.error.message.startswith("What data_store stores on this machine can't be used (")
    assert done.result.error.message.endswith(f"or delete {file}.")
    assert "sqlite3" not in done.result.error.traceback


async def test_a_store_that_is_not_used_makes_no_file(tmp_path: Path) -> None:
    await use("return 1", tmp_path / "one.sqlite")
    assert not list(tmp_path.iterdir())


async def test_two_runs_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    body = 'for n in range(100):\n    ds[f"{}{{n}}"] = n'
    runs = await asyncio.gather(*(use(body.format(name), path) for name in "ab"))
    assert [done.result.outcome for done in runs] == ["succeeded", "succeeded"]
    done = await use("return len(list(ds.keys()))", path)
    assert done.result.returned == 200

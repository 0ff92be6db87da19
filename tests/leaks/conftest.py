"""The world of the canaries: one for each file of tests, with an editor in it where one is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leaks.editor import Editor
from tests.leaks.world import World, new_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, steps_python: Path) -> Iterator[World]:
    made = new_world(tmp_path_factory.mktemp("leaks"), steps_python)
    with made.sandbox:
        yield made


@pytest.fixture(scope="module")
def editor(world: World) -> Iterator[Editor]:
    started = Editor(world)
    yield started
    started.leave()

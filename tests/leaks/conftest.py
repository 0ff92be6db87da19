"""An editor in the world of the canaries, for all tests of a file."""

from collections.abc import Iterator

import pytest

from tests.leaks.editor import Editor
from tests.leaks.world import World


@pytest.fixture(scope="module")
def editor(world: World) -> Iterator[Editor]:
    started = Editor(world)
    yield started
    started.leave()

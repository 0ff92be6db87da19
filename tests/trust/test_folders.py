import json
from pathlib import Path

import pytest

from pd_lsp.private_files import state_folder
from pd_lsp.trust.folders import TrustRefusedError, distrust, is_trusted, trust, trusted_folder_of, trusted_folders


@pytest.fixture
def project(home: Path) -> Path:
    folder = home / "project"
    (folder / "flow" / "step").mkdir(parents=True)
    return folder


def test_a_folder_is_untrusted_until_somebody_says_otherwise(project: Path) -> None:
    assert not is_trusted(project)
    assert not is_trusted(project / "flow" / "entry.py")
    assert trusted_folders() == ()


def test_trust_covers_what_lies_in_the_folder_also_what_is_not_there_yet(project: Path) -> None:
    trust(project)
    assert is_trusted(project)
    assert is_trusted(project / "flow" / "step" / "entry.py")
    assert trusted_folder_of(project / "new" / "entry.py") == project
    assert trusted_folders() == (project,)


def test_a_neighbour_with_a_longer_name_and_the_folder_above_stay_untrusted(project: Path) -> None:
    trust(project)
    assert not is_trusted(project.parent)
    assert not is_trusted(project.with_name("project-2") / "entry.py")
    assert not is_trusted(project / ".." / "other" / "entry.py")


def test_a_link_counts_as_the_place_it_leads_to(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / "out").symlink_to(elsewhere)
    (tmp_path / "in").symlink_to(project)
    trust(tmp_path / "in")
    assert trusted_folders() == (project,)
    assert is_trusted(tmp_path / "in" / "flow" / "entry.py")
    assert not is_trusted(project / "out" / "entry.py")


def test_a_link_in_a_circle_is_not_trusted(project: Path) -> None:
    trust(project)
    (project / "loop").symlink_to(project / "loop")
    assert not is_trusted(project / "loop" / "\0entry.py")
    assert is_trusted(project / "entry.py")


def test_distrust_ends_trust_in_the_folder_and_in_those_inside(project: Path) -> None:
    trust(project / "flow")
    trust(project)
    distrust(project)
    assert not is_trusted(project)
    assert not is_trusted(project / "flow")
    assert trusted_folders() == ()


def test_one_folder_of_a_trusted_one_can_be_distrusted_and_trusted_again(project: Path) -> None:
    trust(project)
    distrust(project / "flow")
    assert is_trusted(project / "entry.py")
    assert not is_trusted(project / "flow" / "step" / "entry.py")
    trust(project / "flow" / "step")
    assert is_trusted(project / "flow" / "step" / "entry.py")
    assert not is_trusted(project / "flow" / "entry.py")


def test_what_holds_all_of_a_persons_files_is_refused_with_a_sentence(home: Path) -> None:
    for folder in (home, home.parent, Path(home.anchor)):
        with pytest.raises(TrustRefusedError, match="trust the folder of one project instead"):
            trust(folder)
    assert not is_trusted(home)


def test_what_is_no_folder_is_refused_with_a_sentence(project: Path) -> None:
    (project / "file").write_text("")
    for path in (project / "file", project / "missing"):
        with pytest.raises(TrustRefusedError, match="is not a folder"):
            trust(path)


@pytest.mark.parametrize("content", ["{", "[]", '{"folders": ["/"]}', '{"folders": {"/": "yes"}}', '{"folders": 1}'])
def test_a_damaged_answer_is_no_trust(project: Path, content: str) -> None:
    trust(project)
    (state_folder() / "trust.json").write_text(content)
    assert not is_trusted(project)
    trust(project)
    assert is_trusted(project)
    assert json.loads((state_folder() / "trust.json").read_text()) == {"folders": {str(project): True}}

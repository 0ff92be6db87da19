"""The whole result of a run: a tree that folds, values that are copied, two runs side by side."""

from pathlib import Path

from tests.editors.neovim.conftest import SCREENS, StartNeovim
from tests.editors.neovim.neovim import Neovim
from tests.editors.neovim.test_running import opened

TREE = 'def handler(pd: "pipedream"):\n    pd.export("rows", [{"id": 7, "note": "two\\nlines"}])\n    return {"n": 1}\n'


def shown_after_a_run(neovim: StartNeovim, workspace: Path, text: str) -> Neovim:
    editor = opened(neovim, workspace, text)
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    editor.command("PdResult")
    editor.until("vim.bo.filetype == 'json'")
    return editor


def line_with(editor: Neovim, text: str) -> int:
    [found] = [number for number, line in enumerate(editor.text().splitlines(), 1) if text in line]
    return found


def test_a_result_is_a_tree_whose_branches_fold(neovim: StartNeovim, workspace: Path) -> None:
    editor = shown_after_a_run(neovim, workspace, TREE)
    assert editor.text().splitlines()[1:3] == ['  "exports": {', '    "rows": [']
    editor.go_to(3)
    editor.type("zc")
    editor.until_seen('"rows": [ … 1 entry ]')
    assert "│        " not in editor.screen()
    SCREENS.mkdir(parents=True, exist_ok=True)
    (SCREENS / f"result-0.{editor.lua('vim.version().minor')}.ansi").write_text(editor.screen(colours=True))
    editor.type("zo")
    editor.until_seen('│        "note"')


def test_of_a_long_result_the_inner_branches_are_folded(neovim: StartNeovim, workspace: Path) -> None:
    editor = shown_after_a_run(neovim, workspace, 'def handler(pd: "pipedream"):\n    return {"all": [*range(300)]}\n')
    editor.until_seen('"all": [ … 300 entries ]')


def test_a_value_and_its_path_are_copied(neovim: StartNeovim, workspace: Path) -> None:
    editor = shown_after_a_run(neovim, workspace, TREE)
    editor.go_to(line_with(editor, '"note"'))
    editor.type("gy")
    editor.until("vim.fn.getreg('\"') == 'two\\nlines'")
    editor.type('"pgY')
    editor.until("vim.fn.getreg('p') == 'exports[\"rows\"][0][\"note\"]'")
    editor.go_to(line_with(editor, '"returned"'))
    editor.type("gy")
    editor.until("vim.fn.getreg('\"') == '{\\n  \"n\": 1\\n}'")


def test_results_share_one_window(neovim: StartNeovim, workspace: Path) -> None:
    editor = shown_after_a_run(neovim, workspace, TREE)
    windows = editor.lua("vim.fn.winnr('$')")
    editor.command("wincmd t")
    editor.command("PdResult")
    editor.until("vim.bo.filetype == 'json'")
    assert editor.lua("vim.fn.winnr('$')") == windows


def test_the_last_run_is_compared_with_the_one_before(neovim: StartNeovim, workspace: Path) -> None:
    text = 'def handler(pd: "pipedream"):\n    print("\\033[31msame\\033[0m")\n    return {"answer": 41, "same": 0}\n'
    editor = shown_after_a_run(neovim, workspace, text)
    editor.type("gc")
    editor.until_read("No earlier run of this step is kept")
    editor.type("q")
    editor.until("vim.bo.filetype == 'python'")
    editor.command("%s/41/42/")
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed('"answer": 42')
    editor.command("PdCompare")
    editor.until("vim.fn.tabpagenr() == 2 and vim.wo.diff and vim.fn.winnr('$') == 2")
    differing = (
        "vim.tbl_filter(function(line) return vim.fn.diff_hlID(line, 1) ~= 0 end, vim.fn.range(1, vim.fn.line('$')))"
    )
    [line] = editor.until(f"#{differing} > 0 and {differing}")
    assert '"answer": 42' in editor.text().splitlines()[line - 1]
    assert '"same"' in editor.text()
    assert "\\u001b" not in editor.text()
    editor.until_seen("run 2")
    editor.type("q")
    editor.until("vim.fn.tabpagenr('$') == 1")

"""What of a step's output reaches the terminal that shows it, however it is cut into pieces."""

import json

from tests.editors.neovim.conftest import StartNeovim

SHOWN = {
    "plain\ttext\n": "plain\ttext\n",
    "\033[1;31mred\033[0m": "\033[1;31mred\033[0m",
    "\033[38:2:1:2:3mtrue colour\033[m": "\033[38:2:1:2:3mtrue colour\033[m",
    "a\033[2Jb\033[10;10Hc\033[?1049hd": "abcd",
    "a\033]52;c;c3RvbGVu\007b": "ab",
    "a\033]0;a title\033\\b": "ab",
    "a\033Pq#0\033\\b": "ab",
    "a\033cb\033(0c\0337d": "abcd",
    "a\b\a\r\nb\x7f\x9bm": "a\r\nbm",
    "half a sequence\033[3": "half a sequence",
}


def test_only_text_and_colours_are_shown_whole_or_cut_after_each_letter(neovim: StartNeovim) -> None:
    editor = neovim("README.md")
    for text, wanted in SHOWN.items():
        for pieces in ([text], list(text)):
            read = f"vim.fn.json_decode([==[{json.dumps(pieces)}]==])"
            joined = (
                f"(function() local all, cut, part = '', '' for _, piece in ipairs({read}) do "
                "part, cut = require('pd_lsp.colours').only(cut .. piece) all = all .. part end return all end)()"
            )
            assert editor.lua(joined) == wanted


def test_a_sequence_that_never_ends_hides_no_more_than_itself(neovim: StartNeovim) -> None:
    editor = neovim("README.md")
    shown = editor.lua("(require('pd_lsp.colours').only('\\27]0;' .. ('x'):rep(5000) .. 'end'))")
    assert shown.endswith("end")

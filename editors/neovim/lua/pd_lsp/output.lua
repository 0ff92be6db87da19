--- The split below that shows runs as they go: a terminal of Neovim's, so that colours are colours.
local colours = require("pd_lsp.colours")
local options = require("pd_lsp.options")
local state = require("pd_lsp.state")

local M = {}

M.DIM, M.BOLD, M.RED, M.GREEN, M.PLAIN = "\27[2m", "\27[1m", "\27[31m", "\27[32m", "\27[0m"

local function is_there()
  return state.output and vim.api.nvim_buf_is_valid(state.output.buffer)
end

local function to_its_end(window)
  local buffer = vim.api.nvim_win_get_buf(window)
  vim.api.nvim_win_set_cursor(window, { vim.api.nvim_buf_line_count(buffer), 0 })
end

--- Shows the split; the person stays in the window they are in.
function M.show()
  local shown = is_there() and vim.fn.bufwinid(state.output.buffer) or -1
  if shown ~= -1 then
    return shown
  end
  local before = vim.api.nvim_get_current_win()
  vim.cmd("botright " .. options.current().height .. "split")
  local window = vim.api.nvim_get_current_win()
  if is_there() then
    vim.api.nvim_win_set_buf(window, state.output.buffer)
  else
    local buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_win_set_buf(window, buffer) -- before the terminal is made: it takes the size of its window
    pcall(vim.api.nvim_buf_set_name, buffer, "pd-lsp://runs")
    state.output = { buffer = buffer, channel = vim.api.nvim_open_term(buffer, {}), cut = "" }
    vim.bo[buffer].scrollback = 100000
  end
  local looks = { number = false, relativenumber = false, signcolumn = "no", list = false, winfixheight = true }
  for name, value in pairs(looks) do
    vim.api.nvim_win_set_option(window, name, value)
  end
  vim.api.nvim_win_set_option(window, "statusline", " pd-lsp %{get(b:,'pd_lsp_doing','')}")
  to_its_end(window)
  vim.api.nvim_set_current_win(before)
  return window
end

local function send(text)
  vim.api.nvim_chan_send(state.output.channel, (text:gsub("\r?\n", "\r\n")))
end

--- Adds text of ours, whose colours are known to be such.
---@param text string
function M.add(text)
  M.show()
  send(text)
end

--- Adds a piece of what a step prints, cut anywhere.
---@param text string
function M.stream(text)
  M.show()
  local shown
  shown, state.output.cut = colours.only(state.output.cut .. text)
  send(shown)
end

--- Says in the line below the split what is going on; nil: nothing.
---@param doing? string
function M.doing(doing)
  if is_there() then
    vim.api.nvim_buf_set_var(state.output.buffer, "pd_lsp_doing", doing or "")
    vim.cmd("redrawstatus!")
  end
end

return M

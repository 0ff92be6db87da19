--- The whole result of a run: a buffer that folds like a tree, from which values are copied and runs compared.
local json = require("pd_lsp.json")
local options = require("pd_lsp.options")
local result = require("pd_lsp.result")
local state = require("pd_lsp.state")

local M = {}

local FIRST = { "exports", "returned", "response", "flow", "error", "outcome", "ok" }
local ALL_OPEN = 60 -- lines; of a longer result the parts are open, and what lies in them is folded
local KEYS = "gy: copy value, gY: copy path, gc: compare, za: fold, q: close" -- on one line of a small terminal

local function title(document)
  local run = type(document.run) == "table" and document.run or {}
  local step = document.step or run.step or "step"
  return (" %s: %s%s"):format(step, result.outcome(document), run.number and (", run %d"):format(run.number) or "")
end

--- What of a document is its result: the output is below, in its own colours.
local function parts(document)
  local kept = {}
  for name, value in pairs(document) do
    if name ~= "stdout" and name ~= "stderr" then
      kept[name] = value
    end
  end
  return kept
end

local function window()
  for _, shown in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if state.views[vim.api.nvim_win_get_buf(shown)] then
      vim.api.nvim_set_current_win(shown)
      return
    end
  end
  vim.cmd("botright vsplit")
end

local function set_window(name, lines)
  vim.wo.foldmethod, vim.wo.foldexpr = "expr", "v:lua.require'pd_lsp.result_view'.fold()"
  vim.wo.foldtext, vim.wo.foldenable = "v:lua.require'pd_lsp.result_view'.folded()", true
  vim.wo.foldlevel, vim.wo.fillchars = lines > ALL_OPEN and 1 or 99, "fold: "
  vim.wo.number, vim.wo.relativenumber, vim.wo.linebreak = false, false, true
  vim.wo.statusline = name:gsub("%%", "%%%%")
end

local function map(buffer, keys, does, description)
  vim.keymap.set("n", keys, does, { buffer = buffer, nowait = true, desc = description })
end

--- Shows the result of a run.
---@param document table as docs/run-json.md of pd-lsp has it
---@param step integer buffer of the step
---@param number? integer of the run among those that are kept; nil: the latest
function M.open(document, step, number)
  local shown = json.document(parts(document), FIRST)
  window()
  local buffer = vim.api.nvim_create_buf(false, true)
  state.views[buffer] = { places = shown.places, step = step, number = number or 1 }
  vim.api.nvim_create_autocmd("BufWipeout", {
    buffer = buffer,
    callback = function()
      state.views[buffer] = nil
    end,
  })
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, shown.lines)
  vim.api.nvim_win_set_buf(0, buffer)
  vim.bo[buffer].bufhidden, vim.bo[buffer].filetype, vim.bo[buffer].modifiable = "wipe", "json", false
  pcall(vim.api.nvim_buf_set_name, buffer, "pd-lsp://result/" .. buffer)
  set_window(title(document), #shown.lines)
  options.say_once(KEYS, vim.log.levels.INFO)
  map(buffer, "q", "<cmd>close<cr>", "Close the result")
  map(buffer, "gy", M.copy_value, "Copy the value")
  map(buffer, "gY", M.copy_path, "Copy the path of the value")
  map(buffer, "gc", function()
    require("pd_lsp.compare").with_the_run_before(step, number or 1)
  end, "Compare with the run before")
end

---@param step integer buffer of the step
function M.open_last(step)
  local last = state.results[vim.uri_from_bufnr(step)]
  if last then
    return M.open(last, step)
  end
  vim.notify("This step has not run since Neovim was started: run it with :PdRun, or choose a run with :PdRuns.")
end

local function place(line)
  local view = state.views[vim.api.nvim_get_current_buf()]
  return view and view.places[line or vim.fn.line(".")]
end

local function copy(text, what)
  vim.fn.setreg(vim.v.register, text)
  vim.notify(("%s is in register %s."):format(what, vim.v.register))
end

--- Copies the value on the line into the register that was named before: a text as it is, all else as JSON.
function M.copy_value()
  local here = place()
  if here then
    local value = here.value
    copy(type(value) == "string" and value or table.concat(json.lines(value), "\n"), "The value")
  end
end

--- Copies how Python reaches it from the part that it is in: `exports["rows"][0]`.
function M.copy_path()
  local here = place()
  if here and here.path[1] then
    local path = here.path[1]
    for _, key in ipairs(vim.list_slice(here.path, 2)) do
      path = ("%s[%s]"):format(path, type(key) == "number" and key or vim.fn.json_encode(key))
    end
    copy(path, path)
  end
end

--- 'foldexpr': an object or list with something in it folds.
function M.fold()
  local here = place(vim.v.lnum)
  return here and here.fold or "0"
end

--- 'foldtext': the line that opens it, how much is in it, and what closes it.
function M.folded()
  local here = place(vim.v.foldstart)
  local first, last = vim.fn.getline(vim.v.foldstart), vim.fn.getline(vim.v.foldend)
  local count = here and type(here.value) == "table" and vim.tbl_count(here.value) or 0
  return ("%s … %d %s %s"):format(first, count, count == 1 and "entry" or "entries", vim.trim(last))
end

return M

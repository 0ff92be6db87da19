--- Which files are steps. pd-lsp has nothing to say in any other Python file, so it is not started there.
local M = {}

local MOST_LINES = 5000 -- of a workflow.yaml or a step; what lies behind is not looked for
local HANDLER = "^%s*def%s+handler%s*%(%s*pd%f[%W_]"
local USES = "^%s*%-?%s*uses:%s*[\"']?(%.[^\"'#]-)[\"']?%s*$"

---@param path string
---@return string
local function real(path)
  return (vim.uv or vim.loop).fs_realpath(path) or path
end

--- The nearest folder at or above `folder` that has one of these, or nil.
---@param folder string
---@param names string[]
---@return string?
local function nearest(folder, names)
  while true do
    for _, name in ipairs(names) do
      if (vim.uv or vim.loop).fs_stat(folder .. "/" .. name) then
        return folder
      end
    end
    local above = vim.fn.fnamemodify(folder, ":h")
    if above == folder then
      return nil
    end
    folder = above
  end
end

---@param folder string that of a workflow.yaml
---@param file string
---@return boolean
local function lists(folder, file)
  local read, lines = pcall(vim.fn.readfile, folder .. "/workflow.yaml", "", MOST_LINES)
  for _, line in ipairs(read and lines or {}) do
    local used = line:match(USES)
    if used and real(folder .. "/" .. used) == file then
      return true
    end
  end
  return false
end

---@param buffer integer
---@return boolean
local function has_handler(buffer)
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, MOST_LINES, false)) do
    if line:find(HANDLER) then
      return true
    end
  end
  return false
end

--- The folder of the workflow that the file in `buffer` lies in; nil where there is none.
---@param buffer integer
---@return string?
function M.workflow(buffer)
  local file = real(vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":p"))
  return nearest(vim.fn.fnamemodify(file, ":h"), { "workflow.yaml" })
end

--- The root of the project that the step in `buffer` belongs to; nil where the buffer holds no step.
--- One server does for all workflows of a repository.
---@param buffer integer
---@return string?
function M.root(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" or name:find("^%w+://") or vim.bo[buffer].buftype ~= "" or vim.bo[buffer].filetype ~= "python" then
    return nil
  end
  local file = real(vim.fn.fnamemodify(name, ":p"))
  local folder = vim.fn.fnamemodify(file, ":h")
  local workflow = nearest(folder, { "workflow.yaml" })
  if not (workflow and lists(workflow, file)) and not has_handler(buffer) then
    return nil
  end
  return nearest(workflow or folder, { "pd-lsp.json", ".git" }) or workflow or folder
end

return M

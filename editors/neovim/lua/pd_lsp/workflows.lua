--- The workflows of the trusted folders: each step with its last result, to be gone to.
local client = require("pd_lsp.client")
local name = require("pd_lsp.overview").name

local M = {}

local function last(step)
  if type(step.last) == "table" then
    return ("%s, %s"):format(name(step.last.outcome), (name(step.last.at):gsub("T", " "):sub(1, 16)))
  end
  return type(step.handler) == "string" and "not run yet" or "does not run here"
end

--- One place for each workflow and each of its steps.
---@return { title: string, uri: string }[]
local function places(workflows)
  local found = {}
  for _, workflow in ipairs(workflows) do
    local problem = type(workflow.problem) == "string" and ": " .. name(workflow.problem) or ""
    table.insert(found, { title = name(workflow.name) .. problem, uri = workflow.uri })
    for _, step in ipairs(workflow.steps) do
      local title = ("  %s › %s: %s"):format(name(workflow.name), name(step.name), last(step))
      table.insert(found, { title = title, uri = step.uri })
    end
  end
  return found
end

local function go_to(place)
  vim.cmd("hide edit " .. vim.fn.fnameescape(vim.uri_to_fname(place.uri)))
  vim.fn.search([[^\s*\(async\s\+\)\?def\s\+handler\>]], "cw")
end

---@param buffer integer
function M.choose(buffer)
  client.execute(buffer, "pd.workflows", vim.empty_dict(), function(answer)
    if type(answer) ~= "table" then
      return
    end
    local found = places(answer.workflows or {})
    if not found[1] then
      return vim.notify("There is no workflow.yaml in a folder that you have trusted: :PdTrust trusts one.")
    end
    vim.ui.select(found, {
      kind = "pd_lsp",
      prompt = "Go to which step?",
      format_item = function(place)
        return place.title
      end,
    }, function(place)
      return place and go_to(place)
    end)
  end)
end

return M

--- JSON as people read it: Neovim's own encoder writes one line.
local M = {}

local encode = vim.json and vim.json.encode or vim.fn.json_encode

---@class pd_lsp.Place what stands on a line
---@field path (string|integer)[] the keys that lead to the value; numbers of entries begin at 0, as JSON's do
---@field value any
---@field fold string what 'foldexpr' has for the line

local function is_list(value)
  if next(value) == nil then
    return getmetatable(value) ~= getmetatable(vim.empty_dict())
  end
  return #value > 0 and #value == #vim.tbl_keys(value)
end

local function scalar(value)
  if value == vim.NIL or value == nil then
    return "null"
  elseif type(value) == "number" and value == math.floor(value) and math.abs(value) < 2 ^ 53 then
    return ("%d"):format(value)
  end
  return (encode(value):gsub("\\/", "/"))
end

local function below(path, key)
  local longer = vim.list_extend({}, path)
  table.insert(longer, key)
  return longer
end

--- Keys in the order of `first`, then the others by name.
local function keys_of(value, first)
  local rank = {}
  for number, key in ipairs(first) do
    rank[key] = number
  end
  local keys = vim.tbl_keys(value)
  table.sort(keys, function(one, other)
    local a, b = rank[one] or math.huge, rank[other] or math.huge
    return a < b or (a == b and one < other)
  end)
  return keys
end

local function add(document, value, path, before, after, first)
  local indent = ("  "):rep(#path)
  local function line(text, fold)
    table.insert(document.lines, text)
    table.insert(document.places, { path = path, value = value, fold = fold })
  end
  if type(value) ~= "table" or value == vim.NIL then
    return line(before .. scalar(value) .. after, "=")
  end
  local list = is_list(value)
  local open, close = list and "[" or "{", list and "]" or "}"
  if next(value) == nil then
    return line(before .. open .. close .. after, "=")
  end
  line(before .. open, #path > 0 and ">" .. #path or "0")
  if list then
    for number, one in ipairs(value) do
      add(document, one, below(path, number - 1), indent .. "  ", number < #value and "," or "")
    end
  else
    local keys = keys_of(value, first or {})
    for number, key in ipairs(keys) do
      local named = indent .. "  " .. scalar(key) .. ": "
      add(document, value[key], below(path, key), named, number < #keys and "," or "")
    end
  end
  line(indent .. close .. after, #path > 0 and "<" .. #path or "0")
end

--- The lines of a value, and what stands on each.
---@param value any what Neovim has read from JSON
---@param first? string[] keys of it that come before the others
---@return { lines: string[], places: pd_lsp.Place[] }
function M.document(value, first)
  local document = { lines = {}, places = {} }
  add(document, value, {}, "", "", first)
  return document
end

---@param value any what Neovim has read from JSON
---@return string[] lines
function M.lines(value)
  return M.document(value).lines
end

return M

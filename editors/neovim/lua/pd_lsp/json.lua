--- JSON as people read it: Neovim's own encoder writes one line.
local M = {}

local encode = vim.json and vim.json.encode or vim.fn.json_encode

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

local function add(lines, value, indent, before, after)
  if type(value) ~= "table" or value == vim.NIL then
    table.insert(lines, before .. scalar(value) .. after)
    return
  end
  local list = is_list(value)
  local open, close = list and "[" or "{", list and "]" or "}"
  if next(value) == nil then
    table.insert(lines, before .. open .. close .. after)
    return
  end
  table.insert(lines, before .. open)
  local inner = indent .. "  "
  if list then
    for number, one in ipairs(value) do
      add(lines, one, inner, inner, number < #value and "," or "")
    end
  else
    local keys = vim.tbl_keys(value)
    table.sort(keys)
    for number, key in ipairs(keys) do
      add(lines, value[key], inner, inner .. scalar(key) .. ": ", number < #keys and "," or "")
    end
  end
  table.insert(lines, indent .. close .. after)
end

---@param value any what Neovim has read from JSON
---@return string[] lines
function M.lines(value)
  local lines = {}
  add(lines, value, "", "", "")
  return lines
end

return M

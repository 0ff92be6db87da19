--- What of a run's output may reach a terminal: text and colours. A step could send anything else there as well, such
--- as the sequence that fills the person's clipboard.
local M = {}

local COLOUR = "^\27%[[%d;:]*m"
local MAY_GO_ON = { "^\27$", "^\27%[[%d;:?<=>!]*[ -/]*$", "^\27[%]PX^_][^\7\27]*\27?$", "^\27[ -/]+$" }
local OTHERS =
  { "^\27%[[%d;:?<=>!]*[ -/]*[@-~]", "^\27[%]PX^_][^\7\27]*\7", "^\27[%]PX^_][^\7\27]*\27\\", "^\27[ -/]*." }
local MOST_KEPT = 4096 -- bytes of a sequence that has not ended; a longer one is dropped as it stands

--- Text without anything but line breaks, tabs and letters.
local function plain(text)
  return (text:gsub("[%z\1-\8\11\12\14-\31\127]", ""):gsub("\194[\128-\159]", ""))
end

--- What may be shown of a piece, and what must wait for the next piece, since a sequence is cut there.
---@param text string with what was kept of the piece before in front
---@return string shown, string cut
function M.only(text)
  local shown, from = {}, 1
  while true do
    local escape = text:find("\27", from, true)
    if not escape then
      table.insert(shown, plain(text:sub(from)))
      return table.concat(shown), ""
    end
    table.insert(shown, plain(text:sub(from, escape - 1)))
    local rest = text:sub(escape)
    local colour = rest:match(COLOUR)
    if colour then
      table.insert(shown, colour)
      from = escape + #colour
    else
      for _, unfinished in ipairs(MAY_GO_ON) do
        if rest:find(unfinished) and #rest <= MOST_KEPT then
          return table.concat(shown), rest
        end
      end
      local length = 1
      for _, other in ipairs(OTHERS) do
        local sequence = rest:match(other)
        if sequence then
          length = #sequence
          break
        end
      end
      from = escape + length
    end
  end
end

--- The text of an output, without its colours.
---@param text string
---@return string
function M.without(text)
  return (M.only(text):gsub("\27%[[%d;:]*m", ""))
end

return M

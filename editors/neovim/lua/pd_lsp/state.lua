--- All that the plugin remembers, in one table; everything else here is functions.
---@class pd_lsp.State
---@field options? pd_lsp.Options what setup() was given; nil before it was called
---@field clients table<string, integer> clients by root, for Neovim 0.7, which can't find them itself
---@field output? { buffer: integer, channel: integer, cut: string } the terminal that shows the runs
---@field results table<string, table> the last result of each step, by URI
---@field views table<integer, { places: table[], step: integer, number: integer }> buffers that show a result
---@field running table<string, boolean> the steps that run now, by URI
---@field restarts integer[] when a server was started again after it had died, in seconds
---@field ending table<integer, boolean> clients that the person has ended
---@field told table<string, boolean> sentences that are said once
---@field waiting table<string, fun()[]> what is called with the next news of that kind
---@field status table<string, { text: string, asked: boolean }> whose accounts count, by client and folder
local state = {
  options = nil,
  clients = {},
  output = nil,
  results = {},
  views = {},
  running = {},
  restarts = {},
  ending = {},
  told = {},
  waiting = {},
  status = {},
}

return state

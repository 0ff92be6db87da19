-- A stand-in for nvim-dap, which is in no registry that the tests install from: what it sends, in nvim-dap's order (its
-- lua/dap/session.lua was read for that), and no more of its surface than the tests use.
local M = { adapters = {}, configurations = {} }

local breakpoints = {} -- by buffer, their lines
local session

local function send(command, arguments, answered)
  session.waiting[session.seq] = answered
  local message = { seq = session.seq, type = "request", command = command, arguments = arguments }
  session.seq = session.seq + 1
  local body = vim.fn.json_encode(message)
  vim.fn.chansend(session.job, ("Content-Length: %d\r\n\r\n%s"):format(#body, body))
end

local events = {}

--- Breakpoints, then the filters for exceptions that are on by default, then: go.
function events.initialized()
  local missing = vim.tbl_count(breakpoints)
  local function go_on()
    local filters = {}
    for _, filter in ipairs(session.capabilities.exceptionBreakpointFilters or {}) do
      if filter.default then
        table.insert(filters, filter.filter)
      end
    end
    send("setExceptionBreakpoints", { filters = filters }, function()
      send("configurationDone", nil, function() end)
    end)
  end
  for buffer, lines in pairs(breakpoints) do
    local path = vim.api.nvim_buf_get_name(buffer)
    local set = vim.tbl_map(function(line)
      return { line = line }
    end, lines)
    send("setBreakpoints", { source = { path = path }, breakpoints = set, lines = lines }, function()
      missing = missing - 1
      if missing == 0 then
        go_on()
      end
    end)
  end
  if missing == 0 then
    go_on()
  end
end

--- Shows the line, and keeps what the frame has.
function events.stopped(stopped)
  session.thread = stopped.threadId
  send("threads", nil, function()
    send("stackTrace", { threadId = stopped.threadId }, function(stack)
      local frame = stack.stackFrames[1]
      vim.cmd("drop " .. vim.fn.fnameescape(frame.source.path))
      vim.api.nvim_win_set_cursor(0, { frame.line, 0 })
      vim.fn.sign_place(0, "dap", "DapStopped", vim.fn.bufnr(frame.source.path), { lnum = frame.line })
      send("scopes", { frameId = frame.id }, function(found)
        send("variables", { variablesReference = found.scopes[1].variablesReference }, function(locals)
          M.stopped_at = { line = frame.line, variables = locals.variables }
        end)
      end)
    end)
  end)
end

function events.terminated()
  vim.fn.sign_unplace("dap")
  vim.fn.jobstop(session.job)
  session, M.ended = nil, true
end

local function take(message)
  if message.type == "event" and events[message.event] then
    events[message.event](message.body)
  elseif message.type == "response" then
    assert(message.success, message.message)
    session.waiting[message.request_seq](message.body)
  end
end

--- Takes what has come, cut anywhere, and gives each whole message on.
local function read(_, lines)
  if not session then
    return
  end
  session.read = session.read .. table.concat(lines, "\n")
  while session do
    local head, last = session.read:find("\r\n\r\n", 1, true)
    local length = head and tonumber(session.read:sub(1, head):match("Content%-Length: (%d+)"))
    if not length or #session.read < last + length then
      return
    end
    local body = session.read:sub(last + 1, last + length)
    session.read = session.read:sub(last + length + 1)
    take(vim.fn.json_decode(body))
  end
end

function M.run(configuration)
  local adapter = M.adapters[configuration.type]
  assert(adapter.type == "executable")
  M.stopped_at, M.ended, M.configuration = nil, false, configuration
  session = { seq = 0, waiting = {}, read = "" }
  session.job = vim.fn.jobstart(vim.list_extend({ adapter.command }, adapter.args), { on_stdout = read })
  local hello = { adapterID = "nvim-dap", pathFormat = "path", columnsStartAt1 = true, linesStartAt1 = true }
  hello.supportsRunInTerminalRequest, hello.supportsVariableType = true, true
  send("initialize", hello, function(capabilities)
    session.capabilities = capabilities
    send(configuration.request, configuration, function() end)
  end)
end

function M.toggle_breakpoint()
  local buffer, line = vim.api.nvim_get_current_buf(), vim.fn.line(".")
  breakpoints[buffer] = breakpoints[buffer] or {}
  table.insert(breakpoints[buffer], line)
  vim.fn.sign_place(0, "dap", "DapBreakpoint", buffer, { lnum = line })
end

function M.continue()
  if not session then
    return M.run(M.configurations[vim.bo.filetype][1])
  end
  vim.fn.sign_unplace("dap", { buffer = vim.api.nvim_get_current_buf() })
  M.stopped_at = nil
  send("continue", { threadId = session.thread }, function() end)
end

vim.fn.sign_define("DapBreakpoint", { text = "B" })
vim.fn.sign_define("DapStopped", { text = "→", linehl = "debugPC" })

return M

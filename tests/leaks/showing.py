"""What steps do that shows a secret, without meaning to: a new way is a line in one of these tables.

In all of them but `ENDS` the code is done for each of fourteen values, as `value`, whose name is `name`. In `ENDS` it is
the end of a handler, with all of them in `values` and the account in `auth`.
"""

# ruff: noqa: E501 - a table is read by its lines

from collections.abc import Iterable
from textwrap import indent

PRINTED = {
    "as it is": "value",
    "repr": "repr(value)",
    "ascii": "ascii(value)",
    "bytes": "value.encode()",
    "in an object": "{name: [value]}",
    "as a key": "{value: name}",
    "in an f-string": 'f"{name}={value!r};"',
    "upper": "value.upper()",
    "lower": "value.lower()",
    "JSON": "json.dumps({value: value})",
    "JSON without ASCII": "json.dumps(value, ensure_ascii=False, indent=2)",
    "JSON twice": "json.dumps(json.dumps(value))",
    "repr of JSON": "repr(json.dumps({name: value}))",
    "base64": "base64.b64encode(value.encode())",
    "base64, second place": 'base64.b64encode(b":" + value.encode()).decode()',
    "base64, third place": 'base64.b64encode(b"ab" + value.encode()).decode()',
    "base64 for URLs": "base64.urlsafe_b64encode(value.encode()).decode()",
    "base64 twice": "base64.b64encode(base64.b64encode(value.encode())).decode()",
    "base64 in lines": "base64.encodebytes(value.encode()).decode()",
    "base64 in lines, its repr": "base64.encodebytes(value.encode())",
    "basic authentication": '{"Authorization": "Basic " + base64.b64encode(f"bot:{value}".encode()).decode()}',
    "hex": "value.encode().hex()",
    "percent": 'urllib.parse.quote(value, safe="")',
    "percent in a path": "urllib.parse.quote(value)",
    "percent in a form": 'urllib.parse.urlencode({"token": value})',
    "HTML": "html.escape(value)",
    "HTML without quotes": "html.escape(value, quote=False)",
    "shell": "shlex.quote(value)",
    "colours": r'"\x1b[31m" + "\x1b[32m".join(value) + "\x1b[0m"',
    "a rainbow": r'"\x1b[38;2;255;128;100m".join(value)',
    "colours around": r'f"\x1b[1;31m{value}\x1b[0m"',
    "parts of a URL": 'urllib.parse.urlsplit(value) if name == "URL" else urllib.parse.urlsplit(f"x:{name}").path',
    "parts of a JWT": 'value.split(".") if name == "JWT" else name',
    "locals()": "locals()",
    "lines": "value.splitlines()",
}
"""What is given to `print`."""

RAISED = {
    "an exception": "raise ValueError(value)",
    "a number": "int(value)",
    "a float": "float(value)",
    "a decimal": "decimal.Decimal(value)",
    "a date": 'datetime.datetime.strptime(value, "%Y")',
    "an ISO date": "datetime.datetime.fromisoformat(value)",
    "an address": "ipaddress.ip_address(value)",
    "a UUID": "uuid.UUID(value)",
    "a key": "{}[value]",
    "an attribute": "getattr(json, value)",
    "a module": "importlib.import_module(value)",
    "an encoding": '"".encode(value)',
    "a literal": "ast.literal_eval(value)",
    "code": "exec(value)",
    "a pattern": "re.compile('(' + value)",
    "a file": "open(value)",
    "a folder": "os.listdir(value)",
    "a program": "subprocess.run([value])",
    "a URL": "urllib.request.urlopen(value)",
    "a host": "socket.create_connection((value, 443))",
    "a header": 'requests.get("https://slack.com/api", headers={"Authorization": value})',
    "a path": 'requests.get("https://slack.com:444/" + value)',
    "an index": "[][value]",
    "an enum": 'enum.Enum("Kind", ["A"])(value)',
    "a template": 'string.Template("$x").substitute({value: 1})',
    "a pattern of a date": "datetime.datetime.strptime('2024', value)",
    "an argument": 'argparse.ArgumentParser().parse_args(["--" + value])',
    "a variable": "os.environ[value]",
    "an assertion": "assert value == 1, value",
    "a chain": "raise ValueError(value) from KeyError(value)",
}
"""Raises for each value; what a step does with it is a table of its own."""

WRITTEN = {
    "writes each character": "[sys.stdout.write(character) + (sys.stdout.flush() or 0) for character in value]",
    "writes pieces to the descriptor": "[os.write(1, value.encode()[at : at + 7]) for at in range(0, len(value.encode()), 7)]",
    "writes to both streams": "sys.stdout.write(value); sys.stderr.write(value)",
    "writes UTF-16 to the buffer": '[sys.stdout.buffer.write(value.encode(order)) for order in ("utf-16-le", "utf-16-be")]',
    "logs": "logging.warning(value); logging.error('token %r', value)",
    "warns": "warnings.warn(value)",
    "pretty-prints": "pprint.pprint({name: value});",
    "writes CSV": "csv.writer(sys.stdout).writerow([name, value])",
    "prints a header as http.client does": 'print("send:", repr(f"GET / HTTP/1.1\\r\\nAuthorization: {value}\\r\\n".encode()))',
    "lets another program print it": "subprocess.run(['cat'], input=value.encode()); subprocess.run(['cat'], input=value.encode(), stdout=2)",
    "lets another Python raise it": "subprocess.run([sys.executable, '-c', 'raise SystemExit(open(0).read())'], input=value.encode())",
    "raises it in a thread": "t = threading.Thread(target=fail, args=(value,)); t.start(); t.join()",
    "raises it in __del__": "type('Closing', (), {'__del__': lambda self: fail(value)})()",
    "raises it in a task that nobody waits for": "asyncio.run(forgotten(value))",
    "prints a traceback with locals": "print(*traceback.TracebackException.from_exception(ValueError(value), capture_locals=True).format())",
}
"""Writes by itself."""

GIVEN = {
    "exports it": "pd.export(name, value)",
    "exports it as a name": "pd.export(value, {value: [value, {value: 1}]})",
    "exports it inside something": "pd.export(name, {'text': f'before {value} after', 'encoded': base64.b64encode(value.encode()).decode()})",
    "responds with it": "pd.respond({'status': 200, 'body': value, 'headers': {'x-' + name: value}})",
    "responds with bytes of it": "pd.respond({'status': 200, 'body': {value: value}})",
    "gives it as a reason": "pd.flow.exit(value)",
    "gives it to the next run": "pd.flow.rerun(1000, {value: value})",
    "mails it": "pd.send.email(subject=value, text=value, html=value)",
    "mails it as bytes": "pd.send.email(subject=value.encode(), text=[value], html=None)",
    "keeps it in a data store": "pd.inputs['data_store'][name] = value; pd.inputs['data_store'][f'k{name}'] = [value]",
    "names a key of a data store after it": "pd.inputs['data_store'][value] = 1",
    "names a file after it": "open(base64.urlsafe_b64encode(value.encode()).decode()[:200], 'w').write(value)",
}
"""What is given to the platform; of each a run of its own."""

ENDS = {
    "returns it": "return auth",
    "returns it inside something": "return {value: [f'<{value}>', json.dumps(value)] for value in values}",
    "raises it": "raise ValueError(*values)",
    "raises it with a cause": "raise ValueError(values) from KeyError(*values)",
    "raises it with a context": "try:\n    raise KeyError(*values)\nfinally:\n    raise ValueError('\\n'.join(values))",
    "raises a group": "raise ExceptionGroup(values[0], [ValueError(value) for value in values])",
    "raises with notes": "error = ValueError('refused')\n[error.add_note(value) for value in values]\nraise error",
    "raises a type of that name": "raise type(values[0], (Exception,), {})(values[1])",
    "exits with it": "sys.exit(repr(values))",
    "has a syntax error in it": "exec('x = ' + ', '.join(values))",
    "compiles a file of that name": "compile('(', values[0], 'exec')",
    "raises an error that can't be shown": "raise type('Odd', (Exception,), {'__str__': lambda self: fail(values)})()",
    "raises from another library": "raise requests.HTTPError(f'401 for {values}', response=requests.Response())",
    "crashes": "print(*values)\nsys.stdout.flush()\nfaulthandler.enable()\nctypes.string_at(0)",
    "aborts": "print(*values, file=sys.stderr)\nos.abort()",
    "leaves at once": "print(*values)\nsys.stdout.flush()\nos._exit(3)",
    "exports what is no JSON": "pd.export('set', {value: {value} for value in values})",
    "returns what is no JSON": "return type(values[0], (), {'__repr__': lambda self: repr(values)})()",
    "returns too much": "return [values] * 300",
    "exports NaN beside it": "pd.export('x', {values[0]: float('nan')})",
    "asks for a step of that name": "pd.steps[values[0]]",
    "asks for an input of that name": "pd.inputs[values[0]]",
    "asks for a member of that name": "getattr(pd, values[1])",
    "delays for that long": "pd.flow.delay(values[0])",
    "floods": "line = 'x y z ' * 700 + values[0] + ' ' + values[9] + '\\n'\n[sys.stdout.write(line) for _ in range(20_000_000 // len(line))]",
}

_TEXT = """\
import argparse, ast, asyncio, base64, contextlib, csv, ctypes, datetime, decimal, enum, faulthandler, html, importlib
import ipaddress, json, logging, os, pprint, re, requests, shlex, socket, string, subprocess, sys, threading, time
import traceback, urllib.parse, urllib.request, uuid, warnings


def fail(value):
    raise ValueError(value)


async def forgotten(value):
    task = asyncio.ensure_future(refuse(value))
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def refuse(value):
    raise ValueError(value)


def show(pd, name, value):
{each}


def handler(pd):
    auth = pd.inputs["canaries"]["$auth"]
    values = list(auth.values())
    for name, value in [*auth.items(), *((name, os.environ[name]) for name in auth)]:
        show(pd, name, value)
{end}
"""


def step_that_shows(each: str, end: str = "return None") -> str:
    """A step that does `each` for every value of its account and of the `.env`, and then `end`."""
    return _TEXT.format(each=indent(each, "    "), end=indent(end, "    "))


def step_that_prints() -> str:
    """A step that prints every value in every way, to both streams."""
    lines = [f"print({way!r}, name, {what})\nprint({what}, file=sys.stderr)" for way, what in PRINTED.items()]
    return step_that_shows("\n".join(lines))


def step_that_writes() -> str:
    """A step that writes every value in every way."""
    return step_that_shows("\n".join(f"print({way!r}, name)\n{what}\nprint()" for way, what in WRITTEN.items()))


def step_that_catches(errors: Iterable[str]) -> str:
    """A step that shows what is raised for each value, in the ways in which exceptions are logged."""
    return step_that_shows("\n".join(_CAUGHT.format(way=error, failing=RAISED[error]) for error in errors))


def step_that_waits(way: str) -> str:
    """A step that prints every value and then waits for somebody to open the named pipe `way`."""
    return step_that_shows("print(value, flush=True)", f"open({way!r}).read()\nreturn values")


def step_that_ends(end: str) -> str:
    """A step that ends so, with every value of its account in `values`."""
    return step_that_shows("pass", end)


_CAUGHT = """\
try:
    {failing}
except BaseException as error:
    print({way!r}, error)
    print({way!r}, repr(error), type(error).__name__, error.args)
    traceback.print_exc()
    logging.exception("It did not work")
"""

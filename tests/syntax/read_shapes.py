"""What a key can be read of: by name of the shape, the code with `$0` at the key, and the way from `pd` to it."""

AUTH = "inputs slack $auth"

CHAINS = {
    "an item by its number": ('x = pd.steps["f"]["items"][0]["$0"]', "steps f items 0"),
    "an item from the end": ('x = pd.steps["f"]["items"][-1]["$0"]', "steps f items -1"),
    "over lines that a backslash continues": ('x = pd.inputs["slack"] \\\n        ["$auth"]["$0"]', AUTH),
    "with a comment in its midst": ('x = (pd.inputs["slack"]  # the team\'s\n        ["$auth"]["$0"])', AUTH),
    "a constant as a key": ('KEY = "slack"\n    x = pd.inputs[KEY]["$auth"]["$0"]', AUTH),
    "a constant in .get": ('KEY = "slack"\n    x = pd.inputs.get(KEY, {}).get("$auth")["$0"]', AUTH),
    "a choice in brackets": ('x = (other if c else pd.inputs["slack"]["$auth"])["$0"]', AUTH),
    "a walrus in an f-string": ('f\'{(auth := pd.inputs["slack"]["$auth"])["$0"]}\'', AUTH),
    "a dictionary right there": ('x = {"a": pd.inputs["slack"]["$auth"]}["a"]["$0"]', AUTH),
}
NAMES = {
    "an assignment": ('auth = pd.inputs["slack"]["$auth"]\n    auth["$0"]', AUTH),
    "an annotated assignment": ('auth: dict = pd.inputs["slack"]["$auth"]\n    auth["$0"]', AUTH),
    "a walrus": ('if auth := pd.inputs["slack"]["$auth"]:\n        auth["$0"]', AUTH),
    "a tuple": ('a, b = pd.inputs["slack"], pd.inputs["github"]\n    b["$0"]', "inputs github"),
    "a list": ('[a, b] = [pd.inputs["slack"], pd.inputs["github"]]\n    a["$0"]', "inputs slack"),
    "two names at once": ('a = b = pd.inputs["slack"]["$auth"]\n    a["$0"]', AUTH),
    "with": ('with pd.inputs["slack"]["$auth"] as auth:\n        auth["$0"]', AUTH),
    "with nullcontext": ('with nullcontext(pd.inputs["slack"]["$auth"]) as auth:\n        auth["$0"]', AUTH),
    "a default of a parameter": ('def f(auth=pd.inputs["slack"]["$auth"]):\n        return auth["$0"]', AUTH),
    "a default of a lambda": ('f = lambda auth=pd.inputs["slack"]["$auth"]: auth["$0"]', AUTH),
    "a dictionary of accounts": ('all = {"s": pd.inputs["slack"]}\n    all["s"]["$auth"]["$0"]', AUTH),
    "its values": ('all = {"s": pd.inputs["slack"]}\n    for app in all.values():\n        app["$0"]', "inputs slack"),
    "its items": ('all = {"s": pd.inputs["x"]}\n    for name, app in all.items():\n        app["$0"]', "inputs x"),
    "a loop": ('for app in (pd.inputs["slack"], pd.inputs["x"]):\n        app["$0"]', "inputs slack"),
    "a loop that counts": ('for n, app in enumerate([pd.inputs["slack"]]):\n        app["$0"]', "inputs slack"),
    "a loop over what a step gave": ('for item in pd.steps["f"]["list"]:\n        item["$0"]', "steps f list 0"),
    "a comprehension": ('x = [app["$0"] for app in (pd.inputs["slack"], 1)]', "inputs slack"),
    "a comprehension of a dictionary": ('x = {app["$0"]: 1 for app in [pd.inputs["slack"]]}', "inputs slack"),
    "match": ('match pd.steps["f"]:\n        case found:\n            found["$0"]', "steps f"),
    "match with as": ('match pd.steps["f"]:\n        case {} as found:\n            found["$0"]', "steps f"),
    "match with a key": ('match pd.steps["f"]:\n        case {"a": found}:\n            found["$0"]', "steps f a"),
    "the first of a choice": ('app = pd.inputs["slack"] if c else None\n    app["$0"]', "inputs slack"),
    "the second of a choice": ('app = None if c else pd.inputs["slack"]\n    app["$0"]', "inputs slack"),
    "the nearer of two branches": (
        'if c:\n        app = pd.inputs["x"]\n    else:\n        app = pd.inputs["slack"]\n    app["$0"]',
        "inputs slack",
    ),
    "the branch that tells something": (
        'if c:\n        app = pd.inputs["slack"]\n    else:\n        app = load()\n    app["$0"]',
        "inputs slack",
    ),
    "before an exception": (
        'try:\n        app = pd.inputs["slack"]\n    except KeyError:\n        app = None\n    app["$0"]',
        "inputs slack",
    ),
    "a copy": ('auth = dict(pd.inputs["slack"]["$auth"])\n    auth["$0"]', AUTH),
    "getattr": ('inputs = getattr(pd, "inputs", {})\n    inputs["slack"]["$0"]', "inputs slack"),
    "a closure": ('auth = pd.inputs["slack"]["$auth"]\n    def inner():\n        return auth["$0"]', AUTH),
    "a closure above its value": (
        'def inner():\n        return auth["$0"]\n    auth = pd.inputs["slack"]["$auth"]',
        AUTH,
    ),
    "another name of pd": ('p = pd\n    p.inputs["slack"]["$0"]', "inputs slack"),
    "another name of pd.steps": ('steps = pd.steps\n    steps["f"]["$0"]', "steps f"),
    "the argument of a lambda": ('f = lambda auth: auth["$0"]\n    f(pd.inputs["slack"]["$auth"])', AUTH),
    "what a lambda gives": ('app = lambda name: pd.inputs[name]\n    app("slack")["$0"]', "inputs slack"),
    "what a function in the handler gives": (
        'def auth():\n        return pd.inputs["slack"]["$auth"]\n    auth()["$0"]',
        AUTH,
    ),
}

TEXTS = {
    "the argument of a helper above": (
        """\
def token(auth):
    return auth["$0"]

def handler(pd):
    token(pd.inputs["slack"]["$auth"])
""",
        AUTH,
    ),
    "an argument by name of a helper below": (
        """\
def handler(pd):
    token(1, auth=pd.inputs["slack"]["$auth"])

def token(x, auth):
    auth["$0"]
""",
        AUTH,
    ),
    "a helper that is half typed in an f-string": (
        """\
def handler(pd):
    token(pd.inputs["slack"]["$auth"])

def token(auth):
    return f'{auth["$0
""",
        AUTH,
    ),
    "a helper whose header takes several lines": (
        """\
def token(
    x: int,
    auth: dict,
) -> str:
    return auth["$0"]

def handler(pd):
    token(1, pd.inputs["slack"]["$auth"])
""",
        AUTH,
    ),
    "such a helper below its call": (
        """\
def handler(pd):
    token(1, pd.inputs["slack"]["$auth"])

def token(
    x,
    auth,
):
    return auth["$0"]
""",
        AUTH,
    ),
    "the first call that tells something": (
        """\
def token(a):
    a["$0"]

def handler(pd):
    token(x)
    token(pd.inputs["a"])
    token(pd.inputs["b"])
""",
        "inputs a",
    ),
    "a default, and not its own calls": (
        """\
def f(auth=PD.inputs["slack"]["$auth"]):
    f(auth["$0"])

def handler(PD):
    f()
""",
        AUTH,
    ),
    "what a helper gives": (
        """\
def slack(pd):
    return pd.inputs["slack"]

def handler(pd):
    slack(pd)["$auth"]["$0"]
""",
        AUTH,
    ),
    "what a helper gives, half typed": (
        """\
def slack(pd):
    return pd.inputs["slack"]

def handler(pd):
    x = slack(pd)["$auth"]["$0
""",
        AUTH,
    ),
    "what a helper makes of its arguments": (
        """\
def app(p, name):
    return p.inputs[name]

def handler(pdm):
    app(pdm, "other")
    app(pdm, "slack")["$auth"]["$0"]
""",
        AUTH,
    ),
    "a default of a helper": (
        """\
def app(pd, name="slack"):
    return pd.inputs[name]

def handler(pd):
    app(pd)["$0"]
""",
        "inputs slack",
    ),
    "pd.inputs under the name pd": (
        """\
def go(pd):
    return pd["slack"]["$auth"]["$0"]

def handler(pd):
    go(pd.inputs)
""",
        AUTH,
    ),
    "an attribute that __init__ sets": (
        """\
class Api:
    def __init__(self, pd):
        self.auth = pd.inputs["slack"]["$auth"]

    def call(self):
        return self.auth["$0"]
""",
        AUTH,
    ),
    "the same in a half-typed method": (
        """\
class Api:
    def __init__(self, pd):
        self.auth = pd.inputs["slack"]["$auth"]

    def call(self):
        return self.auth["$0

    def more(self):
        pass
""",
        AUTH,
    ),
    "pd that an instance keeps": (
        """\
class Api:
    def __init__(self, p):
        self.pd = p

    def call(self):
        self.pd.inputs["slack"]["$0"]

def handler(pdm):
    Api(pdm).call()
""",
        "inputs slack",
    ),
    "an attribute of an instance": (
        """\
class Api:
    def __init__(self, p):
        self.a, self.b = 1, p.inputs['slack']

def handler(pdm):
    api = Api(pdm)
    api.b["$0"]
""",
        "inputs slack",
    ),
    "a property": (
        """\
class Api:
    def __init__(self, p):
        self.p = p
    @property
    def auth(self):
        return self.p.inputs["slack"]

def handler(pd):
    Api(pd).auth["$0"]
""",
        "inputs slack",
    ),
    "what a method gives": (
        """\
class Api:
    def __init__(self, p):
        self.p = p
    def app(self, name):
        return self.p.inputs[name]

def handler(pd):
    Api(pd).app("slack")["$0"]
""",
        "inputs slack",
    ),
    "the argument of a method": (
        """\
class Api:
    def send(self, auth):
        auth["$0"]

def handler(pd):
    Api().send(pd.inputs["a"])
""",
        "inputs a",
    ),
    "what the class above it keeps": (
        """\
class Base:
    def __init__(self, p):
        self.p = p
class Api(Base):
    pass

def handler(pd):
    Api(pd).p.inputs["$0"]
""",
        "inputs",
    ),
    "what the class above is given by calls of the class below": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

class Api(Base):
    def call(self):
        return self.p.inputs["$0"]

def handler(pdm):
    Api(pdm).call()
""",
        "inputs",
    ),
    "what a class hands to the class above it": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

class Api(Base):
    def __init__(self, other, p):
        super().__init__(p)

def handler(pd):
    Api(pd.inputs["a"], pd.inputs["b"]).p["$0"]
""",
        "inputs b",
    ),
    "the same in a method": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

class Api(Base):
    def __init__(self, other, p):
        super().__init__(p)

    def call(self):
        return self.p["$0"]

def handler(pd):
    Api(pd.inputs["a"], pd.inputs["b"]).call()
""",
        "inputs b",
    ),
    "what a class two levels above keeps": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

class Middle(Base):
    pass

class Api(Middle):
    def call(self):
        return self.p["$0"]

def handler(pd):
    Api(pd.inputs["a"]).call()
""",
        "inputs a",
    ),
    "a method of the class above": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

    def app(self, name):
        return self.p.inputs[name]

class Api(Base):
    def call(self):
        return self.app("a")["$0"]

def handler(pdm):
    Api(pdm).call()
""",
        "inputs a",
    ),
    "a method of a class that only a class below it makes": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

    def call(self):
        return self.p["$0"]

class Api(Base):
    pass

def handler(pd):
    Api(pd.inputs["a"]).call()
""",
        "inputs a",
    ),
    "a class above, and not the calls of another class below it": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

class Api(Base):
    def call(self):
        return self.p["$0"]

class Other(Base):
    pass

def handler(pd):
    Other(pd.inputs["o"])
    Api(pd.inputs["a"]).call()
""",
        "inputs a",
    ),
    "a class above that stands below": (
        """\
class Api(Base):
    def call(self):
        return self.p.inputs["$0"]

class Base:
    def __init__(self, p):
        self.p = p

def handler(pdm):
    Api(pdm).call()
""",
        "inputs",
    ),
    "the same two levels below it": (
        """\
class Base:
    def __init__(self, p):
        self.p = p

    def call(self):
        return self.p["$0"]

class Middle(Base):
    pass

class Api(Middle):
    pass

def handler(pd):
    Api(pd.inputs["a"]).call()
""",
        "inputs a",
    ),
    "an attribute of a class": (
        """\
class Api:
    auth = {"a": 1}
    all = {"s": PD.inputs["slack"]}

def handler(PD):
    Api().all["s"]["$0"]
""",
        "inputs slack",
    ),
    "a constant of the module": (
        """\
K = "slack"
def handler(pd):
    pd.inputs[K]["$0"]
""",
        "inputs slack",
    ),
    "a constant below": (
        """\
def handler(pd):
    pd.inputs[K]["$0"]

K = "slack"
""",
        "inputs slack",
    ),
    "any name of the parameter": (
        """\
@trace
async def handler(pipedream):
    pipedream.inputs["$0"]
""",
        "inputs",
    ),
    "another name of that": (
        """\
def handler(pipedream):
    pd = pipedream
    pd.inputs["$0"]
""",
        "inputs",
    ),
    "pd beside a pandas of the same name": (
        """\
import pandas as pd
def handler(pd):
    pd.inputs["$0"]
""",
        "inputs",
    ),
}

OTHERS = {
    "pandas": 'import pandas as pd\ndef handler(pdm):\n    pd.inputs["$0"]\n',
    "a name that is rebound": 'def handler(pd):\n    a = pd.inputs["a"]\n    a = load()\n    a["$0"]\n',
    "a parameter of the same name": 'def handler(pd):\n    a = pd.inputs["a"]\n    def f(a):\n        return a["$0"]\n',
    "a parameter of a half-typed function": 'a = pd.inputs["a"]\ndef f(a):\n    return a["$0',
    "a name of another function": 'def f(pd):\n    a = pd.inputs["a"]\n\ndef handler(pd):\n    a["$0"]\n',
    "a name of a class": 'class A:\n    a = pd.inputs["a"]\n    def f(self):\n        a["$0"]\n',
    "an import": 'from x import a\ndef handler(pd):\n    a["$0"]\n    pd.inputs["a"]\n',
    "a loop that goes elsewhere": 'def handler(pd):\n    a = pd.inputs["a"]\n    for a in b:\n        a["$0"]\n',
    "what a call of something else gives": 'def handler(pd):\n    load(pd.inputs["a"])["$0"]\n',
    "a function that calls itself": 'def f(a):\n    return f(a["x"])\n\ndef handler(pd):\n    pd.inputs; f(1)["$0"]\n',
    "classes that are above each other": (
        'import x\nclass A(B):\n    def f(self):\n        self.p["$0"]\nclass B(A):\n'
        "    def __init__(self, p):\n        super().__init__(p)\n"
    ),
    "a class above that nobody hands anything": (
        "class A:\n    def __init__(self, p=None):\n        self.p = p\nclass B(A):\n    def __init__(self, p):\n"
        '        super().__init__()\n    def f(self):\n        self.p["$0"]\nB(pd.inputs["a"])\n'
    ),
    "names that are each other": 'def handler(pd):\n    a = b\n    b = a\n    pd.inputs; a["$0"]\n',
    "a name for two apps at once": 'def handler(pd):\n    pd.inputs[name]["$0"]\n',
}

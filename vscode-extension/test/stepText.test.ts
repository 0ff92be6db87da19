import assert from "node:assert/strict";
import { test } from "node:test";

import { canBeStep } from "../src/stepText";

const STEPS = [
  'def handler(pd: "pipedream"):\n    return 1\n',
  "import requests\n\n\nasync def handler(pd):\n    pass\n",
  "def handler(\n    pd,\n):\n    pass\n",
  'def ready(pd):\n    return pd.inputs["slack"]\n',
  'pd.export("a", 1)\n',
];
const OTHERS = [
  "",
  "def handler(event, context):\n    return event\n",
  "import pandas as pd\n\nframe = pd.read_csv('a')\n",
  "def handler(pdf):\n    pass\n",
  "class Handler:\n    def handle(self, pd):\n        pass\n",
];

test("a handler of Pipedream's kind, and code that reads what only a step has, can be a step", () => {
  assert.deepEqual(
    STEPS.filter((text) => !canBeStep(text)),
    [],
  );
});

test("an empty file, a handler of AWS, pandas and other Python can not", () => {
  assert.deepEqual(OTHERS.filter(canBeStep), []);
});

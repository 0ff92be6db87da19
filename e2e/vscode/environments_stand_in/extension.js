/**
 * A stand-in for the extension Python Environments, which can't be installed where these tests run. What is selected
 * stands in a file of the person's home: `{"window": PATH, "folder": PATH}`. A person changes it in a list; here the
 * file is written anew.
 */
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { EventEmitter } = require("vscode");

const FILE = path.join(os.homedir(), "selected-pythons.json");

function selected(scope) {
  const python = JSON.parse(fs.readFileSync(FILE, "utf8"))[scope === undefined ? "window" : "folder"];
  if (python === undefined) {
    return undefined;
  }
  const cfg = path.join(path.dirname(path.dirname(python)), "pyvenv.cfg");
  const version = fs.existsSync(cfg) ? /^version = (.*)$/m.exec(fs.readFileSync(cfg, "utf8"))?.[1] : undefined;
  return { name: "env", displayName: "env", version, execInfo: { run: { executable: python } } };
}

exports.activate = (context) => {
  const changed = new EventEmitter();
  fs.watchFile(FILE, { interval: 100 }, () => changed.fire({ uri: undefined }));
  context.subscriptions.push(changed, { dispose: () => fs.unwatchFile(FILE) });
  return { getEnvironment: async (scope) => selected(scope), onDidChangeEnvironment: changed.event };
};

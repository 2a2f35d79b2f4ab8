#!/usr/bin/env node
// Checks the version of Node, installs missing node modules, and then runs `scripts/<name>.ts` in this process.
// This is plain JavaScript without dependencies, because it runs first in a fresh clone.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { beginReport, endsFor, hearSignals, onSignal, takeOver } from "../check/report/early-report.mjs";
import { reportFolder } from "../check/report/report-files.mjs";

const root = new URL("../", import.meta.url);
const [name, ...args] = process.argv.slice(2);

/** @param message the line for the user, @param details the stack trace of a defect */
function fail(message, details = "") {
  endsFor(message);
  process.stderr.write(`${message}\n${details}`);
  process.exit(2);
}

/** The report folder of each command that writes a report. With `--help` a command runs no check and leaves the folder alone. */
const reportFolders = {
  "check-stack": () => reportFolder(args),
  start: () => fileURLToPath(new URL(".local/report", root)),
};
const asksForHelp = args.includes("--help") || args.includes("-h");
const ownReport = asksForHelp ? undefined : reportFolders[name]?.();

// This comes before all slow work, so that a process that ends early leaves its own report instead of an earlier check's.
hearSignals();
if (ownReport !== undefined) {
  const problem = beginReport(ownReport);
  if (problem !== undefined) fail(problem);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, root), "utf8"));
  } catch {
    return undefined;
  }
}

/** Whether a package's folder exists. npm's list of installed packages may name deleted ones. */
function isThere(name) {
  return existsSync(new URL(`${name}/package.json`, root));
}

/**
 * Whether the installed modules match the lockfile. npm writes `node_modules/.package-lock.json` at the end of an
 * installation, so it is missing after an interrupted one. Packages for other platforms are only in the lockfile.
 */
function modulesAreCurrent() {
  const wanted = readJson("package-lock.json")?.packages ?? {};
  const installed = readJson("node_modules/.package-lock.json")?.packages;
  if (installed === undefined) return false;
  const same = (name) => wanted[name]?.integrity === installed[name]?.integrity && isThere(name);
  return (
    Object.keys(installed).every((name) => same(name)) &&
    Object.keys(wanted).every((name) => name === "" || wanted[name].optional || same(name))
  );
}

/** Returns the command prefix with which the kernel ends a child when this process ends, even by SIGKILL; needs util-linux. */
function tied() {
  const setpriv = ["setpriv", "--pdeathsig", "KILL"];
  return spawnSync(setpriv[0], [...setpriv.slice(1), "true"]).status === 0 ? setpriv : [];
}

// Without a network, npm would by default retry for over a minute.
const retries = ["--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=10000"];
const npmOptions = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  "--loglevel=error",
  ...retries,
];

/** Runs `npm ci`, which ends together with this process. Shows its output only if it fails. */
function installModules() {
  return new Promise((resolve) => {
    let output = "";
    let interrupted;
    let npm;
    // This comes before the message, because a user who reads it may interrupt npm at once.
    onSignal((signal) => {
      interrupted = signal;
      npm?.kill("SIGTERM");
    });
    process.stderr.write("Installing the node modules (once, and when package-lock.json changes) ...\n");
    rmSync(new URL("node_modules/.package-lock.json", root), { force: true });
    const [command, ...args] = [...tied(), "npm", "ci", ...npmOptions];
    npm = spawn(command, args, {
      cwd: fileURLToPath(root),
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk) => (output += chunk));
    npm.on("error", (error) => fail(`npm could not be started (${error.message}): install npm, which comes with Node`));
    npm.on("close", (code) => {
      onSignal();
      if (interrupted !== undefined) process.exit(128 + constants.signals[interrupted]);
      if (code !== 0) fail(installFailure(output));
      resolve();
    });
  });
}

function installFailure(output) {
  if (/ENOSPC/.test(output)) return "The disk is full: free about 1 GB and run the command again.";
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(output))
    return "The npm registry could not be reached: check the network (or npm's proxy setting) and run the command again.";
  const errors = output.split("\n").filter((line) => line.startsWith("npm error"));
  const reason = errors.find((line) => !/^npm error (code .*)?$/.test(line)) ?? errors[0] ?? "no reason given";
  return `npm ci failed (${reason}): run npm ci to see the whole output.`;
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node ${process.versions.node} is too old: install Node 20.19 or newer (https://nodejs.org).`);
if (!modulesAreCurrent()) await installModules();

// The AWS SDK would print several lines about the age of Node 20, which do not help the user here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** The wait for a signal, in milliseconds: the terminal sends it to all processes, and it may end the compiler's process first. */
const hearing = 200;

async function cannotLoad({ message, stack }) {
  await new Promise((resolve) => setTimeout(resolve, hearing));
  fail(`${name} cannot be loaded: ${message}`, `${stack}\n`);
}

await import("tsx").catch(cannotLoad);
const program = new URL(`scripts/${name}.ts`, root);
if (!existsSync(program)) fail(`There is no script ${name}: see the scripts in package.json`);
process.argv = [process.argv[0] ?? "node", fileURLToPath(program), ...args];
// A command that writes a report takes over the signals once it is loaded; the others handle signals themselves.
if (ownReport === undefined) takeOver();
await import(program.href).catch(cannotLoad);

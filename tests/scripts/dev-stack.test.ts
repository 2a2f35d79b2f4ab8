import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientEnvironment } from "../../local/state/process-environment.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";
import { type GitHubServer, startGitHubServer, tokens } from "../github/github-server.ts";
import { pullRequestRoutes } from "../github/pull-requests.ts";
import { useLocalAws } from "../local/use-local-aws.ts";

const account = "123456789012";
const boundary = `arn:aws:iam::${account}:policy/boundary`;

/** Runs the commands with a fake pulumi CLI that answers from files and records its arguments. */
describe("dev-stack and dev-stacks", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  const commands = new WarmCommands();
  let folder: string;
  let server: GitHubServer;
  const path = (name: string) => join(folder, name);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "dev-stack-"));
    const program = `#!/bin/sh
echo "$*" >> "${path("calls")}"
case "$*" in
  "config --json"*) cat "${path("config.json")}" ;;
  "stack output"*) cat "${path("outputs.json")}" ;;
  "stack export"*) echo '{"version": 3, "deployment": {}}' ;;
  "stack ls --json --tag-filter expires=true") cat "${path("expiring.json")}" ;;
  "stack ls --json") cat "${path("stacks.json")}" ;;
  *) . "${path("other")}" ;;
esac
`;
    writeFileSync(path("pulumi"), program);
    chmodSync(path("pulumi"), 0o755);
    const pull = (number: number, state: "open" | "closed") => ({
      ...{ number, state, head: { sha: "a", ref: "change", repo: { full_name: "octo/models" } } },
      base: { sha: "b", ref: "main" },
    });
    server = await startGitHubServer(pullRequestRoutes([pull(7, "open"), pull(8, "closed")], {}));
  });
  after(async () => {
    commands.stop();
    rmSync(folder, { recursive: true });
    await server[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    for (const file of ["calls", "other"]) writeFileSync(path(file), "");
    const config = { region: "us-east-1", account, forceDestroy: "true" };
    const entries = Object.entries(config).map(([key, value]) => [`training:${key}`, { value }]);
    writeFileSync(path("config.json"), JSON.stringify(Object.fromEntries(entries)));
    // The first `pulumi up` of the stack did not finish.
    writeFileSync(path("outputs.json"), "{}\n");
  });

  const run = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    commands.run(name, args, {
      ...{ ...process.env, ...clientEnvironment(aws.url, "us-east-1", {}) },
      ...{ AWS_REGION: "us-east-1", AWS_DEV_ACCOUNT_NUMBER: account, AWS_PERMISSIONS_BOUNDARY_ARN: boundary },
      ...{ GITHUB_API_URL: server.url, GITHUB_REPOSITORY: "octo/models", GH_TOKEN: tokens.reader },
      ...{ PATH: `${folder}:${process.env["PATH"]}`, ...env },
    });
  const calls = () => readFileSync(path("calls"), "utf8").trimEnd().split("\n");

  const configured = (stack: string) =>
    `config set-all --stack ${stack} --plaintext aws:region=us-east-1 --plaintext account=${account} --plaintext permissionsBoundaryArn=${boundary} --plaintext forceDestroy=true --plaintext notifyFailures=false`;

  it("create and configure a pull request's stack, mark it to expire, and deploy it with the policy pack", async () => {
    const { code, output } = await run("dev-stack", ["up", "--pull-request", "7"]);
    assert.equal(code, 0, output);
    assert.deepEqual(calls(), [
      "stack select devstack-pr-7 --create",
      configured("devstack-pr-7"),
      "stack tag set expires true --stack devstack-pr-7",
      "up --stack devstack-pr-7 --yes --policy-pack policy --non-interactive",
    ]);
  });

  it("keep a person's stack with --keep, and report that pulumi up failed", async () => {
    writeFileSync(path("other"), 'case "$1" in up) exit 255 ;; esac');
    const { code, output } = await run("dev-stack", ["up", "--name", "alice", "--keep"]);
    assert.equal(code, 6);
    assert.match(output, /^pulumi up exited with 255; .*\n$/);
    assert.equal(calls()[2], "stack tag set expires false --stack devstack-alice");
  });

  it("destroy a stack whose first deploy did not finish, and remove its state", async () => {
    const { code, output } = await run("dev-stack", ["destroy", "--pull-request", "7"]);
    assert.equal(code, 0, output);
    assert.match(output, /^Deleting 0 registered models in account 123456789012, and the stack's resources\n$/);
    assert.equal(calls()[0], "stack select devstack-pr-7");
    assert.deepEqual(calls().slice(-2), ["destroy --stack devstack-pr-7 --yes", "stack rm devstack-pr-7 --yes"]);
  });

  it("keep the state of a stack that pulumi cannot destroy, or that is in another account", async () => {
    writeFileSync(path("other"), 'case "$1" in destroy) exit 255 ;; esac');
    assert.equal((await run("dev-stack", ["destroy", "--name", "alice"])).code, 6);
    assert.ok(!calls().some((call) => call.startsWith("stack rm")));
    writeFileSync(path("config.json"), readFileSync(path("config.json"), "utf8").replace(account, "999999999999"));
    const { code, output } = await run("dev-stack", ["destroy", "--name", "alice"]);
    assert.equal(code, 2);
    assert.match(output, /^The stack devstack-alice is in account 999999999999, but the credentials belong to /);
  });

  it("report a check of a stack that is not deployed", async () => {
    const { code, output } = await run("dev-stack", ["check", "--name", "alice", "--report", path("report")]);
    assert.equal(code, 2);
    assert.match(output, /^The stack's outputs have the form of another version .*: run pulumi up/);
  });

  const day = 86_400_000;
  const stack = (name: string, days: number | undefined) => ({
    ...{ name, current: false },
    ...(days === undefined ? {} : { lastUpdate: new Date(Date.now() - days * day).toISOString() }),
  });
  const listed = [
    stack("devstack-pr-7", 3),
    stack("devstack-pr-8", 0),
    stack("devstack-alice", 30.5),
    stack("devstack-bob", 30.5),
    stack("devstack-carol", undefined),
    stack("production", 90),
  ];

  it("list what is not needed, and destroy the stacks of closed pull requests and the old ones that expire", async () => {
    writeFileSync(path("stacks.json"), JSON.stringify(listed));
    writeFileSync(path("expiring.json"), JSON.stringify(listed.filter(({ name }) => !name.endsWith("bob"))));
    const notNeeded = [
      "- devstack-pr-8: pull request 8 is closed",
      "- devstack-alice: last updated 30 days ago",
      "- devstack-bob: last updated 30 days ago, to be kept",
    ];
    const only = await run("dev-stacks", ["--older-than", "7"]);
    assert.deepEqual([only.code, only.output.trimEnd().split("\n")], [0, notNeeded]);
    assert.equal(calls().length, 2);

    writeFileSync(path("other"), 'case "$*" in "destroy --stack devstack-pr-8"*) exit 255 ;; esac');
    const { code, output } = await run("dev-stacks", ["--older-than", "7", "--destroy"]);
    assert.equal(code, 6);
    assert.match(output, /\ndevstack-pr-8: pulumi destroy exited with 255; /);
    assert.match(output, /\nNot destroyed: devstack-pr-8\. /);
    const removed = calls().filter((call) => call.startsWith("stack rm"));
    assert.deepEqual(removed, ["stack rm devstack-alice --yes"]);
  });

  it("say that all are needed", async () => {
    for (const file of ["stacks.json", "expiring.json"]) writeFileSync(path(file), JSON.stringify(listed.slice(0, 1)));
    assert.equal((await run("dev-stacks", ["--older-than", "7"])).output, "All dev stacks are needed (1).\n");
  });

  const wrong: readonly (readonly [string, string, readonly string[], NodeJS.ProcessEnv, RegExp])[] = [
    ["no action", "dev-stack", ["--name", "alice"], {}, /^Give one of up, check and destroy, not ""\.\n$/],
    [
      "an inherited action",
      "dev-stack",
      ["constructor", "--name", "alice"],
      {},
      /^Give one of up, check and destroy, /,
    ],
    ["no name", "dev-stack", ["up"], {}, /^Give --pull-request N or --name NAME, /],
    [
      "two names",
      "dev-stack",
      ["up", "--name", "alice", "--pull-request", "7"],
      {},
      /^Give --pull-request N or --name /,
    ],
    [
      "a name like a pull request's",
      "dev-stack",
      ["up", "--name", "pr-7"],
      {},
      /^--name takes at most 12 small letters/,
    ],
    ["a number that is none", "dev-stack", ["up", "--pull-request", "7;x"], {}, /^--pull-request takes a whole number/],
    [
      "a missing boundary",
      "dev-stack",
      ["up", "--name", "alice"],
      { AWS_PERMISSIONS_BOUNDARY_ARN: "" },
      /^AWS_PERMISSIONS_BOUNDARY_ARN is not set; /,
    ],
    ["no age", "dev-stacks", [], {}, /^--older-than takes a whole number from 1, not ""\.\n$/],
  ];
  for (const [what, name, args, env, message] of wrong)
    it(`exit with 2 and one line for ${what}`, async () => {
      const { code, output } = await run(name, args, env);
      assert.equal(code, 2, output);
      assert.match(output, message);
      assert.deepEqual(calls(), [""]);
    });
});

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { marked, readMarked } from "../../github/comment-marker.ts";
import { commits } from "../github/comment-server.ts";
import { type GitHubServer, startGitHubServer, tokens } from "../github/github-server.ts";
import { IssueComments } from "../github/issue-comments.ts";
import { type PullRequest, pullRequestRoutes } from "../github/pull-requests.ts";
import { artifactRoutes, type RunArtifact } from "../github/run-artifacts.ts";
import { runStep } from "./run-step.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const workflow = parseWorkflow(workflowTexts().get("comment-fork.yml") ?? "");
const script = stepOf(jobOf(workflow, "comment"), "Comment on the pull request").run ?? "";

const pull = (number: number, repository: string, sha: string): PullRequest => ({
  ...{ number, state: "open" },
  head: { sha, ref: "change", repo: { full_name: repository } },
  base: { sha: commits.base, ref: "main" },
});

describe("comment-fork.yml", function () {
  this.timeout(60_000);
  let folder: string;
  let server: GitHubServer;
  let comments: IssueComments;
  let pulls: PullRequest[];
  const runs = new Map<number, readonly RunArtifact[]>();

  before(function () {
    // Ubuntu's runners have all of them.
    for (const name of ["jq", "unzip", "zip", "iconv", "curl"])
      if (spawnSync(name, ["--help"]).error !== undefined) this.skip();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "fork-"));
    mkdirSync(join(folder, "bin"));
    const gh = join(folder, "bin", "gh");
    copyFileSync(fileURLToPath(new URL("fake-gh.sh", import.meta.url)), gh);
    chmodSync(gh, 0o755);
    [comments] = [new IssueComments(), runs.clear()];
    pulls = [
      pull(6, "octo/models", commits.head),
      pull(7, "fork/models", commits.head),
      pull(8, "fork/models", commits.newHead),
    ];
    server = await startGitHubServer([...comments.routes(), ...pullRequestRoutes(pulls), ...artifactRoutes(runs)]);
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  /** Gives run 1 an artifact with files. */
  function artifact(files: Readonly<Record<string, string>>, rest: Partial<RunArtifact> = {}): void {
    const content = mkdtempSync(join(folder, "content-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(content, name), text);
    execFileSync("zip", ["-q", "../artifact.zip", ...Object.keys(files)], { cwd: content });
    const zip = readFileSync(join(folder, "artifact.zip"));
    runs.set(1, [{ id: 11, name: "pull-request-comment", size_in_bytes: zip.length, zip, ...rest }]);
  }

  const run = (further: NodeJS.ProcessEnv = {}) =>
    runStep(script, folder, {
      ...{ GH_TOKEN: tokens.writer, GITHUB_API_URL: server.url, GITHUB_REPOSITORY: "octo/models", RUNNER_TEMP: folder },
      ...{ RUN: "1", NUMBER: "3", ATTEMPT: "1", HEAD: commits.head, HEAD_REPOSITORY: "fork/models" },
      ...further,
    });
  const bodies = (issue = 7) => comments.of(issue).map(({ body }) => body);
  const writes = () => server.requests.filter((request) => !request.startsWith("GET"));

  it("comments on the pull request of the fork's commit, without mentions, and updates the comment in place", async () => {
    artifact({ "comment.md": "## Fine\n\n@octocat and `@octo/team` “ü”\n" });
    const { status, stderr } = await run();
    assert.equal(status, 0, stderr);
    const [body = ""] = bodies();
    const { origin, text, edited } = readMarked(body) ?? {};
    assert.deepEqual(origin, { run: 3, attempt: 1, commit: commits.head, base: commits.base });
    assert.equal(edited, false);
    assert.match(text ?? "", /^> \[!NOTE\]\n> The code of this pull request wrote this text, .*\n\n## Fine\n\n/);
    assert.ok(body.endsWith("@\u200boctocat and `@\u200bocto/team` “ü”\n"), body);
    assert.deepEqual([bodies(6), bodies(8)], [[], []]);

    artifact({ "comment.md": "## Better\n" });
    assert.equal((await run({ NUMBER: "4" })).status, 0);
    assert.equal(bodies().length, 1);
    assert.match(bodies()[0] ?? "", /^<!-- pull-request-comment run=4\.1 .*## Better\n$/s);
  });

  it("finds the pull request and the comment behind more than a page of others", async () => {
    for (let number = 100; number < 230; number++) pulls.unshift(pull(number, "fork/models", "f".repeat(40)));
    for (let count = 0; count < 130; count++) comments.add(7, "talk", "octocat");
    artifact({ "comment.md": "## Fine\n" });
    await run();
    await run({ NUMBER: "4" });
    assert.equal(bodies().length, 131);
    assert.match(bodies().at(-1) ?? "", /^<!-- pull-request-comment run=4\.1 /);
  });

  it("does not overwrite the comment of a newer run, nor one that a person wrote with the marker", async () => {
    const origin = { run: 9, attempt: 1, commit: commits.head, base: commits.base };
    comments.add(7, marked("forged", origin), "octocat");
    artifact({ "comment.md": "## Ours\n" });
    assert.equal((await run()).status, 0);
    assert.match(bodies()[1] ?? "", /## Ours/);
    comments.add(8, marked("newer", origin));
    const { stdout } = await run({ HEAD: commits.newHead });
    assert.match(stdout, /^::notice::A newer run has commented\.\n$/);
    assert.deepEqual(bodies(8), [marked("newer", origin)]);
  });

  const refused: readonly (readonly [string, () => NodeJS.ProcessEnv | undefined, RegExp])[] = [
    ["a commit of no pull request", () => ({ HEAD: "e".repeat(40) }), /No open pull request has the commit e{40}\./],
    ["another repository's commit", () => ({ HEAD_REPOSITORY: "evil/models" }), /No open pull request/],
    ["a run without an artifact", () => void runs.clear(), /The run has no comment/],
    [
      "an artifact that is too large",
      () => artifact({ "comment.md": "a" }, { size_in_bytes: 10_000_000 }) as undefined,
      /one that is too large/,
    ],
    [
      "a text that is too long",
      () => artifact({ "comment.md": "ü".repeat(66_000) }) as undefined,
      /The comment is too long\./,
    ],
    [
      "a text that unpacks to much more",
      () => artifact({ "comment.md": "a".repeat(50_000_000) }) as undefined,
      /The comment is too long\./,
    ],
  ];
  for (const [what, arrange, says] of refused)
    it(`writes nothing for ${what}`, async () => {
      artifact({ "comment.md": "## Fine\n" });
      const { status, stdout, stderr } = await run(arrange());
      assert.equal(status, 0, stderr);
      assert.match(stdout, says);
      assert.deepEqual(writes(), []);
    });

  it("unpacks no other file and runs none", async () => {
    artifact({ "comment.md": "$(touch ran) `touch ran`\n", "step.sh": "touch ran", gh: "touch ran" });
    assert.equal((await run()).status, 0);
    assert.ok(bodies()[0]?.endsWith("\n\n$(touch ran) `touch ran`\n"));
    assert.throws(() => readFileSync(join(folder, "ran")), { code: "ENOENT" });
  });

  it("fails if GitHub refuses to list or to write", async () => {
    artifact({ "comment.md": "## Fine\n" });
    assert.notEqual((await run({ GH_TOKEN: tokens.reader })).status, 0);
    assert.notEqual((await run({ GH_TOKEN: "wrong" })).status, 0);
    assert.deepEqual(bodies(), []);
  });
});

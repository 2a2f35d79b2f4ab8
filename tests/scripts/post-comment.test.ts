import assert from "node:assert/strict";
import { readMarked } from "../../github/comment-marker.ts";
import { command } from "../fresh-clone/command-line.ts";
import { type CommentServer, commits, startCommentServer } from "../github/comment-server.ts";
import { tokens } from "../github/github-server.ts";

const args = ["--file", "-", "--pull-request", "7", "--commit", commits.head, "--base", commits.base];

describe("post-comment and stale-comments", function () {
  this.timeout(60_000);
  let github: CommentServer;
  const env = (further: NodeJS.ProcessEnv = {}) => ({
    ...github.env,
    GITHUB_RUN_NUMBER: "3",
    GH_TOKEN: tokens.writer,
    ...further,
  });
  before(async () => {
    github = await startCommentServer();
  });
  after(() => github.server[Symbol.asyncDispose]());

  it("write the comment with the run's number, and mark it as stale", async () => {
    const posted = await command("post-comment", args, { env: env(), input: "### Fine\n" });
    assert.deepEqual(posted, { code: 0, stdout: "Wrote the comment 1 on pull request 7.\n", stderr: "" });
    const [comment] = github.comments.of(7);
    const { text, origin } = readMarked(comment?.body ?? "") ?? {};
    assert.deepEqual([text, origin], ["### Fine\n", { run: 3, attempt: 1, commit: commits.head, base: commits.base }]);
    const stale = ["--branch", "main", "--commit", commits.newBase];
    const marked = await command("stale-comments", stale, { env: env() });
    assert.deepEqual([marked.code, marked.stdout], [0, "Marked the comments of #7 as stale.\n"]);
    assert.match(comment?.body ?? "", /\*\*Stale\.\*\*/);
  });

  const wrong: readonly (readonly [string, readonly string[], NodeJS.ProcessEnv, RegExp])[] = [
    ["a missing token", args, { GH_TOKEN: "", GITHUB_TOKEN: "" }, /^GH_TOKEN is not set; /],
    ["a short commit", [...args, "--base", "c0ffee"], {}, /^--base takes a full commit hash .*, not "c0ffee"\.\n$/],
    ["a pull request that is no number", [...args, "--pull-request", "x"], {}, /^--pull-request takes a whole number/],
    ["a repository without an owner", args, { GITHUB_REPOSITORY: "models" }, /^GITHUB_REPOSITORY takes OWNER\/NAME, /],
  ];
  for (const [what, given, further, message] of wrong)
    it(`exit with 2 and one line for ${what}`, async () => {
      const { code, stderr } = await command("post-comment", given, { env: env(further), input: "any" });
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
});

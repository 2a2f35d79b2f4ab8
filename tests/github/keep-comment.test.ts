import assert from "node:assert/strict";
import { gitHub } from "../../github/client.ts";
import { type CommentOrigin, marked, readMarked } from "../../github/comment-marker.ts";
import { commentCharacters, keepComment } from "../../github/keep-comment.ts";
import { markStale } from "../../github/mark-stale.ts";
import { type CommentServer, commits, startCommentServer } from "./comment-server.ts";
import { tokens } from "./github-server.ts";

const origin = (run: number, attempt = 1): CommentOrigin => ({
  run,
  attempt,
  commit: commits.head,
  base: commits.base,
});

describe("the comment on a pull request", () => {
  let github: CommentServer;
  let waits: number[];

  beforeEach(async () => {
    [github, waits] = [await startCommentServer(), []];
  });
  afterEach(() => github.server[Symbol.asyncDispose]());

  const client = (token: string = tokens.writer) =>
    gitHub({ token, url: github.server.url, wait: async (seconds) => void waits.push(seconds) });
  const keep = (run: number, text: string, attempt = 1) =>
    keepComment(client(), { repository: "octo/models", pullRequest: 7, text, origin: origin(run, attempt) });
  const bodies = () => github.comments.of(7).map(({ body }) => readMarked(body)?.text ?? body);
  const writes = () => github.server.requests.filter((request) => !request.startsWith("GET"));

  it("is created once, and then updated in place", async () => {
    assert.equal(await keep(1, "first"), "Wrote the comment 1 on pull request 7.");
    assert.equal(await keep(2, "second"), "Wrote the comment 1 on pull request 7.");
    assert.equal(await keep(2, "second, again", 2), "Wrote the comment 1 on pull request 7.");
    assert.deepEqual(bodies(), ["second, again"]);
  });

  it("is found behind more than a page of other comments, and is not confused with those of others", async () => {
    for (let count = 0; count < 120; count++) github.comments.add(7, "talk", "octocat");
    github.comments.add(7, marked("forged by a person", origin(99)), "octocat");
    github.comments.add(7, "of another workflow");
    github.comments.add(7, `it quotes\n${marked("ours", origin(99))}`);
    await keep(1, "first");
    await keep(2, "second");
    assert.deepEqual(bodies().slice(120), [
      "forged by a person",
      "of another workflow",
      `it quotes\n${marked("ours", origin(99))}`,
      "second",
    ]);
  });

  it("stays as it is if a newer run has written it, or if the pull request has a newer commit", async () => {
    await keep(5, "newer");
    assert.equal(await keep(4, "older"), "Wrote no comment: a newer run than 4.1 has written it.");
    assert.deepEqual(bodies(), ["newer"]);
    github.pull.head.sha = commits.newHead;
    assert.match(await keep(6, "old commit"), /^Wrote no comment: the pull request has a newer commit than a{40}\.$/);
    assert.deepEqual(bodies(), ["newer"]);
  });

  it("is one comment with the newer run's text if two runs create it at once", async () => {
    let created = false;
    github.server.beforeAnswer = ({ method }) => {
      if (method !== "POST" || created) return;
      created = true;
      github.comments.add(7, marked("older", origin(1)));
    };
    await keep(2, "newer");
    assert.deepEqual(bodies(), ["newer"]);
  });

  it("leaves the newer run's text if that run writes at the same time", async () => {
    github.comments.add(7, marked("before", origin(1)));
    github.server.beforeAnswer = ({ method }) => {
      if (method === "PATCH" && github.comments.of(7).length === 1) github.comments.add(7, marked("newer", origin(3)));
    };
    assert.equal(await keep(2, "older"), "Wrote no comment: a newer run than 2.1 has written it.");
    await keep(3, "newer", 2);
    assert.deepEqual(bodies(), ["newer"]);
  });

  it("says that its history keeps what a person wrote into it", async () => {
    await keep(1, "first");
    const [comment] = github.comments.of(7);
    assert.ok(comment);
    // GitHub's editor changes the line ends of the whole comment.
    comment.body = comment.body.replaceAll("\n", "\r\n");
    await keep(2, "second");
    assert.deepEqual(bodies(), ["second"]);
    comment.body += "\nI think so too.";
    await keep(3, "third");
    assert.match(bodies().join(), /^third\n\n_Somebody edited this comment before this update; /);
    await keep(4, "fourth");
    assert.deepEqual(bodies(), ["fourth"]);
  });

  it("is not written if it is too long", async () => {
    const long = {
      code: 2,
      message: /^The comment has 6\d{4} characters, and GitHub takes at most 65536; give a shorter/,
    };
    await assert.rejects(keep(1, "x".repeat(commentCharacters)), long);
    assert.deepEqual(writes(), []);
  });

  it("is not written by a fork's token, and the error says why", async () => {
    const kept = { repository: "octo/models", pullRequest: 7, text: "any", origin: origin(1) };
    await assert.rejects(keepComment(client(tokens.reader), kept), {
      code: 6,
      message: /403.*a fork's token can only read/,
    });
    assert.deepEqual(github.comments.of(7), []);
  });

  it("is written after a secondary rate limit, once", async () => {
    const body = {
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    };
    github.server.refuse({
      when: ({ method }) => method === "POST",
      status: 403,
      headers: { "retry-after": "30" },
      body,
    });
    await keep(1, "first");
    assert.deepEqual([waits, bodies()], [[30], ["first"]]);
  });

  it("is marked as stale when the base branch moves, and is fresh after the next run", async () => {
    await keep(1, "first");
    const stale = () => markStale(client(), "octo/models", "main", commits.newBase);
    assert.deepEqual(await stale(), [7]);
    const text =
      /^> \[!NOTE\]\n> \*\*Stale\.\*\* This is compared with `c{10}`, but `main` has moved to `d{10}`; .*\n\nfirst$/;
    assert.match(bodies().join(), text);
    await stale();
    assert.equal(bodies().join().match(/Stale/g)?.length, 1);
    github.branches["main"] = commits.newBase;
    await keep(2, "still compared with the old base");
    assert.match(bodies().join(), /^> \[!NOTE\]\n> \*\*Stale/);
    const fresh = { ...origin(3), base: commits.newBase };
    await keepComment(client(), { repository: "octo/models", pullRequest: 7, text: "third", origin: fresh });
    assert.deepEqual(bodies(), ["third"]);
    assert.deepEqual(await stale(), []);
  });

  it("stays as a person edited it when the base branch moves", async () => {
    await keep(1, "first");
    const [comment] = github.comments.of(7);
    assert.ok(comment);
    comment.body += "\nA person's words.";
    const edited = comment.body;
    assert.deepEqual(await markStale(client(), "octo/models", "main", commits.newBase), []);
    assert.equal(comment.body, edited);
  });
});

import assert from "node:assert/strict";
import { gitHub, gitHubOfEnvironment } from "../../github/client.ts";
import { rateLimitSeconds } from "../../github/rate-limit.ts";
import { type GitHubServer, startGitHubServer, tokens } from "./github-server.ts";
import { IssueComments } from "./issue-comments.ts";

const path = "/repos/octo/models/issues/7/comments";

describe("the client of GitHub's API", () => {
  let comments: IssueComments;
  let server: GitHubServer;
  let waits: number[];
  const client = (token: string = tokens.writer) =>
    gitHub({ token, url: server.url, wait: async (seconds) => void waits.push(seconds) });

  beforeEach(async () => {
    [comments, waits] = [new IssueComments(), []];
    server = await startGitHubServer(comments.routes());
  });
  afterEach(() => server[Symbol.asyncDispose]());

  it("reads all pages of a list, a hundred entries each", async () => {
    for (let count = 0; count < 250; count++) comments.add(7, `comment ${count}`);
    assert.equal((await client().list(path)).length, 250);
    assert.equal(server.requests.length, 3);
  });

  it("waits as long as a rate limit says, and sends the request again", async () => {
    const headers = { "retry-after": "7" };
    const body = { message: "You have exceeded a secondary rate limit." };
    server.refuse({ when: () => true, status: 403, headers, body });
    await client().request("POST", path, { body: "hello" });
    assert.deepEqual([waits, comments.of(7).length], [[7], 1]);
  });

  it("gives up if a rate limit lasts longer than its patience", async () => {
    server.refuse({
      when: () => true,
      status: 429,
      headers: { "retry-after": "3600" },
      body: { message: "Slow down." },
    });
    await assert.rejects(client().list(path), {
      code: 6,
      message: `GitHub refuses GET ${path} (429: Slow down); GitHub's rate limit ends in 3600 s; try again then.`,
    });
    assert.deepEqual(waits, []);
  });

  const refusals: readonly (readonly [string, () => Promise<unknown>, number, RegExp])[] = [
    [
      "a fork's token",
      () => client(tokens.reader).request("POST", path, { body: "hello" }),
      6,
      /^GitHub refuses POST \S+ \(403: Resource not accessible by integration\); give the token the permission .*\.$/,
    ],
    ["a wrong token", () => client("no").list(path), 6, /\(401: Bad credentials\); give a valid token in GH_TOKEN\.$/],
    ["an unknown path", () => client().request("GET", "/repos/octo/none"), 6, /\(404: Not Found\); check the name/],
    [
      "a comment that is too long",
      () => client().request("POST", path, { body: "x".repeat(65_537) }),
      2,
      /\(422: Validation Failed: .*maximum is 65536 characters.*\); correct the value\.$/,
    ],
  ];
  for (const [what, work, code, message] of refusals)
    it(`has one line and an exit code for ${what}`, () => assert.rejects(work(), { code, message }));

  it("has one line if nothing answers", async () => {
    const closed = gitHub({ token: "any", url: "http://127.0.0.1:1" });
    await assert.rejects(closed.list("/user"), {
      code: 6,
      message: /^GitHub does not answer at http:\/\/127\.0\.0\.1:1 \(.*\); try again later\.$/,
    });
  });

  it("sends the token to no other server", async () => {
    const elsewhere = { link: '<https://example.com/next>; rel="next"' };
    server.refuse({ when: () => true, status: 200, headers: elsewhere, body: [1] });
    assert.deepEqual(await client().list(path), [1]);
  });

  it("asks for a missing token", () => {
    assert.throws(() => gitHubOfEnvironment({ GH_TOKEN: "" }), { code: 2, message: /^GH_TOKEN is not set; / });
  });

  it("reads the end of a limit from its headers, and doubles a minute without them", () => {
    const answer = (status: number, headers: Readonly<Record<string, string>> = {}) => ({
      status,
      headers: new Headers(headers),
    });
    const used = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000" };
    assert.equal(rateLimitSeconds(answer(403, used), "", 0, 990_000), 10);
    assert.equal(rateLimitSeconds(answer(403), "You have exceeded a secondary rate limit", 1), 120);
    assert.equal(
      rateLimitSeconds(answer(403, { "x-ratelimit-remaining": "4999" }), "Resource not accessible", 0),
      undefined,
    );
    assert.equal(rateLimitSeconds(answer(404), "", 0), undefined);
  });
});

import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { pythons } from "../pythons.ts";
import { type ChangingRequest, randomChanges } from "./random-changes.ts";

interface Trial {
  /** The state of moto: after the requests, after a replay of all of them, and after a replay of the compacted journal. */
  readonly live: object;
  readonly whole: object;
  readonly compact: object;
  /** Whether the state is the same if the compaction is killed at any of its steps. */
  readonly outlives?: boolean;
  readonly lines: readonly [whole: number, compact: number];
}

const put = (path: string, body = "", headers: Record<string, string> = {}): ChangingRequest => [
  "PUT",
  path,
  headers,
  body,
];
const remove = (path: string): ChangingRequest => ["DELETE", path, {}, ""];
const times = (count: number, request: (number: number) => ChangingRequest) =>
  Array.from({ length: count }, (_, n) => request(n));
const iam = (form: string): ChangingRequest => ["POST", "/iam", {}, `${form}&Version=2010-05-08`];
const versioned = put("/b-1?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
const tags = (text: string) => `<Tagging><TagSet><Tag><Key>t</Key><Value>${text}</Value></Tag></TagSet></Tagging>`;
const role = iam("Action=CreateRole&RoleName=train&AssumeRolePolicyDocument=%7B%7D");
const policy = (name: string, about: string) =>
  iam(
    `Action=PutRolePolicy&RoleName=train&PolicyName=${name}&PolicyDocument=${encodeURIComponent(
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: about, Resource: "*" }] }),
    )}`,
  );
const bucket = put("/b-1");

/** Requests, and the number of their lines that the compaction keeps. */
const cases: readonly (readonly [string, readonly ChangingRequest[], number])[] = [
  ["an object that was put again", [bucket, ...times(9, (n) => put("/b-1/k", `${n}`))], 2],
  ["a deleted object", [bucket, put("/b-1/k", "1"), remove("/b-1/k")], 1],
  [
    "objects that are deleted together",
    [
      bucket,
      put("/b-1/k", "1"),
      put("/b-1/l", "1"),
      ["POST", "/b-1?delete", {}, "<Delete><Object><Key>k</Key></Object></Delete>"],
    ],
    2,
  ],
  [
    "objects in a bucket with versioning",
    [bucket, versioned, ...times(3, () => put("/b-1/k", "1")), remove("/b-1/k")],
    6,
  ],
  [
    "a deleted bucket with versioning",
    [bucket, versioned, put("/b-1/k", "1"), remove("/b-1/k?versionId={version 0}"), remove("/b-1")],
    0,
  ],
  ["a deleted bucket", [bucket, put("/b-1/k", "1"), remove("/b-1/k"), remove("/b-1"), put("/b-2")], 1],
  ["a tagged object", [bucket, put("/b-1/k", "1"), put("/b-1/k?tagging", tags("1")), put("/b-1/k", "2")], 4],
  [
    "a copied object",
    [bucket, put("/b-1/k", "1"), put("/b-1/l", "", { "x-amz-copy-source": "/b-1/k" }), put("/b-1/k", "2")],
    4,
  ],
  [
    "an object copied with another spelling of its key",
    [
      bucket,
      put("/b-1/%C3%BC%20(1)", "1"),
      put("/b-1/l", "", { "x-amz-copy-source": "b-1/%c3%bc%20%281%29" }),
      remove("/b-1/%C3%BC%20(1)"),
    ],
    4,
  ],
  [
    "a deleted bucket from which an object was copied",
    [
      bucket,
      put("/b-1/k", "1"),
      put("/b-2"),
      put("/b-2/l", "", { "x-amz-copy-source": "/b-1/k" }),
      remove("/b-1/k"),
      remove("/b-1"),
    ],
    6,
  ],
  [
    "an object with a conditional put",
    [bucket, put("/b-1/k", "1"), remove("/b-1/k"), put("/b-1/k", "2", { "If-None-Match": "*" })],
    4,
  ],
  [
    "a bucket's tags",
    [bucket, ...times(5, (n) => put("/b-1?tagging", tags(`${n}`))), put("/b-1/k", "1"), put("/b-1?tagging", tags("x"))],
    3,
  ],
  [
    "an ACL that was put twice in a row, but not one with an object between",
    [
      bucket,
      ...times(3, (n) => put("/b-1?acl", "", { "x-amz-acl": n === 1 ? "public-read" : "private" })),
      put("/b-1/k", "1"),
      put("/b-1?acl", "", { "x-amz-acl": "public-read" }),
    ],
    4,
  ],
  [
    "a bucket named in the settings of another bucket",
    [bucket, put("/b-1/k", "1"), put("/b-1/k", "2"), put("/b-2"), put("/b-2?tagging", tags("b-1"))],
    5,
  ],
  [
    "a role's policies",
    [
      role,
      ...times(4, (n) => policy("p", `s3:Get${n}`)),
      policy("q", "s3:*"),
      iam("Action=DeleteRolePolicy&RoleName=train&PolicyName=q"),
    ],
    3,
  ],
  [
    "a deleted role",
    [
      role,
      policy("p", "s3:*"),
      iam("Action=DeleteRolePolicy&RoleName=train&PolicyName=p"),
      iam("Action=DeleteRole&RoleName=train"),
    ],
    0,
  ],
];

describe("the compaction of the journal", () => {
  let trials: ChildProcessWithoutNullStreams;
  let answers: AsyncIterator<string>;
  before(async function () {
    this.timeout(180_000);
    const [script, local] = ["./journal-trial.py", "../../../local/moto"].map((path) =>
      fileURLToPath(new URL(path, import.meta.url)),
    );
    trials = spawn((await pythons()).moto, ["-s", script ?? "", local ?? ""]);
    trials.stderr.pipe(process.stderr);
    answers = createInterface({ input: trials.stdout })[Symbol.asyncIterator]();
  });
  after(() => trials.stdin.end());

  const trial = async (
    requests: readonly ChangingRequest[],
    how: { limit?: number; kill?: boolean } = {},
  ): Promise<Trial> => {
    trials.stdin.write(`${JSON.stringify({ requests, ...how })}\n`);
    return JSON.parse((await answers.next()).value);
  };

  for (const [what, requests, kept] of cases)
    it(`keeps ${kept} of ${requests.length} lines for ${what}`, async function () {
      this.timeout(30_000);
      const { live, whole, compact, lines } = await trial(requests);
      assert.deepEqual(whole, live);
      assert.deepEqual(compact, whole);
      assert.equal(lines[1], kept);
    });

  it("leaves the old or the new journal when it is killed at any step", async function () {
    this.timeout(30_000);
    const requests = [bucket, ...times(4, (n) => put("/b-1/k", `${n}`)), put("/b-1/l", "x")];
    assert.equal((await trial(requests, { kill: true })).outlives, true);
  });

  it("starts while moto runs, as soon as the journal has grown to a multiple of its live lines", async function () {
    this.timeout(30_000);
    const requests = [bucket, ...times(60, (n) => put("/b-1/k", `${n}`.repeat(1000)))];
    const { live, whole, lines } = await trial(requests, { limit: 20_000 });
    assert.deepEqual(whole, live);
    assert.ok(lines[0] < 30, `${lines[0]} lines`);
  });

  it("does not change the replayed state after random changes of buckets, objects, versions, copies, tags and roles", async function () {
    this.timeout(120_000);
    let dead = 0;
    await fc.assert(
      fc.asyncProperty(randomChanges, async (requests) => {
        const { live, whole, compact, lines } = await trial(requests);
        assert.deepEqual(whole, live);
        assert.deepEqual(compact, whole);
        dead += lines[0] - lines[1];
      }),
      { numRuns: 15 },
    );
    assert.ok(dead > 0);
  });
});

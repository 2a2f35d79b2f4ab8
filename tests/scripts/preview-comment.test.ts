import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { urn } from "../check/preview/recorded-preview.ts";
import { command } from "../fresh-clone/command-line.ts";

const name = "preview-comment";
const printed = JSON.stringify({
  config: { "aws:region": "eu-central-1" },
  steps: [{ op: "update", urn: urn("aws:s3/bucket:Bucket", "logs"), diffReasons: ["tags"], detailedDiff: null }],
  changeSummary: { update: 1 },
});

describe("preview-comment", function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "preview-"));
    writeFileSync(join(folder, "preview.json"), printed);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prints the comment for a preview in a file or on standard input", async () => {
    const file = await command(name, ["--preview", join(folder, "preview.json")]);
    assert.deepEqual([file.code, file.stderr], [0, ""]);
    assert.match(file.stdout, /^\*\*Look at this .*\n\n### Preview of the stack `dev`\n\n1 to update\.\n/);
    assert.deepEqual(await command(name, ["--preview", "-"], { input: printed }), file);
  });

  it("writes the comment to a file with --output", async () => {
    const output = join(folder, "comment.md");
    const { code, stdout } = await command(name, ["--preview", "-", "--output", output], { input: printed });
    assert.deepEqual([code, stdout], [0, ""]);
    assert.match(readFileSync(output, "utf8"), /1 to update/);
  });

  it("writes the rejections of the policy pack into the comment, and prints them", async () => {
    const [output, events] = ["comment.md", "events.jsonl"].map((file) => join(folder, file)) as [string, string];
    const policyEvent = {
      ...{ resourceUrn: urn("aws:s3/bucket:Bucket", "logs"), policyName: "bucket-tls" },
      ...{ message: "allows HTTP; deny it", enforcementLevel: "mandatory" },
    };
    writeFileSync(events, `${JSON.stringify({ sequence: 1, policyEvent })}\n`);
    const args = ["--preview", "-", "--events", events, "--output", output];
    const { code, stdout } = await command(name, args, { input: printed });
    const rejection = "rejected: aws:s3/bucket:Bucket logs (bucket-tls)\n  allows HTTP; deny it\n";
    assert.deepEqual([code, stdout], [0, rejection]);
    assert.ok(readFileSync(output, "utf8").includes(rejection));
  });

  const wrong: readonly (readonly [string, readonly string[], string, RegExp])[] = [
    ["a missing --preview", [], "", /^--preview is missing; give the file/],
    ["a file that does not exist", ["--preview", "no.json"], "", /^--preview no\.json cannot be read \(ENOENT\); give/],
    ["empty input", ["--preview", "-"], "\n", /^The preview is empty: give the output of "pulumi preview --json"\.\n$/],
    ["invalid JSON", ["--preview", "-"], "error: no stack\nnamed dev", /^The preview is not JSON: give/],
    ["a list", ["--preview", "-"], "[]", /^The preview cannot be read \(as a whole: /],
    [
      "a step without a URN",
      ["--preview", "-"],
      '{"steps":[{"op":"same"}]}',
      /^The preview cannot be read \(steps\.0\.urn: /,
    ],
    [
      "an output that cannot be written",
      ["--preview", "-", "--output", "no/such/folder"],
      printed,
      /^--output no\/such\/folder/,
    ],
  ];
  for (const [what, args, input, message] of wrong)
    it(`exits with 2 and one line for ${what}`, async () => {
      const { code, stdout, stderr } = await command(name, args, { input });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
});

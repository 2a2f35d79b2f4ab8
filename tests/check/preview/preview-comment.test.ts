import assert from "node:assert/strict";
import { commentCharacters, previewComment } from "../../../check/preview/preview-comment.ts";
import { type PreviewDigest, type PreviewStep, parsePreview } from "../../../check/preview/preview-digest.ts";
import type { RecordedStack } from "../../infra/recorded/record-stack.ts";
import { operations, state } from "./operations.ts";
import { previewOf, recordStack, urn } from "./recorded-preview.ts";

const bucket = "aws:s3/bucket:Bucket";
const pipeline = "aws-native:sagemaker:Pipeline";
const step = (op: string, rest: Partial<PreviewStep> = {}, name = "logs"): PreviewStep => ({
  op,
  urn: urn(bucket, name),
  ...rest,
});
const preview = (...steps: readonly PreviewStep[]): PreviewDigest => ({ steps: [...steps] });
/** The rows of the resources. GitHub ends a cell at each pipe without a backslash before it. */
const rows = (comment: string) =>
  comment.split("\n").filter((line) => /^\| (?!Change|---)/.test(line) && line.split(/(?<!\\)\|/).length === 6);
const sentence = (comment: string) => comment.split("\n\n")[2]?.trim();

describe("previewComment", function () {
  this.timeout(60_000);
  let deployed: RecordedStack;

  /** The deployed stack with a text replaced everywhere. */
  const edited = (from: string | RegExp, to: string): RecordedStack =>
    JSON.parse(JSON.stringify(deployed).replaceAll(from, to)) as RecordedStack;

  before(async () => {
    deployed = await recordStack({});
  });

  it("begins with the verdict on the whole change", () => {
    const line = (...of: Parameters<typeof previewComment>) => previewComment(...of).split("\n")[0];
    const look = "**Look at this change before you merge it.** Model: not checked; stack: ";
    assert.equal(line(preview(step("update"))), `${look}1 to update.`);
    const rejection = { resource: "any", rule: "any", rejects: true, message: "any" };
    const bad = "**Do not merge this change.** Model: not checked; stack: ";
    assert.equal(line(preview(step("update")), [rejection]), `${bad}1 to update; policy pack: 1 rejection.`);
    assert.equal(line({ diagnostics: [{ message: "no", severity: "error" }] }), `${bad}the preview failed.`);
  });

  it("says that nothing would change", () => {
    assert.equal(
      previewComment(previewOf(deployed, deployed)),
      `**Look at this change before you merge it.** Model: not checked; stack: no resource would change.\n\n### Preview of the stack \`dev\`\n\nNo resource would change.\n`,
    );
  });

  it("lists every resource of a new stack, and draws its pipeline", () => {
    const comment = previewComment(previewOf(undefined, deployed));
    assert.equal(sentence(comment), `${deployed.resources.length} to create.`);
    assert.equal(rows(comment).length, deployed.resources.length);
    assert.ok(comment.includes(`| create | \`${pipeline}\` | \`crickets\` |  |`));
    assert.match(comment, /<details><summary>.*<\/summary>\n\n```mermaid\nflowchart TD\n {2}s1\["SplitChirps/);
    assert.doesNotMatch(comment, /CAUTION/);
  });

  it("shows the differences in the definition after a change of the configuration", async () => {
    const pipelines = '{"crickets":{"ceiling":5,"trainingInstanceType":"ml.m5.2xlarge"}}';
    const configured = await recordStack({ "sagemaker-training:pipelines": pipelines });
    const comment = previewComment(previewOf(deployed, configured));
    assert.deepEqual(rows(comment), [`| update | \`${pipeline}\` | \`crickets\` | \`pipelineDefinition\` |`]);
    assert.match(
      comment,
      /#### Pipeline `crickets`\n\nIn the next execution .*\n\n- `RegisterLine` runs if the condition chooses it: /,
    );
    assert.match(comment, / {6}~ DefaultValue: "ml\.m5\.xlarge" -> "ml\.m5\.2xlarge"\n/);
    assert.match(comment, / {2}FitLine +comes from the cache: /);
  });

  it("names the steps that run again after a change of a script, and says that the old object stays", () => {
    const [, sha256 = ""] = /code\/([0-9a-f]{64})\/split\.py/.exec(JSON.stringify(deployed)) ?? [];
    const comment = previewComment(previewOf(deployed, edited(sha256, "f".repeat(64))));
    assert.equal(sentence(comment), "1 to leave in AWS, no longer managed, 1 to update, 1 to create.");
    assert.doesNotMatch(comment, /CAUTION|delete/);
    assert.match(comment, / {2}SplitChirps +runs: its code changed/);
    assert.match(comment, / {2}FitLine +runs: it reads SplitChirps, which runs/);
  });

  it("warns if all resources would be deleted, counts the protected ones, and names the pipeline's steps", () => {
    const comment = previewComment(previewOf(deployed, { resources: [] }));
    const lost = deployed.resources.filter(({ type }) => !type.includes("bucketObject"));
    assert.ok(
      comment.includes(`> [!CAUTION]\n> ${lost.length} resources would be deleted or replaced, **2 protected**: `),
    );
    assert.ok(comment.includes(`| **delete** (protected) | \`${bucket}\` | \`artifacts\` |`));
    assert.match(comment, /This also deletes its definition, with the steps `SplitChirps`, .*`RefuseLine`\./);
  });

  it("omits an unchanged definition if another property of the pipeline changes", () => {
    const comment = previewComment(previewOf(deployed, edited(/"pipelineName":"/g, '"pipelineName":"new-')));
    assert.equal(rows(comment).length, 1);
    assert.doesNotMatch(comment, /####/);
  });

  for (const [op, rest, says, word] of operations)
    it(`says "${says}" about the operation ${op}, with ${word === undefined ? "no row" : `the row "${word}"`}`, () => {
      const comment = previewComment(preview(step(op, rest)));
      assert.equal(sentence(comment), says);
      assert.deepEqual(rows(comment), word === undefined ? [] : [`| ${word} | \`${bucket}\` | \`logs\` |  |`]);
      assert.equal(comment.includes("[!CAUTION]"), /delete|replace/.test(says));
    });

  it("counts the three operations of a replacement as one, and shows only its reasons", () => {
    const both = { oldState: state(), newState: state(), diffReasons: ["arn", "bucket"], replaceReasons: ["bucket"] };
    const replacement = preview(
      step("create-replacement", both),
      step("replace", both),
      step("delete-replaced", { oldState: state({}, { protect: true }) }),
    );
    const comment = previewComment(replacement);
    assert.equal(sentence(comment), "1 to replace.");
    assert.deepEqual(rows(comment), [`| **replace** (protected) | \`${bucket}\` | \`logs\` | \`bucket\` |`]);
  });

  it("lists lost resources first", () => {
    const one = (op: string) => step(op, { oldState: state(), newState: state() }, op);
    const comment = previewComment(preview(...["create", "import", "update", "discard", "replace", "delete"].map(one)));
    assert.deepEqual(
      rows(comment).map((row) => row.split(" | ")[2]),
      ["`delete`", "`replace`", "`discard`", "`update`", "`import`", "`create`"],
    );
  });

  it("leaves out the stack itself and components", () => {
    const component = state({}, { custom: false });
    const root = "urn:pulumi:dev::sagemaker-training::pulumi:pulumi:Stack::sagemaker-training-dev";
    const steps = [step("create", { newState: component }), { op: "create", urn: root, newState: state() }];
    assert.equal(sentence(previewComment(preview(...steps))), "No resource would change.");
  });

  it("names at most five properties, with their paths if the provider gives them", () => {
    const detailedDiff = { "tags.team": { kind: "update" }, "rules[0].status": { kind: "add" } };
    const detailed = previewComment(preview(step("update", { diffReasons: ["tags", "arn"], detailedDiff })));
    assert.match(detailed, /\| `tags\.team`, `rules\[0\]\.status` \|/);
    const diffReasons = ["a", "b", "c", "d", "e", "f", "g"];
    assert.match(previewComment(preview(step("update", { diffReasons }))), /\| `a`, `b`, `c`, `d`, `e`, 2 more \|/);
  });

  it("shows errors but no warnings, and says that the preview may be incomplete", () => {
    const diagnostics = [
      { message: "\u001b[31merror: the bucket is taken\u001b[0m\n  try another", severity: "error" },
      { message: "a deprecated function", severity: "warning" },
    ];
    const comment = previewComment({ steps: [step("update")], diagnostics });
    assert.match(comment, /`dev`\n\n\*\*The preview failed\*\*, so this list may be incomplete\.\n\n1 to update\.\n/);
    assert.match(comment, /```text\nerror: the bucket is taken\n {2}try another\n```/);
    assert.doesNotMatch(comment, /deprecated/);
    const atOnce = previewComment({ diagnostics });
    assert.match(atOnce, /### Preview\n\n\*\*The preview failed\*\*/);
    assert.doesNotMatch(atOnce, /No resource/);
  });

  it("names the resource, the rule, the problem and the fix of each rejection by the policy pack", () => {
    const violations = [
      { resource: "aws:s3/bucket:Bucket logs", rule: "bucket-tls", rejects: false, message: "allows HTTP; deny it" },
      { resource: "aws:iam/role:Role any", rule: "role-trust", rejects: true, message: "Trust.\ntrusts all; name one" },
    ];
    const comment = previewComment(preview(step("update")), violations);
    assert.match(comment, /\*\*The preview failed\*\*.*\n\n\*\*The policy pack rejects this change\.\*\*\n/);
    assert.ok(
      comment.includes(
        [
          "```text",
          "rejected: aws:iam/role:Role any (role-trust)",
          "  Trust.",
          "  trusts all; name one",
          "warning: aws:s3/bucket:Bucket logs (bucket-tls)",
          "  allows HTTP; deny it",
          "```",
        ].join("\n"),
      ),
      comment,
    );
    const warned = previewComment(preview(step("update")), violations.slice(0, 1));
    assert.doesNotMatch(warned, /failed|rejects/);
    assert.match(warned, /warning: aws:s3/);
  });

  describe("with a definition that is not readable text", () => {
    const secretText = "correct horse";
    const signature = "4dabf18193072939515e22adb298388d";
    const definitions: readonly (readonly [string, unknown, RegExp])[] = [
      ["a secret", "[secret]", /The definition is a secret, so it is not shown\./],
      ["a secret body", { pipelineDefinitionBody: "[secret]" }, /is a secret/],
      [
        "a secret as an object",
        { pipelineDefinitionBody: { [signature]: "1b", plaintext: secretText } },
        /is a secret/,
      ],
      [
        "on S3",
        { pipelineDefinitionS3Location: { bucket: "b", key: "k" } },
        /is on S3, so a preview does not show it\./,
      ],
      ["not known yet", { pipelineDefinitionBody: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, /is not known before/],
      ["missing", {}, /The definition is not in the preview\./],
      [
        "invalid JSON",
        { pipelineDefinitionBody: "{" },
        /cannot be shown:\n\n```text\npipeline crickets has 1 problem:/,
      ],
      [
        "JSON that is not a definition",
        { pipelineDefinitionBody: '{"Steps":[]}' },
        /cannot be shown:\n\n```text\n[^`]*Version/,
      ],
    ];
    for (const [what, pipelineDefinition, says] of definitions)
      it(`names the reason: ${what}`, () => {
        const newState = state({ pipelineDefinition });
        const comment = previewComment(preview({ op: "create", urn: urn(pipeline, "crickets"), newState }));
        assert.match(comment, says);
        assert.ok(!comment.includes(secretText));
      });
  });

  it("shows no value of any property", () => {
    const secret = { password: "[secret]", other: "correct horse", tags: { team: "battery staple" } };
    const comment = previewComment(preview(step("update", { oldState: state(secret), newState: state(secret) })));
    assert.doesNotMatch(comment, /secret|horse|staple/);
  });

  describe("with names that contain Markdown or HTML", () => {
    const name = "a`|\\|``b @octocat <img src=x>\n# c | d";
    const comment = previewComment(preview(step("update", { diffReasons: ["`|` @octocat"] }, name)));

    it("keeps the names as code in their row and cell", () => {
      const [row = "", ...others] = rows(comment);
      assert.deepEqual(others, []);
      // GitHub ends a cell at each pipe without a backslash before it.
      assert.equal(row.split(/(?<!\\)\|/).length, 6);
      assert.doesNotMatch(row, /\\\\\|/);
      const outside = row.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
      assert.doesNotMatch(outside, /[@<`]/);
      assert.doesNotMatch(comment, /^# c/m);
    });

    it("keeps an error's text in its code block", () => {
      const message = "```\n@octocat\n````\n<b>";
      const failed = previewComment({ diagnostics: [{ message, severity: "error" }] });
      assert.ok(failed.includes(`\`\`\`\`\`text\n${message}\n\`\`\`\`\``));
    });

    it("keeps the stack's name as code", () => {
      const other = { op: "same", urn: "urn:pulumi:@octocat::p::t::n" };
      assert.match(previewComment({ steps: [other] }), /### Preview of the stack `@octocat`\n/);
    });
  });

  describe("with more text than GitHub takes", () => {
    const error = (size: number) => ({ message: "x".repeat(size), severity: "error" });
    const [small, large] = [error(100), error(4000)];

    it("leaves out whole sections and says how many", () => {
      const diagnostics = [small, ...Array.from({ length: 20 }, () => large), small];
      const comment = previewComment({ steps: [step("update")], diagnostics });
      assert.ok(comment.length <= commentCharacters);
      const [, left = ""] =
        /\n\n(\d+) of 23 sections are left out, because GitHub takes at most 64536 characters; /.exec(comment) ?? [];
      assert.equal(rows(comment).length, 1);
      assert.equal(comment.match(/^x{4000}$/gm)?.length, 20 - Number(left));
      assert.equal(comment.match(/^x{100}$/gm)?.length, 2);
    });

    it("never exceeds the most characters that GitHub takes", () => {
      const long = { diagnostics: [error(100), error(30), error(60)] };
      const whole = previewComment(long);
      for (let characters = 300; characters < whole.length; characters += 1) {
        const comment = previewComment(long, [], characters);
        assert.ok(comment.length <= characters, `${comment.length} > ${characters}`);
        assert.match(comment, /are left out/);
        assert.equal((comment.match(/```/g) ?? []).length % 2, 0);
      }
      assert.equal(previewComment(long, [], whole.length), whole);
      assert.doesNotMatch(whole, /left out/);
    });
  });

  it("gives the same comment if the preview was printed by Pulumi and parsed", () => {
    const digest = previewOf(undefined, deployed);
    const printed = JSON.stringify({ ...digest, changeSummary: { create: 13 }, duration: 7, config: { a: "b" } });
    assert.equal(previewComment(parsePreview(printed)), previewComment(digest));
  });

  it("shows all lost resources among 1,000 changes, and the beginning of a very long error", () => {
    const step = (op: string, index: number) => ({ op, urn: urn("aws:s3/bucketObjectv2:BucketObjectv2", `o${index}`) });
    const steps = Array.from({ length: 1000 }, (_, index) => step(index < 100 ? "delete" : "create", index));
    const diagnostics = [{ message: `refused ${"x".repeat(70_000)}`, severity: "error" }];
    const comment = previewComment({ steps, diagnostics } as PreviewDigest);
    assert.ok(comment.length <= 65_536);
    assert.equal(rows(comment).length, 150);
    assert.equal(rows(comment).filter((line) => line.includes("**delete**")).length, 100);
    assert.match(comment, /850 more resources are not shown; lost resources come first\./);
    assert.match(comment, /refused x+\n\.\.\.\n/);
    assert.doesNotMatch(comment, /sections are left out/);
  });
});

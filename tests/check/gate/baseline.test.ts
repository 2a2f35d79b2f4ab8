import assert from "node:assert/strict";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  type ModelApprovalStatus,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { parseBaseline } from "../../../check/execution/baseline-option.ts";
import { findBaselines } from "../../../check/gate/baseline.ts";
import { notedModels } from "../../../check/gate/compared-models.ts";
import { ExitError } from "../../../exit-code.ts";
import type { GatedPipeline, GateOutputs } from "../../../stack-outputs.ts";
import { bucket, put } from "../../local/local-aws.ts";
import { useLocalAws } from "../../local/use-local-aws.ts";
import { sketched, someRows } from "./sketched-rows.ts";

/** A registered model, and which of its data exists. */
interface Registered {
  readonly status?: ModelApprovalStatus;
  /** The evaluation that it was registered with; null if there was none, undefined if the object is gone. */
  readonly evaluation?: string | object | null;
  readonly model?: "there" | "gone" | "unnamed";
  readonly properties?: Record<string, string>;
}

const evaluationOf = (value: number, split_rule = "rule/1", sha = "a") => ({
  metrics: { mse: { value } },
  test: { split_rule },
  model: { sha256: sha.repeat(64) },
});

describe("findBaselines", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  let groups = 0;

  const gateOf = (direction: "lower" | "higher") =>
    ({ evaluation: { value: "metrics.mse.value" }, direction }) as GateOutputs;

  /** Registers models in a new group, in this order. */
  async function registered(...models: readonly Registered[]) {
    const group = `group-${++groups}`;
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
    const arns: string[] = [];
    for (const [index, model] of models.entries()) arns.push(await register(group, `${group}/${index}`, model));
    const find = (given?: string, direction: "lower" | "higher" = "lower", own?: readonly string[]) =>
      findBaselines(
        aws,
        { modelPackageGroup: group, gate: gateOf(direction) } as GatedPipeline,
        parseBaseline(given),
        own,
      );
    return { arns, find };
  }

  async function register(
    group: string,
    prefix: string,
    { status = "Approved", model = "there", ...rest }: Registered,
  ) {
    const { evaluation, properties } = rest;
    const modelUrl = `s3://${bucket}/${prefix}/model.tar.gz`;
    await put(aws, `${prefix}/model.tar.gz`, "model");
    const statistics = `s3://${bucket}/${prefix}/evaluation.json`;
    if (evaluation !== undefined && evaluation !== null) {
      const text = typeof evaluation === "string" ? evaluation : JSON.stringify(evaluation);
      await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}/evaluation.json`, Body: text }));
    }
    const metrics = { ModelQuality: { Statistics: { ContentType: "application/json", S3Uri: statistics } } };
    const created = await aws.sagemaker.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: group,
        InferenceSpecification: {
          Containers: [{ Image: "image", ...(model === "unnamed" ? {} : { ModelDataUrl: modelUrl }) }],
          SupportedContentTypes: ["text/csv"],
          SupportedResponseMIMETypes: ["text/csv"],
        },
        ModelApprovalStatus: status,
        ...(evaluation === null ? {} : { ModelMetrics: metrics }),
        ...(properties === undefined ? {} : { CustomerMetadataProperties: properties }),
      }),
    );
    if (model !== "there")
      await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${prefix}/model.tar.gz` }));
    return created.ModelPackageArn ?? "";
  }

  const name = (arn: string | undefined) => arn?.split("/").at(-1);

  it("finds no model in a group without approved models", async () => {
    const { find } = await registered({ status: "PendingManualApproval" }, { status: "Rejected" });
    assert.deepEqual(await find(), {
      notes: ["There is no approved model to compare with yet, so only the ceiling decided."],
    });
  });

  it("finds the latest approved model, and the best one by the evaluations at registration", async () => {
    const { arns, find } = await registered(
      { evaluation: evaluationOf(5) },
      { evaluation: evaluationOf(4.5) },
      { evaluation: evaluationOf(1), status: "Rejected" },
      { evaluation: evaluationOf(4.8, "rule/1", "b") },
      { evaluation: evaluationOf(2), status: "PendingManualApproval" },
    );
    const { baseline, best, notes } = await find();
    assert.deepEqual(baseline, {
      modelPackageArn: arns[3],
      modelUrl: `s3://${bucket}/group-${groups}/3/model.tar.gz`,
      splitRule: "rule/1",
      value: 4.8,
      sha256: "b".repeat(64),
      status: "Approved",
    });
    assert.equal(best?.modelPackageArn, arns[1]);
    assert.deepEqual(notes, []);
  });

  it("searches all pages, even after more rejected models than fit on a page", async () => {
    const evaluation = evaluationOf(5);
    const { arns, find } = await registered(
      { evaluation: evaluationOf(4) },
      { evaluation },
      ...Array.from({ length: 110 }, () => ({ status: "Rejected", evaluation: null }) as const),
    );
    const { baseline, best } = await find();
    assert.deepEqual([name(baseline?.modelPackageArn), name(best?.modelPackageArn)], [name(arns[1]), name(arns[0])]);
  });

  it("follows the approval status, not only the order of registration", async () => {
    const { arns, find } = await registered({ evaluation: evaluationOf(5) }, { evaluation: evaluationOf(5.1) });
    const update = { ModelPackageArn: arns[1], ModelApprovalStatus: "Rejected" } as const;
    await aws.sagemaker.send(new UpdateModelPackageCommand(update));
    assert.equal((await find()).baseline?.modelPackageArn, arns[0]);
  });

  it("uses the given model as the baseline whatever its approval status, and names that status", async () => {
    const { arns, find } = await registered(
      { evaluation: evaluationOf(5), status: "Rejected" },
      { evaluation: evaluationOf(5.5) },
    );
    const { baseline, best, notes } = await find(arns[0]);
    assert.equal(baseline?.modelPackageArn, arns[0]);
    assert.equal(best, undefined);
    assert.deepEqual(notes, [
      `The baseline was given with --baseline: ${arns[0]}, whose status is Rejected.`,
      "The baseline is at least as good as the best of 1 other approved model, according to their own evaluations.",
    ]);
    assert.deepEqual((await find(arns[1])).notes, [`The baseline was given with --baseline: ${arns[1]}.`]);
  });

  it("excludes the models that the execution registered itself, also in AWS's other spelling of ARNs", async () => {
    const { arns, find } = await registered({ evaluation: evaluationOf(5) }, { evaluation: evaluationOf(4) });
    const { baseline, best, notes } = await find(undefined, "lower", [arns[1] ?? ""]);
    assert.deepEqual([baseline?.modelPackageArn, best, notes], [arns[0], undefined, []]);
    const capitals = arns.map((arn) => arn.replace("/group-", "/Group-"));
    assert.equal((await find(undefined, "lower", capitals)).baseline, undefined);
  });

  it("finds no model with --baseline none", async () => {
    const { find } = await registered({ model: "gone" });
    assert.deepEqual(await find("none"), { notes: ["With --baseline none, only the ceiling decided."] });
  });

  it("says that only the floor decides if a higher metric is better", async () => {
    const { find } = await registered();
    const [noted, first, none] = await Promise.all([
      notedModels(aws, gateOf("higher"), {}),
      find(undefined, "higher"),
      find("none", "higher"),
    ]);
    assert.deepEqual(
      [noted.notes, first.notes, none.notes],
      [
        ["The execution was started without a model to compare with, so only the floor decided."],
        ["There is no approved model to compare with yet, so only the floor decided."],
        ["With --baseline none, only the floor decided."],
      ],
    );
  });

  it("reads the split rule from a customer metadata property if the evaluation has none", async () => {
    const { find } = await registered({ evaluation: null, properties: { splitRule: "rule/7" } });
    const { baseline } = await find();
    assert.deepEqual([baseline?.splitRule, baseline?.value], ["rule/7", undefined]);
    const old = await registered({
      evaluation: { metrics: { mse: { value: 3 } } },
      properties: { splitRule: "rule/8" },
    });
    const earlier = (await old.find()).baseline;
    assert.deepEqual([earlier?.splitRule, earlier?.value], ["rule/8", 3]);
  });

  it("reads the sketches of a model's rows, and leaves them out if they are damaged", async () => {
    const sketches = sketched(someRows(50, 1), someRows(10, 2));
    const { find } = await registered({ evaluation: { ...evaluationOf(5), sketches } });
    assert.deepEqual((await find()).baseline?.sketches, sketches);
    const damaged = await registered({ evaluation: { ...evaluationOf(5), sketches: { ...sketches, size: "1024" } } });
    assert.equal((await damaged.find()).baseline?.sketches, undefined);
  });

  it("leaves out an older model that cannot be read, and says so", async () => {
    const { arns, find } = await registered(
      { evaluation: evaluationOf(1), model: "gone" },
      { model: "there" },
      { evaluation: evaluationOf(4) },
      { evaluation: evaluationOf(5) },
    );
    const { best, notes } = await find();
    assert.equal(best?.modelPackageArn, arns[2]);
    assert.match(notes.join(), /^2 other approved models could not be considered as the best one/);
  });

  const broken: readonly (readonly [string, Registered, RegExp])[] = [
    [
      "its model is gone",
      { evaluation: evaluationOf(5), model: "gone" },
      /has its model at s3:\S+model\.tar\.gz, which is gone/,
    ],
    ["it names no model", { evaluation: evaluationOf(5), model: "unnamed" }, /names no model data/],
    ["its evaluation is gone", {}, /was registered with the evaluation s3:\S+, which is gone/],
    ["its evaluation is half a file", { evaluation: '{"metrics"' }, /evaluation s3:\S+, which cannot be read/],
    ["its evaluation has the wrong form", { evaluation: '{"test":{"split_rule":7}}' }, /which cannot be read/],
    [
      "it was registered without an evaluation",
      { evaluation: null },
      /names no split rule, neither in .* nor as .* splitRule/,
    ],
    ["its evaluation names no split rule", { evaluation: { metrics: {} } }, /names no split rule/],
  ];
  for (const [what, model, message] of broken)
    it(`rejects an unreadable latest model with exit code 5: ${what}`, async () => {
      const { arns, find } = await registered({ evaluation: evaluationOf(5) }, model);
      await assert.rejects(
        find(),
        (error) =>
          error instanceof ExitError &&
          error.code === 5 &&
          error.message.startsWith(`The approved model ${arns[1]} `) &&
          error.message.endsWith(": reject it, approve another, or give --baseline ARN.") &&
          message.test(error.message),
      );
    });

  it("rejects a given ARN that does not exist with exit code 2", async () => {
    const { arns, find } = await registered({ evaluation: evaluationOf(5) });
    const missing = `${arns[0]?.replace(/\d+$/, "")}99`;
    await assert.rejects(
      find(missing),
      (error) => error instanceof ExitError && error.code === 2 && /99/.test(error.message),
    );
  });
});

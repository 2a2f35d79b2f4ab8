import assert from "node:assert/strict";
import {
  conditionStep,
  type Expression,
  equals,
  execution,
  failStep,
  lambdaStep,
  pipeline,
  processingStep,
  type Step,
  stringParameter,
} from "#language";
import { definitionDifference } from "../../../language/difference/definition-difference.ts";
import { differenceText } from "../../../language/difference/difference-text.ts";
import { processing } from "../check/jobs.ts";

type Options = {
  readonly code?: string;
  readonly environment?: Readonly<Record<string, string | Expression<string>>>;
  readonly count?: number;
  readonly inputs?: readonly string[];
  readonly cached?: boolean;
};

const job = (name: string, source: string | Expression<string>, options: Options = {}) =>
  processingStep(name, {
    arguments: {
      ...processing,
      ProcessingResources: {
        ClusterConfig: { InstanceCount: options.count ?? 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 },
      },
      Environment: options.environment ?? {},
      ProcessingInputs: [
        { InputName: "in", S3Input: { S3Uri: source, S3DataType: "S3Prefix" } },
        ...(options.inputs ?? []).map((InputName) => ({ InputName })),
        {
          InputName: "code",
          S3Input: { S3Uri: `s3://b/p/code/${(options.code ?? "a").repeat(64)}/x.py`, S3DataType: "S3Prefix" },
        },
      ],
    },
    outputs: ["out"],
    ...(options.cached === false ? {} : { cache: { enabled: true, expireAfter: "P30D" } }),
  });

const data = stringParameter("Data", { default: "s3://b/1" });
const two = (first: Options = {}, second: Options = {}) => {
  const a = job("A", data, first);
  return [a, job("B", a.outputs.out, second)] as const;
};
const of = (steps: readonly Step[], parameters = [data]) => pipeline("P", { parameters, steps });
const difference = (before: readonly Step[], after: readonly Step[]) => definitionDifference(of(before), of(after));

/** A change of the second or the first of two steps: what is seen of it, and what runs again and why. */
const changes: readonly (readonly [string, readonly Step[], readonly string[], readonly string[]])[] = [
  [
    "nothing",
    two(),
    [],
    [
      "A comes from the cache: nothing that SageMaker compares changed",
      "B comes from the cache: nothing that SageMaker compares changed",
    ],
  ],
  [
    "code",
    two({ code: "b" }),
    ["A code Arguments.ProcessingInputs[code].S3Input.S3Uri"],
    ["A runs: its code changed (Arguments.ProcessingInputs[code].S3Input.S3Uri)", "B runs: it reads A, which runs"],
  ],
  [
    "a value that decides whether a run is the same one",
    two({}, { environment: { K: "v" } }),
    ["B removed Arguments.Environment", "B added Arguments.Environment.K"],
    ["A comes from the cache: nothing that SageMaker compares changed", "B runs: Arguments.Environment was removed"],
  ],
  [
    "a value that does not",
    two({}, { count: 2 }),
    ["B changed Arguments.ProcessingResources.ClusterConfig.InstanceCount"],
    [
      "A comes from the cache: nothing that SageMaker compares changed",
      "B comes from the cache: nothing that SageMaker compares changed",
    ],
  ],
  [
    "where an input comes from",
    [job("A", data), job("B", data)],
    ["B re-wired Arguments.ProcessingInputs[in].S3Input.S3Uri"],
    [
      "A comes from the cache: nothing that SageMaker compares changed",
      "B runs: Arguments.ProcessingInputs[in].S3Input.S3Uri reads something else",
    ],
  ],
  [
    "an input in the middle of the list, without a word about the others",
    two({}, { inputs: ["more"] }),
    ["B added Arguments.ProcessingInputs[more].InputName"],
    [
      "A comes from the cache: nothing that SageMaker compares changed",
      "B runs: Arguments.ProcessingInputs[more].InputName was added",
    ],
  ],
  [
    "a cache that is taken away",
    two({ cached: false }),
    ["A removed CacheConfig.Enabled", "A removed CacheConfig.ExpireAfter"],
    ["A runs: its results are not kept (no cache)", "B runs: it reads A, which runs"],
  ],
  [
    "a value that is new in each execution",
    two({}, { environment: { K: execution.id } }),
    ["B removed Arguments.Environment", "B added Arguments.Environment.K"],
    ["A comes from the cache: nothing that SageMaker compares changed", "B runs: Arguments.Environment was removed"],
  ],
];

describe("the difference of two definitions", () => {
  for (const [what, after, seen, runs] of changes)
    it(`sees ${what}, and what runs again for it`, () => {
      const { steps, nextRuns } = difference(two(), after);
      const found = steps.flatMap(({ name, changes: each }) => each.map(({ kind, path }) => `${name} ${kind} ${path}`));
      assert.deepEqual(found, seen);
      assert.deepEqual(
        nextRuns.map(({ step, outcome, because }) => `${step} ${outcome}: ${because}`),
        runs,
      );
    });

  it("runs what uses something new in each execution, though nothing differs", () => {
    const steps = [
      job("A", data, { environment: { K: execution.id } }),
      job("B", data, { environment: { K: execution.pipelineName } }),
    ];
    const { nextRuns } = difference(steps, steps);
    assert.deepEqual(
      nextRuns.map(({ because }) => because),
      ["it uses Execution.PipelineExecutionId, which is new each time", "nothing that SageMaker compares changed"],
    );
  });

  it("sees parameters by their names, and runs what reads another default", () => {
    const now = [stringParameter("Data", { default: "s3://b/2" }), stringParameter("New")];
    const { parameters, nextRuns } = definitionDifference(
      of(two(), [data, stringParameter("Old")]),
      of([job("A", now[0] as typeof data)], now),
    );
    assert.deepEqual(
      parameters.map(({ name, difference: what }) => `${what} ${name}`),
      ["changed Data", "added New", "removed Old"],
    );
    assert.deepEqual(
      nextRuns.map(({ because }) => because),
      ["the default of the parameter Data changed"],
    );
  });

  it("sees steps that come, go, move into a branch and change their type", () => {
    const condition = (...ifSteps: readonly Step[]) => conditionStep("C", { conditions: [equals(1, 1)], ifSteps });
    const before = [job("A", data), failStep("Gone"), condition(), failStep("T")];
    const after = [
      condition(job("A", data)),
      lambdaStep("New", { functionArn: "f" }),
      lambdaStep("T", { functionArn: "f" }),
    ];
    const { steps, nextRuns } = difference(before, after);
    assert.deepEqual(
      steps.map(({ name, difference: what, moved }) => [what, name, moved?.to]),
      [
        ["changed", "A", "in the if branch of C"],
        ["added", "New", undefined],
        ["changed", "T", undefined],
        ["removed", "Gone", undefined],
      ],
    );
    assert.deepEqual(
      nextRuns.map(({ step, branch }) => [step, branch]),
      [
        ["A", "in the if branch of C"],
        ["New", undefined],
        ["T", undefined],
      ],
    );
  });

  it("sees what is different in the pipeline itself, and not the order of steps", () => {
    const [a, b] = [failStep("A"), failStep("B")];
    const before = pipeline("P", { steps: [a, b] });
    const after = pipeline("P", { steps: [b, a], experiment: null });
    const { pipeline: own, steps } = definitionDifference(before, after);
    assert.deepEqual(
      own.map(({ kind, path }) => `${kind} ${path}`),
      [
        "removed PipelineExperimentConfig.ExperimentName",
        "removed PipelineExperimentConfig.TrialName",
        "added PipelineExperimentConfig",
      ],
    );
    assert.deepEqual(steps, []);
  });

  it("is a text with a line for each change, and code by the beginning of its hash", () => {
    const text = differenceText(difference(two(), [...two({ code: "b", count: 3 }), failStep("F")]));
    assert.equal(
      text,
      `Steps
  ~ A (Processing)
      ~ Arguments.ProcessingResources.ClusterConfig.InstanceCount: 1 -> 3
      ~ code Arguments.ProcessingInputs[code].S3Input.S3Uri: x.py aaaaaaaaaaaa -> x.py bbbbbbbbbbbb
  + F (Fail)

The next execution, with default parameter values, after a successful one
  A  runs: its code changed (Arguments.ProcessingInputs[code].S3Input.S3Uri)
  B  runs: it reads A, which runs
  F  runs: SageMaker keeps no results of Fail steps
`,
    );
  });

  it("says so where nothing differs", () => {
    assert.match(differenceText(difference(two(), two())), /^Nothing differs\.\n\nThe next execution/);
  });
});

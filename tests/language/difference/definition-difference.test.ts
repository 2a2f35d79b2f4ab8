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

/** Changes of a pipeline with two steps: the expected changes, and the expected outcomes in the next execution. */
const changes: readonly (readonly [string, readonly Step[], readonly string[], readonly string[]])[] = [
  [
    "no change",
    two(),
    [],
    [
      "A comes from the cache: the arguments that the cache compares did not change",
      "B comes from the cache: the arguments that the cache compares did not change",
    ],
  ],
  [
    "changed code",
    two({ code: "b" }),
    ["A code Arguments.ProcessingInputs[code].S3Input.S3Uri"],
    ["A runs: its code changed (Arguments.ProcessingInputs[code].S3Input.S3Uri)", "B runs: it reads A, which runs"],
  ],
  [
    "a changed argument that SageMaker's step cache compares",
    two({}, { environment: { K: "v" } }),
    ["B removed Arguments.Environment", "B added Arguments.Environment.K"],
    [
      "A comes from the cache: the arguments that the cache compares did not change",
      "B runs: Arguments.Environment was removed",
    ],
  ],
  [
    "a changed argument that SageMaker's step cache ignores",
    two({}, { count: 2 }),
    ["B changed Arguments.ProcessingResources.ClusterConfig.InstanceCount"],
    [
      "A comes from the cache: the arguments that the cache compares did not change",
      "B comes from the cache: the arguments that the cache compares did not change",
    ],
  ],
  [
    "an input that refers to something else",
    [job("A", data), job("B", data)],
    ["B re-wired Arguments.ProcessingInputs[in].S3Input.S3Uri"],
    [
      "A comes from the cache: the arguments that the cache compares did not change",
      "B runs: Arguments.ProcessingInputs[in].S3Input.S3Uri refers to something else",
    ],
  ],
  [
    "only the new input if it was added in the middle of the list",
    two({}, { inputs: ["more"] }),
    ["B added Arguments.ProcessingInputs[more].InputName"],
    [
      "A comes from the cache: the arguments that the cache compares did not change",
      "B runs: Arguments.ProcessingInputs[more].InputName was added",
    ],
  ],
  [
    "a removed cache configuration",
    two({ cached: false }),
    ["A removed CacheConfig.Enabled", "A removed CacheConfig.ExpireAfter"],
    ["A runs: its cache is not enabled", "B runs: it reads A, which runs"],
  ],
  [
    "an added value that differs in each execution",
    two({}, { environment: { K: execution.id } }),
    ["B removed Arguments.Environment", "B added Arguments.Environment.K"],
    [
      "A comes from the cache: the arguments that the cache compares did not change",
      "B runs: Arguments.Environment was removed",
    ],
  ],
];

describe("the difference of two definitions", () => {
  for (const [what, after, seen, outcomes] of changes)
    it(`reports ${what}, and the outcome of each step in the next execution`, () => {
      const { steps, nextExecution } = difference(two(), after);
      const lines = steps.flatMap(({ name, changes: each }) => each.map(({ kind, path }) => `${name} ${kind} ${path}`));
      assert.deepEqual(lines, seen);
      assert.deepEqual(
        nextExecution.map(({ step, outcome, because }) => `${step} ${outcome}: ${because}`),
        outcomes,
      );
    });

  it("expects a step to run that uses the execution id, although no argument changed", () => {
    const steps = [
      job("A", data, { environment: { K: execution.id } }),
      job("B", data, { environment: { K: execution.pipelineName } }),
    ];
    const { nextExecution } = difference(steps, steps);
    assert.deepEqual(
      nextExecution.map(({ because }) => because),
      [
        "it uses Execution.PipelineExecutionId, which is new each time",
        "the arguments that the cache compares did not change",
      ],
    );
  });

  it("matches parameters by name, and expects a step to run if the default of its parameter changed", () => {
    const now = [stringParameter("Data", { default: "s3://b/2" }), stringParameter("New")];
    const { parameters, nextExecution } = definitionDifference(
      of(two(), [data, stringParameter("Old")]),
      of([job("A", now[0] as typeof data)], now),
    );
    assert.deepEqual(
      parameters.map(({ name, difference: what }) => `${what} ${name}`),
      ["changed Data", "added New", "removed Old"],
    );
    assert.deepEqual(
      nextExecution.map(({ because }) => because),
      ["the default of the parameter Data changed"],
    );
  });

  it("reports steps that were added, removed, moved into a branch or changed to another type", () => {
    const condition = (...ifSteps: readonly Step[]) => conditionStep("C", { conditions: [equals(1, 1)], ifSteps });
    const before = [job("A", data), failStep("Gone"), condition(), failStep("T")];
    const after = [
      condition(job("A", data)),
      lambdaStep("New", { functionArn: "f" }),
      lambdaStep("T", { functionArn: "f" }),
    ];
    const { steps, nextExecution } = difference(before, after);
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
      nextExecution.map(({ step, branch }) => [step, branch]),
      [
        ["A", "in the if branch of C"],
        ["New", undefined],
        ["T", undefined],
      ],
    );
  });

  it("reports changes of the pipeline's own settings, but not of the order of its steps", () => {
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

  it("prints one line for each change, and code as the first digits of its hash", () => {
    const text = differenceText(difference(two(), [...two({ code: "b", count: 3 }), failStep("F")]));
    assert.equal(
      text,
      `Steps
  ~ A (Processing)
      ~ Arguments.ProcessingResources.ClusterConfig.InstanceCount: 1 -> 3
      ~ code Arguments.ProcessingInputs[code].S3Input.S3Uri: x.py aaaaaaaaaaaa -> x.py bbbbbbbbbbbb
  + F (Fail)

The next execution with default parameter values, if the last one succeeded
  A  runs: its code changed (Arguments.ProcessingInputs[code].S3Input.S3Uri)
  B  runs: it reads A, which runs
  F  runs: SageMaker does not cache Fail steps
`,
    );
  });

  it("prints that two equal definitions have no differences", () => {
    assert.match(differenceText(difference(two(), two())), /^No differences\.\n\nThe next execution/);
  });
});

import assert from "node:assert/strict";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { systemClock } from "../../../../aws/clock.ts";
import type { Report } from "../../../../check/report/content/report.ts";
import { addPictures } from "../../../../check/report/read/add-pictures.ts";

const arn = "arn:aws:sagemaker:us-east-1:123456789012";
const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second));
const bare: Report = {
  version: 1,
  verdict: "pass",
  exitCode: 0,
  reasons: ["It is good."],
  evaluation: "s3://bucket/evaluation/evaluation.json",
  execution: { arn: `${arn}:pipeline/crickets/execution/uukpafgfess9` },
};

const step = (Name: string, Type: string, more: object = {}) => ({ Name, Type, Arguments: {}, ...more });
const definition = JSON.stringify({
  Version: "2020-12-01",
  Steps: [
    step("Train", "Training"),
    step("Refuse", "Fail", { DependsOn: ["Train"], Arguments: { ErrorMessage: "no" } }),
  ],
});
const reportData = { schema_version: 1, label: "rings", test_rows: 1, actual: [3], candidate: [4] };
const evaluation = (value: number) => ({ metrics: { value } });
const measure = (text: string) => JSON.parse(text).metrics.value;
const body = (content: object) => ({ Body: { transformToString: async () => JSON.stringify(content) } });

type Input = Readonly<Record<string, string>>;
type Answers = Readonly<Record<string, (input: Input) => object>>;

const answers: Answers = {
  DescribePipelineExecution: () => ({
    PipelineExecutionStatus: "Succeeded",
    CreationTime: at(0),
    // A later note on the execution changes this time.
    LastModifiedTime: at(3000),
  }),
  ListPipelineExecutionSteps: () => ({
    PipelineExecutionSteps: [
      {
        StepName: "Train",
        StepStatus: "Succeeded",
        StartTime: at(1),
        EndTime: at(21),
        Metadata: { TrainingJob: { Arn: `${arn}:training-job/pipelines-x-train` } },
      },
    ],
  }),
  DescribePipelineDefinitionForExecution: () => ({ PipelineDefinition: definition }),
  DescribeTrainingJob: () => ({
    TrainingJobName: "pipelines-x-Train",
    FinalMetricDataList: [{ MetricName: "validation:rmse", Value: 2.5 }],
  }),
  DescribeLogStreams: () => ({ logStreams: [{ logStreamName: "pipelines-x-Train/algo-1" }] }),
  GetLogEvents: ({ nextToken = "0" }) => ({
    events: nextToken === "2" ? [] : [{ message: `[${nextToken}]\ttrain-rmse:${3 - Number(nextToken)}` }],
    nextForwardToken: String(Math.min(Number(nextToken) + 1, 2)),
  }),
  ListModelPackages: ({ NextToken = "9" }) => ({
    // An empty page need not be the last one.
    ModelPackageSummaryList:
      NextToken === "8"
        ? []
        : [
            {
              ModelPackageArn: `${arn}:model-package/crickets/${NextToken}`,
              ModelPackageVersion: Number(NextToken),
              ModelApprovalStatus: "Approved",
              CreationTime: at(Number(NextToken)),
            },
          ],
    ...(NextToken === "7" ? {} : { NextToken: String(Number(NextToken) - 1) }),
  }),
  DescribeModelPackage: ({ ModelPackageName = "" }) => ({
    ModelMetrics: {
      ModelQuality: { Statistics: { S3Uri: `s3://bucket/models/${ModelPackageName.split("/").at(-1)}` } },
    },
  }),
  GetObject: ({ Key = "" }) =>
    body(Key === "evaluation/report-data.json" ? reportData : evaluation(Number(Key.at(-1)))),
};

/** The AWS SDK's clients, which answer from a table instead of the network. */
function clients(given: Answers) {
  const configuration = { region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };
  const made = {
    sagemaker: new SageMakerClient(configuration),
    s3: new S3Client(configuration),
    logs: new CloudWatchLogsClient(configuration),
  };
  const send = async (command: { readonly input: Input }) => {
    const operation = command.constructor.name.replace(/Command$/, "");
    const answer = given[operation];
    assert.ok(answer !== undefined, `${operation} is not in the table`);
    return answer(command.input);
  };
  for (const client of Object.values(made)) Object.assign(client, { send });
  return { ...made, clock: systemClock, isLocal: false };
}

function refuse(): never {
  throw Object.assign(new Error("User is not authorized.\nsecond line"), { name: "AccessDenied" });
}

function add(given: Answers, report = bare, signal = new AbortController().signal): Promise<Report> {
  return addPictures(report, { clients: clients(given), modelPackageGroup: "crickets", measure, signal });
}

describe("addPictures", () => {
  it("reads the execution's steps and graph, its training curve, its predictions and the group's models", async () => {
    const { execution, graph, training, predictions, models, ...others } = await add(answers);
    assert.deepEqual(execution, {
      arn: bare.execution?.arn,
      status: "Succeeded",
      seconds: 20,
      steps: [{ name: "Train", status: "Succeeded", cached: false, seconds: 20 }],
    });
    assert.deepEqual(graph, {
      steps: [
        { name: "Train", type: "Training" },
        { name: "Refuse", type: "Fail" },
      ],
      edges: [{ from: "Train", to: "Refuse" }],
    });
    assert.deepEqual(training, { rounds: [0, 1], curves: [{ name: "train-rmse", values: [3, 2] }] });
    assert.deepEqual(predictions, { label: "rings", testRows: 1, actual: [3], candidate: [4] });
    assert.deepEqual(
      models?.map(({ version, value, registered }) => [version, value, registered]),
      [
        [7, 7, at(7).toISOString()],
        [9, 9, at(9).toISOString()],
      ],
    );
    const { execution: _, ...rest } = bare;
    assert.deepEqual(others, rest, "the rest is as it was, and everything is there");
  });

  it("reads a running execution, which has no end", async () => {
    const running = { ...answers, DescribePipelineExecution: () => ({ PipelineExecutionStatus: "Executing" }) };
    const { execution } = await add(running);
    assert.deepEqual([execution?.status, execution?.seconds], ["Executing", undefined]);
  });

  const missing: readonly (readonly [string, Answers, readonly (readonly [string, RegExp])[]])[] = [
    [
      "the definition denied",
      { DescribePipelineDefinitionForExecution: refuse },
      [["The graph", /^AccessDenied: User is not authorized\. second line$/]],
    ],
    [
      "an invalid definition",
      { DescribePipelineDefinitionForExecution: () => ({ PipelineDefinition: "{" }) },
      [["The graph", /JSON/]],
    ],
    [
      "the steps denied",
      { ListPipelineExecutionSteps: refuse },
      [
        ["The steps", /^AccessDenied/],
        ["The training curve", /^AccessDenied/],
      ],
    ],
    [
      "no training job",
      { ListPipelineExecutionSteps: () => ({ PipelineExecutionSteps: [] }) },
      [["The training curve", /^the execution has no training job$/]],
    ],
    [
      "a log without rounds",
      { GetLogEvents: () => ({ events: [{ message: "hello" }] }) },
      [["The training curve", /no metrics for each round; its final metrics are validation:rmse 2\.5$/]],
    ],
    ["no log", { DescribeLogStreams: () => ({}) }, [["The training curve", /final metrics are validation:rmse 2\.5$/]]],
    [
      "S3 denied",
      { GetObject: refuse },
      [
        ["Predictions and feature importance", /^AccessDenied/],
        ["The models of the group", /^the group crickets has no model whose evaluation can be read$/],
      ],
    ],
    [
      "no data beside the evaluation",
      {
        GetObject: ({ Key = "" }) => {
          if (Key.endsWith("report-data.json")) throw Object.assign(new Error("none"), { name: "NoSuchKey" });
          return body(evaluation(5));
        },
      },
      [["Predictions and feature importance", /^s3:\/\/bucket\/evaluation\/report-data\.json does not exist$/]],
    ],
    ["no models", { ListModelPackages: () => ({}) }, [["The models of the group", /has no model whose/]]],
    [
      "an error that is not AWS's",
      { ListModelPackages: () => assert.fail("socket closed") },
      [["The models of the group", /socket closed/]],
    ],
  ];
  for (const [what, change, expected] of missing)
    it(`writes the reason instead of a picture: ${what}`, async () => {
      const report = await add({ ...answers, ...change });
      const notDrawn = [...(report.notDrawn ?? [])].sort((a, b) => a.picture.localeCompare(b.picture));
      assert.deepEqual(
        notDrawn.map(({ picture }) => picture),
        expected.map(([picture]) => picture).sort((a, b) => a.localeCompare(b)),
      );
      for (const [picture, reason] of expected)
        assert.match(notDrawn.find((one) => one.picture === picture)?.reason ?? "", reason);
      assert.deepEqual([report.verdict, report.reasons], [bare.verdict, bare.reasons]);
    });

  it("lists a model whose evaluation is gone without a value", async () => {
    const GetObject = ({ Key = "" }: Input) => (Key === "models/9" ? refuse() : body(evaluation(5)));
    const { models } = await add({ ...answers, GetObject });
    assert.deepEqual(
      models?.map(({ version, value }) => [version, value]),
      [
        [7, 5],
        [9, undefined],
      ],
    );
  });

  it("reads only the newest 50 models", async () => {
    let pages = 0;
    const ListModelPackages = ({ MaxResults }: Input) => {
      pages += 1;
      return {
        ModelPackageSummaryList: Array.from({ length: Number(MaxResults) }, (_, index) => ({
          ...{ ModelPackageArn: `${arn}:model-package/crickets/${100 - index}`, ModelPackageVersion: 100 - index },
        })),
        NextToken: "more",
      };
    };
    const { models } = await add({ ...answers, ListModelPackages });
    assert.deepEqual([models?.length, models?.at(0)?.version, models?.at(-1)?.version, pages], [50, 51, 100, 1]);
  });

  it("stops reading when the time is over", async () => {
    const time = new AbortController();
    const hang = () => new Promise<object>(() => {});
    const adding = add({ ...answers, ListModelPackages: hang, DescribeTrainingJob: hang }, bare, time.signal);
    time.abort();
    const report = await adding;
    assert.ok(report.notDrawn?.every(({ reason }) => reason === "there was no time to read it"));
    assert.ok(report.notDrawn?.some(({ picture }) => picture === "The models of the group"));
  });

  it("reads only the models if there is neither an execution nor an evaluation", async () => {
    const { execution: _, evaluation: __, ...none } = bare;
    const report = await add(answers, none);
    assert.deepEqual(Object.keys(report).sort(), [...Object.keys(none), "models"].sort());
  });
});

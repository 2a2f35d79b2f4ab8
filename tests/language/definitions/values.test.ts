import {
  booleanParameter,
  callbackStep,
  execution,
  failStep,
  floatParameter,
  integerParameter,
  join,
  jsonGet,
  lambdaStep,
  pipeline,
  processingStep,
  stringParameter,
} from "#language";
import { functionArn, image, itRebuilds, role } from "./python-sdk.ts";

const job = {
  ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 } },
  AppSpecification: { ImageUri: image },
  RoleArn: role,
} as const;

describe("definitions of the SageMaker Python SDK: values", () => {
  itRebuilds("empty", () => pipeline("Empty", { steps: [] }));

  itRebuilds("experiment-custom", () =>
    pipeline("ExperimentCustom", {
      experiment: { experimentName: "my-exp", trialName: join("-", ["trial", execution.id]) },
      steps: [failStep("F", { errorMessage: "x" })],
    }),
  );

  itRebuilds("experiment-none", () =>
    pipeline("ExperimentNone", { experiment: null, steps: [failStep("F", { errorMessage: "x" })] }),
  );

  itRebuilds("parameters", () => {
    const s1 = stringParameter("S1", { default: "x" });
    const i1 = integerParameter("I1", { default: 0 });
    const f1 = floatParameter("F1", { default: 0.5 });
    const b1 = booleanParameter("B1", { default: true });
    return pipeline("Parameters", {
      parameters: [
        stringParameter("S0"),
        s1,
        stringParameter("S2", { default: "b", enum: ["a", "b", "c"] }),
        stringParameter("S3", { default: "" }),
        integerParameter("I0"),
        i1,
        integerParameter("I2", { default: -5 }),
        integerParameter("I3", { default: 9007199254740993n }),
        floatParameter("F0"),
        f1,
        floatParameter("F2", { default: 1 }),
        floatParameter("F3", { default: 1e-7 }),
        floatParameter("F4", { default: 0 }),
        floatParameter("F5", { default: 1e22 }),
        booleanParameter("B0"),
        b1,
        booleanParameter("B2", { default: false }),
        stringParameter("U1", { default: 'é ☃ 😀 " \\ / \n \t' }),
      ],
      steps: [failStep("F", { errorMessage: join(",", [s1, i1, f1, b1]) })],
    });
  });

  itRebuilds("functions", () => {
    const p = stringParameter("P", { default: "p" });
    const n = integerParameter("N", { default: 3 });
    const l = lambdaStep("L", {
      functionArn,
      inputs: {
        start: execution.startDateTime,
        now: execution.currentDateTime,
        name: execution.pipelineName,
        arn: execution.pipelineArn,
        id: execution.id,
        earn: execution.arn,
        tj: execution.trainingJobName,
        pj: execution.processingJobName,
        join1: join("", ["a", 1]),
        join2: join("/", ["s3:/", p, join("-", ["x", execution.id, 3, 2.5, true])]),
        tostr: join("", [n]),
      },
      outputs: { o: "String" },
    });
    const proc = processingStep("Proc", {
      arguments: {
        ...job,
        ProcessingOutputConfig: {
          Outputs: [
            {
              OutputName: "r",
              AppManaged: false,
              S3Output: { S3Uri: "s3://out/r", LocalPath: "/opt/ml/processing/r", S3UploadMode: "EndOfJob" },
            },
          ],
        },
      },
      outputs: ["r"],
      propertyFiles: { Pf: { output: "r", path: "out.json" } },
    });
    const file = join("/", [proc.outputs.r, "out.json"]);
    return pipeline("Functions", {
      parameters: [p, n],
      steps: [
        l,
        proc,
        lambdaStep("L2", {
          functionArn,
          inputs: {
            jg: jsonGet(proc.propertyFiles.Pf, "a.b[0].c"),
            jg2: jsonGet(proc.propertyFiles.Pf, "x"),
            lam: l.outputs.o,
          },
        }),
        lambdaStep("L3", {
          functionArn,
          inputs: {
            byint: proc.properties.ProcessingOutputConfig.Outputs.at(0).S3Output.S3Uri,
            byname: proc.outputs.r,
            map: proc.properties.Environment.at("KEY"),
            deep: proc.properties.ProcessingResources.ClusterConfig.InstanceCount,
            joined: file,
          },
        }),
        failStep("Fn", { errorMessage: jsonGet<string>(file, "y") }),
      ],
    });
  });

  itRebuilds("lambda-callback-fail", () => {
    const q = stringParameter("Q", { default: "https://sqs.us-east-1.amazonaws.com/123456789012/q" });
    const l = lambdaStep("L", {
      functionArn,
      inputs: { s: "text", i: 1, f: 1.5, b: true, param: q, nested: { k: execution.id } },
      outputs: { status: "String", count: "Integer", ok: "Boolean", score: "Float" },
      cache: { enabled: true, expireAfter: "P1D" },
      displayName: "My Lambda",
      description: "calls fn",
    });
    const c = callbackStep("C", {
      sqsQueueUrl: q,
      inputs: { from_lambda: l.outputs.status, n: l.outputs.count },
      outputs: { out1: "String", out2: "Integer" },
      dependsOn: [l],
      cache: { enabled: true },
    });
    const l2 = lambdaStep("L2", { functionArn, dependsOn: [c] });
    return pipeline("LambdaCallbackFail", {
      parameters: [q],
      steps: [
        l,
        c,
        l2,
        failStep("F", {
          errorMessage: join(" ", ["failed at", execution.startDateTime, c.outputs.out1]),
          dependsOn: [l2],
          displayName: "Stop",
        }),
        failStep("F2", { errorMessage: "bye" }),
        failStep("F3"),
      ],
    });
  });
});

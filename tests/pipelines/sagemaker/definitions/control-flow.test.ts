import {
  booleanParameter,
  type CurrentItem,
  callbackStep,
  conditionStep,
  equals,
  execution,
  failStep,
  floatParameter,
  forEachStep,
  greaterThan,
  greaterThanOrEqualTo,
  integerParameter,
  isIn,
  join,
  jsonGet,
  lambdaStep,
  lessThan,
  lessThanOrEqualTo,
  not,
  or,
  outcome,
  pipeline,
  processingStep,
  type Step,
  stringParameter,
} from "../../../../pipelines/sagemaker/index.ts";
import { functionArn, image, itRebuilds, role } from "./python-sdk.ts";

const lambda = (name: string, ...dependsOn: readonly Step[]) =>
  lambdaStep(name, { functionArn, ...(dependsOn.length === 0 ? {} : { dependsOn }) });

const job = {
  ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 } },
  AppSpecification: { ImageUri: image },
  RoleArn: role,
} as const;

describe("definitions of the SageMaker Python SDK: control flow", () => {
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

  itRebuilds("conditions", () => {
    const s = stringParameter("S", { default: "a" });
    const i = integerParameter("I", { default: 1 });
    const fl = floatParameter("Fl", { default: 0.5 });
    const b = booleanParameter("B", { default: true });
    const src = lambdaStep("Src", { functionArn, outputs: { num: "Float", txt: "String" } });
    const inner = conditionStep("Inner", {
      conditions: [greaterThan(i, 3)],
      ifSteps: [lambda("InnerYes")],
      elseSteps: [failStep("InnerNo", { errorMessage: "inner no" })],
    });
    const all = conditionStep("AllConds", {
      displayName: "All",
      description: "every class",
      dependsOn: [src],
      conditions: [
        equals(s, "a"),
        greaterThan(i, 0),
        greaterThanOrEqualTo(fl, 0.5),
        isIn(s, ["a", "b", s]),
        lessThan(src.outputs.num, 10),
        lessThanOrEqualTo(fl, 1.0),
        not(equals(i, 2)),
        or(equals(b, true), not(isIn(s, ["z"])), or(lessThan(i, 5))),
        equals(1, 1),
        equals(execution.pipelineName, "Conditions"),
      ],
      ifSteps: [inner, lambda("Yes")],
      elseSteps: [failStep("No", { errorMessage: "no" })],
    });
    return pipeline("Conditions", {
      parameters: [s, i, fl, b],
      steps: [src, all, lambda("After", all), conditionStep("EmptyBranches", { conditions: [equals(i, 1)] })],
    });
  });

  itRebuilds("depends-cache-retry", () => {
    const a = lambda("A");
    const b = processingStep("B", {
      arguments: job,
      dependsOn: [a],
      displayName: "Bee",
      description: "the b",
      cache: { enabled: true, expireAfter: "P30D" },
      retry: [
        { exceptions: ["Step.SERVICE_FAULT", "Step.THROTTLING"], maxAttempts: 5 },
        {
          exceptions: ["SageMaker.RESOURCE_LIMIT", "SageMaker.JOB_INTERNAL_ERROR", "SageMaker.CAPACITY_ERROR"],
          backoffRate: 1.5,
          intervalSeconds: 30,
          expireAfterMinutes: 120,
        },
        { exceptions: ["SageMaker.CAPACITY_ERROR"], maxAttempts: 1 },
      ],
    });
    const c = processingStep("C", { arguments: job, dependsOn: [a, b], cache: { enabled: false } });
    const g1 = lambda("G1");
    const group = [g1, lambda("G2", g1)];
    return pipeline("DependsCacheRetry", {
      steps: [a, b, c, ...group, lambda("D", ...group), lambda("E", ...group), lambda("F", c)],
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

  // The newer SDK adds a member for MLflow, which it leaves empty.
  const withMlflow = (built: ReturnType<typeof pipeline>) => ({ ...built, members: { MlflowConfig: null } });

  itRebuilds("v3-plain", () => {
    const a = lambdaStep("A", {
      functionArn,
      inputs: { id: execution.id },
      outputs: { o: "String" },
      cache: { enabled: true, expireAfter: "P1D" },
    });
    const c = conditionStep("C", {
      conditions: [equals(a.outputs.o, "x"), isIn("a", ["a"]), not(or(greaterThan(1, 2)))],
      ifSteps: [failStep("F", { errorMessage: "m" })],
    });
    return withMlflow(pipeline("Plain", { steps: [a, c] }));
  });

  itRebuilds("v3-triggers", () => {
    const a = lambda("A");
    const onFail = lambdaStep("OnFail", { functionArn, dependsOn: [outcome(a, "Failed")] });
    return withMlflow(
      pipeline("Triggers", {
        steps: [
          a,
          onFail,
          lambdaStep("OnStop", { functionArn, dependsOn: [outcome(a, "Stopped")] }),
          lambdaStep("Always", { functionArn, dependsOn: [outcome(a, "Any"), onFail] }),
          lambda("Ok", a),
        ],
      }),
    );
  });

  itRebuilds("v3-for-each", () => {
    const items = stringParameter("Items", { default: '["a","b"]' });
    const fan = forEachStep("Fan", {
      displayName: "Fan out",
      items,
      maxConcurrency: 5,
      body: (item: CurrentItem<{ a: { b: string } }>) => ({
        process: lambdaStep("ProcessItem", {
          functionArn,
          inputs: { item, field: item.a.b },
          outputs: { score: "Float" },
        }),
      }),
      selector: { pick: "MaxBy", field: ({ process }) => process.outputs.score },
    });
    const fan2 = forEachStep("Fan2", {
      items: ["x", 1, 2.5, true, items],
      maxConcurrency: 1,
      body: (item: CurrentItem<Record<string, string>>) => ({
        body: lambdaStep("Body2", { functionArn, inputs: { i: item.at("k") } }),
      }),
      dependsOn: [fan],
    });
    const { Status, InputItemCount, SucceededStepCount } = fan.properties;
    const afterwards = lambdaStep("After", {
      functionArn,
      inputs: {
        first: fan.iteration(0).process.outputs.score,
        sel: fan.selected.outputs.score,
        status: Status,
        n: InputItemCount,
        ok: SucceededStepCount,
      },
    });
    return withMlflow(pipeline("ForEach", { parameters: [items], steps: [fan, fan2, afterwards] }));
  });
});

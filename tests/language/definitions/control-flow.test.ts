import {
  booleanParameter,
  type CurrentItem,
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
} from "#language";
import { functionArn, image, itRebuilds, role } from "./python-sdk.ts";

const lambda = (name: string, ...dependsOn: readonly Step[]) =>
  lambdaStep(name, { functionArn, ...(dependsOn.length === 0 ? {} : { dependsOn }) });

const job = {
  ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 } },
  AppSpecification: { ImageUri: image },
  RoleArn: role,
} as const;

describe("definitions of the SageMaker Python SDK: control flow", () => {
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

  // The newer SDK writes null for a missing MLflow configuration.
  const mlflow = null;

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
    return pipeline("Plain", { mlflow, steps: [a, c] });
  });

  itRebuilds("v3-triggers", () => {
    const a = lambda("A");
    const onFail = lambdaStep("OnFail", { functionArn, dependsOn: [outcome(a, "Failed")] });
    return pipeline("Triggers", {
      mlflow,
      steps: [
        a,
        onFail,
        lambdaStep("OnStop", { functionArn, dependsOn: [outcome(a, "Stopped")] }),
        lambdaStep("Always", { functionArn, dependsOn: [outcome(a, "Any"), onFail] }),
        lambda("Ok", a),
      ],
    });
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
    return pipeline("ForEach", { mlflow, parameters: [items], steps: [fan, fan2, afterwards] });
  });
});

/**
 * A mistake in words, the code, and a pattern for the compiler's message. Each place with a mistake is written as
 * `«right | wrong»`. With the right forms the code compiles. With the wrong forms it has a single mistake.
 */
export type Refusal = readonly [what: string, code: string, reason: RegExp];

/** Returns the code with all places in the right form or in the wrong form. */
export function written(code: string, form: "right" | "wrong"): string {
  return code.replaceAll(/«([^|»]*)\|([^»]*)»/g, (_, right: string, wrong: string) =>
    (form === "right" ? right : wrong).trim(),
  );
}

/** The beginning of every snippet: steps of many types, and arguments to spread. */
export const preamble = `
import * as sm from "#language";
const context = { bucket: "b", prefix: "p", roleArn: "r" };
const instances = { type: "ml.m5.large" } as const;
const base = { context, image: "i", instances } as const;
const script = new URL("a.py", import.meta.url);
const source = { folder: new URL("./", import.meta.url), entryPoint: "a.py" };
const count = sm.integerParameter("Count");
const text = sm.stringParameter("Text");
const flag = sm.booleanParameter("Flag");
const produce = sm.scriptProcessingStep("Produce", {
  ...base, script, outputs: ["train"], propertyFiles: { Report: { output: "train", path: "r.json" } },
});
const train = sm.algorithmTrainingStep("Train", { ...base, channels: { train: produce.outputs.train } });
const ask = sm.lambdaStep("Ask", { functionArn: "f", outputs: { status: "String", score: "Float" } });
const wait = sm.callbackStep("Wait", { sqsQueueUrl: "q", outputs: { answer: "String" } });
const stop = sm.failStep("Stop");
const loop = { items: text, maxConcurrency: 1 } as const;
const fan = sm.forEachStep("Fan", {
  ...loop, body: () => ({ ask }), selector: { pick: "MaxBy", field: (body) => body.ask.outputs.score },
});
const cluster = { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 } as const;
const job: sm.ProcessingArguments = {
  ProcessingResources: { ClusterConfig: cluster }, AppSpecification: { ImageUri: "i" }, RoleArn: "arn:aws:iam::123456789012:role/r",
};
const batch = {
  TransformInput: { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/d" } } },
  TransformOutput: { S3OutputPath: "s3://b/o" },
  TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large" },
} as const;
const check = { ...base, dataset: "s3://b/d", outputUri: "s3://b/o" } as const;
const version = {
  group: "g", approvalStatus: "Approved", contentTypes: ["text/csv"], responseTypes: ["text/csv"],
} as const;
const search = {
  InputDataConfig: [{ TargetAttributeName: "y" }], OutputDataConfig: { S3OutputPath: "s3://b/o" }, RoleArn: "arn:aws:iam::123456789012:role/r",
  AutoMLJobConfig: { Mode: "ENSEMBLING" },
} as const;
const spark = { StepConfig: { HadoopJarStep: { Jar: "j" } } } as const;
`;

import { bucket, role } from "./local-aws.ts";

export const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5";

export function definition(steps: readonly object[], parameters: readonly object[] = []) {
  return { Version: "2020-12-01", Metadata: {}, Parameters: parameters, Steps: steps };
}

/** Returns the S3 URI of a step's output `out`. It contains the execution's id, so executions do not share outputs. */
export function output(step: string) {
  return { "Std:Join": { On: "/", Values: [`s3://${bucket}`, { Get: "Execution.PipelineExecutionId" }, step, "out"] } };
}

export interface ScriptStep {
  readonly name: string;
  /** The script's S3 URI. */
  readonly code: string;
  readonly inputs?: readonly object[];
  readonly arguments?: readonly unknown[];
  readonly environment?: object;
  readonly cached?: boolean;
  readonly dependsOn?: readonly string[];
  readonly maxSeconds?: number;
}

/** Returns a processing step that runs a Python file and has one output, `out`, with a property file `Report`. */
export function scriptStep(step: ScriptStep) {
  return {
    Name: step.name,
    Type: "Processing",
    ...(step.dependsOn === undefined ? {} : { DependsOn: step.dependsOn }),
    ...(step.cached === true ? { CacheConfig: { Enabled: true, ExpireAfter: "P30D" } } : {}),
    PropertyFiles: [{ PropertyFileName: "Report", OutputName: "out", FilePath: "report.json" }],
    Arguments: {
      ProcessingResources: {
        ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 },
      },
      AppSpecification: {
        ImageUri: image,
        ContainerEntrypoint: ["python3", `/opt/ml/processing/input/code/${step.code.split("/").at(-1)}`],
        ...(step.arguments === undefined ? {} : { ContainerArguments: step.arguments }),
      },
      ...(step.environment === undefined ? {} : { Environment: step.environment }),
      ...(step.maxSeconds === undefined ? {} : { StoppingCondition: { MaxRuntimeInSeconds: step.maxSeconds } }),
      RoleArn: role,
      ProcessingInputs: [
        ...(step.inputs ?? []),
        {
          InputName: "code",
          S3Input: {
            S3Uri: step.code,
            LocalPath: "/opt/ml/processing/input/code",
            S3DataType: "S3Prefix",
            S3InputMode: "File",
          },
        },
      ],
      ProcessingOutputConfig: {
        Outputs: [
          {
            OutputName: "out",
            S3Output: { S3Uri: output(step.name), LocalPath: "/opt/ml/processing/out", S3UploadMode: "EndOfJob" },
          },
        ],
      },
    },
  };
}

/** Returns the expression for a value in the report that a step wrote. */
export function reported(step: string, path: string) {
  return { "Std:JsonGet": { PropertyFile: { Get: `Steps.${step}.PropertyFiles.Report` }, Path: path } };
}

/** The first lines of a Python script: `base` is /opt/ml, `report` writes the report, `s3` reads and writes objects. */
export const prelude = `
import json, os, sys, time, urllib.error, urllib.request
base = os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml")
def report(**values):
    with open(base + "/processing/out/report.json", "w") as file:
        json.dump(values, file)
def s3(method, path, data=None):
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0", "Content-Type": "text/plain"}
    url = os.environ["AWS_ENDPOINT_URL"] + "/" + path
    return urllib.request.urlopen(urllib.request.Request(url, data=data, method=method, headers=signed))
`;

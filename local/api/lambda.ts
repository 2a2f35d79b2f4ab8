import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { type FunctionServices, findFunction, functionArn, invokeLogged } from "../engine/jobs/functions.ts";
import type { FunctionRecord } from "../state/store.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { WireAnswer } from "../wire/wire-error.ts";

/** A request of Lambda's REST API. */
export interface LambdaRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly region: string;
}

interface Code {
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly ImageUri?: string;
}

type Input = Partial<FunctionRecord> & Code & { readonly Code?: Code; readonly PackageType?: string };

const json = (status: number, value?: object): WireAnswer => ({
  ...{ status, headers: { "content-type": "application/json" } },
  body: value === undefined ? "" : JSON.stringify(value),
});

/** Returns a function's configuration, as all answers describe it. */
function configuration({ codeFile: _, ...record }: FunctionRecord): object {
  return {
    ...{ PackageType: "Zip", Version: "$LATEST", State: "Active", LastUpdateStatus: "Successful" },
    ...{ Architectures: ["x86_64"], TracingConfig: { Mode: "PassThrough" }, EphemeralStorage: { Size: 512 } },
    ...record,
  };
}

/** Reads a function's ZIP archive, and keeps it under its hash. */
async function keepCode(code: Code, { region }: LambdaRequest, { runtime }: FunctionServices) {
  const { ZipFile, S3Bucket, S3Key } = code;
  if (ZipFile === undefined && (S3Bucket === undefined || S3Key === undefined))
    throw new AwsError("InvalidParameterValueException", "Code takes ZipFile, or S3Bucket and S3Key, on this endpoint");
  const bytes =
    ZipFile === undefined
      ? await objectBytes(runtime.s3(region), S3Bucket ?? "", S3Key ?? "")
      : Buffer.from(ZipFile, "base64");
  if (bytes.subarray(0, 2).toString("latin1") !== "PK")
    throw new AwsError(
      "InvalidParameterValueException",
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    );
  const hash = createHash("sha256").update(bytes);
  const codeFile = `${hash.copy().digest("hex")}.zip`;
  mkdirSync(runtime.functions, { recursive: true });
  writeFileSync(join(runtime.functions, codeFile), bytes);
  return { codeFile, CodeSha256: hash.digest("base64"), CodeSize: bytes.length, LastModified: lastModified() };
}

async function objectBytes(s3: ReturnType<FunctionServices["runtime"]["s3"]>, Bucket: string, Key: string) {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    throw new AwsError(
      "InvalidParameterValueException",
      `Error occurred while GetObject. S3 Error Code: ${(error as Error).name}. S3 Error Message: ${(error as Error).message}`,
    );
  }
}

/** Returns the time in Lambda's own form: 2026-01-31T12:00:00.000+0000 */
function lastModified(): string {
  return new Date().toISOString().replace("Z", "+0000");
}

/** The members of a configuration that Create and Update set. */
const settable = ["Runtime", "Handler", "Role", "Timeout", "MemorySize", "Description", "Environment"] as const;

function settings(input: Input): Partial<FunctionRecord> {
  return Object.fromEntries(settable.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])));
}

async function create(input: Input, request: LambdaRequest, services: FunctionServices): Promise<WireAnswer> {
  const name = (input.FunctionName ?? "").split(":").at(-1) ?? "";
  const arn = functionArn(request.region, name);
  if (services.store.functions.get(arn) !== undefined)
    throw new AwsError("ResourceConflictException", `Function already exist: ${name}`, 409);
  if (input.PackageType === "Image")
    throw new AwsError(
      "InvalidParameterValueException",
      "A function of an image does not run on this endpoint: give a ZIP archive",
    );
  const kept = await keepCode(input.Code ?? {}, request, services);
  const record: FunctionRecord = {
    ...{ FunctionName: name, FunctionArn: arn, Timeout: 3, MemorySize: 128, Description: "" },
    ...settings(input),
    ...kept,
  };
  services.store.functions.put(arn, record);
  return json(201, configuration(record));
}

function change(record: FunctionRecord, changed: Partial<FunctionRecord>, { store }: FunctionServices): WireAnswer {
  const next = { ...record, ...changed, LastModified: lastModified() };
  store.functions.put(record.FunctionArn, next);
  return json(200, configuration(next));
}

async function invoke(record: FunctionRecord, request: LambdaRequest, services: FunctionServices): Promise<WireAnswer> {
  const header = (name: string) => String(request.headers[name] ?? "");
  const event = request.body.length === 0 ? "{}" : request.body.toString();
  try {
    JSON.parse(event);
  } catch {
    throw new AwsError("InvalidRequestContentException", "Could not parse request body into json");
  }
  const signal = new AbortController().signal;
  const invoked = () => invokeLogged(record, event, request.region, services, signal);
  switch (header("x-amz-invocation-type")) {
    case "DryRun":
      return json(204);
    case "Event":
      invoked().catch((error: Error) => services.log(`${record.FunctionArn}: ${error.message}`));
      return json(202);
    default: {
      const { payload, failed, log } = await invoked();
      const tail = Buffer.from(log.join("\n")).subarray(-4096).toString("base64");
      return {
        status: 200,
        headers: {
          ...{ "content-type": "application/json", "x-amz-executed-version": "$LATEST" },
          ...(failed ? { "x-amz-function-error": "Unhandled" } : {}),
          ...(header("x-amz-log-type") === "Tail" ? { "x-amz-log-result": tail } : {}),
        },
        body: payload,
      };
    }
  }
}

/**
 * Answers a request of Lambda's API, because moto runs functions only with Docker.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 *
 * @throws AwsError for a function that does not exist, an invalid request, and an operation that does not work locally
 */
export async function answerLambda(request: LambdaRequest, services: FunctionServices): Promise<WireAnswer> {
  const [, , collection, given, part] = request.path.split("/").map(decodeURIComponent);
  const what = `${request.method} ${given === undefined || given === "" ? "" : "one"}${part === undefined ? "" : `/${part}`}`;
  if (collection !== "functions")
    throw new AwsError(
      "UnknownOperationException",
      `${request.method} ${request.path} of lambda does not work locally`,
      404,
    );
  const input = (): Input => (request.body.length === 0 ? {} : JSON.parse(request.body.toString()));
  if (what === "POST ") return create(input(), request, services);
  if (what === "GET ") return json(200, { Functions: services.store.functions.values().map(configuration) });
  const record = findFunction(given ?? "", request.region, services);
  switch (what) {
    case "GET one":
      return json(200, { Configuration: configuration(record), Code: { RepositoryType: "S3" } });
    case "GET one/configuration":
      return json(200, configuration(record));
    case "PUT one/code":
      return change(record, await keepCode(input(), request, services), services);
    case "PUT one/configuration":
      return change(record, settings(input()), services);
    case "DELETE one":
      services.store.functions.delete(record.FunctionArn);
      return json(204);
    case "POST one/invocations":
      return invoke(record, request, services);
    default:
      throw new AwsError(
        "UnknownOperationException",
        `${request.method} ${request.path} of lambda does not work locally`,
        404,
      );
  }
}

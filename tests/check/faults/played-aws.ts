import { Readable } from "node:stream";
import { HttpResponse } from "@smithy/core/protocols";
import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";
import { type AwsClients, awsClients } from "../../../aws/clients.ts";
import { parseNote } from "../../../check/execution/execution-note.ts";
import { errors, type Fault, type FaultAt } from "./played-fault.ts";
import {
  approvedPackage,
  bucket,
  candidateModel,
  candidates,
  definition,
  evaluation,
  modelUrl,
  type Outcome,
  outcomes,
  packageOf,
  playedArn,
  prefix,
} from "./played-stack.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** How each played execution goes. Its end is in milliseconds from its start; without an end it runs for ever. */
export interface Course {
  readonly end?: number;
  readonly outcome: Outcome;
  /** Whether `LastModifiedTime` moves with the steps, which AWS does not promise. */
  readonly tellsSteps: boolean;
}

export interface Call {
  readonly operation: string;
  readonly at: number;
  readonly fault: Fault | undefined;
}

export interface PlayedExecution {
  readonly arn: string;
  readonly token: string;
  readonly start: number;
  stopped?: number;
  description: string;
}

type Input = Readonly<Record<string, string>>;

class ServiceError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * Plays AWS for the stack check of one pipeline, in this process behind the real clients. By its virtual clock a thousand
 * waits of hours take a minute.
 */
export class PlayedAws {
  readonly calls: Call[] = [];
  readonly executions: PlayedExecution[] = [];
  /** Executions that were started while one of the same identity ran, or waited for its verdict. */
  readonly superfluous: string[] = [];
  /** What was decided on the package of each execution, in their order. */
  readonly approvals = new Map<string, string>();
  /** The last update of each package. */
  readonly #decided = new Map<string, object>();
  readonly #clock: VirtualClock;
  readonly #course: Course;

  constructor(clock: VirtualClock, course: Course) {
    this.#clock = clock;
    this.#course = course;
  }

  /**
   * The clients of a process, whose calls come to these faults. Once its signal is aborted, the process was killed: it gets
   * no more answers.
   */
  clients(faultAt: FaultAt = () => undefined, killed?: AbortSignal): AwsClients {
    const clients = awsClients("us-east-1", { isLocal: false, clock: this.#clock });
    const requestHandler = {
      handle: async (request: HttpRequest, options: HttpHandlerOptions = {}) => {
        const isGone = new Promise<never>(() => {});
        if (killed?.aborted === true) await isGone;
        const response = await this.#handle(request, faultAt, options.abortSignal as AbortSignal | undefined);
        if (killed?.aborted === true) await isGone;
        return { response };
      },
    };
    const credentials = async () => ({ accessKeyId: "played", secretAccessKey: "played" });
    // Nobody looks at signatures and hosts, which would take half of the time.
    const signer = async () => ({ sign: async (request: HttpRequest) => request });
    const endpoint = async () => ({ protocol: "https:", hostname: "played", path: "/" });
    for (const { config } of [clients.sagemaker, clients.s3, clients.logs])
      Object.assign(config, { requestHandler, credentials, signer, endpoint, isCustomEndpoint: true });
    return clients;
  }

  /** Starts an execution, without a fault. */
  start(token = "0".repeat(32), description = ""): string {
    const same = this.executions.find((execution) => execution.token === token);
    if (same !== undefined) return same.arn;
    const arn = `${prefix}:pipeline/played/execution/e${this.executions.length + 1}`;
    const isOpen = this.executions.some(
      (execution) =>
        parseNote(execution.description)?.verdict === undefined && !this.status(execution)[0].startsWith("Stopp"),
    );
    if (isOpen) this.superfluous.push(arn);
    this.executions.push({ arn, token, start: this.#clock.now(), description });
    return arn;
  }

  /** The status of an execution now, and since when it has it. */
  status({ start, stopped }: PlayedExecution): readonly [string, number] {
    const end = start + (this.#course.end ?? Number.POSITIVE_INFINITY);
    const now = this.#clock.now();
    // It takes 3 s to stop.
    if (stopped !== undefined && stopped < end)
      return now < stopped + 3000 ? ["Stopping", stopped] : ["Stopped", stopped + 3000];
    return now >= end ? [outcomes[this.#course.outcome].status, end] : ["Executing", start];
  }

  async #handle(request: HttpRequest, faultAt: FaultAt, abortSignal?: AbortSignal): Promise<HttpResponse> {
    const target = request.headers["x-amz-target"];
    const isS3 = target === undefined;
    const operation = isS3 ? (request.method === "HEAD" ? "HeadObject" : "GetObject") : target.replace(/^.*\./, "");
    const fault = faultAt(operation, this.#clock.now());
    this.calls.push({ operation, at: this.#clock.now(), fault });
    const failed = (code: string) => Object.assign(new Error(code), { code });
    switch (fault) {
      case "disconnected":
        throw failed("ECONNRESET");
      case "refused":
        throw failed("ECONNREFUSED");
      case "hanging":
        // What Node's handler does after its request timeout, and at an abort.
        await this.#clock.sleep(9000, abortSignal).catch(() => {
          throw Object.assign(new Error("Request aborted"), { name: "AbortError" });
        });
        throw Object.assign(new Error("no response in time"), { name: "TimeoutError" });
      case "garbled":
        return this.#answer(isS3, 200, "<!doctype html><title>Sign in</title>");
    }
    const [status, name, message] = (fault === undefined ? undefined : errors[fault]) ?? [200, "", ""];
    if (status !== 200) return this.#error(isS3, status, name, message);
    let answer: string;
    try {
      answer = isS3 ? this.#object(request) : JSON.stringify(this.#act(operation, request));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return this.#error(isS3, isS3 ? 404 : 400, error.name, error.message);
    }
    if (fault === "lost") throw failed("ECONNRESET");
    return this.#answer(isS3, 200, fault === "truncated" ? answer.slice(0, answer.length / 2) : answer);
  }

  #error(isS3: boolean, status: number, name: string, message: string): HttpResponse {
    const xml = `<Error><Code>${name}</Code><Message>${message}</Message></Error>`;
    return this.#answer(isS3, status, isS3 ? xml : JSON.stringify({ __type: name, message }));
  }

  #answer(isS3: boolean, statusCode: number, body: string): HttpResponse {
    const id = `r${this.calls.length}`;
    return new HttpResponse({
      statusCode,
      headers: isS3
        ? { "x-amz-request-id": id, "content-length": String(Buffer.byteLength(body)) }
        : { "x-amzn-requestid": id, "content-type": "application/x-amz-json-1.1" },
      body: isS3 ? Readable.from([Buffer.from(body)]) : Buffer.from(body),
    });
  }

  #object({ path }: HttpRequest): string {
    if (path.startsWith("/models/1/")) return evaluation(5, false);
    if (path.startsWith("/models/")) return candidateModel;
    const text = candidates[this.#course.outcome];
    if (text === undefined) throw new ServiceError("NoSuchKey", "The specified key does not exist.");
    return text;
  }

  #act(operation: string, request: HttpRequest): object {
    const input = JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as Input;
    switch (operation) {
      case "DescribePipeline":
        return { PipelineArn: playedArn, PipelineDefinition: definition };
      case "DescribePipelineDefinitionForExecution":
        return { PipelineDefinition: definition };
      case "ListPipelineExecutions":
        return { PipelineExecutionSummaries: this.executions.toReversed().map((each) => this.#summary(each)) };
      case "StartPipelineExecution":
        return {
          PipelineExecutionArn: this.start(input["ClientRequestToken"], input["PipelineExecutionDescription"]),
        };
      case "ListModelPackages":
        return { ModelPackageSummaryList: [{ ModelPackageArn: approvedPackage, CreationTime: 1 }] };
      case "DescribeModelPackage": {
        const name = input["ModelPackageName"] ?? "";
        return {
          ...(name === approvedPackage ? { ModelApprovalStatus: "Approved" } : this.#decided.get(name)),
          ModelPackageArn: name,
          InferenceSpecification: {
            Containers: [{ ModelDataUrl: modelUrl(name === approvedPackage ? 1 : "candidate") }],
          },
          ModelMetrics: { ModelQuality: { Statistics: { S3Uri: `s3://${bucket}/models/1/e.json` } } },
        };
      }
      case "UpdateModelPackage": {
        const { ModelPackageArn: name = "", ModelApprovalStatus: status = "" } = input;
        this.approvals.set(name, status);
        this.#decided.set(name, input);
        return {};
      }
      case "DescribeProcessingJob":
        return {
          ProcessingJobName: "evaluate",
          ProcessingOutputConfig: {
            Outputs: [{ OutputName: "evaluation", S3Output: { S3Uri: `s3://${bucket}/played/evaluation` } }],
          },
        };
      case "DescribeLogStreams":
        return { logStreams: [] };
      default:
        return this.#ofExecution(operation, input);
    }
  }

  #summary(execution: PlayedExecution) {
    return {
      PipelineExecutionArn: execution.arn,
      PipelineExecutionStatus: this.status(execution)[0],
      StartTime: execution.start / 1000,
      PipelineExecutionDescription: execution.description,
    };
  }

  #ofExecution(operation: string, input: Input): object {
    const execution = this.executions.find(({ arn }) => arn === input["PipelineExecutionArn"]);
    if (execution === undefined) throw new ServiceError("ResourceNotFound", "There is no such execution.");
    const [status, since] = this.status(execution);
    const step = Math.floor((this.#clock.now() - execution.start) / 45_000);
    switch (operation) {
      case "DescribePipelineExecution": {
        const moves = status === "Executing" && this.#course.tellsSteps;
        return {
          ...this.#summary(execution),
          PipelineArn: playedArn,
          CreationTime: execution.start / 1000,
          LastModifiedTime: (moves ? execution.start + step * 45_000 : since) / 1000,
        };
      }
      case "ListPipelineExecutionSteps":
        return { PipelineExecutionSteps: this.#steps(execution, status, step) };
      case "StopPipelineExecution":
        if (status !== "Executing") throw new ServiceError("ValidationException", "It is over.");
        execution.stopped = this.#clock.now();
        return { PipelineExecutionArn: execution.arn };
      case "UpdatePipelineExecution":
        execution.description = input["PipelineExecutionDescription"] ?? "";
        return { PipelineExecutionArn: execution.arn };
      default:
        throw new Error(`nobody plays ${operation}`);
    }
  }

  #steps({ arn }: PlayedExecution, status: string, step: number): readonly object[] {
    const { outcome } = this.#course;
    const evaluated = {
      StepName: "Evaluate",
      StepStatus: "Succeeded",
      Metadata: { ProcessingJob: { Arn: `${prefix}:processing-job/evaluate` } },
    };
    if (status === "Succeeded")
      return [
        evaluated,
        {
          StepName: "Register",
          StepStatus: "Succeeded",
          Metadata: { RegisterModel: { Arn: packageOf(arn) } },
        },
      ];
    if (status === "Failed" && outcome === "over the ceiling")
      return [evaluated, { StepName: "Refuse", StepStatus: "Failed", FailureReason: "MSE 9 is above the ceiling 6" }];
    if (status === "Failed") return [{ StepName: "Train", StepStatus: "Failed", FailureReason: "AlgorithmError" }];
    return [{ StepName: `S${step}`, StepStatus: status === "Executing" ? "Executing" : "Stopped" }];
  }
}

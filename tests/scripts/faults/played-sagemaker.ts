import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { HttpResponse } from "@smithy/core/protocols";
import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";
import { PatientRetries, patience } from "../../../scripts/execution/patient-retries.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What a call comes to, instead of its answer or (`lost`) after its action. */
export const faults = [
  "throttled",
  "unavailable",
  "disconnected",
  "lost",
  "refused",
  "hanging",
  "role",
  "conflict",
  "garbled",
  "truncated",
  "denied",
  "expired",
] as const;
export type Fault = (typeof faults)[number];

/** How the played execution goes. Times in milliseconds from its start; without an end it runs for ever. */
export interface Course {
  readonly end?: number;
  readonly outcome: "Succeeded" | "Failed" | "Stopped";
  /** Whether `LastModifiedTime` moves with the steps, which AWS does not promise. */
  readonly tellsSteps: boolean;
}

export interface Call {
  readonly operation: string;
  readonly at: number;
  readonly fault: Fault | undefined;
}

const errors: Partial<Record<Fault, readonly [number, string, string]>> = {
  throttled: [400, "ThrottlingException", "Rate exceeded"],
  unavailable: [503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."],
  role: [
    400,
    "ValidationException",
    "Could not assume role arn:aws:iam::123456789012:role/r. Please ensure that it exists.",
  ],
  conflict: [400, "ConflictException", "The execution is being changed."],
  denied: [400, "AccessDeniedException", "User is not authorized to perform: sagemaker:DescribePipelineExecution"],
  expired: [400, "ExpiredTokenException", "The security token included in the request is expired"],
};

const arn = (number: number) => `arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/e${number}`;

/** SageMaker as far as one pipeline's executions go, played in this process behind the real client, by a virtual clock. */
export class PlayedSageMaker {
  readonly calls: Call[] = [];
  /** The executions by their tokens. */
  readonly executions = new Map<string, { readonly arn: string; readonly start: number; stopped?: number }>();
  readonly #clock: VirtualClock;
  readonly #course: Course;
  readonly #faultAt: (operation: string, at: number) => Fault | undefined;
  readonly client: SageMakerClient;

  constructor(clock: VirtualClock, course: Course, faultAt: (operation: string, at: number) => Fault | undefined) {
    this.#clock = clock;
    this.#course = course;
    this.#faultAt = faultAt;
    this.client = new SageMakerClient({
      region: "us-east-1",
      endpoint: "http://sagemaker.played",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 3,
      retryStrategy: new PatientRetries(clock, patience(false)),
      requestHandler: {
        handle: (request: HttpRequest, options?: HttpHandlerOptions) => this.#handle(request, options),
      },
    });
  }

  /** Starts an execution, without a fault. */
  start(): string {
    const [, answer] = this.#act("StartPipelineExecution", { ClientRequestToken: "0".repeat(32) });
    return (JSON.parse(answer) as { PipelineExecutionArn: string }).PipelineExecutionArn;
  }

  /** The status of an execution now, and since when it has it. */
  status({ start, stopped }: { readonly start: number; readonly stopped?: number }): readonly [string, number] {
    const end = start + (this.#course.end ?? Number.POSITIVE_INFINITY);
    const now = this.#clock.now();
    // It takes 3 s to stop.
    if (stopped !== undefined && stopped < end)
      return now < stopped + 3000 ? ["Stopping", stopped] : ["Stopped", stopped + 3000];
    return now >= end ? [this.#course.outcome, end] : ["Executing", start];
  }

  async #handle(request: HttpRequest, { abortSignal }: HttpHandlerOptions = {}): Promise<{ response: HttpResponse }> {
    const operation = String(request.headers["x-amz-target"]).replace("SageMaker.", "");
    const fault = this.#faultAt(operation, this.#clock.now());
    this.calls.push({ operation, at: this.#clock.now(), fault });
    const failed = (code: string) => Object.assign(new Error(code), { code });
    switch (fault) {
      case "disconnected":
        throw failed("ECONNRESET");
      case "refused":
        throw failed("ECONNREFUSED");
      case "hanging":
        // What Node's handler does after its request timeout, and at an abort.
        await this.#clock.sleep(9000, abortSignal as AbortSignal).catch(() => {
          throw Object.assign(new Error("Request aborted"), { name: "AbortError" });
        });
        throw Object.assign(new Error("no response in time"), { name: "TimeoutError" });
      case "garbled":
        return this.#answer(200, "<!doctype html><title>Sign in</title>");
    }
    const [status, name, message] = (fault === undefined ? undefined : errors[fault]) ?? [200, "", ""];
    if (status !== 200) return this.#answer(status, JSON.stringify({ __type: name, message }));
    const [code, answer] = this.#act(operation, JSON.parse(new TextDecoder().decode(request.body as Uint8Array)));
    if (fault === "lost") throw failed("ECONNRESET");
    return this.#answer(code, fault === "truncated" ? answer.slice(0, answer.length / 2) : answer);
  }

  #answer(statusCode: number, body: string) {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": `r${this.calls.length}` };
    return { response: new HttpResponse({ statusCode, headers, body: Buffer.from(body) }) };
  }

  #act(operation: string, input: Record<string, string>): readonly [number, string] {
    const now = this.#clock.now();
    if (operation === "StartPipelineExecution") {
      const token = input["ClientRequestToken"] ?? "";
      const execution = this.executions.get(token) ?? { arn: arn(this.executions.size + 1), start: now };
      this.executions.set(token, execution);
      return [200, JSON.stringify({ PipelineExecutionArn: execution.arn })];
    }
    const execution = [...this.executions.values()].find((each) => each.arn === input["PipelineExecutionArn"]);
    if (execution === undefined) return [400, JSON.stringify({ __type: "ResourceNotFound", message: "No such one." })];
    const [status, since] = this.status(execution);
    const step = Math.floor((now - execution.start) / 45_000);
    switch (operation) {
      case "DescribePipelineExecution": {
        const modified = status === "Executing" && this.#course.tellsSteps ? execution.start + step * 45_000 : since;
        return [
          200,
          JSON.stringify({
            PipelineExecutionArn: execution.arn,
            PipelineExecutionStatus: status,
            CreationTime: execution.start / 1000,
            LastModifiedTime: modified / 1000,
          }),
        ];
      }
      case "ListPipelineExecutionSteps":
        return [200, JSON.stringify({ PipelineExecutionSteps: [{ StepName: `S${step}`, StepStatus: "Executing" }] })];
      case "StopPipelineExecution":
        if (status !== "Executing")
          return [400, JSON.stringify({ __type: "ValidationException", message: "It is over." })];
        execution.stopped = now;
        return [200, JSON.stringify({ PipelineExecutionArn: execution.arn })];
      default:
        throw new Error(`nobody plays ${operation}`);
    }
  }
}

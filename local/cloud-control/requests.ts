import { randomUUID } from "node:crypto";
import type { ProgressEvent } from "@aws-sdk/client-cloudcontrol";
import { AwsError } from "../aws-error.ts";
import type { Wire } from "../sagemaker/wire.ts";

export type Progress = Wire<ProgressEvent>;

/**
 * The requests of Cloud Control and how they ended. A request is answered as in progress and has its end when it is asked
 * for, as on AWS. In memory: who waits for one does not outlive the endpoint.
 */
export class ResourceRequests {
  readonly #ends = new Map<string, Progress>();
  readonly #tokens = new Map<string, Progress>();

  /**
   * Does the work of a request, or answers what the same `ClientToken` was answered before.
   *
   * @param work returns the resource's identifier
   */
  async run(
    request: {
      readonly TypeName: string;
      readonly Operation: "CREATE" | "UPDATE" | "DELETE";
      readonly Identifier?: string | undefined;
      readonly ClientToken?: string | undefined;
    },
    now: number,
    work: () => Promise<string>,
  ): Promise<Progress> {
    const { ClientToken, ...rest } = request;
    const known = ClientToken === undefined ? undefined : this.#tokens.get(ClientToken);
    if (known !== undefined) return known;
    const begun = { ...rest, RequestToken: randomUUID(), EventTime: now };
    let end: Progress;
    try {
      end = { ...begun, Identifier: await work(), OperationStatus: "SUCCESS" };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      end = { ...begun, OperationStatus: "FAILED", ErrorCode: handlerError(error), StatusMessage: error.message };
    }
    this.#ends.set(begun.RequestToken, end);
    const { ErrorCode: _code, StatusMessage: _message, ...shown } = end;
    const progress: Progress = { ...shown, OperationStatus: "IN_PROGRESS" };
    if (ClientToken !== undefined) this.#tokens.set(ClientToken, progress);
    return progress;
  }

  /** @throws AwsError `RequestTokenNotFoundException` */
  end(token: string): Progress {
    const end = this.#ends.get(token);
    if (end !== undefined) return end;
    throw new AwsError("RequestTokenNotFoundException", `Request with token ${token} was not found.`);
  }
}

/** A service's error as Cloud Control's handlers name it. */
function handlerError(error: AwsError): NonNullable<Progress["ErrorCode"]> {
  if (/already exists/.test(error.message)) return "AlreadyExists";
  if (error.type === "ResourceNotFound" || /does not exist/.test(error.message)) return "NotFound";
  if (error.type === "ConflictException") return "ResourceConflict";
  if (error.type === "NotUpdatable") return "NotUpdatable";
  return "InvalidRequest";
}

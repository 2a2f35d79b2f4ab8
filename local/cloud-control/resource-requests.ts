import { randomUUID } from "node:crypto";
import type { ProgressEvent } from "@aws-sdk/client-cloudcontrol";
import { AwsError } from "../wire/aws-error.ts";
import type { Wire } from "../wire/wire.ts";
import { handlerErrorCode } from "./handler-error.ts";

export type Progress = Wire<ProgressEvent>;

/** A request to change a resource. */
export interface ChangeRequest {
  readonly TypeName: string;
  readonly Operation: "CREATE" | "UPDATE" | "DELETE";
  readonly Identifier?: string;
  readonly ClientToken?: string | undefined;
  /** The desired state or the patch. */
  readonly document?: string | undefined;
}

interface Tracked {
  readonly request: ChangeRequest;
  /** The first answer. */
  begun: Progress;
  end?: Progress;
}

/** Seconds for which a repeated client token returns the first answer, and for which a request's status can be read. */
const tokenLife = 36 * 3600;
const requestLife = 7 * 24 * 3600;

/**
 * Keeps Cloud Control's requests and their results in memory, as no client waits for a request across a restart of the
 * endpoint. As on AWS, the first answer to a request is `IN_PROGRESS`, and the client asks for the result.
 * Source: https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations.html
 */
export class ResourceRequests {
  readonly #tracked = new Map<string, Tracked>();

  /**
   * Does the work of a request, or repeats the answer to an earlier request with the same `ClientToken`.
   *
   * @param now epoch seconds
   * @param work returns the resource's identifier
   * @throws AwsError `ClientTokenConflictException`, or `ConcurrentOperationException` while another request works on
   * the
   *   same resource
   */
  async run(request: ChangeRequest, now: number, work: () => Promise<string>): Promise<Progress> {
    this.#forget(now - requestLife);
    const answered = this.answered(request, now);
    if (answered !== undefined) return answered;
    if (this.#isBusy(request)) {
      throw new AwsError(
        "ConcurrentOperationException",
        "Another resource operation is currently being performed on this resource.",
      );
    }
    const { TypeName, Operation, Identifier } = request;
    const known = Identifier === undefined ? {} : { Identifier };
    const RequestToken = randomUUID();
    const begun: Progress = {
      TypeName,
      ...known,
      RequestToken,
      Operation,
      OperationStatus: "IN_PROGRESS",
      EventTime: now,
    };
    const tracked: Tracked = { request, begun };
    this.#tracked.set(RequestToken, tracked);
    try {
      tracked.begun = { ...begun, Identifier: await work() };
      tracked.end = { ...tracked.begun, OperationStatus: "SUCCESS" };
    } catch (error) {
      const StatusMessage = error instanceof Error ? error.message : String(error);
      tracked.end = { ...begun, OperationStatus: "FAILED", ErrorCode: handlerErrorCode(error), StatusMessage };
    }
    return tracked.begun;
  }

  /**
   * Returns the answer to an earlier request with the same client token, or undefined if there is none.
   *
   * @throws AwsError `ClientTokenConflictException` if the earlier request was a different one
   */
  answered(request: ChangeRequest, now: number): Progress | undefined {
    if (request.ClientToken === undefined) return undefined;
    const same = [...this.#tracked.values()].find(
      ({ request: earlier, begun }) =>
        earlier.ClientToken === request.ClientToken && (begun.EventTime ?? 0) > now - tokenLife,
    );
    if (same === undefined || JSON.stringify(same.request) === JSON.stringify(request)) return same?.begun;
    throw new AwsError(
      "ClientTokenConflictException",
      "The specified client token has already been used in another resource request.",
    );
  }

  /** Returns the status of a request. @throws AwsError `RequestTokenNotFoundException` */
  status(token: string): Progress {
    const tracked = this.#tracked.get(token);
    if (tracked !== undefined) return tracked.end ?? tracked.begun;
    throw new AwsError("RequestTokenNotFoundException", `Request with token ${token} was not found.`);
  }

  /** Returns all requests, the newest first. */
  all(): Progress[] {
    return [...this.#tracked.values()].map(({ begun, end }) => end ?? begun).reverse();
  }

  #isBusy({ TypeName, Identifier }: ChangeRequest): boolean {
    return [...this.#tracked.values()].some(
      ({ request, end }) =>
        end === undefined &&
        Identifier !== undefined &&
        request.TypeName === TypeName &&
        request.Identifier === Identifier,
    );
  }

  #forget(before: number): void {
    for (const [token, { begun }] of this.#tracked) if ((begun.EventTime ?? 0) < before) this.#tracked.delete(token);
  }
}

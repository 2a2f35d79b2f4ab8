import { randomBytes } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { s3Client } from "../s3/s3-client.ts";
import { randomText } from "../state/job-name.ts";
import type { Caller } from "./recorded-call.ts";

/** Temporary credentials of a role, as STS returns them. They are valid only on this endpoint. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A session of a role that a pipeline or a job has assumed. */
export interface RoleSession {
  readonly credentials: SessionCredentials;
  /** An S3 client of the endpoint with the session's credentials. */
  readonly s3: S3Client;
  /** Ends the session and makes its credentials invalid. */
  readonly close: () => void;
}

/**
 * The prefix of a session's access key id. It begins as AWS's temporary keys do, and `LOCAL` tells it from a user's
 * key.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
const beginning = "ASIALOCAL";

/**
 * The open sessions by their access key id, from which the endpoint knows the role of a request. They are in memory
 * only, because jobs end with the endpoint.
 */
export class RoleSessions {
  readonly #callers = new Map<string, Caller>();
  readonly #endpoint: () => string;

  constructor(endpoint: () => string) {
    this.#endpoint = endpoint;
  }

  open(caller: Caller, region: string): RoleSession {
    const credentials: SessionCredentials = {
      accessKeyId: `${beginning}${randomText(11, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken: randomBytes(48).toString("base64"),
    };
    this.#callers.set(credentials.accessKeyId, caller);
    const s3 = s3Client(this.#endpoint(), region, credentials);
    const close = () => {
      this.#callers.delete(credentials.accessKeyId);
      s3.destroy();
    };
    return { credentials, s3, close };
  }

  /** Returns the role of an access key id, or undefined for a user's key. */
  caller(accessKeyId: string): Caller | undefined {
    return this.#callers.get(accessKeyId);
  }

  /** Tells whether an access key id belongs to a session that has ended, of this endpoint or an earlier one. */
  isOver(accessKeyId: string): boolean {
    return accessKeyId.startsWith(beginning) && !this.#callers.has(accessKeyId);
  }
}

import { randomBytes } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { s3Client } from "../s3/s3-client.ts";
import { randomText } from "../state/job-name.ts";
import type { Caller } from "./recorded-call.ts";

/** Credentials as STS gives them for a role. They open nothing but this endpoint. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A role that a pipeline or a job has taken on. */
export interface RoleSession {
  readonly credentials: SessionCredentials;
  /** S3, by way of the endpoint and in the role's name. */
  readonly s3: S3Client;
  /** Ends the session: its credentials open nothing any more. */
  readonly close: () => void;
}

/**
 * What every key of a session begins with: as AWS's own, and then a part that tells it from the temporary keys that a user
 * has of AWS.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
const beginning = "ASIALOCAL";

/**
 * The roles that are in use, by the access key that their requests are signed with: so that the endpoint knows in whose
 * name a request is. In memory, as jobs do not outlive the endpoint.
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

  /** Whose access key it is; undefined for a user's. */
  caller(accessKeyId: string): Caller | undefined {
    return this.#callers.get(accessKeyId);
  }

  /** Whether it is the key of a session that is no more, here or in an endpoint before this one. */
  isOver(accessKeyId: string): boolean {
    return accessKeyId.startsWith(beginning) && !this.#callers.has(accessKeyId);
  }
}

import type { IAMClient } from "@aws-sdk/client-iam";
import type { Clients } from "../local-aws.ts";

export type Inputs = Readonly<Record<string, unknown>>;

export interface ProviderClients extends Clients {
  readonly url: string;
  readonly iam: IAMClient;
}

/**
 * A type of resource with the calls that its provider makes, in the same order. Sources: Terraform's AWS provider
 * (internal/service/s3 and iam), and a recording of aws-native.
 */
export interface PlayedResource {
  /** Inputs whose change replaces the resource. */
  readonly identity: readonly string[];
  /** Creates the resource and returns its id. */
  create(inputs: Inputs): Promise<string>;
  /** Reads the inputs from the endpoint, or returns undefined if the resource does not exist. */
  read(id: string): Promise<Inputs | undefined>;
  update(id: string, inputs: Inputs, last: Inputs): Promise<void>;
  remove(id: string, last: Inputs): Promise<void>;
  /**
   * Returns inputs in the form that `read` returns: without inputs that only the provider uses, and with AWS's
   * defaults.
   */
  readable?(inputs: Inputs): Inputs;
}

/** Returns the answer of a call, or undefined if it fails with one of these errors. */
export async function unless<T>(errors: readonly string[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (errors.includes((error as Error).name)) return undefined;
    throw error;
  }
}

/** Converts names of an AWS request to Pulumi's: `BlockPublicAcls` to `blockPublicAcls`, `ID` to `id`. */
export function asInputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asInputs);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [renamed(key, "toLowerCase"), asInputs(item)]));
}

/** Converts Pulumi's names to those of an AWS request. */
export function asRequest(value: unknown): never {
  if (Array.isArray(value)) return value.map(asRequest) as never;
  if (typeof value !== "object" || value === null) return value as never;
  const entries = Object.entries(value).map(([key, item]) => [renamed(key, "toUpperCase"), asRequest(item)]);
  return Object.fromEntries(entries) as never;
}

function renamed(key: string, change: "toLowerCase" | "toUpperCase"): string {
  return key.toLowerCase() === "id" ? "id"[change]() : key.charAt(0)[change]() + key.slice(1);
}

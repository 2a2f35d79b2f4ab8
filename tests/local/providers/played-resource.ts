import type { IAMClient } from "@aws-sdk/client-iam";
import type { Clients } from "../local-aws.ts";

export type Inputs = Readonly<Record<string, unknown>>;

export interface ProviderClients extends Clients {
  readonly url: string;
  readonly iam: IAMClient;
}

/**
 * One type of resource as its provider works on it: with the calls that the provider makes, in its order, taken from the
 * source of Terraform's AWS provider (internal/service/s3 and iam) and from the recording of aws-native.
 */
export interface PlayedResource {
  /** Inputs that cannot change in place. */
  readonly identity: readonly string[];
  /** Answers with the id. */
  create(inputs: Inputs): Promise<string>;
  /** The inputs as they are in AWS, or undefined when the resource is gone. */
  read(id: string): Promise<Inputs | undefined>;
  update(id: string, inputs: Inputs, last: Inputs): Promise<void>;
  remove(id: string, last: Inputs): Promise<void>;
  /** Inputs in the form in which they are read: without what only the provider knows, with what AWS sets by default. */
  readable?(inputs: Inputs): Inputs;
}

/** What a call answers; undefined when it is refused with one of these errors. */
export async function unless<T>(errors: readonly string[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (errors.includes((error as Error).name)) return undefined;
    throw error;
  }
}

/** Names of an AWS request as Pulumi spells them: `BlockPublicAcls` as `blockPublicAcls`, `ID` as `id`. */
export function asInputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asInputs);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [renamed(key, "toLowerCase"), asInputs(item)]));
}

/** The other way round. */
export function asRequest(value: unknown): never {
  if (Array.isArray(value)) return value.map(asRequest) as never;
  if (typeof value !== "object" || value === null) return value as never;
  const entries = Object.entries(value).map(([key, item]) => [renamed(key, "toUpperCase"), asRequest(item)]);
  return Object.fromEntries(entries) as never;
}

function renamed(key: string, change: "toLowerCase" | "toUpperCase"): string {
  return key.toLowerCase() === "id" ? "id"[change]() : key.charAt(0)[change]() + key.slice(1);
}

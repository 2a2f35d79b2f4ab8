import { z } from "zod";

const every = {
  /**
   * The service's name in signatures: `sagemaker`, `s3`, `iam`, `sts`, `logs` or `cloudcontrolapi`; `*` matches all.
   */
  service: z
    .string()
    .regex(/^(\*|[a-z0-9-]+)$/, "must be a service's name in lower case, or *")
    .default("*"),
  /** The operation's name in the API reference: `DescribePipelineExecution`, `GetObject`; `*` matches all. */
  operation: z
    .string()
    .regex(/^(\*|[A-Z]\w*)$/, "must be an operation's name from the API reference, such as GetObject, or *")
    .default("*"),
  /** The number of calls that succeed before the first fault. */
  skip: z.int().min(0).default(0),
  /** The number of faults, after which calls succeed again. Without it, all calls get the fault. */
  times: z.int().min(1).optional(),
  /** Whether the rule applies to clients, to jobs and pipelines (which call with their roles), or to both. */
  from: z.enum(["client", "job", "any"]).default("client"),
};

const plain = <const Name extends string>(fault: Name) => z.strictObject({ fault: z.literal(fault), ...every });

/** A fault and the calls that it affects. The table in docs/faults.md describes each fault. */
export const faultRule = z.discriminatedUnion("fault", [
  plain("access-denied"),
  plain("disconnect"),
  plain("expired-credentials"),
  plain("hang"),
  plain("internal-error"),
  plain("lost-response"),
  plain("not-json"),
  plain("repeated-page-token"),
  plain("reset"),
  plain("short-body"),
  plain("stalled-body"),
  plain("throttling"),
  plain("truncated-body"),
  plain("unavailable"),
  z.strictObject({
    fault: z.literal("error"),
    ...every,
    type: z.string().regex(/^\w+$/, "must be an error's type, such as ConflictException"),
    message: z.string(),
    status: z.int().min(400).max(599).default(400),
  }),
  z.strictObject({ fault: z.literal("job-failed"), ...every, reason: z.string().min(1) }),
  z.strictObject({ fault: z.literal("latency"), ...every, milliseconds: z.int().min(1).max(3_600_000) }),
  z.strictObject({ fault: z.literal("page-size"), ...every, size: z.int().min(1) }),
  z.strictObject({ fault: z.literal("role-not-assumable"), ...every, role: z.string().optional() }),
  z.strictObject({ fault: z.literal("status"), ...every, status: z.string().min(1), step: z.string().optional() }),
]);

export type FaultRule = z.output<typeof faultRule>;

/** A rule as users write it: members with a default are optional. */
export type FaultRuleInput = z.input<typeof faultRule>;

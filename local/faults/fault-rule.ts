import { z } from "zod";

const every = {
  /** The name the service is signed with: `sagemaker`, `s3`, `iam`, `sts`, `logs`, `cloudcontrolapi`; `*` is any. */
  service: z
    .string()
    .regex(/^(\*|[a-z0-9-]+)$/, "takes a service's name in small letters, or *")
    .default("*"),
  /** As the API reference has it: `DescribePipelineExecution`, `GetObject`; `*` is any. */
  operation: z
    .string()
    .regex(/^(\*|[A-Z]\w*)$/, "takes an operation's name as the API reference has it, or *")
    .default("*"),
  /** Calls that go well before the first fault. */
  skip: z.int().min(0).default(0),
  /** Faults, then calls go well again; left out: for ever. */
  times: z.int().min(1).optional(),
  /** Whose calls: clients', those of jobs and pipelines in the name of their roles, or both. */
  from: z.enum(["client", "job", "any"]).default("client"),
};

const plain = <const Name extends string>(fault: Name) => z.strictObject({ fault: z.literal(fault), ...every });

/** A fault and the calls it happens to. The table in docs/faults.md says what each one does. */
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
    type: z.string().regex(/^\w+$/, "takes an error's type, such as ConflictException"),
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

/** A rule as it is written: what has a default may be left out. */
export type FaultRuleInput = z.input<typeof faultRule>;

/** The caller of an AWS operation: a role that a pipeline or a job has assumed. */
export interface Caller {
  readonly role: string;
  /** The name of the pipeline or job. */
  readonly by: string;
  /** The session's name, which IAM's messages contain. Without it, the name is `SageMaker`, as for jobs. */
  readonly session?: string;
}

/** Condition keys and their values. */
export type CallContext = Readonly<Record<string, string | readonly string[]>>;

/** The parts of a call on which IAM decides. */
export interface IamCall {
  /** The action: `s3:GetObject`, or `s3:?` if the action of an S3 request is not known. */
  readonly action: string;
  /** An ARN, or `*` if the request does not name its resource. */
  readonly resource: string;
  readonly context?: CallContext;
}

/** A call that a role made. */
export type RecordedCall = Pick<Caller, "role" | "by"> & IamCall;

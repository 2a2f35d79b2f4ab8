/** Who makes a call: a role, taken on by a pipeline or by one of its jobs. */
export interface Caller {
  readonly role: string;
  /** The name of the pipeline or of the job. */
  readonly by: string;
  /** The session's name, as AWS tells it of who was denied; that of a job where there is none. */
  readonly session?: string;
}

/** Condition keys and their values. */
export type CallContext = Readonly<Record<string, string | readonly string[]>>;

/** A call as IAM decides on it. */
export interface IamCall {
  /** `s3:GetObject`; `s3:?` where it is not known which action an S3 request is. */
  readonly action: string;
  /** An ARN, or `*` where the request alone does not say which. */
  readonly resource: string;
  readonly context?: CallContext;
}

/** A call that a role made. */
export type RecordedCall = Pick<Caller, "role" | "by"> & IamCall;

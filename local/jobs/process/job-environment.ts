import type { SessionCredentials } from "../../iam/role-sessions.ts";
import { clientEnvironment, type Environment, plainEnvironment } from "../../state/process-environment.ts";

export interface JobEnvironment {
  /** The folder with the image's `python3`. */
  readonly bin: string;
  /** Where the AWS SDK in the job finds AWS. */
  readonly endpoint: string;
  readonly region: string;
  /** What the AWS SDK in the job signs with: the job's role. */
  readonly credentials: SessionCredentials;
  /** The step's `Environment`, and what SageMaker itself sets, such as `TRAINING_JOB_NAME`. */
  readonly own: Environment;
}

/** What every job's Python finds when it starts, by whatever job. @param bin the folder with the image's `python3` */
export function interpreterEnvironment(bin: string): Environment {
  const plain = plainEnvironment();
  return {
    ...plain,
    PATH: `${bin}:${plain["PATH"]}`,
    PYTHONUNBUFFERED: "1",
    // One thread, always: floating-point sums depend on how work is divided, and a model must not depend on the load.
    OMP_NUM_THREADS: "1",
    OPENBLAS_NUM_THREADS: "1",
  };
}

/** The environment of a job: the container's, not the one of whoever started the endpoint. */
export function jobEnvironment(job: JobEnvironment): Environment {
  const interpreter = interpreterEnvironment(job.bin);
  return {
    ...clientEnvironment(job.endpoint, job.region, interpreter),
    ...job.own,
    // Whatever a step sets, it reaches this endpoint and nothing else.
    AWS_ENDPOINT_URL: job.endpoint,
    AWS_ACCESS_KEY_ID: job.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: job.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: job.credentials.sessionToken,
    PATH: interpreter["PATH"] ?? job.bin,
  };
}

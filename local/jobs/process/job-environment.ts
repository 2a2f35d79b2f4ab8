import type { SessionCredentials } from "../../iam/role-sessions.ts";
import { clientEnvironment, type Environment, plainEnvironment } from "../../state/process-environment.ts";

/** The parts from which a job's environment variables are made. */
export interface JobEnvironment {
  /** The folder with the image's `python3`. */
  readonly bin: string;
  /** The address to which the AWS SDK in the job sends its requests. */
  readonly endpoint: string;
  readonly region: string;
  /** Whether the job has its own root directory, with its own home and temporary folder. */
  readonly isContained: boolean;
  /** The credentials of the job's role, with which the AWS SDK in the job signs its requests. */
  readonly credentials: SessionCredentials;
  /** The step's `Environment`, and the variables that SageMaker sets, such as `TRAINING_JOB_NAME`. */
  readonly own: Environment;
}

/**
 * Returns the environment variables that are the same for every job of an image.
 *
 * @param bin the folder with the image's `python3`
 * @param isContained whether the job has its own root directory, with its own home and temporary folder
 */
export function interpreterEnvironment(bin: string, isContained: boolean): Environment {
  const plain = plainEnvironment();
  return {
    ...plain,
    ...(isContained ? { HOME: "/root", TMPDIR: "/tmp" } : {}),
    PATH: `${bin}:${plain["PATH"]}`,
    PYTHONUNBUFFERED: "1",
    // Always one thread: floating-point sums depend on how the work is divided among threads, and a model must be reproducible.
    OMP_NUM_THREADS: "1",
    OPENBLAS_NUM_THREADS: "1",
  };
}

/** Returns the environment variables of a job. Variables of the user who started the endpoint are not passed on. */
export function jobEnvironment(job: JobEnvironment): Environment {
  const interpreter = interpreterEnvironment(job.bin, job.isContained);
  return {
    ...clientEnvironment(job.endpoint, job.region, interpreter),
    ...job.own,
    // These come last, so that no step can send its requests anywhere but to this endpoint.
    AWS_ENDPOINT_URL: job.endpoint,
    AWS_ACCESS_KEY_ID: job.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: job.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: job.credentials.sessionToken,
    PATH: interpreter["PATH"] ?? job.bin,
  };
}

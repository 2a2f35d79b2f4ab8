import {
  DescribeTransformJobCommand,
  type DescribeTransformJobResponse,
  type SageMakerClient,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { type Watch, whileBusy } from "../execution/watch.ts";

const running = new Set(["InProgress", "Stopping"]);

/**
 * Waits for the end of a transform job.
 *
 * @throws ExitError (4) at the deadline, (6) if an AWS call fails; an AbortError when the watch's signal is aborted
 */
export async function endedTransform(watch: Watch, name: string): Promise<DescribeTransformJobResponse> {
  const { sagemaker, clock, signal, deadline, times } = watch;
  const began = clock.now();
  const request = new DescribeTransformJobCommand({ TransformJobName: name });
  for (;;) {
    const job = await whileBusy(watch, signal, (abortSignal) =>
      aws(`Following the transform job ${name}`, () => sagemaker.send(request, { abortSignal })),
    );
    if (job !== undefined && !running.has(job.TransformJobStatus ?? "")) return job;
    const left = deadline - clock.now();
    if (left <= 0)
      throw new ExitError(
        exitCode.deadline,
        `The transform job ${name} did not end in time and is stopped: give it longer with --timeout MINUTES.`,
      );
    await clock.sleep(Math.min(times.interval(clock.now() - began), left), signal);
  }
}

/** Asks SageMaker to stop a transform job. A job that has ended or does not exist counts as stopped. @throws the SDK's errors */
export async function stopTransform(
  sagemaker: SageMakerClient,
  TransformJobName: string,
  abortSignal: AbortSignal,
): Promise<void> {
  try {
    await sagemaker.send(new StopTransformJobCommand({ TransformJobName }), { abortSignal });
  } catch (error) {
    if (!/^(ValidationException|ResourceNotFound)$/.test((error as Error).name)) throw error;
  }
}

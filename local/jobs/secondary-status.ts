import type { SecondaryStatus, SecondaryStatusTransition } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";

type Transition = Wire<SecondaryStatusTransition>;

/**
 * SageMaker's messages for the secondary statuses.
 *
 * Sources: the API reference of DescribeTrainingJob, and its answers in the tests of aws/sagemaker-python-sdk
 */
const messages: { readonly [status in SecondaryStatus]?: string } = {
  Starting: "Preparing the instances for training",
  Downloading: "Downloading input data",
  Training: "Training image download completed. Training in progress.",
  Uploading: "Uploading generated training model",
  Completed: "Training job completed",
  Stopped: "Training job stopped",
  MaxRuntimeExceeded: "The job stopped because it exceeded the maximum allowed runtime.",
};

/**
 * Adds a transition to another secondary status: the last transition ends and the new one begins.
 *
 * @param now epoch seconds
 * @param message replaces SageMaker's usual message, for instance by a failure reason
 */
export function entered(
  transitions: readonly Transition[],
  status: SecondaryStatus,
  now: number,
  message: string = messages[status] ?? "",
): Transition[] {
  const ended = transitions.map((each) => (each.EndTime === undefined ? { ...each, EndTime: now } : each));
  const isLast = ["Completed", "Failed", "Stopped", "MaxRuntimeExceeded"].includes(status);
  return [...ended, { Status: status, StartTime: now, StatusMessage: message, ...(isLast ? { EndTime: now } : {}) }];
}

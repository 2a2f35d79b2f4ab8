/** The poll intervals, depending on how long an execution has been followed. All times are milliseconds. */
export interface PollTimes {
  /** Returns the time until the next poll of the execution. */
  readonly interval: (elapsed: number) => number;
  /** Returns the time after which the steps are listed again even if the execution shows no change. */
  readonly stepsInterval: (elapsed: number) => number;
}

/**
 * Returns the poll intervals: on AWS short ones in the first minute and then 10 s, on this machine very short ones. The steps
 * are listed when the execution changed and also once a minute, because AWS does not document that a change of a step
 * changes the execution's `LastModifiedTime`.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipelineExecution.html
 */
export function pollTimes(local: boolean): PollTimes {
  if (local) return { interval: () => 250, stepsInterval: () => 0 };
  return {
    interval: (elapsed) => (elapsed < 60_000 ? 5000 : 10_000),
    stepsInterval: (elapsed) => (elapsed < 60_000 ? 15_000 : 60_000),
  };
}

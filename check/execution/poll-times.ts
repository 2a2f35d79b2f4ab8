/** How often an execution is looked at, by how long it has been followed; all in milliseconds. */
export interface PollTimes {
  /** Time until the next look at the execution. */
  readonly interval: (elapsed: number) => number;
  /** Time after which the steps are listed again although the execution says of no change. */
  readonly stepsInterval: (elapsed: number) => number;
}

/**
 * On AWS often in the first minute, then six times a minute; on this machine at once. The steps are listed when the execution
 * has changed, and once a minute beside that: that the `LastModifiedTime` of an execution moves when one of its steps does is
 * nowhere said.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipelineExecution.html
 */
export function pollTimes(local: boolean): PollTimes {
  if (local) return { interval: () => 250, stepsInterval: () => 0 };
  return {
    interval: (elapsed) => (elapsed < 60_000 ? 5000 : 10_000),
    stepsInterval: (elapsed) => (elapsed < 60_000 ? 15_000 : 60_000),
  };
}

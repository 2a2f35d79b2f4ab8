interface Running {
  readonly stop: AbortController;
  readonly done: Promise<unknown>;
}

/** The jobs that are running, those of steps and others. Each of them can be stopped. */
export class RunningJobs {
  readonly #running = new Map<string, Running>();

  /**
   * Runs a job until its work ends.
   *
   * @param work gets the signal that stops the job
   * @param outer stops the job, too: the signal of its execution
   */
  run<Result>(arn: string, work: (signal: AbortSignal) => Promise<Result>, outer?: AbortSignal): Promise<Result> {
    const stop = new AbortController();
    const signal = outer === undefined ? stop.signal : AbortSignal.any([stop.signal, outer]);
    const done = work(signal).finally(() => this.#running.delete(arn));
    this.#running.set(arn, { stop, done });
    return done;
  }

  /** Stops a job. Its work ends some time later. */
  stop(arn: string): void {
    this.#running.get(arn)?.stop.abort();
  }

  /** Stops all running jobs and waits for their end. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort();
    await Promise.allSettled(running.map(({ done }) => done));
  }
}

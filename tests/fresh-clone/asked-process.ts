import assert from "node:assert/strict";
import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import { once } from "node:events";

/**
 * A child process that answers requests one after the other, so that only the first request waits for its modules. It starts
 * with the first request, and keeps the parent process alive only while it answers.
 */
export class AskedProcess<Request extends object, Answer> {
  readonly #start: () => ChildProcess;
  #child: ChildProcess | undefined;
  #latest: Promise<unknown> = Promise.resolve();

  constructor(program: string, options: ForkOptions) {
    this.#start = () => fork(program, { execArgv: ["--import", "tsx/esm"], ...options });
  }

  ask(request: Request): Promise<Answer> {
    const answer = this.#latest.then(() => this.#ask(request));
    this.#latest = answer.catch(() => {});
    return answer;
  }

  async #ask(request: Request): Promise<Answer> {
    this.#child ??= this.#start();
    const child = this.#child;
    const done = new AbortController();
    const { signal } = done;
    child.ref();
    child.channel?.ref();
    try {
      const ended = once(child, "exit", { signal }).then(() => {
        this.#child = undefined;
        return assert.fail("the process has ended instead of answering");
      });
      const answered = once(child, "message", { signal });
      child.send(request);
      const [answer] = await Promise.race([answered, ended]);
      return answer;
    } finally {
      done.abort();
      child.unref();
      child.channel?.unref();
    }
  }

  stop(): void {
    this.#child?.disconnect();
    this.#child = undefined;
  }
}

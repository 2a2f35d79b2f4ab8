import type { Clock } from "../../../aws/clock.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Waits until nobody has anything to do: also not with files, such as those that a new client looks for its settings in. */
async function quiet(): Promise<void> {
  for (let turns = 0; turns < 3; turns++) {
    await turn();
    if (process.getActiveResourcesInfo().some((name) => name.startsWith("FSReq"))) turns = 0;
  }
}

/**
 * Time that passes only when everything waits for it: a day in a moment. Who works must do so without Node's own timers
 * and sockets, as a client does whose transport is played.
 */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  #passing = false;
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.#now;
  }

  /** Sleepers that wait at the moment. */
  get waiting(): number {
    return this.#sleepers.size;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const sleeper: Sleeper = { at: this.#now + milliseconds, wake };
      signal?.addEventListener("abort", abort, { once: true });
      this.#sleepers.add(sleeper);
      void this.#pass();
    });
  }

  /** Wakes the sleepers one after the other, each when the one before has no more to do. */
  async #pass(): Promise<void> {
    if (this.#passing) return;
    this.#passing = true;
    for (;;) {
      await quiet();
      const [next] = [...this.#sleepers].sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#passing = false;
  }
}

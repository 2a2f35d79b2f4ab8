import { setTimeout as timer } from "node:timers/promises";
import type { Clock } from "../../../aws/clock.ts";

/** Time that passes so many times faster than it does, for what waits at real sockets. */
export class ScaledClock implements Clock {
  readonly #factor: number;
  readonly #began = Date.now();
  readonly #origin = performance.now();

  constructor(factor: number) {
    this.#factor = factor;
  }

  now(): number {
    return this.#began + (performance.now() - this.#origin) * this.#factor;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await timer(Math.min(milliseconds / this.#factor, 2 ** 31 - 1), undefined, { signal });
  }
}

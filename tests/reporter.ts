import { relative } from "node:path";
import Mocha from "mocha";

const { EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_END } = Mocha.Runner.constants;

/** The number of slowest files to list. */
const shown = 10;

/** Prints mocha's ordinary report, then the slowest files, and finally the line `N passed, N failed`. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const milliseconds = new Map<string, number>();
    const add = ({ file = "", duration = 0 }: Mocha.Runnable) =>
      milliseconds.set(file, (milliseconds.get(file) ?? 0) + duration);
    // With --parallel, the workers send the events of each file together when it has ended.
    runner.on(EVENT_TEST_END, add).on(EVENT_HOOK_END, add);
    runner.once(EVENT_RUN_END, () => {
      const slowest = [...milliseconds].toSorted(([, a], [, b]) => b - a).slice(0, shown);
      if (slowest.length > 0) console.log("The slowest files, by the seconds of their tests and hooks:");
      for (const [file, time] of slowest)
        console.log(`${(time / 1000).toFixed(1).padStart(7)}  ${relative(process.cwd(), file)}`);
      const { passes, failures, pending } = this.stats;
      console.log(`\n${passes} passed, ${failures} failed${pending === 0 ? "" : `, ${pending} skipped`}`);
    });
  }
}

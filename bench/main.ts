/**
 * `npm run bench` measures how long the everyday commands take, each as a ratio to something measured in the same run.
 * Most values are medians of several runs. `npm run bench -- NAME` measures one part: definition, stack, start,
 * endpoint or jobs. The parts `gate` and `leak` measure error rates instead of times and run only when they are named.
 */
import { mkdirSync } from "node:fs";
import { localFolder } from "../scripts/local-stack/folders.ts";
import { measureDefinition } from "./definition.ts";
import { measureEndpoint } from "./endpoint.ts";
import { measureGate } from "./gate.ts";
import { measureJobs } from "./jobs.ts";
import { print } from "./measurement.ts";
import { measureRowLeaks } from "./row-leaks.ts";
import { measureStack } from "./stack.ts";
import { measureStart } from "./start.ts";

mkdirSync(localFolder, { recursive: true });
const parts = {
  definition: measureDefinition,
  stack: measureStack,
  start: measureStart,
  endpoint: measureEndpoint,
  jobs: measureJobs,
};
const [chosen] = process.argv.slice(2);
if (chosen === "gate") for (const each of await measureGate()) print(each);
if (chosen === "leak") for (const each of await measureRowLeaks()) print(each);
for (const [name, part] of Object.entries(parts))
  if (chosen === undefined || chosen === name) for (const each of await part()) print(each);

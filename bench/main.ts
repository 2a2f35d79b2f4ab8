/**
 * `npm run bench`: how long the everyday commands take, as ratios against something in the same run. Each figure is the
 * median of several runs. `npm run bench -- NAME` is one part alone: definition, stack, start, endpoint or jobs;
 * `gate`, which is no time but how often the gate errs, runs only when it is named.
 */
import { mkdirSync } from "node:fs";
import { localFolder } from "../scripts/local-stack/folders.ts";
import { definition } from "./definition.ts";
import { endpoint } from "./endpoint.ts";
import { print } from "./figure.ts";
import { gate } from "./gate.ts";
import { jobs } from "./jobs.ts";
import { stack } from "./stack.ts";
import { start } from "./start.ts";

mkdirSync(localFolder, { recursive: true });
const parts = { definition, stack, start, endpoint, jobs };
const [chosen] = process.argv.slice(2);
if (chosen === "gate") for (const each of await gate()) print(each);
for (const [name, part] of Object.entries(parts))
  if (chosen === undefined || chosen === name) for (const each of await part()) print(each);

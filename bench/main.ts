/**
 * `npm run bench`: how long the everyday commands take, as ratios against something in the same run. Each figure is the
 * median of several runs. `npm run bench -- definition` leaves out what runs the whole product.
 */
import { mkdirSync } from "node:fs";
import { localFolder } from "../scripts/local-stack/folders.ts";
import { definition } from "./definition.ts";
import { print } from "./figure.ts";
import { start } from "./start.ts";

mkdirSync(localFolder, { recursive: true });
for (const each of definition()) print(each);
if (process.argv[2] !== "definition") for (const each of await start()) print(each);

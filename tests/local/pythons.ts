import { type Pythons, preparePythons } from "../../scripts/local-stack/prepare.ts";

/** The Python environments that `npm start` uses too; made when they are missing, which may take half a minute. */
export function pythons(): Promise<Pythons> {
  return preparePythons(new AbortController().signal, () => {});
}

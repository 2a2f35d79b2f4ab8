import { readFile } from "node:fs/promises";
import { abaloneData } from "./abalone-data.ts";

/** Returns the UCI data as text. */
export async function abaloneText(): Promise<string> {
  return readFile(await abaloneData(), "utf8");
}

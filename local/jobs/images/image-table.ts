import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { LocalError } from "../../wire/local-error.ts";
import { isImageEnvironment } from "../python/image-pythons.ts";

const entry = z.strictObject({
  /** The image: `repository`, `repository:tag` or a whole URI. `*` matches any characters. */
  image: z.string().min(1),
  /** A Python executable, relative to the table's file, or an environment that the endpoint installs, such as `xgboost`. */
  python: z.string().min(1),
  /** Whether the image has the built-in XGBoost algorithm. Without it, the image runs only the user's own scripts. */
  algorithm: z.literal("xgboost").optional(),
});

/** An entry of the table of images: the Python that stands in for an image. */
export interface ImageEntry {
  readonly image: string;
  readonly python: string;
  readonly algorithm?: "xgboost" | undefined;
}

/**
 * Reads a user's table of images.
 *
 * @throws LocalError `usage` for a missing or invalid file, and for a Python that does not exist
 */
export function readImageTable(file: string): readonly ImageEntry[] {
  const problem = (text: string, cause?: unknown) =>
    new LocalError("usage", `the images in ${file}: ${text}`, { cause });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw problem(`not readable as JSON: ${error instanceof Error ? error.message : error}`, error);
  }
  const parsed = z.array(entry).safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw problem(`${issue?.path.join(".") || "the file"}: ${issue?.message}; it is a list of {"image", "python"}`);
  }
  return parsed.data.map((each) => {
    if (isImageEnvironment(each.python)) return each;
    const python = resolve(dirname(file), each.python);
    if (!existsSync(python)) throw problem(`the Python ${python} of ${each.image} does not exist`);
    return { ...each, python };
  });
}

/** Reads the tables of an endpoint. The table named on the command line comes before the `images.json` of the state folder. */
export function imageTables(named: string | undefined, inState: string): readonly ImageEntry[] {
  return [
    ...(named === undefined ? [] : readImageTable(named)),
    ...(existsSync(inState) ? readImageTable(inState) : []),
  ];
}

import type { Sketches } from "./evaluation-schema.ts";

type Sketch = Sketches["train"];
type TestSketch = Sketches["test"];

/** The number of hexadecimal digits of a hash. */
const digits = 16;

function hashesOf({ hashes }: Sketch): readonly string[] {
  return Array.from({ length: hashes.length / digits }, (_, index) =>
    hashes.slice(index * digits, (index + 1) * digits),
  );
}

/** Returns the largest hash that a sketch knows about; undefined if it knows all. */
function limitOf(sketch: Sketch): string | undefined {
  const hashes = hashesOf(sketch);
  return hashes.length < sketch.distinct ? hashes.at(-1) : undefined;
}

/** The rows of one set that are also in another. */
export interface RowOverlap {
  /** The number of different rows of the first set whose presence in the second is known. They are a random sample. */
  readonly sampled: number;
  /** How many of them are in the second set. */
  readonly found: number;
}

/**
 * Returns the overlap of two sets of rows. Below the smaller of the two largest hashes, both sketches are complete. Hashes
 * are random, so the rows below this limit are a random sample of the first set.
 */
export function rowOverlap(first: Sketch, second: Sketch): RowOverlap {
  const limits = [limitOf(first), limitOf(second)].filter((limit) => limit !== undefined).sort();
  const [limit = "g"] = limits;
  const sample = hashesOf(first).filter((hash) => hash <= limit);
  const other = new Set(hashesOf(second));
  return { sampled: sample.length, found: sample.filter((hash) => other.has(hash)).length };
}

/** Returns how many different test rows are also training rows of the same split, exactly if the sketch tells. */
function naturalOverlap(test: TestSketch, train: Sketch): number {
  if (test.also_in_train !== undefined) return test.also_in_train;
  const { sampled, found } = rowOverlap(test, train);
  return (found / Math.max(sampled, 1)) * test.distinct;
}

/**
 * Returns how many of the sampled test rows may be in another training set by chance. In a table with few different rows,
 * many test rows are also in their own training set. The other training set may have as many, and three standard errors of
 * the difference more. Without any repeated row, not one can be there by chance.
 */
function allowedByChance(test: TestSketch, own: Sketch, other: Sketch, sampled: number): number {
  const natural = naturalOverlap(test, own);
  const isRepeated = [test, own].some(({ rows, distinct }) => rows > distinct);
  if (natural === 0) return isRepeated ? 2 : 0;
  const expected = (natural * sampled * Math.max(1, other.rows / own.rows)) / Math.max(test.distinct, 1);
  return 2 + expected + 3 * Math.sqrt(expected + expected ** 2 / natural);
}

/**
 * Estimates how many test rows are in the training set of another model; 0 if those that are can be there by chance.
 *
 * @param own the training set of the same split as the test rows
 */
export function trainedTestRows(test: TestSketch, own: Sketch, other: Sketch): number {
  const { sampled, found } = rowOverlap(test, other);
  if (found <= allowedByChance(test, own, other, sampled)) return 0;
  return Math.max(1, Math.round((found / sampled) * test.distinct));
}

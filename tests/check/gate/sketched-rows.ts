import type { Sketches } from "../../../check/gate/evaluation-schema.ts";

/** Returns a generator of random hashes, which repeats itself for the same seed. */
export function hashGenerator(seed: number): () => string {
  let state = seed >>> 0;
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0).toString(16).padStart(8, "0");
  };
  return () => `${next()}${next()}`;
}

/** Returns `count` different hashes. */
export function someRows(count: number, seed: number): readonly string[] {
  const hash = hashGenerator(seed);
  return Array.from({ length: count }, hash);
}

function sketch(hashes: readonly string[]) {
  const distinct = [...new Set(hashes)].sort();
  return { rows: hashes.length, distinct: distinct.length, hashes: distinct.slice(0, 1024).join("") };
}

/** Returns the sketches of these rows as the Python package makes them. */
export function sketched(
  train: readonly string[],
  test: readonly string[],
  columns: readonly string[] = ["a"],
): Sketches {
  const own = new Set(train);
  const both = new Set(test.filter((hash) => own.has(hash)));
  return {
    ...{ hash: "hash/1", size: 1024, columns: [...columns], train: sketch(train) },
    test: { ...sketch(test), also_in_train: both.size },
  };
}

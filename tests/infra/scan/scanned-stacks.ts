import { everything, region } from "../recorded.ts";

/** The configurations that are scanned, by name. */
export const scannedStacks = { plain: region, everything } as const;

export type ScannedStack = keyof typeof scannedStacks;

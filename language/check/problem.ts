/** Something the service would refuse, or run differently from what was meant: where, and what to do. */
export interface Problem {
  /** The value's place, such as `Steps.Train.Arguments.ResourceConfig.InstanceCount`. */
  readonly path: string;
  /** What was found, and what to do about it. */
  readonly message: string;
}

/** A value in a message: short, on one line, and quoted if it is a text. */
export function shown(value: unknown): string {
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? String(value));
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A mistake in a pipeline, which SageMaker would reject or execute differently than intended. */
export interface Problem {
  /** The path of the value, such as `Steps.Train.Arguments.ResourceConfig.InstanceCount`. */
  readonly path: string;
  /** The mistake and its fix. */
  readonly message: string;
}

/** Returns a value for a message: short, on one line, and quoted if it is a string. */
export function shown(value: unknown): string {
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? String(value));
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

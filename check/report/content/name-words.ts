/** Splits a step's name at the places where a line may break: `PreprocessData` becomes `Preprocess`, `Data`. */
export function nameWords(name: string): readonly string[] {
  return name.match(/[A-Z]?[^A-Z\s_-]+[\s_-]*|[A-Z]+(?![^A-Z])|[A-Z\s_-]/g) ?? [name];
}

/** The parts of a step's name where a line may break before the next one: `PreprocessData` is `Preprocess`, `Data`. */
export function nameWords(name: string): readonly string[] {
  return name.match(/[A-Z]?[^A-Z\s_-]+[\s_-]*|[A-Z]+(?![^A-Z])|[A-Z\s_-]/g) ?? [name];
}

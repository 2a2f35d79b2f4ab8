/** Returns the first line of an error's message. */
export function errorLine(error: unknown): string {
  return (error as Error).message.trim().split("\n")[0] ?? "";
}

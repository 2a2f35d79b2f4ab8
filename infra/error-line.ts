/** The first line of what an error says, for a message of one line. */
export function errorLine(error: unknown): string {
  return (error as Error).message.trim().split("\n")[0] ?? "";
}

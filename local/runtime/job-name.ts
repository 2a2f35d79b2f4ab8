import { randomBytes } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const longest = 63;

/** Random letters and digits. */
export function randomText(length: number, alphabet: string = letters): string {
  let text = "";
  // Bytes above the last whole multiple would favour the first letters.
  const limit = 256 - (256 % alphabet.length);
  while (text.length < length) {
    for (const byte of randomBytes(length)) if (byte < limit) text += alphabet[byte % alphabet.length];
  }
  return text.slice(0, length);
}

/** The name SageMaker gives to a job of a pipeline's step: `pipelines-<execution id>-<step name, cut>-<10 random>`. */
export function jobName(executionId: string, step: string, random: string = randomText(10)): string {
  const start = `pipelines-${executionId.slice(0, 12)}-`;
  const room = longest - start.length - random.length - 1;
  return `${start}${step.slice(0, room)}-${random}`;
}

const iso =
  /^P?(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

const day = 86_400;
const units = [365 * day, 30 * day, 7 * day, day, 3600, 60, 1];

/**
 * Returns the seconds of an ISO 8601 duration such as `P30D` or `PT1H`, or undefined for another text. The `P` is
 * optional, because the developer guide's examples leave it out (`30d`, `T16m`). A year has 365 days and a month 30.
 */
export function durationSeconds(text: string): number | undefined {
  const match = iso.exec(text);
  const parts = match?.slice(1) ?? [];
  if (!parts.some((part) => part !== undefined)) return undefined;
  return parts.reduce((total, part, index) => total + Number(part ?? 0) * (units[index] ?? 0), 0);
}

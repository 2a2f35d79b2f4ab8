import { validationError } from "./aws-error.ts";

/** The members of a list request that choose a page. */
export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Empty on the last page. */
  readonly next: { readonly NextToken?: string };
}

/**
 * Returns one page of a sorted list. The token names the last item of the previous page, so that no item is repeated or
 * skipped when other items are added or removed between two pages.
 *
 * @param identity returns an item's unique name
 * @throws AwsError `ValidationException` for an invalid token or size
 */
export function page<Item>(
  sorted: readonly Item[],
  request: PageRequest,
  identity: (item: Item) => string,
  largest = 100,
): Page<Item> {
  const size = request.MaxResults ?? Math.min(largest, 100);
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    throw validationError(
      `1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and ${largest}`,
    );
  }
  const start = request.NextToken === undefined ? 0 : afterToken(sorted, request.NextToken, identity);
  const items = sorted.slice(start, start + size);
  const last = items.at(-1);
  const more = start + size < sorted.length && last !== undefined;
  return { items, next: more ? { NextToken: Buffer.from(identity(last)).toString("base64url") } : {} };
}

function afterToken<Item>(sorted: readonly Item[], token: string, identity: (item: Item) => string): number {
  const last = Buffer.from(token, "base64url").toString();
  const index = sorted.findIndex((item) => identity(item) === last);
  if (index === -1) throw validationError("Invalid pagination token: it is not of this list");
  return index + 1;
}

/** Returns the items sorted by a key. Items with the same key keep their order. */
export function sortedBy<Item>(
  items: readonly Item[],
  key: (item: Item) => number | string,
  order: string | undefined,
): Item[] {
  const sign = order === "Ascending" ? 1 : -1;
  return [...items].sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
}

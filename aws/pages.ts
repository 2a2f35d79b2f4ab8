import { ExitError, exitCode } from "../exit-code.ts";

interface Page {
  readonly NextToken?: string | undefined;
  readonly $metadata: { readonly requestId?: string | undefined };
}

/**
 * Yields the pages of a list, some of which may be empty.
 *
 * @param what the activity, for the error, such as `Listing the models of abalone`
 * @throws ExitError (6) when a page's token repeats, because the list would never end
 */
export async function* pagesOf<P extends Page>(what: string, pages: AsyncIterable<P>): AsyncGenerator<P> {
  const seen = new Set<string>();
  for await (const page of pages) {
    yield page;
    const { NextToken: token, $metadata } = page;
    if (token === undefined) continue;
    if (seen.has(token))
      throw new ExitError(
        exitCode.aws,
        `${what}: AWS repeats a page of the list endlessly (request ${$metadata.requestId ?? "without id"}): run again, and report it to AWS if it happens again.`,
      );
    seen.add(token);
  }
}

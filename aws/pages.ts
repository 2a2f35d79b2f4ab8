import { ExitError, exitCode } from "../exit-code.ts";

interface Page {
  readonly NextToken?: string | undefined;
  readonly $metadata: { readonly requestId?: string | undefined };
}

/**
 * The pages of a list, which may be empty, until there are no more.
 *
 * @param what what is listed, for the error
 * @throws ExitError (6) when a page's token comes again: the list would never end
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
        `${what}: the list repeats a page for ever (request ${$metadata.requestId ?? "without id"}): run again, and report it to AWS if it stays.`,
      );
    seen.add(token);
  }
}

import { arnParts } from "../../service-model/arn.ts";
import { type Page, type PageRequest, page, sortedBy } from "../wire/page.ts";

/** The filters and orders of all List operations. Each operation accepts only some of them. Times are epoch seconds. */
export interface ListRequest extends PageRequest {
  readonly NameContains?: string | undefined;
  readonly StatusEquals?: string | undefined;
  readonly CreationTimeAfter?: number | undefined;
  readonly CreationTimeBefore?: number | undefined;
  readonly CreatedAfter?: number | undefined;
  readonly CreatedBefore?: number | undefined;
  readonly LastModifiedTimeAfter?: number | undefined;
  readonly LastModifiedTimeBefore?: number | undefined;
  readonly WarmPoolStatusEquals?: string | undefined;
  readonly TrainingPlanArnEquals?: string | undefined;
  readonly SortBy?: string | undefined;
  readonly SortOrder?: string | undefined;
}

/** The functions that read the values for filters and orders from an item, and the default order. */
export interface Listed<Item> {
  readonly arn: (item: Item) => string;
  readonly name: (item: Item) => string | undefined;
  readonly created: (item: Item) => number | undefined;
  readonly modified?: (item: Item) => number | undefined;
  readonly status?: (item: Item) => string | undefined;
  /** Orders items with the same creation time. */
  readonly sequence?: (item: Item) => number;
  /** The default order of the API reference. */
  readonly order: "Ascending" | "Descending";
}

function within(time: number | undefined, after: number | undefined, before: number | undefined): boolean {
  return (after === undefined || (time ?? 0) >= after) && (before === undefined || (time ?? 0) <= before);
}

/**
 * Filters and sorts items according to a request, and returns the requested page. Without `SortBy` it sorts by creation
 * time.
 */
export function listing<Item>(items: readonly Item[], request: ListRequest, of: Listed<Item>): Page<Item> {
  const after = request.CreationTimeAfter ?? request.CreatedAfter;
  const before = request.CreationTimeBefore ?? request.CreatedBefore;
  const chosen = items.filter(
    (item) =>
      (of.name(item) ?? "").includes(request.NameContains ?? "") &&
      (request.StatusEquals === undefined || of.status?.(item) === request.StatusEquals) &&
      within(of.created(item), after, before) &&
      within(of.modified?.(item), request.LastModifiedTimeAfter, request.LastModifiedTimeBefore),
  );
  const keys: { readonly [by: string]: (item: Item) => number | string } = {
    Name: (item) => of.name(item) ?? "",
    Status: (item) => of.status?.(item) ?? "",
    LastModifiedTime: (item) => of.modified?.(item) ?? 0,
    PipelineExecutionArn: of.arn,
  };
  const by = keys[request.SortBy ?? ""] ?? ((item: Item) => of.created(item) ?? 0);
  const order = request.SortOrder ?? of.order;
  const inSequence = of.sequence === undefined ? chosen : sortedBy(chosen, of.sequence, order);
  return page(sortedBy(inSequence, by, order), request, of.arn);
}

/** Tells whether an ARN belongs to a region. */
export function isInRegion(region: string, arn: string): boolean {
  return arnParts(arn).region === region;
}

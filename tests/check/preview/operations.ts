import type { PreviewStep } from "../../../check/preview/preview-digest.ts";

/** Returns the state of a resource in a preview. */
export const state = (inputs: Record<string, unknown> = {}, rest: object = {}) => ({
  ...{ custom: true, protect: false, retainOnDelete: false, inputs },
  ...rest,
});

/** Pulumi's operations, each with the rest of its step, the sentence about it, and its word in the row, if it has a row. */
export const operations: readonly (readonly [string, Partial<PreviewStep>, string, string | undefined])[] = [
  ["create", { newState: state() }, "1 to create.", "create"],
  ["update", { oldState: state(), newState: state() }, "1 to update.", "update"],
  ["delete", { oldState: state() }, "1 to delete.", "**delete**"],
  ["delete", { oldState: state({}, { protect: true }) }, "1 to delete.", "**delete** (protected)"],
  ["delete", { oldState: state({}, { retainOnDelete: true }) }, "1 to leave in AWS, no longer managed.", "forget"],
  ["replace", { oldState: state(), newState: state() }, "1 to replace.", "**replace**"],
  ["replace", { oldState: state({}, { protect: true }) }, "1 to replace.", "**replace** (protected)"],
  ["create-replacement", { oldState: state(), newState: state() }, "1 to replace.", "**replace**"],
  ["delete-replaced", { oldState: state() }, "1 to replace.", "**replace**"],
  ["import", { newState: state() }, "1 to import.", "import"],
  ["import-replacement", { oldState: state(), newState: state() }, "1 to replace.", "**replace**"],
  ["discard", { oldState: state() }, "1 to leave in AWS, no longer managed.", "forget"],
  ["discard-replaced", { oldState: state() }, "1 to leave in AWS, no longer managed.", "forget"],
  ["same", { oldState: state(), newState: state() }, "No resource would change.", undefined],
  ["read", { newState: state() }, "No resource would change.", undefined],
  ["read-replacement", { newState: state() }, "No resource would change.", undefined],
  ["refresh", { oldState: state(), newState: state() }, "No resource would change.", undefined],
  ["remove-pending-replace", { oldState: state() }, "No resource would change.", undefined],
  ["transmogrify", { newState: state() }, "1 with an operation that this version does not know.", "`transmogrify`"],
  ["constructor", { newState: state() }, "1 with an operation that this version does not know.", "`constructor`"],
];

import { limitName, significant } from "../gate/verdict.ts";
import { prose, table } from "../report/content/markdown-text.ts";
import type { PipelineModelChange } from "./model-change.ts";
import { modelVerdicts } from "./model-verdict.ts";

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${significant(value)}`;
}

/** Returns the metric of the base's model on the head's test rows, or on its own if the head's check did not score it. */
function before({ base, head }: PipelineModelChange): number | undefined {
  return head?.baseline?.value ?? base?.candidate?.value;
}

/** Returns the metric before and after the change in a few words, or undefined if the head has no judged model. */
export function metricChange(change: PipelineModelChange): string | undefined {
  const { candidate, metric = "metric" } = change.head ?? {};
  if (candidate === undefined) return undefined;
  const old = before(change);
  const [then, now] = [old === undefined ? undefined : significant(old), significant(candidate.value)];
  if (then === undefined) return `${metric} ${now}`;
  return then === now ? `${metric} stays ${now}` : `${metric} ${then} → ${now}`;
}

/**
 * Returns a table with the metric of the base's and the head's model on the same test rows, and the difference with its
 * interval. The interval is of the paired difference, because both models were scored on the same rows. Without a base, it has
 * only the head's metric.
 */
export function comparisonTable(change: PipelineModelChange): readonly string[] {
  const { candidate, comparison, metric = "metric", direction, test } = change.head ?? {};
  if (candidate === undefined) return [];
  const old = before(change);
  const what = direction === "higher" ? "difference in loss" : "difference";
  const cells = [
    ["metric", prose(metric)],
    ...(old === undefined ? [] : [["base", significant(old)]]),
    ["head", `**${significant(candidate.value)}**`],
    ...(comparison === undefined
      ? []
      : [
          [
            `${what} (one-sided 95 % bounds)`,
            `${signed(comparison.mean)} (${signed(comparison.lower)} to ${signed(comparison.upper)})`,
          ],
          ["margin", significant(comparison.margin)],
        ]),
    ["test rows", String(test?.rows ?? "unknown")],
  ] as const;
  return [
    table(
      cells.map(([head = ""]) => head),
      [cells.map(([, cell = ""]) => cell)],
    ),
  ];
}

/** Returns a table of the thresholds that the change sets, with the verdict on the head's model by both, if any changes. */
export function thresholdTable({ thresholds, head, underBase }: PipelineModelChange): readonly string[] {
  if (thresholds.length === 0) return [];
  const words = {
    ceiling: limitName(head?.direction ?? "lower"),
    relativeTolerance: "relative tolerance",
    absoluteTolerance: "absolute tolerance",
  };
  const rows = thresholds.map(({ name, base, head: value }) => [words[name], String(base), String(value)]);
  const verdicts =
    head === undefined || underBase === undefined
      ? []
      : [["verdict on head's model", modelVerdicts[underBase.verdict].title, modelVerdicts[head.verdict].title]];
  return [table(["threshold", "base's value", "head's value"], [...rows, ...verdicts])];
}

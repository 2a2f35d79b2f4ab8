import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";
import { text } from "./expression.ts";

/** Where the API takes texts only, whatever the type of the parameter that stood there. */
const textMaps = new Set(["Environment", "HyperParameters"]);
const textLists = new Set(["ContainerArguments", "ContainerEntrypoint"]);

/** A job's evaluated arguments as the job's API would hold them: arguments, environment and hyperparameters are texts. */
export function texts(value: Json): Json & object {
  if (isList(value)) return value.map((item) => (typeof item === "object" && item !== null ? texts(item) : item));
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).map(([key, item]) => {
    if (textMaps.has(key) && isRecord(item)) return [key, mapValues(item)] as const;
    if (textLists.has(key) && isList(item)) return [key, item.map(text)] as const;
    return [key, typeof item === "object" && item !== null ? texts(item) : item] as const;
  });
  return Object.fromEntries(entries);
}

function mapValues(record: { readonly [key: string]: Json }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, text(item)]));
}

import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";
import { text } from "./expression.ts";

/** Members of the API that only have texts, even if the definition uses a parameter of another type. */
const textMaps = new Set(["Environment", "HyperParameters"]);
const textLists = new Set(["ContainerArguments", "ContainerEntrypoint"]);

/** Converts the values of arguments, environment variables and hyperparameters to texts, as the job's API requires. */
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

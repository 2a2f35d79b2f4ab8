import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";
import { text } from "./expression.ts";

/** Members of the API that only have texts, even if the definition uses a parameter of another type. */
const textMaps = new Set(["Environment", "HyperParameters"]);
const textLists = new Set(["ContainerArguments", "ContainerEntrypoint"]);

type Members = { readonly [key: string]: Json };

/** Converts the values of arguments, environment variables and hyperparameters to texts, as the job's API requires. */
export function texts(members: Members): Members {
  const entries = Object.entries(members).map(([key, item]) => {
    if (textMaps.has(key) && isRecord(item)) return [key, mapValues(item)] as const;
    if (textLists.has(key) && isList(item)) return [key, item.map(text)] as const;
    return [key, within(item)] as const;
  });
  return Object.fromEntries(entries);
}

/** Converts the members of all objects in a value. */
function within(value: Json): Json {
  if (isList(value)) return value.map(within);
  return isRecord(value) ? texts(value) : value;
}

function mapValues(record: Members): { [key: string]: string } {
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, text(item)]));
}

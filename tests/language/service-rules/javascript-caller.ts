import * as language from "#language";
import { type PathSegment, parsePath } from "../../../service-model/property-path.ts";
import type { Part } from "./documents.ts";

// biome-ignore lint/suspicious/noExplicitAny: a JavaScript caller without types
type Any = any;

/** The functions that take a step's arguments as they stand in a definition. */
const builders: { readonly [type: string]: (name: string, options: Any) => Any } = {
  Training: language.trainingStep,
  Processing: language.processingStep,
  Tuning: language.tuningStep,
  AutoML: language.autoMLStep,
  Model: language.modelStep,
  RegisterModel: language.registerModelStep,
  Transform: language.transformStep,
  EMR: language.emrStep,
  BedrockModelImport: language.bedrockModelImportStep,
  Fail: (name, options) => language.failStep(name, { errorMessage: options.arguments.ErrorMessage }),
};

const parameters: { readonly [name: string]: Any } = {
  Text: language.stringParameter("Text", { default: "s3://b/x" }),
  Count: language.integerParameter("Count", { default: 2 }),
  Ratio: language.floatParameter("Ratio", { default: 0.5 }),
  Flag: language.booleanParameter("Flag", { default: true }),
  Empty: language.stringParameter("Empty", { default: "" }),
  Untyped: language.stringParameter("Untyped", { default: "image" }),
};

function read(value: Any, made: ReadonlyMap<string, Any>): Any {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => read(item, made));
  if (typeof value.Get === "string") {
    const [root, name, ...path] = parsePath(value.Get) as [string, string, ...PathSegment[]];
    if (root === "Parameters") return parameters[name];
    const named = made.get(name)?.properties ?? {};
    const positions = new Set([...value.Get.matchAll(/\['([^']*)'\]/g)].map((match) => match[1]));
    return path.reduce(
      (part: Any, key) => (typeof key === "number" || positions.has(key) ? part.at(key) : part[key]),
      named,
    );
  }
  const { "Std:Join": joined } = value;
  if (joined !== undefined) return language.join(joined.On, read(joined.Values, made));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item, made)]));
}

/** Returns the pipeline that a JavaScript caller writes for these steps; undefined if one of them has other functions. */
export function javaScriptPipeline(steps: readonly Part[]): language.Pipeline | undefined {
  const members = new Set(["Name", "Type", "Arguments"]);
  const readable = (step: Part) =>
    String(step["Type"]) in builders && Object.keys(step).every((key) => members.has(key));
  if (!steps.every(readable) || JSON.stringify(steps).includes('"Execution.')) return undefined;
  const made = new Map<string, Any>();
  for (const { Name, Type, Arguments } of steps)
    made.set(String(Name), builders[String(Type)]?.(String(Name), { arguments: read(Arguments, made) }));
  return language.pipeline("P", { parameters: Object.values(parameters), steps: [...made.values()] });
}

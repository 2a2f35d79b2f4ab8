import { defined } from "../../service-model/defined.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";
import { type JobStepType, stepTypeFacts } from "../../service-model/step-types.ts";
import type { Condition } from "../expressions/condition.ts";
import type { IterationOutput, Primitive, Value } from "../expressions/expression.ts";
import { propertyFile } from "../expressions/json-get.ts";
import type { ArgumentTree, Dependency, ForEachStepData, Step, StepData } from "../steps/step.ts";
import { type ReadScope, readValue } from "./read-expression.ts";
import { namedPath } from "./reader.ts";
import * as schema from "./schema.ts";

type StepDocument = ReturnType<typeof schema.step.parse>;

/** Reads the steps of a list, in their order. An item without the form of a step is reported and left out. */
export function readSteps(values: readonly unknown[], path: string, scope: ReadScope): readonly Step[] {
  return values.flatMap((value, index) => readStep(value, namedPath("Steps", path, value, index), scope));
}

function readStep(value: unknown, path: string, scope: ReadScope): readonly Step[] {
  const parsed = scope.reader.parse(schema.step, value, path);
  if (parsed === undefined) return [];
  const place = `Steps.${parsed.Name}`;
  const data = readStepData(parsed, scope, place);
  if (parsed.Type === "Condition") return readCondition(parsed, data, scope, place);
  if (parsed.Type === "ForEach") return readForEach(parsed, data, scope, place);
  if (parsed.Arguments === undefined && !stepTypeFacts(parsed.Type)?.withoutArguments)
    scope.reader.report(`${place}.Arguments`, "are missing; give the step its arguments");
  const files = parsed.PropertyFiles?.map(({ PropertyFileName, OutputName, FilePath }) =>
    propertyFile(parsed.Name, PropertyFileName, OutputName, FilePath),
  );
  return [
    Object.freeze({
      kind: "job",
      // `checkPipeline` reports an invalid type.
      type: parsed.Type as JobStepType,
      ...data,
      arguments: readValue(parsed.Arguments ?? {}, scope, `${place}.Arguments`) as ArgumentTree,
      ...defined({ files: files && Object.freeze(files) }),
    }),
  ];
}

/** Reads the members that every step has. `checkPipeline` checks the exceptions of retry policies. */
function readStepData(parsed: StepDocument, scope: ReadScope, path: string): StepData {
  const { Name, Type: _, Arguments: __, PropertyFiles: ___, ...known } = parsed;
  const { DisplayName, Description, DependsOn, CacheConfig, RetryPolicies, ...others } = known;
  const members = readValue(others, scope, path) as ArgumentTree;
  return {
    name: Name,
    ...defined({
      displayName: DisplayName,
      description: Description,
      dependsOn: DependsOn && Object.freeze(DependsOn.map(readDependency)),
    }),
    ...(CacheConfig === undefined
      ? {}
      : {
          cache: {
            enabled: CacheConfig.Enabled,
            ...defined({ expireAfter: CacheConfig.ExpireAfter }),
          },
        }),
    ...defined({ retry: RetryPolicies && Object.freeze(RetryPolicies.map(readRetryPolicy)) }),
    ...(Object.keys(members).length === 0 ? {} : { members }),
  };
}

function readDependency(parsed: NonNullable<StepDocument["DependsOn"]>[number]): Dependency {
  return Object.freeze(
    typeof parsed === "string"
      ? { kind: "dependency", step: parsed }
      : { kind: "dependency", step: parsed.Step, trigger: parsed.Trigger },
  );
}

function readRetryPolicy(parsed: NonNullable<StepDocument["RetryPolicies"]>[number]) {
  const { ExceptionType, BackoffRate, IntervalSeconds, MaxAttempts, ExpireAfterMin } = parsed;
  return Object.freeze({
    exceptions: ExceptionType as RetryException[],
    ...defined({
      backoffRate: BackoffRate,
      intervalSeconds: IntervalSeconds,
      maxAttempts: MaxAttempts,
      expireAfterMinutes: ExpireAfterMin,
    }),
  });
}

function readCondition(parsed: StepDocument, data: StepData, scope: ReadScope, path: string): readonly Step[] {
  const place = `${path}.Arguments`;
  const request = scope.reader.parse(schema.conditionArguments, parsed.Arguments, place);
  if (request === undefined) return [];
  const { Conditions, IfSteps, ElseSteps } = request;
  const steps = (list: readonly unknown[], key: string) => Object.freeze(readSteps(list, `${place}.${key}`, scope));
  const conditions = Conditions.flatMap((each, index) =>
    readOneCondition(each, `${place}.Conditions[${index}]`, scope),
  );
  return [
    Object.freeze({
      kind: "condition",
      type: "Condition",
      ...data,
      conditions: Object.freeze(conditions),
      ...defined({
        ifSteps: IfSteps && steps(IfSteps, "IfSteps"),
        elseSteps: ElseSteps && steps(ElseSteps, "ElseSteps"),
      }),
    }),
  ];
}

function readOneCondition(value: unknown, path: string, scope: ReadScope): readonly Condition[] {
  const operand = (given: unknown, key: string) => readValue(given, scope, `${path}.${key}`) as Value<Primitive>;
  switch ((value as { Type?: unknown } | null)?.Type) {
    case "In": {
      const parsed = scope.reader.parse(schema.inCondition, value, path);
      if (parsed === undefined) return [];
      const values = parsed.Values.map((each, index) => operand(each, `Values[${index}]`));
      return [{ type: "In", value: operand(parsed.QueryValue, "QueryValue"), values }];
    }
    case "Not": {
      const parsed = scope.reader.parse(schema.notCondition, value, path);
      if (parsed === undefined) return [];
      return readOneCondition(parsed.Condition, `${path}.Condition`, scope).map((condition) => ({
        type: "Not",
        condition,
      }));
    }
    case "Or": {
      const inner = scope.reader.parse(schema.orCondition, value, path)?.Conditions ?? [];
      const conditions = inner.flatMap((each, index) => readOneCondition(each, `${path}.Conditions[${index}]`, scope));
      return [{ type: "Or", conditions }];
    }
    default: {
      const parsed = scope.reader.parse(schema.comparison, value, path);
      if (parsed === undefined) return [];
      const { Type, LeftValue, RightValue } = parsed;
      return [{ type: Type, left: operand(LeftValue, "LeftValue"), right: operand(RightValue, "RightValue") }];
    }
  }
}

function readForEach(parsed: StepDocument, data: StepData, scope: ReadScope, path: string): readonly Step[] {
  const place = `${path}.Arguments`;
  const request = scope.reader.parse(schema.forEachArguments, parsed.Arguments, place);
  if (request === undefined) return [];
  const { IterableItems, MaxConcurrency, Selector, ForEachBody } = request;
  const read = (value: unknown, key: string) => readValue(value, scope, `${place}.${key}`);
  return [
    Object.freeze({
      kind: "for-each",
      type: "ForEach",
      ...data,
      items: read(IterableItems, "IterableItems") as ForEachStepData["items"],
      maxConcurrency: MaxConcurrency,
      ...(Selector === undefined
        ? {}
        : { selector: { pick: Selector.Pick, field: read(Selector.Field, "Selector.Field") as IterationOutput } }),
      steps: Object.freeze(readSteps(ForEachBody, `${place}.ForEachBody`, scope)),
    }),
  ];
}

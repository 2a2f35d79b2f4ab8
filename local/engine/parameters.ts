import type { ParameterDefinition } from "../../service-model/definition.ts";

export type ParameterValue = NonNullable<ParameterDefinition["DefaultValue"]>;

export interface ParameterOverride {
  readonly Name: string;
  readonly Value: string;
}

/** The values of an execution's parameters, or all problems with the given ones. */
export type ResolvedParameters =
  | { readonly values: { readonly [name: string]: ParameterValue } }
  | { readonly problems: readonly string[] };

/** Converts the texts of a StartPipelineExecution request to the parameters' types, and fills in default values. */
export function resolveParameters(
  declared: readonly ParameterDefinition[],
  overrides: readonly ParameterOverride[],
): ResolvedParameters {
  const values: { [name: string]: ParameterValue } = {};
  const problems: string[] = [];
  const given = new Map(overrides.map((override) => [override.Name, override.Value]));
  const names = declared.map((parameter) => parameter.Name);
  for (const name of given.keys()) {
    if (!names.includes(name)) {
      problems.push(
        `Assigning value to parameter [${name}], which is not declared; declared are [${names.join(", ")}]`,
      );
    }
  }
  if (given.size < overrides.length) {
    const twice = overrides.find(({ Name }, index) => overrides.findIndex((each) => each.Name === Name) < index);
    problems.push(`Parameter [${twice?.Name}] is given twice`);
  }
  // Source of SageMaker's message: https://github.com/aws/sagemaker-python-sdk/issues/4016
  if ([...given.values()].includes("")) problems.push('[string "" is too short (length: 0, required minimum: 1)]');
  for (const parameter of declared) {
    const text = given.get(parameter.Name);
    const value = text === undefined ? parameter.DefaultValue : typed(parameter, text);
    if (value === undefined) {
      problems.push(
        text === undefined
          ? `Parameter [${parameter.Name}] has no default value and was given none`
          : `Parameter [${parameter.Name}] is of type ${parameter.Type}, got '${text}'`,
      );
    } else if (parameter.EnumValues !== undefined && !parameter.EnumValues.includes(String(value))) {
      problems.push(
        `Parameter [${parameter.Name}] must be one of [${parameter.EnumValues.join(", ")}], got '${value}'`,
      );
    } else values[parameter.Name] = value;
  }
  return problems.length > 0 ? { problems } : { values };
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function typed(parameter: ParameterDefinition, text: string): ParameterValue | undefined {
  switch (parameter.Type) {
    case "Integer":
      // JavaScript would round a larger integer to another number.
      return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
    case "Float":
      return decimal.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case "Boolean":
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
    default:
      return text;
  }
}

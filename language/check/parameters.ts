import { limits, type Quotas } from "../../service-model/limits.ts";
import type { Parameter } from "../expressions/expression.ts";
import { duplicateProblems, memberNameProblems, raise } from "./names.ts";
import { type Problem, shown } from "./problem.ts";

const isOfType: { readonly [Type in Parameter["type"]]: (value: unknown) => boolean } = {
  String: (value) => typeof value === "string",
  Integer: (value) => typeof value === "bigint" || Number.isInteger(value),
  Float: (value) => typeof value === "bigint" || Number.isFinite(value),
  Boolean: (value) => typeof value === "boolean",
};

function defaultProblems({ name, type, defaultValue, enumValues }: Parameter, quotas: Quotas): readonly Problem[] {
  if (defaultValue === undefined) return [];
  const path = `Parameters.${name}.DefaultValue`;
  if (!isOfType[type]?.(defaultValue))
    return [
      {
        path,
        message: `is ${shown(defaultValue)}, which is not of type ${type}; correct it, or leave the default out`,
      },
    ];
  if (enumValues !== undefined && !enumValues.includes(String(defaultValue)))
    return [{ path, message: `is ${shown(defaultValue)}, which is not one of ${enumValues.map(shown).join(", ")}` }];
  const longest = quotas.parameterDefaultCharacters;
  if (typeof defaultValue === "string" && defaultValue.length > longest)
    return [{ path, message: `has ${defaultValue.length} characters; SageMaker accepts ${longest}; shorten it` }];
  return [];
}

function enumProblems({ name, type, enumValues }: Parameter, quotas: Quotas): readonly Problem[] {
  if (enumValues === undefined) return [];
  const path = `Parameters.${name}.EnumValues`;
  const problem = (message: string) => [{ path, message }];
  if (type !== "String") return problem(`are given for a ${type} parameter; only String parameters may have them`);
  if (enumValues.length === 0) return problem("are empty; give at least one, or leave them out");
  if (enumValues.length > quotas.parameterEnumValues)
    return problem(
      `are ${enumValues.length}; SageMaker accepts ${quotas.parameterEnumValues}; remove some, or ${raise("parameterEnumValues")}`,
    );
  return duplicateProblems("value", path, enumValues);
}

/** Returns the problems with parameters: their number, names, types, defaults and enumerations. */
export function parameterProblems(parameters: readonly Parameter[], quotas: Quotas): readonly Problem[] {
  return [
    ...(parameters.length <= limits.parameters
      ? []
      : [
          {
            path: "Parameters",
            message: `are ${parameters.length}; SageMaker accepts ${limits.parameters}; remove some`,
          },
        ]),
    ...duplicateProblems(
      "parameter",
      "Parameters",
      parameters.map(({ name }) => name),
    ),
    ...parameters.flatMap((parameter) => [
      ...memberNameProblems(`Parameters.${parameter.name}`, parameter.name, quotas.parameterNameCharacters),
      ...(Object.hasOwn(isOfType, parameter.type)
        ? []
        : [
            {
              path: `Parameters.${parameter.name}.Type`,
              message: `is ${shown(parameter.type)}; use one of ${Object.keys(isOfType).join(", ")}`,
            },
          ]),
      ...enumProblems(parameter, quotas),
      ...defaultProblems(parameter, quotas),
    ]),
  ];
}

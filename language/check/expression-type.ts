import type { Shape } from "../../service-model/service-model.ts";
import { shapeNamed } from "../../service-model/step-shapes.ts";
import type { Expression } from "../expressions/expression.ts";
import type { PipelineIndex } from "../pipeline/pipeline-index.ts";
import { stepProperty } from "./step-property.ts";

/** The type of a value that a request expects, or that an expression resolves to. */
export type ValueType =
  | "String"
  | "Integer"
  | "Float"
  | "Boolean"
  | "Timestamp"
  | "List"
  | "Map"
  | "Structure"
  | "Blob";

const types: Readonly<Record<string, ValueType>> = {
  string: "String",
  integer: "Integer",
  long: "Integer",
  float: "Float",
  double: "Float",
  boolean: "Boolean",
  timestamp: "Timestamp",
  list: "List",
  map: "Map",
  structure: "Structure",
  blob: "Blob",
};

/** Returns the type of the values of a shape. */
export function typeOfValues(shape: Shape): ValueType | undefined {
  return types[shape.type];
}

/** Returns the type of the values of the shape with a name. */
export function typeOfShape(name: string): ValueType | undefined {
  const shape = shapeNamed(name);
  return shape && typeOfValues(shape);
}

/** Tells whether SageMaker accepts a type in place of another: an Integer is also a Float, a Timestamp also a String. */
export function isAssignable(given: ValueType, place: ValueType): boolean {
  return given === place || (given === "Integer" && place === "Float") || (given === "Timestamp" && place === "String");
}

/** Returns an expression in the service's own spelling: `Parameters.Rate`. */
export function spelled(expression: Expression): string {
  switch (expression.kind) {
    case "parameter":
      return `Parameters.${expression.name}`;
    case "execution-variable":
      return `Execution.${expression.name}`;
    case "property":
      return `Steps.${expression.step}.${expression.path}`;
    case "iteration-output":
      return `IterationOutput.${expression.step}.${expression.path}`;
    case "join":
      return "Std:Join";
    default:
      return expression.kind;
  }
}

/** Finds the types of a pipeline's expressions. */
export class ExpressionTypes {
  private readonly index: PipelineIndex;

  constructor(index: PipelineIndex) {
    this.index = index;
  }

  /** Returns the type of an expression's value; undefined if it may be of any type, or the path is wrong. */
  typeOf(expression: Expression): ValueType | undefined {
    switch (expression.kind) {
      case "parameter":
        return expression.type;
      case "execution-variable":
      case "join":
        return "String";
      case "property":
      case "iteration-output": {
        const step = this.index.byName.get(expression.step)?.step;
        const end = step && stepProperty(step, expression.path);
        return end && "shape" in end ? typeOfShape(end.shape) : undefined;
      }
      default:
        return undefined;
    }
  }
}

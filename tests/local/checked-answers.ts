import assert from "node:assert/strict";
import { Readable } from "node:stream";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { constraintViolations } from "../../service-model/constraint-violations.ts";
import type { ServiceModel } from "../../service-model/service-model.ts";

type Plugin = Parameters<SageMakerClient["middlewareStack"]["use"]>[0];

interface HttpAnswer {
  readonly statusCode: number;
  body: unknown;
}

/** Returns the members of an answer that are missing in its shape in SageMaker's API model. */
function unknownMembers(model: ServiceModel, shapeName: string, value: unknown, path: string): readonly string[] {
  const shape = model.shapes[shapeName];
  if (typeof value !== "object" || value === null || shape === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((item) => unknownMembers(model, shape.member ?? "", item, `${path}[]`));
  return Object.entries(value).flatMap(([name, item]) => {
    const of = shape.members?.[name] ?? shape.value;
    return of === undefined ? [`${path}.${name}`] : unknownMembers(model, of, item, `${path}.${name}`);
  });
}

/** Returns a plugin of the SDK that makes a call fail if its answer does not match the operation's output shape. */
export function checkedAnswers(model: ServiceModel): Plugin {
  return {
    applyToStack: (stack) =>
      stack.add(
        (next, context) => async (request) => {
          const result = await next(request);
          const response = result.response as HttpAnswer;
          const chunks: Buffer[] = [];
          for await (const chunk of response.body as Readable) chunks.push(Buffer.from(chunk));
          response.body = Readable.from(chunks);
          const operation = String(context["commandName"]).replace(/Command$/, "");
          const shape = model.operations[operation]?.response;
          if (response.statusCode === 200 && shape !== undefined) {
            const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
            const violations = constraintViolations(model, shape, answer).map(
              ({ path, constraint }) => `${path}: ${constraint}`,
            );
            assert.deepEqual([...violations, ...unknownMembers(model, shape, answer, operation)], []);
          }
          return result;
        },
        { step: "deserialize", priority: "low", name: "checkedAnswers" },
      ),
  };
}

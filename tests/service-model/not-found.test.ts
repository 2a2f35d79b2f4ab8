import assert from "node:assert/strict";
import { isNotFound, isResourceNotFound } from "../../service-model/not-found.ts";

describe("isNotFound and isResourceNotFound", () => {
  const cases: readonly (readonly [name: string, message: string, notFound: boolean, resource: boolean])[] = [
    ["ResourceNotFound", "", true, true],
    ["ResourceNotFoundException", "", true, true],
    ["NoSuchKey", "", true, false],
    ["NoSuchBucket", "", true, false],
    ["NotFound", "", true, false],
    ["ValidationException", "Model package group does not exist.", true, false],
    ["ValidationException", "1 validation error detected", false, false],
    ["AccessDenied", "it does not exist", false, false],
  ];
  for (const [name, message, notFound, resource] of cases)
    it(`return ${notFound} and ${resource} for ${name} "${message}"`, () => {
      const error = Object.assign(new Error(message), { name });
      assert.deepEqual([isNotFound(error), isResourceNotFound(error)], [notFound, resource]);
    });
});

import { type AccessedStack, pipelineArns } from "./accessed-stack.ts";
import { readProjectTags } from "./project-tag-permissions.ts";
import { readState, type StatePlace } from "./state-permissions.ts";
import { allow, policyDocument } from "./statement.ts";

/**
 * What `pulumi preview` needs: the state, and what the program asks AWS for. A preview compares the program with the
 * state, not with AWS, so it reads no resource. The definition that is deployed is readable, to compare with.
 */
export function previewPolicy(stack: AccessedStack, place: StatePlace): string {
  return policyDocument([
    ...readState(stack, place),
    ...readProjectTags(stack),
    allow("ReadPipelines", ["sagemaker:DescribePipeline"], pipelineArns(stack)),
  ]);
}

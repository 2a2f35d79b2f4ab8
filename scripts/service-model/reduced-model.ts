import type { ServiceModel, Shape } from "../../service-model/service-model.ts";
import type { WantedService } from "./wanted-services.ts";

interface Reference {
  readonly shape: string;
}

/** A shape in botocore's `service-2.json`, without documentation and without members about the protocol. */
interface BotocoreShape {
  readonly type: Shape["type"];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The members of botocore's `service-2.json` that this program reads. */
export interface BotocoreModel {
  readonly operations: Readonly<Record<string, { readonly input?: Reference; readonly output?: Reference }>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

/**
 * Reduces the model of a service to the wanted operations and the shapes of their requests and responses. Keeps only the types
 * and constraints of the shapes.
 *
 * @throws Error for an operation that the service does not have
 */
export function reducedModel(model: BotocoreModel, wanted: Omit<WantedService, "name" | "apiVersion">): ServiceModel {
  const { prefix, requests, responses } = wanted;
  const operations: Record<string, { request?: string; response?: string }> = {};
  const shapes = new Map<string, Shape>();
  const add = ({ shape: name }: Reference): string => {
    const shape = model.shapes[name];
    if (shape === undefined) throw new Error(`the service's model has no shape ${name}`);
    const known = `${prefix}${name}`;
    if (shapes.has(known)) return known;
    const { type, members, required, union, member, key, value, min, max, pattern, enum: values } = shape;
    // Adds the shape before its members, because a member may refer to the shape again.
    shapes.set(known, { type });
    shapes.set(known, {
      type,
      ...(members && { members: Object.fromEntries(Object.entries(members).map(([at, of]) => [at, add(of)])) }),
      ...(required && { required }),
      ...(union && { union: true }),
      ...(member && { member: add(member) }),
      ...(key && value && { key: add(key), value: add(value) }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      ...(pattern !== undefined && { pattern }),
      ...(values && { enum: values }),
    });
    return known;
  };
  const put = (side: "request" | "response", operation: string) => {
    const reference = model.operations[operation]?.[side === "request" ? "input" : "output"];
    if (reference === undefined) throw new Error(`the service's model has no operation ${operation} with a ${side}`);
    operations[`${prefix}${operation}`] = { ...operations[`${prefix}${operation}`], [side]: add(reference) };
  };
  for (const operation of requests) put("request", operation);
  for (const operation of responses) put("response", operation);
  return { operations: sorted(operations), shapes: sorted(Object.fromEntries(shapes)) };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

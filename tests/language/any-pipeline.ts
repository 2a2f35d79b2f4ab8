import fc from "fast-check";
import {
  booleanParameter,
  type Condition,
  callbackStep,
  conditionStep,
  type Expression,
  equals,
  execution,
  failStep,
  floatParameter,
  forEachStep,
  integerParameter,
  isIn,
  join,
  jsonGet,
  lambdaStep,
  lessThan,
  not,
  or,
  outcome,
  type Parameter,
  type Pipeline,
  pipeline,
  processingStep,
  type Step,
  stringParameter,
} from "#language";

/** A pipeline and the expected edges of its graph, each as `from kind to`. */
export interface Made {
  readonly pipeline: Pipeline;
  readonly edges: ReadonlySet<string>;
}

type Gen = fc.GeneratorValue;
type StringValue = Expression<string>;

/** Keys that have a meaning in JavaScript or in the language, and must be kept as plain keys nevertheless. */
const oddKeys = ["kind", "path", "__proto__", "constructor", "toJSON", "then", "0", "", "é ☃ 😀", "Steps.X"];
const key = fc
  .oneof(fc.string(), fc.constantFrom(...oddKeys))
  .filter((name) => !/^(Get|Std:Join|Std:JsonGet)$/.test(name));
const leaf = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

/** A value of a step that a later step may read. */
interface Offer {
  readonly from: string;
  readonly value: StringValue;
}

const policies = fc.constantFrom(
  { exceptions: ["Step.THROTTLING"], maxAttempts: 3 } as const,
  { exceptions: ["SageMaker.CAPACITY_ERROR", "Step.SERVICE_FAULT"], expireAfterMinutes: 60, backoffRate: 1.5 } as const,
);

/** Makes pipelines step by step. A step uses only values of earlier steps that it can reach. */
class Maker {
  private readonly gen: Gen;
  private readonly edges = new Set<string>();
  private readonly texts: readonly StringValue[];
  readonly parameters: readonly Parameter[];
  private count = 0;

  constructor(gen: Gen) {
    this.gen = gen;
    const texts = [stringParameter("S0"), stringParameter("S1", { default: gen(fc.string) })];
    this.parameters = [
      ...texts,
      integerParameter("I", { default: gen(fc.bigInt, { min: -(2n ** 70n), max: 2n ** 70n }) }),
      floatParameter("F", { default: gen(fc.double, { noNaN: true, noDefaultInfinity: true }) }),
      booleanParameter("B", { default: gen(fc.boolean) }),
    ];
    this.texts = [...texts, execution.id, execution.pipelineName, execution.currentDateTime];
  }

  private chance(oneIn: number): boolean {
    return this.gen(fc.nat, { max: oneIn - 1 }) === 0;
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.gen(fc.nat, { max: items.length - 1 })] as T;
  }

  private name(): string {
    this.count += 1;
    return `${this.pick(["Step", "end", "a-b_"])}${this.count}x`;
  }

  /** Returns a random text expression for the step `to`, and records an edge for each value that it reads. */
  private text(to: string, offers: readonly Offer[]): StringValue {
    if (this.chance(4)) return join(this.gen(fc.string), [this.text(to, offers), 1, true, "x", this.text(to, offers)]);
    const offer = offers.length > 0 && this.chance(2) ? this.pick(offers) : undefined;
    if (offer === undefined) return this.pick(this.texts);
    this.edges.add(`${offer.from} data ${to}`);
    return offer.value;
  }

  /** Returns a random JSON value that contains expressions. */
  private payload(
    to: string,
    offers: readonly Offer[],
    depth: number,
  ): Parameters<typeof join>[1][number] | object | null {
    if (this.chance(3)) return this.text(to, offers);
    if (depth === 0 || this.chance(2)) return this.gen(() => leaf);
    const inner = () => this.payload(to, offers, depth - 1);
    if (this.chance(2)) return Array.from({ length: this.gen(fc.nat, { max: 3 }) }, inner);
    return Object.fromEntries(this.keys().map((name) => [name, inner()]));
  }

  /** Returns up to three different keys. */
  private keys(): readonly string[] {
    return [...new Set(Array.from({ length: this.gen(fc.nat, { max: 3 }) }, () => this.gen(() => key)))];
  }

  private inputs(to: string, offers: readonly Offer[]) {
    return Object.fromEntries(this.keys().map((each) => [each, this.payload(to, offers, 2)])) as Record<string, never>;
  }

  /** Returns random options of a step. */
  private options(name: string, before: readonly Step[]) {
    const on = before.length > 0 && this.chance(3) ? [this.pick(before)] : [];
    const trigger = this.pick([undefined, "Completed", "Failed", "Stopped", "Any"] as const);
    for (const step of on) this.edges.add(`${step.name} order ${name}`);
    return {
      ...(on.length === 0
        ? {}
        : { dependsOn: on.map((step) => (trigger === undefined ? step : outcome(step, trigger))) }),
      ...(this.chance(3) ? { displayName: this.gen(fc.string), description: this.gen(fc.string) } : {}),
    };
  }

  private cache() {
    return this.chance(2) ? { cache: { enabled: this.gen(fc.boolean), expireAfter: this.pick(["P30D", "PT1H"]) } } : {};
  }

  private lambda(name: string, offers: readonly Offer[], before: readonly Step[]) {
    return lambdaStep(name, {
      functionArn: this.text(name, offers),
      inputs: this.inputs(name, offers),
      outputs: { text: "String", number: "Float" },
      ...this.options(name, before),
      ...this.cache(),
    });
  }

  private processing(name: string, offers: readonly Offer[], before: readonly Step[]) {
    return processingStep(name, {
      arguments: {
        ProcessingResources: {
          ClusterConfig: { InstanceCount: 1, InstanceType: this.text(name, offers), VolumeSizeInGB: 30 },
        },
        AppSpecification: { ImageUri: this.text(name, offers) },
        RoleArn: this.text(name, offers),
        Environment: { A: this.text(name, offers) },
        ProcessingOutputConfig: {
          Outputs: [{ OutputName: "out", S3Output: { S3Uri: this.text(name, offers), S3UploadMode: "EndOfJob" } }],
        },
      },
      outputs: ["out"],
      propertyFiles: { File: { output: "out", path: this.gen(fc.string) } },
      ...this.options(name, before),
      ...this.cache(),
      ...(this.chance(2) ? { retry: [this.gen(() => policies)] } : {}),
    });
  }

  private condition(name: string, offers: readonly Offer[], depth: number): Condition {
    if (depth > 0 && this.chance(3)) return not(this.condition(name, offers, depth - 1));
    if (depth > 0 && this.chance(3))
      return or(this.condition(name, offers, depth - 1), this.condition(name, offers, 0));
    if (this.chance(3)) return isIn(this.text(name, offers), ["a", this.text(name, offers)]);
    if (this.chance(3)) return lessThan(this.gen(fc.integer), 0.5);
    return equals(this.text(name, offers), this.gen(fc.string));
  }

  /** Returns a few steps. Each may use `offers` and the steps before it. */
  steps(most: number, offers: readonly Offer[], depth: number): readonly Step[] {
    const made: Step[] = [];
    const reachable = [...offers];
    for (let left = this.gen(fc.nat, { max: most }); left > 0; left -= 1) {
      const { step, offers: fresh } = this.step(reachable, made, depth);
      made.push(step);
      reachable.push(...fresh);
    }
    return made;
  }

  private step(offers: readonly Offer[], before: readonly Step[], depth: number): { step: Step; offers: Offer[] } {
    const name = this.name();
    const kind = this.pick([
      "lambda",
      "processing",
      "callback",
      "fail",
      ...(depth > 0 ? ["condition", "for-each"] : []),
    ]);
    switch (kind) {
      case "processing": {
        const step = this.processing(name, offers, before);
        const file = jsonGet<string>(step.propertyFiles.File, "a.b[0]");
        const uri = jsonGet<string>(join("/", [step.outputs.out, "x.json"]), "y");
        const described = step.properties.ProcessingResources.ClusterConfig.InstanceType;
        const values: readonly StringValue[] = [
          step.outputs.out,
          file,
          uri,
          described,
          step.properties.Environment.at("A"),
        ];
        return { step, offers: values.map((value) => ({ from: name, value })) };
      }
      case "callback": {
        const sqsQueueUrl = this.text(name, offers);
        const options = { ...this.options(name, before), ...this.cache() };
        const step = callbackStep(name, {
          ...{ sqsQueueUrl, inputs: this.inputs(name, offers), outputs: { text: "String" } },
          ...options,
        });
        return { step, offers: [{ from: name, value: step.outputs.text }] };
      }
      case "fail":
        return {
          step: failStep(name, { errorMessage: this.text(name, offers), ...this.options(name, before) }),
          offers: [],
        };
      case "condition":
        return { step: this.branches(name, offers, before, depth), offers: [] };
      case "for-each":
        return this.fan(name, offers, before);
      default: {
        const step = this.lambda(name, offers, before);
        return { step, offers: [{ from: name, value: step.outputs.text }] };
      }
    }
  }

  private branches(name: string, offers: readonly Offer[], before: readonly Step[], depth: number): Step {
    const conditions = [this.condition(name, offers, 2)];
    const ifSteps = this.steps(3, offers, depth - 1);
    const elseSteps = this.steps(3, offers, depth - 1);
    for (const step of ifSteps) this.edges.add(`${name} if ${step.name}`);
    for (const step of elseSteps) this.edges.add(`${name} else ${step.name}`);
    return conditionStep(name, { conditions, ifSteps, elseSteps, ...this.options(name, before) });
  }

  private fan(name: string, offers: readonly Offer[], before: readonly Step[]) {
    const inner = this.name();
    this.edges.add(`${name} body ${inner}`);
    const items = this.chance(2) ? this.text(name, offers) : ["a", 1, true, this.text(name, offers)];
    const options = this.options(name, before);
    const step = forEachStep(name, {
      items,
      maxConcurrency: 1 + this.gen(fc.nat, { max: 49 }),
      body: (item) => ({ body: this.lambda(inner, offers, []), item: this.itemLambda(item, name) }),
      selector: { pick: this.pick(["MaxBy", "MinBy"]), field: ({ body }) => body.outputs.number },
      ...options,
    });
    const values: readonly StringValue[] = [
      step.properties.Status,
      step.iteration(2).body.outputs.text,
      step.iteration(0).item.outputs.text,
    ];
    return { step, offers: values.map((value) => ({ from: name, value })) };
  }

  private itemLambda(item: StringValue, fan: string) {
    const name = this.name();
    this.edges.add(`${fan} body ${name}`);
    return lambdaStep(name, { functionArn: "f", inputs: { item }, outputs: { text: "String" } });
  }

  make(): Made {
    const steps = this.steps(6, [], 2);
    const experiment = this.pick([
      undefined,
      null,
      { experimentName: "e", trialName: join("-", [this.pick(this.texts)]) },
    ]);
    const options = { parameters: this.parameters, steps, ...(experiment === undefined ? {} : { experiment }) };
    // The quotas are higher than AWS's defaults, so that the generators alone decide the sizes.
    const quotas = { steps: 1000, propertyFiles: 1000, jsonGets: 1000, parameterDefaultCharacters: 10_000 };
    return { pipeline: pipeline("Any", { ...options, quotas }), edges: this.edges };
  }
}

/** Returns a random pipeline without problems, and the edges of its graph. */
export function anyPipeline(gen: Gen): Made {
  return new Maker(gen).make();
}

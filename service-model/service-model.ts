/** A reference from one shape to another. */
export interface ShapeReference {
  readonly shape: string;
}

/** A type of the service model, with the constraints on its values. */
export interface Shape {
  readonly type: string;
  readonly members?: { readonly [name: string]: ShapeReference };
  readonly required?: readonly string[];
  /** The shape of a list's items. */
  readonly member?: ShapeReference;
  /** The shape of a map's keys. */
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  /** The least characters of a string, the least items of a list or a map, or the least value of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The shapes of an operation's request and response. */
export interface OperationShapes {
  readonly input?: ShapeReference;
  readonly output?: ShapeReference;
}

/** The model of a service, which AWS publishes for its SDKs. */
export interface ServiceModel {
  readonly operations: { readonly [name: string]: OperationShapes };
  readonly shapes: { readonly [name: string]: Shape };
}

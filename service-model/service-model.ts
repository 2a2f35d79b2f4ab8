/** A reference from one shape to another. */
export interface ShapeReference {
  readonly shape: string;
}

/** A type of the service's model, with what a value of it has to keep to. */
export interface Shape {
  readonly type: string;
  readonly members?: { readonly [name: string]: ShapeReference };
  readonly required?: readonly string[];
  /** Of a list. */
  readonly member?: ShapeReference;
  /** Of a map. */
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  /** Characters of a text, items of a list or a map, or the least and the largest number. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

export interface OperationShapes {
  readonly input?: ShapeReference;
  readonly output?: ShapeReference;
}

/** A service as AWS describes it to its SDKs. */
export interface ServiceModel {
  readonly operations: { readonly [name: string]: OperationShapes };
  readonly shapes: { readonly [name: string]: Shape };
}

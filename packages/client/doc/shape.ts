/** As much of a schema's inside as is needed to say what it takes. */
export type Schema = {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, Schema>>;
    readonly innerType?: Schema;
    readonly element?: Schema;
    readonly items?: readonly Schema[];
    readonly options?: readonly Schema[];
    readonly valueType?: Schema;
    readonly values?: readonly unknown[];
    readonly entries?: Readonly<Record<string, string>>;
  };
  toJSONSchema(options?: object): unknown;
};

type Bounds = {
  type?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};
const OPEN_END = Number.MAX_SAFE_INTEGER;

/** What a schema takes, in words for a table; types with a name of their own by that name. */
export const words = (schema: Schema, names: ReadonlyMap<unknown, string>): string => {
  const name = names.get(schema);
  if (name) return `[${name}](#${name.toLowerCase()})`;
  const { def } = schema;
  switch (def.type) {
    case "optional":
      return words(def.innerType!, names);
    case "nullable":
      return `${words(def.innerType!, names)} or null`;
    case "array":
      return `array of ${words(def.element!, names)}`;
    case "tuple":
      return `[${def.items!.map((item) => words(item, names)).join(", ")}]`;
    case "record":
      return `object of ${words(def.valueType!, names)}`;
    case "literal":
      return def.values!.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
    case "enum":
      return Object.values(def.entries!)
        .map((value) => `\`"${value}"\``)
        .join(" or ");
    case "union":
      return def.options!.map((option) => words(option, names)).join(" or ");
    case "object":
      return `{ ${fieldsOf(schema)
        .map((field) => inline(field, names))
        .join(", ")} }`;
    case "unknown":
      return "anything";
    default:
      return plain(schema);
  }
};

export type Field = { readonly name: string; readonly schema: Schema; readonly optional: boolean };

export const fieldsOf = (schema: Schema): Field[] =>
  Object.entries(schema.def.shape ?? {}).map(([name, inner]) => ({
    ...{ name, schema: inner, optional: inner.def.type === "optional" },
  }));

const inline = ({ name, schema, optional }: Field, names: ReadonlyMap<unknown, string>): string =>
  `${name}${optional ? "?" : ""}: ${words(schema, names)}`;

const plain = (schema: Schema): string => {
  const bounds = schema.toJSONSchema() as Bounds;
  const type = bounds.type === "integer" ? "int" : (bounds.type ?? "anything");
  const { minimum, maximum, minLength, maxLength } = bounds;
  const range = rangeOf(minimum, maximum);
  if (range) return `${type} ${range}`;
  if (maxLength !== undefined) return `${type} of ${minLength ?? 0} to ${maxLength} characters`;
  return type;
};

const rangeOf = (least = -OPEN_END, most = OPEN_END): string => {
  if (least > -OPEN_END && most < OPEN_END) return `${least} to ${most}`;
  if (least > -OPEN_END) return `from ${least}`;
  return most < OPEN_END ? `up to ${most}` : "";
};

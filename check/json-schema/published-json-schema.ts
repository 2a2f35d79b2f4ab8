import { z } from "zod";

/** Returns the JSON Schema of a file that the product reads or writes. */
export function publishedJsonSchema(title: string, schema: z.ZodType): unknown {
  const json = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      // These keywords describe this program's defaults, not the file.
      delete jsonSchema.readOnly;
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
      // Only Zod knows this format name; the pattern beside it means the same.
      if (jsonSchema.format === "starts_with") delete jsonSchema.format;
    },
  });
  return { title, ...json };
}

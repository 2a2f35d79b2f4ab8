/** The namespace of S3's documents. */
export const s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Replaces the characters that have a meaning in XML by entities. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Replaces the entities of an XML text by their characters. */
export function unescaped(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hexadecimal, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return characters[name] ?? whole;
  });
}

/** Returns the content of every element with a name, in the order of the document. */
export function contents(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>([\\s\\S]*?)</${element}>`, "g"))].map(
    ([, content]) => content ?? "",
  );
}

/**
 * Returns the name of a document's root element; undefined if the elements are not properly nested. It reads elements,
 * attributes and text, which is all that clients of S3 send.
 */
export function rootElement(document: string): string | undefined {
  const xml = document.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, "").trim();
  const open: string[] = [];
  let [root, end] = [undefined as string | undefined, 0];
  for (const tag of xml.matchAll(/<(\/?)([A-Za-z_][\w.-]*)((?:\s[^<>]*?)?)(\/?)>/g)) {
    const [text, closing, name = "", , empty] = tag;
    const between = xml.slice(end, tag.index);
    if (/[<>]/.test(between) || (open.length === 0 && (between !== "" || root !== undefined))) return undefined;
    if (closing === "/" && open.pop() !== name) return undefined;
    if (closing === "" && empty === "") open.push(name);
    root ??= name;
    end = tag.index + text.length;
  }
  return open.length === 0 && end === xml.length ? root : undefined;
}

/** The namespace of S3's documents. */
export const s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function unescaped(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hexadecimal, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return characters[name] ?? whole;
  });
}

/** The content of every element of a name, in the order of the document. */
export function contents(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>([\\s\\S]*?)</${element}>`, "g"))].map(
    ([, content]) => content ?? "",
  );
}

/**
 * The name of a document's root element, or undefined when its elements are not properly nested. It reads what clients of
 * S3 send: elements, attributes and text, without a document type of its own.
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

export declare const reportFiles: {
  readonly json: "report.json";
  readonly markdown: "report.md";
  readonly page: "report.html";
};
export declare function reportFolder(args: readonly string[]): string;
export declare function forgetEarlier(folder: string): string | undefined;
export declare function writeIndex(folder: string, forms: { readonly markdown: string; readonly page: string }): string;
export declare function writeFiles(folder: string, forms: Readonly<Record<keyof typeof reportFiles, string>>): string;

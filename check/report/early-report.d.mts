import type { reportFiles } from "./report-files.mjs";

export declare function endOf(code: number): string;
export declare function errorForms(
  exitCode: number,
  reasons: readonly string[],
  created: Date,
): Readonly<Record<keyof typeof reportFiles, string>>;
export declare function hearSignals(): void;
export declare function onSignal(handler?: (signal: NodeJS.Signals) => void): void;
export declare function beginReport(place: string): string | undefined;
export declare function endsFor(reason: string): void;
export declare function takeOver(): void;

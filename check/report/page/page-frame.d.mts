export declare function pageFrame(title: string, main: string, style?: string): string;

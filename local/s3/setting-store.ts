import { Collection } from "../state/collection.ts";

interface SettingRecord {
  readonly bucket: string;
  readonly setting: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const key = ({ bucket, setting }: Pick<SettingRecord, "bucket" | "setting">) => `${bucket}:${setting}`;

/** The bucket settings that the endpoint keeps instead of moto, one file each. */
export class SettingStore {
  readonly #records: Collection<SettingRecord>;

  constructor(folder: string) {
    this.#records = new Collection<SettingRecord>(folder, key);
  }

  get(bucket: string, setting: string): SettingRecord | undefined {
    return this.#records.get(key({ bucket, setting }));
  }

  put(record: SettingRecord): void {
    this.#records.put(key(record), record);
  }

  delete(bucket: string, setting: string): void {
    this.#records.delete(key({ bucket, setting }));
  }

  /** Deletes all settings of a bucket. */
  deleteAll(bucket: string): void {
    for (const record of this.#records.values()) if (record.bucket === bucket) this.#records.delete(key(record));
  }
}

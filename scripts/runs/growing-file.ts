import * as fs from "node:fs";

/** A file that grows by whole records. */
export interface GrowingFile {
  /** Bytes so far. */
  readonly size: number;
  /** Adds all of it or nothing; it is in the file on return. */
  append(data: string | Uint8Array): void;
  /** Makes what was added survive a failure of the machine. */
  sync(): void;
  /** Syncs to disk and closes. */
  close(): void;
}

/** Opens a file for growth, cut off after its first `keep` bytes; 0 starts it anew. */
export function openGrowingFile(file: string, keep = 0): GrowingFile {
  const descriptor = fs.openSync(file, keep === 0 ? "w" : "r+");
  fs.ftruncateSync(descriptor, keep);
  let size = keep;
  return {
    get size() {
      return size;
    },
    append: (data) => {
      const bytes = Buffer.from(data);
      try {
        for (let done = 0; done < bytes.length;) {
          done += fs.writeSync(descriptor, bytes, done, bytes.length - done, size + done);
        }
        size += bytes.length;
      } catch (error) {
        fs.ftruncateSync(descriptor, size); // a full disk may have taken half of the record
        throw error;
      }
    },
    sync: () => fs.fdatasyncSync(descriptor),
    close: () => {
      fs.fsyncSync(descriptor);
      fs.closeSync(descriptor);
    },
  };
}

/** Divides files into requests that the server takes: so many bytes, so many files. A large file goes alone. */
export function portions<T extends { size: number }>(files: readonly T[], mostBytes: number, mostFiles: number): T[][] {
  const all: T[][] = [];
  let bytes = Infinity;
  for (const file of files) {
    const last = all.at(-1);
    if (!last || last.length >= mostFiles || bytes + file.size > mostBytes) {
      all.push([file]);
      bytes = file.size;
    } else {
      last.push(file);
      bytes += file.size;
    }
  }
  return all;
}

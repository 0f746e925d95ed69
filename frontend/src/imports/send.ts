/** Sends files in portions: the first begins an import, the others follow it. */

interface Begun {
  page: string;
  files: string;
}

/** Posts files to an address; throws a Refused with the server's words, or anything where it was not reached. */
type Post<T> = (url: string, files: readonly T[]) => Promise<unknown>;

export class Refused extends Error {}

/** The page of the import. `sent` is told how many files have arrived. A portion that gets lost is sent three times. */
export async function send<T>(
  all: readonly (readonly T[])[],
  post: Post<T>,
  begin: string,
  sent: (count: number) => void,
): Promise<string> {
  let begun: Begun | null = null;
  let count = 0;
  for (const files of all) {
    // The first is never sent again: the import that it began may be there.
    const answer = await (begun ? persistently(() => post(begun!.files, files)) : post(begin, files));
    begun ??= answer as Begun;
    count += files.length;
    sent(count);
  }
  if (!begun) throw new Error("There was nothing to send");
  return begun.page;
}

async function persistently<T>(attempt: () => Promise<T>, tries = 3): Promise<T> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Refused || left <= 0) throw error;
    }
  }
}

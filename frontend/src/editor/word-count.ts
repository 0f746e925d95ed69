/** How long a written case is, as people count it. */

/** A Han or kana character is a word of its own; everything else is separated by white space and punctuation. */
export function wordCount(text: string): number {
  return text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}'’_-])*/gu)?.length ?? 0;
}

/** Programming languages have the same names in every human language. */

const NAMES: Record<string, string> = {
  python: "Python", javascript: "JavaScript", typescript: "TypeScript", java: "Java", c: "C", cpp: "C++", go: "Go", rust: "Rust",
  ruby: "Ruby", php: "PHP", bash: "Bash", sql: "SQL (SQLite)",
};

/** Empty for prose. */
export function languageName(language: string): string {
  return language === "text" ? "" : (NAMES[language] ?? language);
}

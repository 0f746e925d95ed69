/** Which key does what. */

export type Command = "toggle" | "back" | "forward" | "previous" | "next" | "start" | "end" | "faster" | "slower";

/** Null for keys that are nobody's here, or that another program wants (with Ctrl, Alt or Meta). */
export function commandOf(event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">): Command | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  switch (event.key) {
    case " ": return "toggle";
    case "ArrowLeft": return event.shiftKey ? "previous" : "back";
    case "ArrowRight": return event.shiftKey ? "next" : "forward";
    case "ArrowUp": return "faster";
    case "ArrowDown": return "slower";
    case "Home": return "start";
    case "End": return "end";
    default: return null;
  }
}

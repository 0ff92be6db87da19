/** Whether a text can be a step. Knows no editor, and is asked of every Python file that is opened: it must be quick. */

const STEP = /\bdef[ \t]+handler[ \t]*\(\s*pd\b|\bpd\.(?:inputs|steps|export|flow|respond|send)\b/;
/** A handler stands in a file that a person writes; what is longer than this is generated. */
const MOST_READ = 1_000_000;

/** Whether there is a handler of Pipedream's kind in the text, or something that only a step reads. */
export function canBeStep(text: string): boolean {
  return STEP.test(text.length > MOST_READ ? text.slice(0, MOST_READ) : text);
}

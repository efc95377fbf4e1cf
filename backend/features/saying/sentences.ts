/** A full stop between digits (15.00, 24.11.) ends no sentence, and neither does one of «kl. 15». */
const END = /(?<=[!?])\s+|(?<=[^\d\s][.])(?<!(?<!\p{L})(?:kl|godz|nr|no|ca)\.)\s+|\n+/iu

/** The sentences of a text, tidied; what is longer than a sentence is left out. */
export const sentencesOf = (text: string, longest: number): string[] =>
  text
    .split(END)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '' && sentence.length <= longest)

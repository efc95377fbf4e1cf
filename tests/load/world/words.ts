import type { Random } from '../../support/random.ts'

const SYLLABLES =
  'ba be bi bo da de di do fa fe ga go ka ke ki la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se si so ta te ti to va ve za zo'.split(
    ' ',
  )

/** Draws words as language does: the n-th most common one comes up in proportion to 1/n (Zipf). */
export function zipfWords(count: number, random: Random): () => string {
  const words = Array.from({ length: count }, (_, rank) => wordOf(rank))
  const total = Math.log(count)
  return () => words[Math.min(count - 1, Math.floor(Math.exp(random() * total)) - 1)] ?? 'ba'
}

/** At least `bytes` long, in lines and paragraphs. */
export function textOf(word: () => string, bytes: number): string {
  let text = ''
  for (let line = ''; text.length < bytes; line = '') {
    while (line.length < 66) line += `${word()} `
    text += `${line.trimEnd()}${text.length % 5 === 0 ? '.\n\n' : '\n'}`
  }
  return text
}

const wordOf = (rank: number): string => {
  const { length } = SYLLABLES
  let word = ''
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / length)) word += SYLLABLES[rest % length]
  return word
}

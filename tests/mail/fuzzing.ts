import { createMailParser } from '../../backend/features/intake/index.ts'
import { heldBytes } from '../support/held-memory.ts'
import { randomFrom } from '../support/random.ts'
import { mutated } from './mutating.ts'

/** What went wrong: the seed that makes the same mail again, and how it failed. */
export type Trouble = { seed: number; how: string }

const AT_ONCE = 8

/**
 * Sends mutated mails through parser processes, each with a seed of its own that follows from the first.
 * @returns the troubles, of which one is a parser process that takes more memory than it may; how many the parser refused by itself; and
 * by how much this process holds more than after a quarter of them, in bytes
 */
export async function fuzz(
  first: number,
  count: number,
): Promise<{ troubles: Trouble[]; refused: number; grownBytes: number; slowestMs: number }> {
  const parser = createMailParser(2)
  const troubles: Trouble[] = []
  let [refused, next, slowestMs] = [0, 0, 0]
  let early = 0
  const work = async () => {
    for (let index = next++; index < count; index = next++) {
      const seed = first + index
      const began = performance.now()
      await parser.parse(mutated(randomFrom(seed))).then(
        (mail) => {
          if (!isStorable(mail)) troubles.push({ seed, how: 'text that PostgreSQL cannot hold' })
        },
        (error: { how?: string; message: string }) => {
          if (error.how === 'threw') refused++
          else troubles.push({ seed, how: error.message })
        },
      )
      slowestMs = Math.max(slowestMs, performance.now() - began)
      if (index === Math.floor(count / 4)) early = heldBytes()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const grownBytes = heldBytes() - early
  await parser.close()
  return { troubles, refused, grownBytes, slowestMs }
}

const isStorable = (mail: object): boolean => {
  const text = JSON.stringify(mail, (name, value: unknown) => (name === 'bytes' ? null : value))
  return text.isWellFormed() && !text.includes('\\u0000')
}

import type { Tx } from './tenancy.ts'

/**
 * Does a part of a transaction that may be taken back alone: when it throws, what it wrote is gone and the rest of the transaction stands.
 * @throws what the part throws
 */
export async function partly<T>(tx: Tx, part: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`savepoint part`
  try {
    const done = await part()
    await tx.$executeRaw`release savepoint part`
    return done
  } catch (error) {
    await tx.$executeRaw`rollback to savepoint part`
    throw error
  }
}

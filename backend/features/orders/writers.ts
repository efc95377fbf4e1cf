import type { Tx } from '../../platform/tenancy.ts'

/** Who writes orders of a shop, or forgets them, comes one after another: waits until the transactions ahead have ended. */
export const waitForWriters = (tx: Tx, shopId: string): Promise<unknown> =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`orders:${shopId}`}, 0))`

import type { Tx } from '../../../platform/tenancy.ts'
import { whoIsOn } from '../../workforce/index.ts'
import { type OpenWork, openOf } from './listing.ts'

export type Receiver = { id: string; name: string }

/** What somebody could hand over, and to whom: everybody else who is logged in; who is on a break is named so. */
export type Scene = { open: OpenWork; receivers: Receiver[] }

export const sceneOf = async (tx: Tx, staffId: string): Promise<Scene> => ({
  open: await openOf(tx, staffId),
  receivers: (await receiversIn(tx)).filter(({ id }) => id !== staffId),
})

export const receiversIn = async (tx: Tx): Promise<Receiver[]> =>
  (await whoIsOn(tx)).map(({ staffId, name, onBreak }) => ({
    id: staffId,
    name: onBreak === null ? name : `${name} (${onBreak.label})`,
  }))

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sealedWith } from '../../backend/platform/crypto.ts'
import { createKeyring, type Keyring } from '../../backend/platform/keyring.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk.ctx, desk.workspaceId, work)
const rotate = () => within((tx) => desk.ctx.keyring.rotate(tx))
const sealWith = (keyring: Keyring, text: string) =>
  within(async (tx) => (await keyring.box(tx)).seal('test', 'row', text))
const openWith = (keyring: Keyring, sealed: Uint8Array) =>
  within(async (tx) => (await keyring.box(tx)).openText('test', 'row', sealed))
/** The keyring of another process. */
const another = () => createKeyring(desk.ctx.config.masterKeys)

test('whatever is sealed while the key changes opens in every process, also in one that read its keys before', async () => {
  const [here, there] = [desk.ctx.keyring, another()]
  const before = await sealWith(there, 'before')
  await rotate()
  for (const minutes of [0, 1, 3, 4, 4]) {
    await desk.travel(`${minutes} min`)
    for (const [one, other] of [
      [here, there],
      [there, here],
      [another(), there],
    ] as const)
      expect(await openWith(other, await sealWith(one, 'during'))).toBe('during')
  }
  expect(sealedWith(await sealWith(here, 'after'))).toBe(2)
  expect(await openWith(here, before)).toBe('before')
})

test('a key that a process does not know yet is read the next time', async () => {
  const there = another()
  await sealWith(there, 'fills its memory')
  await rotate()
  const sealed = await within(async (tx) => {
    const later = Object.create(tx, { now: { value: new Date(tx.now.getTime() + 11 * 60_000) } })
    return (await another().box(later)).seal('test', 'row', 'from a clock that is ahead')
  })
  expect(sealedWith(sealed)).toBe(3)
  await expect(openWith(there, sealed)).rejects.toThrow('The keys of this workspace were just changed. Try again.')
  expect(await openWith(there, sealed)).toBe('from a clock that is ahead')
})

test('a change of keys that was not committed changes nothing', async () => {
  const { keyring } = desk.ctx
  const failing = within(async (tx) => {
    await keyring.rotate(tx)
    await keyring.box(tx)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await openWith(another(), await sealWith(keyring, 'as before'))).toBe('as before')
})

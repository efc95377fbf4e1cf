import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { folderObjects, type Objects, objectKey } from '../../backend/clients/objects/index.ts'
import { newId } from '../../backend/platform/ids.ts'
import { fillDisk, MOMENTS } from '../support/filling-disk.ts'

let root = ''
let objects: Objects
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sidedesk-full-disk-'))
  objects = folderObjects(root)
})
afterAll(() => rm(root, { recursive: true }))

const BYTES = Buffer.alloc(300_000, 'jar')

/** As who keeps a file of a mail does: piece by piece, given up when something fails. */
async function inPieces(key: string): Promise<void> {
  const writer = await objects.write(key)
  try {
    for (let at = 0; at < BYTES.length; at += 65_536) await writer.write(BYTES.subarray(at, at + 65_536))
    await writer.finish()
  } catch (error) {
    await writer.abort()
    throw error
  }
}

const WAYS = { 'at once': (key: string) => objects.put(key, BYTES), 'in pieces': inPieces }

describe.each(Object.entries(WAYS))('an object that is written %s', (_, write) => {
  test.each(MOMENTS)('is not there, not even a part of it, when the disk is full at its %s', async (moment) => {
    const workspace = newId()
    const key = objectKey(workspace, newId())
    const met: string[] = []
    const empty = fillDisk({ under: root, next: () => moment, met: (one) => met.push(one) })
    try {
      await expect(write(key)).rejects.toMatchObject({ code: 'ENOSPC' })
    } finally {
      empty()
    }
    expect(met).toEqual([moment])
    await expect(objects.get(key)).rejects.toMatchObject({ name: 'ObjectMissing' })
    expect((await readdir(join(root, workspace), { recursive: true })).filter((name) => name.includes('.'))).toEqual([])
    await write(key)
    expect((await objects.get(key)).equals(BYTES)).toBe(true)
  })

  test('leaves the one that it was to replace as it was', async () => {
    const key = objectKey(newId(), newId())
    await objects.put(key, Buffer.from('before'))
    for (const moment of MOMENTS) {
      const empty = fillDisk({ under: root, next: () => moment })
      await expect(write(key)).rejects.toMatchObject({ code: 'ENOSPC' })
      empty()
    }
    expect((await objects.get(key)).toString()).toBe('before')
  })
})

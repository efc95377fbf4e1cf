import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { createMailParser } from '../../backend/features/intake/parsing/pool.ts'
import { makeMails } from '../load/mail/mails.ts'

/** Process ids of this process's parsers. */
async function parsers(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
  const lines = stdout.split('\n').filter((line) => line.trim().endsWith('parsing/child.ts'))
  return lines.map((line) => line.trim().split(' ')[0] ?? '')
}

// Elsewhere nobody watches a process's memory.
if (process.platform === 'linux')
  test('one process reads thousands of usual mails: what they leave behind does not wear it out', async () => {
    const parser = createMailParser(1)
    try {
      const mails = makeMails(500, 3)
      const pids = new Set<string>()
      for (let round = 0; round < 5; round++) {
        let next = 0
        const read = async () => {
          for (let bytes = mails[next++]; bytes; bytes = mails[next++]) await parser.parse(bytes)
        }
        await Promise.all(Array.from({ length: 4 }, read))
        for (const pid of await parsers()) pids.add(pid)
      }
      expect(pids.size).toBe(1)
    } finally {
      await parser.close()
    }
  })

import { readMail } from './reading.ts'

/** Entry of a parser process: one mail in, one answer out. The parent holds the time and the memory limit. */
process.on('message', async ({ raw }: { raw: Uint8Array }) => {
  try {
    const mail = await readMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength))
    process.send?.({ mail })
  } catch (error) {
    process.send?.({ problem: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown' })
  }
})

// A parent that dies takes its pipe with it.
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })

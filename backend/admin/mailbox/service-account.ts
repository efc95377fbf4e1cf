import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { CommandRefused } from '../failing.ts'

const Key = z.object({
  type: z.literal('service_account'),
  client_id: z.string().optional(),
  client_email: z.email(),
  private_key: z.string().includes('PRIVATE KEY'),
})

/** The JSON key of a service account, as Google's console downloads it; returns its text. */
export async function readServiceAccount(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandRefused(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  if (!Key.safeParse(parsed(text)).success)
    throw new CommandRefused(`${file} is no JSON key of a service account. Make one in the Cloud console under Keys.`)
  return text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // refused like any other file that is no key
  }
}

import { type AddressInfo, createServer } from 'node:net'
import { freePort as anyFreePort } from '../postgres/port.ts'
import { Unfit } from './unfit.ts'

/** Looks before the long work begins whether the page's port is free. */
export async function requirePort(port: number): Promise<void> {
  if (port === 0) return
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (cause: NodeJS.ErrnoException) => reject(new Unfit(inWords(port, cause.code), { cause })))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

/** The wanted port, or any free one when it is taken. @param wanted 0 takes a free one */
export async function freePort(wanted: number): Promise<number> {
  return wanted === 0 ? anyFreePort() : tried(wanted).catch(() => anyFreePort())
}

const tried = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(port, '127.0.0.1', () => {
      const { port: taken } = probe.address() as AddressInfo
      probe.close(() => resolve(taken))
    })
  })

function inWords(port: number, code: string | undefined): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Is Sidedesk running already? Otherwise choose another: npm start -- --port ${port + 1}`
  if (code === 'EACCES')
    return `Port ${port} is not allowed for this user. Choose one above 1023: npm start -- --port 4600`
  return `Port ${port} cannot be used (${code ?? 'unknown reason'}).`
}

import type { Ctx } from '../../context.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Check, note, ok, problem } from './check.ts'

const PATIENCE_MS = 5_000
/** Google's tokens are good for a minute more or less; half of it is the time to say so. */
const SKEW_SECONDS = 30

/** Whether Google reaches us, we reach Google, and both have the same time. */
export const checkNetwork = async (ctx: Ctx): Promise<Check[]> =>
  (await Promise.all([publicUrl(ctx.config.http.publicUrl), googleTime(ctx)])).flat()

async function publicUrl(url: string): Promise<Check> {
  const { protocol, hostname } = new URL(url)
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  if (protocol !== 'https:' && !here)
    return problem('address', `PUBLIC_URL is ${url}; Google calls https only.`, 'Put TLS in front and write https://…')
  if (RESERVED.test(hostname))
    return note('address', `${url} is a name for examples: nobody outside reaches this desk.`)
  const failure = await healthProblem(url)
  if (failure)
    return problem(
      'address',
      `${url} does not answer as Sidedesk: ${failure}.`,
      'Start the API (node backend/api.ts), and check DNS, certificate and proxy. The add-on shows an error card until then.',
    )
  return here ? note('address', `${url} answers; only this machine reaches it.`) : ok('address', `${url} answers`)
}

/** Names that never lead anywhere: https://www.rfc-editor.org/rfc/rfc2606 */
const RESERVED = /\.(example|test|invalid)$/

async function healthProblem(url: string): Promise<string | null> {
  try {
    const response = await fetch(`${url}/healthz`, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
    const text = await response.text()
    return response.ok && text.includes('"ok"') ? null : `HTTP ${response.status} from /healthz`
  } catch (error) {
    return reasonOf(error)
  }
}

async function googleTime({ config }: Ctx): Promise<Check> {
  const { host } = new URL(config.google.certsUrl)
  try {
    const asked = systemClock.now()
    const response = await fetch(config.google.certsUrl, { signal: AbortSignal.timeout(PATIENCE_MS) })
    await response.arrayBuffer()
    const told = Date.parse(response.headers.get('date') ?? '')
    const off = Math.round((asked.getTime() - told) / 1_000)
    if (Number.isNaN(off)) return note('clock', `${host} told no time.`)
    if (Math.abs(off) <= SKEW_SECONDS) return ok('clock', `agrees with ${host}`)
    return problem(
      'clock',
      `This machine is ${Math.abs(off)} seconds ${off > 0 ? 'ahead of' : 'behind'} ${host}; sign-ins fail.`,
      'Turn on time synchronisation (NTP).',
    )
  } catch (error) {
    return problem(
      'clock',
      `${host} cannot be reached: ${reasonOf(error)}.`,
      'Let this machine call Google over https.',
    )
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? cause.message || String((cause as { code?: unknown }).code) : error.message
}

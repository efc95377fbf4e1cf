/** Lets this browser show notices: asks its person, asks its push service for an address, and sends both with the form. */

const form = document.querySelector<HTMLFormElement>('#push-on')
const state = document.querySelector<HTMLElement>('#push-state')

const WORKER = '/scripts/notices-worker.js'

if (form && state) void prepare(form, state)

async function prepare(on: HTMLFormElement, words: HTMLElement): Promise<void> {
  const can = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (!can) {
    words.textContent =
      'This browser cannot show notices. On an iPhone or iPad put this page on the home screen first, and open it from there.'
    return
  }
  const known = await knownAddress()
  const isOn = known !== null && (on.dataset['known'] ?? '').split(' ').includes(await hashOf(known))
  words.textContent = isOn ? 'This browser shows your notices.' : ''
  on.hidden = isOn
  on.addEventListener('submit', (event) => {
    event.preventDefault()
    switchOn(on).catch((error: unknown) => {
      words.textContent =
        error instanceof Refused ? error.message : `This browser could not be switched on: ${String(error)}`
    })
  })
}

/** Words for whoever presses. */
class Refused extends Error {}

/** Where this browser is reached already, for whomever; null when it shows no notices. */
async function knownAddress(): Promise<string | null> {
  const registration = await navigator.serviceWorker.getRegistration(WORKER)
  return (await registration?.pushManager.getSubscription())?.endpoint ?? null
}

async function hashOf(text: string): Promise<string> {
  return inBase64Url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

const inBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const bytesIn = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

async function switchOn(on: HTMLFormElement): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Refused(
      'This browser does not let Sidedesk show notices. Allow it in the settings of this site, and press again.',
    )
  const registration = await navigator.serviceWorker.register(WORKER)
  await active(registration)
  // It may be bound to another key: of another workspace, or of one that was set up anew.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  const applicationServerKey = bytesIn(on.dataset['key'] ?? '')
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
  const { endpoint, keys } = subscription.toJSON()
  fill(on, { endpoint: endpoint ?? '', p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' })
  on.submit()
}

function fill(on: HTMLFormElement, fields: Record<string, string>): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = on.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = value
  }
}

/** A push service is asked by a worker that runs. */
function active({ active: running, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const coming = installing ?? waiting
  if (running || !coming) return Promise.resolve()
  return new Promise((resolve) => {
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve()
    })
  })
}

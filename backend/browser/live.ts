import { holdsTyped, morph } from './morphing.ts'

/** Two beats of the server, and a little. */
const SILENCE_MS = 60_000
/** A line that is lost and back within so long is not spoken of. */
const LAPSE_MS = 6_000
/** Nobody looks at a page in the background, and a phone in a pocket should rest. */
const HIDDEN_MS = 60_000
/** After a line broke; not all browsers come back at the same moment. */
const PAUSE_MS = { least: 1_000, most: 4_000 }
/** After a refusal, and ever longer. */
const FIRST_REST_MS = 3_000
const LONGEST_REST_MS = 120_000

const places = [...document.querySelectorAll<HTMLElement>('[data-live]')]
if (places.length > 0) keepUp(places, document.querySelector('#live'))

/** All parts of a page ask for one stream: what differs stands behind the address. */
function addressOf(shown: readonly HTMLElement[]): string {
  const asked = shown.map(({ dataset }) => (dataset['live'] ?? '').split('?'))
  return `${asked[0]?.[0]}?${asked.map(([, query]) => query).join('&')}`
}

/** Shows parts of the page anew whenever the server sends them, and says whether it does. */
function keepUp(shown: readonly HTMLElement[], words: Element | null): void {
  let source: EventSource | null = null
  let names: string[] = []
  let heardAt = 0
  let rest = FIRST_REST_MS
  let lapse: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined
  let isLate = false
  let isOver = false

  const say = (text: string) => {
    if (words && words.textContent !== text) words.textContent = text
  }
  const heard = () => {
    heardAt = Date.now()
    rest = FIRST_REST_MS
  }
  const alive = () => {
    heard()
    isLate = false
    clearTimeout(lapse)
    lapse = undefined
    say('Live.')
  }
  const lost = () => {
    const since = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    lapse ??= setTimeout(() => say(`Not live since ${since}. It is tried again by itself.`), LAPSE_MS)
  }
  /** The line lives, and what is shown may be old: of several parts one cannot be made, or the server hears nothing itself. */
  const late = () => {
    heard()
    isLate = true
    lost()
  }
  const close = () => {
    source?.close()
    source = null
  }
  const show = ({ data, lastEventId }: MessageEvent<string>) => {
    const [name, seen] = lastEventId.split('.')
    for (const [at, place] of shown.entries()) {
      if (names[at] !== name) continue
      morph(place, data)
      place.dataset['live'] = (place.dataset['live'] ?? '').replace(/(seen=)[^&]*/, `$1${seen}`)
    }
    if (isLate) heard()
    else alive()
  }
  const gone = ({ data }: MessageEvent<string>) => {
    isOver = true
    close()
    clearTimeout(lapse)
    for (const place of shown) if (!holdsTyped(place)) place.replaceChildren() // whoever may not look does not go on seeing what was
    say(data)
  }
  const open = () => {
    if (source || isOver || document.hidden) return
    heardAt = Date.now()
    const opened = new EventSource(addressOf(shown))
    source = opened
    opened.addEventListener('places', ({ data }: MessageEvent<string>) => {
      names = data.split(' ')
    })
    opened.addEventListener('part', show)
    opened.addEventListener('beat', alive)
    opened.addEventListener('late', late)
    opened.addEventListener('gone', gone)
    opened.addEventListener('error', () => {
      lost()
      later(opened.readyState === EventSource.CLOSED)
    })
  }
  /** By ourselves, because the browser would ask again with what the page showed at first. */
  const later = (wasRefused: boolean) => {
    close()
    const least = wasRefused ? rest : PAUSE_MS.least
    const most = wasRefused ? rest * 2 : PAUSE_MS.most
    setTimeout(open, least + Math.random() * (most - least))
    if (wasRefused) rest = Math.min(rest * 2, LONGEST_REST_MS)
  }
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(close, HIDDEN_MS)
    else open()
  })
  setInterval(() => {
    if (!source || Date.now() - heardAt < SILENCE_MS) return
    lost()
    close()
    open()
  }, SILENCE_MS / 3)
  open()
}

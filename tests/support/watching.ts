import { until } from './until.ts'

/** Where a live part is asked for. @param path of the part, with what it is asked for */
export const partAt = (path: string): string => `/desk/live?${new URLSearchParams({ part: path })}`

/** What a stream of live parts said: which event, and what came with it. */
export type Said = { event: string; id: string; data: string }

/** Reads an answer that goes on, as a browser's EventSource does. */
export function watching(response: Response) {
  const said: Said[] = []
  let over = false
  const reader = response.body?.getReader()
  const read = async () => {
    if (!reader) return
    const decoder = new TextDecoder()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      said.push(...messages.map(saidIn))
    }
  }
  const ended = read()
    .catch(() => null) // whoever lets go, and whoever is cut off, has read to the end
    .finally(() => {
      over = true
    })
  const parts = () => said.filter(({ event }) => event === 'part')
  return {
    status: response.status,
    headers: response.headers,
    said,
    parts,
    /** The newest part; empty before there is one. */
    part: (): string => parts().at(-1)?.data ?? '',
    lastId: (): string => parts().at(-1)?.id ?? '',
    /** What the newest part shows, as a page says it that has it. */
    seen: (): string => parts().at(-1)?.id.split('.')[1] ?? '',
    isOver: () => over,
    /** Waits for a part that shows it. */
    shows: (what: string) =>
      until(`a part with «${what}»`, () => (parts().at(-1)?.data ?? '').includes(what), {
        everyMs: 20,
        found: async () => `Shown is: ${parts().at(-1)?.data}`,
      }),
    hears: (event: string) =>
      until(`the event ${event}`, () => said.some((one) => one.event === event), { everyMs: 20 }),
    ends: () => until('the end of the stream', () => over, { everyMs: 20 }),
    async close(): Promise<void> {
      await reader?.cancel().catch(() => null) // it may have ended
      await ended
    },
  }
}
export type Watching = ReturnType<typeof watching>

function saidIn(message: string): Said {
  const fields = message.split('\n').map((line) => /^(\w+): ?(.*)$/s.exec(line) ?? [])
  const all = (name: string) => fields.flatMap(([, key, value = '']) => (key === name ? [value] : []))
  return { event: all('event')[0] ?? '', id: all('id')[0] ?? '', data: all('data').join('\n') }
}

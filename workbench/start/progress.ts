export interface Progress {
  /** One step, told when it begins and when it is done. */
  step<T>(name: string, work: (told: (line: string) => void) => Promise<T>): Promise<T>
  say(line: string): void
}

/** Steps as lines; on a terminal the running one is rewritten in place. */
export function progressOn(stream: NodeJS.WritableStream & { isTTY?: boolean }): Progress {
  const rewrites = stream.isTTY === true
  return {
    say: (line) => void stream.write(`${line}\n`),
    async step(name, work) {
      const started = performance.now()
      if (rewrites) stream.write(`  ${name} …`)
      const result = await work((line) => {
        if (rewrites) stream.write(`\r\x1b[K  ${name}: ${line}`)
      })
      const took = `${((performance.now() - started) / 1000).toFixed(1)} s`
      stream.write(`${rewrites ? '\r\x1b[K' : ''}  ${name} (${took})\n`)
      return result
    },
  }
}

export const silent: Progress = { say: () => undefined, step: (_, work) => work(() => undefined) }

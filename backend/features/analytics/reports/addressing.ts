import { DIMENSIONS, type FigureScope, type Interval, type Measure } from '../../../../shared/analytics.ts'

type Asked = Partial<FigureScope> & {
  metric?: string | undefined
  measure?: Measure | undefined
  interval?: Interval | undefined
}

/** A path with what is asked behind it, always in the same order. */
export function addressOf(path: string, asked: Asked): string {
  const query = new URLSearchParams()
  const { metric, measure, from, to, zone, interval } = asked
  for (const [name, value] of Object.entries({ metric, measure, from, to, zone, interval }))
    if (value !== undefined) query.append(name, value)
  for (const one of DIMENSIONS) for (const value of asked[one] ?? []) query.append(one, value)
  return query.size > 0 ? `${path}?${query}` : path
}

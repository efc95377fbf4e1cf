const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** 2 d 3 h 5 min; below a minute its seconds. */
export function lengthWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24]
  const parts = [
    days > 0 ? `${days} d` : '',
    hours > 0 ? `${hours} h` : '',
    minutes % 60 > 0 ? `${minutes % 60} min` : '',
  ]
  return parts.filter(Boolean).join(' ')
}

/** 45 s, 12 min, 51 h 5 min, 4,360 h: time of people at work and of open hours, whose days do not have 24. */
export function hoursWords(seconds: number): string {
  const all = Math.abs(seconds)
  const sign = seconds < 0 ? '−' : ''
  if (all < 3_600) return `${sign}${lengthWords(all)}`
  const [hours, minutes] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60]
  if (hours >= 100) return `${sign}${whole.format(Math.round(all / 3_600))} h`
  return `${sign}${hours} h${minutes > 0 ? ` ${minutes} min` : ''}`
}

import type { StoryFile } from '../story.ts'
import { jpeg } from './jpeg.ts'
import { pdf } from './pdf.ts'
import { type Paint, png } from './png.ts'

/** A pool of oil on a cardboard box, as coarse as an early phone camera. */
export const oilPhoto = (name: string): StoryFile => {
  const paint: Paint = (x, y) => {
    const depth = 9 - Math.hypot((x - 22) / 1.5, y - 17) - 2 * Math.sin(x / 3)
    const tape = Math.abs(x - 44) < 3
    if (depth > 0) return [176 - depth * 5, 148 - depth * 6, 40]
    if (tape) return [214, 200, 170]
    return [182 - y / 2, 144 - y / 2, 100]
  }
  return { name, type: 'image/jpeg', content: jpeg(56, 36, paint) }
}

/** A wine bottle with a broken neck. */
export const bottlePhoto = (name: string): StoryFile => {
  const paint: Paint = (x, y) => {
    const body = Math.abs(x - 24) < 7 && y > 14
    const label = body && y > 22 && y < 30
    const stump = Math.abs(x - 24) < 3 && y > 9 + ((x * 3) % 4)
    if (label) return [236, 226, 200]
    if (body || stump) return [34 + (x % 5) * 4, 58, 40]
    return y > 33 ? [120, 24, 44] : [222 - y, 222 - y, 226 - y]
  }
  return { name, type: 'image/jpeg', content: jpeg(48, 40, paint) }
}

/** A melted bar of chocolate, drawn to the pixel. */
export const chocolatePicture = (name: string): StoryFile => {
  const paint: Paint = (x, y) => {
    const edge = 150 + 14 * Math.sin(x / 17) + 6 * Math.sin(x / 5)
    const groove = x % 55 < 3 || y % 48 < 3
    if (x < 20 || x > 300 || y < 16 || y > edge) return [245, 239, 230]
    return groove ? [62, 36, 22] : [92 + ((x + y) % 9), 54, 32]
  }
  return { name, type: 'image/png', content: png(320, 200, paint) }
}

/** A little company mark, as signatures carry it. */
export const companyMark = (name: string): StoryFile => {
  const paint: Paint = (x, y) => {
    const leaf = Math.hypot(x - 24, y - 30) < 16 && Math.hypot(x - 34, y - 18) < 18
    return leaf ? [38, 120, 84] : [255, 255, 255]
  }
  return { name, type: 'image/png', content: png(56, 48, paint), inline: true }
}

export const paper = (name: string, lines: string[]): StoryFile => ({
  name,
  type: 'application/pdf',
  content: pdf(lines),
})

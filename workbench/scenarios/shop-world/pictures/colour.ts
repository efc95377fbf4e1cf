export type { Paint } from '../../files/png.ts'

/** Red, green and blue from hue in degrees, saturation and lightness in percent. */
export function hsl(hue: number, saturation: number, lightness: number): readonly [number, number, number] {
  const light = lightness / 100
  const spread = (saturation / 100) * Math.min(light, 1 - light)
  const channel = (shift: number) => {
    const k = (shift + hue / 30) % 12
    return Math.round(255 * (light - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}

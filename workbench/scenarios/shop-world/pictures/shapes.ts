import { hsl, type Paint } from './colour.ts'

/** What a ware looks like from afar; each is drawn on a square of 96 pixels. */
export type Shape = 'jar' | 'bottle' | 'tin' | 'box' | 'bar' | 'roll' | 'basket' | 'flower' | 'cloth' | 'glass' | 'card'

export const SIDE = 96

/** Whether a point belongs to the thing itself, to its lid, ribbon or label, or to neither. */
type Outline = (x: number, y: number) => 'body' | 'detail' | 'ground'

const within = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
  x >= left && x <= right && y >= top && y <= bottom

const first = (...parts: [boolean, 'body' | 'detail'][]) => parts.find(([inside]) => inside)?.[1] ?? 'ground'

const OUTLINES: Record<Shape, Outline> = {
  jar: (x, y) =>
    first(
      [within(x, y, 30, 18, 66, 29), 'detail'],
      [within(x, y, 34, 48, 62, 66), 'detail'],
      [within(x, y, 26, 30, 70, 80), 'body'],
    ),
  bottle: (x, y) =>
    first(
      [within(x, y, 37, 50, 59, 68), 'detail'],
      [within(x, y, 35, 38, 61, 84), 'body'],
      [within(x, y, 43, 12, 53, 38), 'body'],
    ),
  tin: (x, y) =>
    first(
      [within(x, y, 42, 12, 54, 20), 'detail'],
      [within(x, y, 32, 40, 64, 58), 'detail'],
      [within(x, y, 28, 20, 68, 84), 'body'],
    ),
  box: (x, y) =>
    first(
      [within(x, y, 44, 32, 52, 78), 'detail'],
      [within(x, y, 16, 32, 80, 42), 'detail'],
      [within(x, y, 18, 32, 78, 78), 'body'],
    ),
  bar: (x, y) =>
    first(
      [within(x, y, 20, 46, 50, 72), 'detail'],
      [within(x, y, 20, 24, 76, 72) && x % 14 > 1 && (y - 24) % 16 > 1, 'body'],
    ),
  roll: (x, y) => first([Math.hypot(x - 20, y - 48) < 13, 'detail'], [within(x, y, 20, 35, 78, 61), 'body']),
  basket: (x, y) =>
    first(
      [within(x, y, 16, 44, 80, 80) && (Math.floor(x / 8) + Math.floor((y - 44) / 6)) % 2 === 0, 'detail'],
      [within(x, y, 16, 44, 80, 80), 'body'],
      [Math.abs(Math.hypot(x - 48, y - 44) - 28) < 3 && y < 44, 'body'],
    ),
  flower: (x, y) => {
    const turn = Math.atan2(y - 40, x - 48)
    const far = Math.hypot(x - 48, y - 40)
    return first(
      [far < 8, 'detail'],
      [far < 20 + 8 * Math.cos(6 * turn), 'body'],
      [within(x, y, 46, 56, 50, 86), 'detail'],
    )
  },
  cloth: (x, y) =>
    first(
      [within(x, y, 22, 58, 74, 62), 'detail'],
      [within(x, y, 22, 30, 74, 74) && y > 30 + Math.abs(x - 48) / 4, 'body'],
    ),
  glass: (x, y) =>
    first(
      [within(x, y, 36, 28, 60, 34), 'detail'],
      [Math.hypot((x - 48) / 1, (y - 30) / 1.3) < 18 && y > 22, 'body'],
      [within(x, y, 46, 50, 50, 78), 'body'],
      [within(x, y, 36, 78, 60, 82), 'body'],
    ),
  card: (x, y) =>
    first(
      [within(x, y, 28, 54, 56, 58), 'detail'],
      [within(x, y, 60, 34, 70, 46), 'detail'],
      [within(x, y, 18, 28, 78, 68), 'body'],
    ),
}

/** A ware in its own colour on a light ground. */
export function painted(shape: Shape, hue: number): Paint {
  const colours = {
    ground: hsl(hue, 30, 94),
    body: hsl(hue, 42, 46),
    detail: hsl(hue, 38, 72),
  }
  const outline = OUTLINES[shape]
  return (x, y) => colours[outline(x, y)]
}

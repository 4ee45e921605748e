import type { Random } from './random.ts'

export interface OrderLine {
  readonly name: string
  readonly quantity: number
  /** Euro, for one. */
  readonly price: number
}

export interface Basket {
  readonly items: readonly [OrderLine, ...OrderLine[]]
  readonly total: number
}

const CUPS = [
  ['Filter no. 3', 3.1],
  ['Espresso', 2.8],
  ['Cortado', 3.9],
  ['Oat cortado', 4.2],
  ['Flat white', 4.4],
  ['Cappuccino', 4.3],
  ['Iced latte', 4.9],
  ['Chai', 4.6],
] as const

const PLATES = [
  ['Cardamom bun', 3.9],
  ['Cinnamon bun', 3.7],
  ['Rye toast', 6.2],
  ['Porridge', 5.8],
  ['Almond croissant', 4.1],
] as const

/** A cup, often two or a plate with it. */
export function makeBasket(random: Random): Basket {
  const cup = lineOf(random.pick(CUPS), random.chance(0.2) ? 2 : 1)
  const plate = random.chance(0.55) ? [lineOf(random.pick(PLATES), 1)] : []
  return basketOf([cup, ...plate])
}

export function withBun(basket: Basket): Basket {
  return basketOf([...basket.items, lineOf(PLATES[0], 1)])
}

export function anyProduct(random: Random): string {
  return random.pick([...CUPS, ...PLATES])[0]
}

function lineOf([name, price]: readonly [string, number], quantity: number): OrderLine {
  return { name, quantity, price }
}

function basketOf(items: Basket['items']): Basket {
  const cents = items.reduce((sum, { price, quantity }) => sum + Math.round(price * 100) * quantity, 0)
  return { items, total: cents / 100 }
}

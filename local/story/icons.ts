import { raw } from 'hono/html'
import type { Place } from './moment.ts'

/** Outlines on a grid of 24. */
const PATHS = {
  laptop: 'M5 5.5h14v10H5zM2.5 19h19',
  phone:
    'M8 2.75h8a1.5 1.5 0 0 1 1.5 1.5v15.5a1.5 1.5 0 0 1-1.5 1.5H8a1.5 1.5 0 0 1-1.5-1.5V4.25A1.5 1.5 0 0 1 8 2.75zM10.75 18.25h2.5',
  store: 'M4.5 10v9.5h15V10M3 9l1.75-4.5h14.5L21 9a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM10 19.5v-5h4v5',
  email: 'M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5',
  sms: 'M4 5h16v11h-9l-4.5 4v-4H4z',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  open: 'M4 10.5l8-6 8 6v9H4zM4 10.5l8 5.5 8-5.5',
  stop: 'M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM8.5 12h7',
  bell: 'M12 4a5.5 5.5 0 0 0-5.5 5.5c0 5-2 6.5-2 6.5h15s-2-1.5-2-6.5A5.5 5.5 0 0 0 12 4zM10 19.25a2 2 0 0 0 4 0',
  care: 'M4.5 14v-2a7.5 7.5 0 0 1 15 0v2M4.5 13.5h3v6h-1.5a1.5 1.5 0 0 1-1.5-1.5zM19.5 13.5h-3v6H18a1.5 1.5 0 0 0 1.5-1.5zM18 19.5c0 1.5-2 2-4 2',
  complain: 'M4 5h16v11h-9l-4.5 4v-4H4zM12 7.75v3.5M12 13.25v.5',
  mute: 'M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM16 9.5l4.5 5M20.5 9.5l-4.5 5',
  done: 'M5.5 12.5l4 4 9-9.5',
} as const satisfies Record<Place, string> & Record<string, string>

export type IconName = keyof typeof PATHS

/** Says nothing to a screen reader: a word stands beside it. */
export function icon(name: IconName) {
  return raw(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`)
}

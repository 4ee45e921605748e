type Row = Readonly<Record<string, unknown>>

interface Point {
  readonly latitude: number
  readonly longitude: number
}

/**
 * The rows of a table, those next to a place first: by distance where both have `latitude` and `longitude`, else only
 * those of the same `city`; all of them when neither is known.
 */
export function near(rows: readonly Row[], place: Row): readonly Row[] {
  const here = pointOf(place)
  if (here) return rows.toSorted((one, other) => distance(here, pointOf(one)) - distance(here, pointOf(other)))
  const city = cityOf(place)
  return city === undefined ? rows : rows.filter((row) => cityOf(row) === city)
}

/** Tables come from CSV, so their numbers may be texts. */
function pointOf({ latitude, longitude }: Row): Point | undefined {
  if (latitude === undefined || latitude === '' || longitude === undefined || longitude === '') return undefined
  const point = { latitude: Number(latitude), longitude: Number(longitude) }
  return Number.isFinite(point.latitude) && Number.isFinite(point.longitude) ? point : undefined
}

function cityOf({ city }: Row): string | undefined {
  return typeof city === 'string' && city !== '' ? city.trim().toLowerCase() : undefined
}

/** Good enough to sort by, anywhere on earth: the length of the chord, with the earth's radius as 1. */
function distance(one: Point, other: Point | undefined): number {
  if (!other) return Number.MAX_VALUE
  const [x, y, z] = onSphere(one)
  const [u, v, w] = onSphere(other)
  return Math.hypot(x - u, y - v, z - w)
}

function onSphere({ latitude, longitude }: Point): readonly [number, number, number] {
  const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)]
}
